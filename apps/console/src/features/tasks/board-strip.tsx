import { AsOf, ErrorState, formatCount, useNavigation, useText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { client } from '../../app/client.ts';
import { taskWords } from './words.ts';

/** How many, how old, where: over everything in one's area. */
export function BoardStrip() {
  const t = useWords(taskWords);
  const text = useText();
  const { Link } = useNavigation();
  const board = useQuery({ queryKey: ['tasks', 'board'], queryFn: () => client.tasks.board({ query: {} }) });
  if (board.error)
    return <ErrorState error={board.error} shape="line" onRetry={() => void board.refetch()} />;
  if (!board.data) return <div className="tasks-strip tasks-strip--waiting" />;
  const { asOf, byState, byAge, byDivision, overdueCount, unownedCount } = board.data;
  const of = (state: 'open' | 'accepted') => byState.find((each) => each.state === state)?.count ?? 0;
  const most = Math.max(1, ...byAge.map(({ count }) => count));
  const lastHours = byAge.findLast(({ untilHours }) => untilHours !== null)?.untilHours ?? 0;
  return (
    <div className="tasks-strip">
      <div>
        <dl className="tasks-counts">
          <Count name={t('countOpen')} value={of('open')} />
          <Count name={t('countAccepted')} value={of('accepted')} />
          <Count
            name={<Link href="/tasks?view=overdue">{t('countOverdue')}</Link>}
            value={overdueCount}
            bad={overdueCount > 0}
          />
          <Count
            name={<Link href="/tasks?view=unowned">{t('countUnowned')}</Link>}
            value={unownedCount}
            bad={unownedCount > 0}
          />
        </dl>
        <AsOf at={asOf} source={t('source')} />
      </div>
      <figure className="tasks-ages" aria-label={t('ages')}>
        <figcaption>{t('ages')}</figcaption>
        <ul>
          {byAge.map(({ untilHours, count, overdueCount: late }) => {
            const age =
              untilHours === null ? t('ageOver', { hours: lastHours }) : t('ageUntil', { hours: untilHours });
            return (
              <li key={untilHours ?? 'over'} title={t('ageSays', { age, count, late })}>
                <span className="tasks-ages__bar" style={{ height: `${(count / most) * 40}px` }}>
                  <span style={{ height: `${count === 0 ? 0 : (late / count) * 100}%` }} />
                </span>
                <strong>{count}</strong>
                <small>{age}</small>
              </li>
            );
          })}
        </ul>
      </figure>
      {byDivision.length > 1 && (
        <figure className="tasks-areas" aria-label={t('areas')}>
          <figcaption>{t('areas')}</figcaption>
          <ul>
            {byDivision.map((area) => (
              <li key={area.division}>
                <span>{text(area.divisionName)}</span>
                <progress max={area.totalCount} value={area.doneCount} aria-label={text(area.divisionName)} />
                <small>
                  {t('areaSays', { done: area.doneCount, total: area.totalCount })}
                  {area.overdueCount > 0 && ` · ${t('areaLate', { late: area.overdueCount })}`}
                </small>
              </li>
            ))}
          </ul>
        </figure>
      )}
    </div>
  );
}

function Count({ name, value, bad = false }: { name: ReactNode; value: number; bad?: boolean }) {
  return (
    <div data-bad={bad}>
      <dt>{name}</dt>
      <dd>{formatCount(value)}</dd>
    </div>
  );
}
