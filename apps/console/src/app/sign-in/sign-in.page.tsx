import { LeveeError } from '@levee/contract';
import { ErrorState, useWords } from '@levee/ui';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { client } from '../client.ts';
import { useSessionChange } from '../session.ts';
import { Mark } from '../shell/rail.tsx';
import { LanguageButton, ThemeMenu } from '../shell/top-bar.tsx';
import { shellWords } from '../words.ts';
import './sign-in.css';

/** User name and password; the one-time code only where the account has a second factor. */
export function SignInPage() {
  const t = useWords(shellWords);
  const { entered } = useSessionChange();
  const [needsCode, setNeedsCode] = useState(false);
  const codeField = useRef<HTMLInputElement>(null);

  const signIn = useMutation({
    mutationFn: (body: { username: string; password: string; code?: string }) =>
      client.access.signIn({ body }),
    onSuccess: entered,
    onError: (error) => {
      if (error instanceof LeveeError && error.code === 'access.second_factor_needed') setNeedsCode(true);
    },
  });
  useEffect(() => {
    if (needsCode) codeField.current?.focus();
  }, [needsCode]);
  useEffect(() => {
    document.title = `${t('signIn')} · ${t('name')}`;
  }, [t]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const code = String(fields.get('code') ?? '').replaceAll(/\s/g, '');
    signIn.mutate({
      username: String(fields.get('username')).trim(),
      password: String(fields.get('password')),
      ...(code !== '' && { code }),
    });
  };
  const refused =
    signIn.error instanceof LeveeError && signIn.error.code === 'access.second_factor_needed'
      ? null
      : signIn.error;

  return (
    <main className="sign-in">
      <div className="sign-in__tools">
        <LanguageButton />
        <ThemeMenu />
      </div>
      <form className="sign-in__form" onSubmit={submit} aria-label={t('signIn')}>
        <header className="sign-in__head">
          <Mark size={40} />
          <div>
            <h1>{t('name')}</h1>
            <p>{t('subtitle')}</p>
          </div>
        </header>
        <label className="sign-in__field">
          <span>{t('username')}</span>
          <input
            className="lv-input"
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            required
            autoFocus
          />
        </label>
        <label className="sign-in__field">
          <span>{t('password')}</span>
          <input
            className="lv-input"
            name="password"
            type="password"
            autoComplete="current-password"
            required
          />
        </label>
        {needsCode && (
          <label className="sign-in__field">
            <span>{t('code')}</span>
            <input
              className="lv-input sign-in__code"
              name="code"
              ref={codeField}
              inputMode="numeric"
              autoComplete="one-time-code"
              pattern="[0-9 ]{6,7}"
              required
            />
            <small>{t('codeHint')}</small>
          </label>
        )}
        {refused !== null && <ErrorState shape="line" error={refused} />}
        <button
          type="submit"
          className="lv-button lv-button--primary sign-in__go"
          disabled={signIn.isPending}
        >
          {signIn.isPending ? t('signingIn') : t('signIn')}
        </button>
        <p className="sign-in__note">{t('signInNote')}</p>
      </form>
    </main>
  );
}
