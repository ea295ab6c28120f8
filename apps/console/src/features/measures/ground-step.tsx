import type { GroundItem } from '@levee/contract';
import { ErrorState, Loading, StatusMark, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import type { Draft } from './drafts.ts';
import { GroundWords } from './ground-list.tsx';
import { useMeasuresPurpose } from './purpose.ts';
import { measureWords } from './words.ts';

/** Evidence that concerns the subject, to tick; words alone are no ground, so there is no field for them. */
export function GroundStep({
  draft,
  onChange,
}: {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}) {
  const t = useWords(measureWords);
  const purpose = useMeasuresPurpose() ?? 'outbreak_command';
  const { subjectId, subjectType, kind, level } = draft;
  const evidence = useQuery({
    queryKey: ['measures', 'evidence', subjectType, subjectId, kind, level],
    queryFn: () =>
      client.measures.evidence({
        purpose,
        query: { subjectType, subjectId: subjectId ?? '', kind, ...(level && { level }) },
      }),
    enabled: subjectId !== null,
    placeholderData: (before) => before,
  });
  if (subjectId === null) return <p className="measures-muted">{t('chooseSubject')}</p>;
  if (evidence.error)
    return <ErrorState shape="line" error={evidence.error} onRetry={() => void evidence.refetch()} />;
  if (!evidence.data) return <Loading />;
  const chosen = new Set(draft.ground.map(({ id }) => id));
  const toggle = ({ type, id }: GroundItem) =>
    onChange({
      ground: chosen.has(id)
        ? draft.ground.filter((each) => each.id !== id)
        : [...draft.ground, { type, id }],
    });
  const { items, more } = evidence.data;
  if (items.length === 0) return <p className="measures-warning">{t('noEvidence')}</p>;
  return (
    <>
      <p className="measures-muted">{t('evidenceHint')}</p>
      <ul className="measures-pick">
        {items.map((item) => (
          <li key={item.id}>
            <label className="measures-pick__row">
              <input type="checkbox" checked={chosen.has(item.id)} onChange={() => toggle(item)} />
              <GroundWords item={item} />
              {item.used && <StatusMark tone="neutral">{t('used')}</StatusMark>}
            </label>
          </li>
        ))}
      </ul>
      {more && <p className="measures-muted">{t('moreEvidence')}</p>}
    </>
  );
}
