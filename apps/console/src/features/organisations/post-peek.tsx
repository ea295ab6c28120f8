import { type Headquarters, type HeadquartersPost, roles } from '@levee/contract';
import {
  ErrorState,
  Facts,
  FormActions,
  FormField,
  FormGrid,
  PeekPanel,
  Section,
  StatusMark,
  Time,
  useText,
  useWords,
} from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { organisationWords } from './words.ts';

type Act = 'fill' | 'handOver';

/** One post: who holds it, the last hand-over, and the two ways it changes hands. */
export function PostPeek({
  headquarters,
  post,
  onClose,
}: {
  headquarters: Headquarters;
  post: HeadquartersPost;
  onClose: () => void;
}) {
  const t = useWords(organisationWords);
  const text = useText();
  const me = useMe();
  const [act, setAct] = useState<Act | null>(null);
  const mine = headquarters.division.startsWith(me.division);
  const mayFill = mine && me.permissions.includes('organisations.write');
  const mayHandOver = mine && (mayFill || post.holder?.id === me.id);
  const handover = post.lastHandover;
  return (
    <PeekPanel
      title={`${text(headquarters.name)} · ${text(post.title)}`}
      onClose={onClose}
      footer={
        (mayFill || mayHandOver) && act === null ? (
          <>
            {mayFill && (
              <button type="button" className="lv-button" onClick={() => setAct('fill')}>
                {t('fill')}
              </button>
            )}
            {mayHandOver && (
              <button type="button" className="lv-button" onClick={() => setAct('handOver')}>
                {t('handOver')}
              </button>
            )}
          </>
        ) : undefined
      }
    >
      <Facts
        rows={[
          [t('duty'), text(roles[post.role].title)],
          [t('holder'), post.holder?.name ?? <StatusMark tone="bad">{t('empty')}</StatusMark>],
          [t('deputy'), post.deputy?.name ?? '–'],
        ]}
      />
      {act && <PostForm act={act} post={post} onDone={() => setAct(null)} />}
      <Section title={t('handedOver')}>
        {handover ? (
          <>
            <p>
              <Time at={handover.at} />{' '}
              {handover.from
                ? t('from', { from: handover.from.name, to: handover.to.name })
                : t('fromEmpty', { to: handover.to.name })}
            </p>
            <Facts
              rows={[
                [t('openItems'), handover.openItems],
                [t('risks'), handover.risks],
              ]}
            />
          </>
        ) : (
          <p className="organisations__quiet">{t('never')}</p>
        )}
      </Section>
      {!mayFill && <p className="organisations__quiet">{t('readOnly')}</p>}
    </PeekPanel>
  );
}

function PostForm({ act, post, onDone }: { act: Act; post: HeadquartersPost; onDone: () => void }) {
  const t = useWords(organisationWords);
  const queries = useQueryClient();
  const params = { postId: post.id };
  const candidates = useQuery({
    queryKey: ['organisations', 'candidates', post.id],
    queryFn: () => client.organisations.postCandidates({ params }),
  });
  const run = useMutation({
    mutationFn: (form: FormData) => {
      const field = (name: string) => String(form.get(name) ?? '').trim();
      const { version } = post;
      return act === 'fill'
        ? client.organisations.fillPost({
            params,
            body: { holderId: field('holder') || null, deputyId: field('deputy') || null, version },
          })
        : client.organisations.handOver({
            params,
            body: {
              toAccountId: field('to'),
              openItems: field('openItems'),
              risks: field('risks'),
              version,
            },
          });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['organisations'] });
      onDone();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    run.mutate(new FormData(event.currentTarget));
  };
  const people = candidates.data?.items ?? [];
  const choice = (name: string, label: string, first: ReactNode, value: string, required = false) => (
    <FormField label={label} {...(candidates.data && people.length === 0 && { hint: t('noCandidates') })}>
      {(wiring) => (
        <select
          {...wiring}
          className="lv-input"
          name={name}
          key={people.length}
          defaultValue={value}
          required={required}
        >
          {first}
          {people.map(({ id, name: called }) => (
            <option key={id} value={id}>
              {called}
            </option>
          ))}
        </select>
      )}
    </FormField>
  );
  const none = <option value="">{t(act === 'fill' ? 'leaveEmpty' : 'choose')}</option>;
  return (
    <form className="organisations__form" onSubmit={submit} aria-label={t(act)}>
      <FormGrid>
        {act === 'fill' ? (
          <>
            {choice('holder', t('holder'), none, post.holder?.id ?? '')}
            {choice('deputy', t('deputy'), none, post.deputy?.id ?? '')}
          </>
        ) : (
          <>
            <p className="organisations__quiet">{t('handOverWhat')}</p>
            {choice('to', t('to'), none, '', true)}
            {(['openItems', 'risks'] as const).map((name) => (
              <FormField key={name} label={t(name)}>
                {(wiring) => (
                  <textarea {...wiring} className="lv-input" name={name} rows={3} maxLength={2000} required />
                )}
              </FormField>
            ))}
          </>
        )}
      </FormGrid>
      {(run.error ?? candidates.error) && <ErrorState error={run.error ?? candidates.error} shape="line" />}
      <FormActions>
        <button type="submit" className="lv-button lv-button--primary" disabled={run.isPending}>
          {t(act === 'fill' ? 'save' : 'handOver')}
        </button>
        <button type="button" className="lv-button" onClick={onDone}>
          {t('back')}
        </button>
      </FormActions>
    </form>
  );
}
