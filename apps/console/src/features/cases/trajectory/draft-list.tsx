import type { StayDraftAnswer } from '@levee/contract';
import { formatTime, StatusMark, useServerNow, useText, useWords } from '@levee/ui';
import { caseWords } from '../words.ts';

/** What was said and cannot be so: kept as it was given, with what is wrong, until somebody mends it. */
export function DraftList({
  drafts,
  placeNames,
  onMend,
  onRemove,
}: {
  drafts: readonly StayDraftAnswer[];
  placeNames: ReadonlyMap<string, string>;
  onMend?: ((draft: StayDraftAnswer) => void) | undefined;
  onRemove?: ((draft: StayDraftAnswer) => void) | undefined;
}) {
  const t = useWords(caseWords);
  const text = useText();
  const now = useServerNow();
  if (drafts.length === 0) return null;
  const moment = (at: string | null) => (at === null ? t('noTime') : formatTime(at, now));
  return (
    <section className="draft-list" aria-label={t('draftsCount', { count: drafts.length })}>
      <h3>{t('draftsCount', { count: drafts.length })}</h3>
      <ul>
        {drafts.map((draft) => (
          <li key={draft.id}>
            <StatusMark tone="bad">{t('draft')}</StatusMark>
            <span>
              {moment(draft.from)} – {moment(draft.until)}{' '}
              <strong>
                {draft.placeText ?? (draft.placeId && placeNames.get(draft.placeId)) ?? t('noPlace')}
              </strong>
            </span>
            <span className="draft-list__why">
              {draft.faults.map(({ problem }) => text(problem)).join(t('semicolon')) || t('draftNowFine')}
            </span>
            {onMend && (
              <button type="button" className="lv-button" onClick={() => onMend(draft)}>
                {t('mend')}
              </button>
            )}
            {onRemove && (
              <button type="button" className="lv-button lv-button--quiet" onClick={() => onRemove(draft)}>
                {t('remove')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
