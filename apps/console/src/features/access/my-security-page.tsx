import {
  ErrorState,
  FormActions,
  FormField,
  Page as PageFrame,
  Section,
  StatusMark,
  useWords,
} from '@levee/ui';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { client } from '../../app/client.ts';
import { useMe, useSessionChange } from '../../app/session.ts';
import { accessWords } from './words.ts';
import './access.css';

/** One's own second factor. */
export function Page() {
  const t = useWords(accessWords);
  const me = useMe();
  const { entered } = useSessionChange();
  const start = useMutation({
    mutationFn: (password: string) => client.access.startSecondFactor({ body: { password } }),
  });
  const confirm = useMutation({
    mutationFn: (code: string) => client.access.confirmSecondFactor({ body: { code } }),
    onSuccess: entered,
  });
  const submit = (act: (value: string) => void, field: string) => (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    act(String(new FormData(event.currentTarget).get(field)).trim());
  };
  const secret = start.data && new URL(start.data.uri).searchParams.get('secret');
  return (
    <PageFrame title={t('mySecurity')}>
      <Section title={t('secondFactor')}>
        <p>
          <StatusMark tone={me.secondFactor ? 'good' : 'waiting'}>
            {me.secondFactor ? t('on') : t('off')}
          </StatusMark>
        </p>
        <p className="access-why">{me.secondFactor ? t('boundNow') : t('bindWhy')}</p>
        {!me.secondFactor && !start.data && (
          <form onSubmit={submit(start.mutate, 'password')} style={{ maxWidth: 360 }}>
            <FormField label={t('password')}>
              {(wiring) => (
                <input
                  {...wiring}
                  className="lv-input"
                  name="password"
                  type="password"
                  autoComplete="current-password"
                  required
                />
              )}
            </FormField>
            {start.error && <ErrorState shape="line" error={start.error} />}
            <FormActions>
              <button type="submit" className="lv-button lv-button--primary" disabled={start.isPending}>
                {t('start')}
              </button>
            </FormActions>
          </form>
        )}
        {!me.secondFactor && start.data && (
          <form onSubmit={submit(confirm.mutate, 'code')} style={{ maxWidth: 480 }}>
            <p>{t('addToApp')}</p>
            <p>
              <a href={start.data.uri}>
                <code className="access-secret">{secret?.match(/.{1,4}/g)?.join(' ')}</code>
              </a>
            </p>
            <p>{t('backupCodes')}</p>
            <p>
              <code className="access-secret">{start.data.backupCodes.join('  ')}</code>
            </p>
            <FormField label={t('code')}>
              {(wiring) => (
                <input
                  {...wiring}
                  className="lv-input"
                  name="code"
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  pattern="[0-9]{6}"
                  required
                />
              )}
            </FormField>
            {confirm.error && <ErrorState shape="line" error={confirm.error} />}
            <FormActions>
              <button type="submit" className="lv-button lv-button--primary" disabled={confirm.isPending}>
                {t('confirm')}
              </button>
            </FormActions>
          </form>
        )}
      </Section>
    </PageFrame>
  );
}
