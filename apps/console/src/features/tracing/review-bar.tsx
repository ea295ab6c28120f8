import type { Contact, ContactClassCode } from '@levee/contract';
import { ErrorState, useText, useWords } from '@levee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { CLASSES, classNames, tracingWords } from './words.ts';
import './tracing.css';

type Choice = 'proposed' | 'reject' | ContactClassCode;

/** Decides on the contacts given, all in one step; what could not be done is said one by one. */
export function ReviewBar({ contacts, onDone }: { contacts: readonly Contact[]; onDone: () => void }) {
  const t = useWords(tracingWords);
  const text = useText();
  const queries = useQueryClient();
  const [choice, setChoice] = useState<Choice>('proposed');
  const [reason, setReason] = useState('');
  const review = useMutation({
    mutationFn: () =>
      client.tracing.review({
        purpose: 'contact_tracing',
        body: {
          items: contacts.map(({ id, version }) => ({
            contactId: id,
            version,
            decision: choice === 'reject' ? ('reject' as const) : ('accept' as const),
            ...(choice !== 'reject' && choice !== 'proposed' && { class: choice }),
            ...(reason.trim() && { reason: reason.trim() }),
          })),
        },
      }),
    onSuccess: async ({ items }) => {
      await queries.invalidateQueries({ queryKey: ['tracing'] });
      if (items.every(({ problem }) => problem === null)) onDone();
    },
  });
  const names = new Map(contacts.map(({ id, person }) => [id, person.nameZh]));
  const failed = review.data?.items.filter(({ problem }) => problem !== null) ?? [];
  const needsReason =
    choice === 'reject' ||
    (choice !== 'proposed' && contacts.some(({ proposedClass }) => proposedClass !== choice));
  return (
    <form
      className="tracing-review"
      onSubmit={(event) => {
        event.preventDefault();
        review.mutate();
      }}
    >
      <select
        className="lv-input"
        aria-label={t('decide')}
        value={choice}
        onChange={(event) => setChoice(event.target.value as Choice)}
      >
        <option value="proposed">{t('accept')}</option>
        {CLASSES.map((value) => (
          <option key={value} value={value}>
            {t('setClass')} {text(classNames[value])}
          </option>
        ))}
        <option value="reject">{t('reject')}</option>
      </select>
      {choice !== 'proposed' && (
        <input
          className="lv-input"
          aria-label={t('reason')}
          placeholder={t('reasonHint')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
      <button
        type="submit"
        className="lv-button lv-button--primary"
        disabled={contacts.length === 0 || review.isPending || (needsReason && reason.trim() === '')}
      >
        {t('decide')}
      </button>
      {review.error && <ErrorState shape="line" error={review.error} />}
      {failed.length > 0 && (
        <span role="status">
          {t('outcome', { done: review.data!.items.length - failed.length, failed: failed.length })}：
          {failed.map((item) => `${names.get(item.contactId) ?? ''} ${text(item.problem!)}`).join('；')}
        </span>
      )}
    </form>
  );
}
