import {
  Clock,
  ErrorState,
  Facts,
  formatTime,
  StatusMark,
  Time,
  useServerNow,
  useText,
  useWords,
} from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { measureWords } from './words.ts';
import './step-down.css';

const LEVEL_WORDS: Readonly<Record<string, { zh: string; en: string }>> = {
  medium: { zh: '中', en: 'medium' },
  low: { zh: '低', en: 'low' },
};

/** The clock of an area: days without a new case, what still blocks it, from which rule. */
export function StepDown({ measureId }: { measureId: string }) {
  const t = useWords(measureWords);
  const text = useText();
  const now = useServerNow();
  const answer = useQuery({
    queryKey: ['measures', 'step-down', measureId],
    queryFn: () => client.measures.stepDown({ params: { measureId } }),
  });
  if (answer.error)
    return <ErrorState shape="line" error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return null;
  const { nextLevel, daysWithout, daysNeeded, earliestAt, ready, blocking, rule, source, facts } =
    answer.data;
  if (nextLevel === null) return <p className="measures-muted">{t('noStep')}</p>;
  const level = LEVEL_WORDS[nextLevel];
  return (
    <div className="measures-step">
      <p>
        <strong>{level ? t('stepTo', { level: text(level) }) : t('stepFree')}</strong>{' '}
        {ready ? (
          <StatusMark tone="good">{t('ready')}</StatusMark>
        ) : (
          earliestAt && (
            <>
              {t('earliest')} <Time at={earliestAt} />{' '}
              <Clock due={earliestAt} name={t('stepDown')} nearMs={24 * 3_600_000} />
            </>
          )
        )}
      </p>
      <div
        className="measures-step__days"
        role="img"
        aria-label={t('daysClean', { done: daysWithout, needed: daysNeeded })}
      >
        {Array.from({ length: daysNeeded }, (_, day) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the days are only counted
          <i key={day} className={day < daysWithout ? 'measures-step__day--done' : ''} />
        ))}
        <span aria-hidden="true">{t('daysClean', { done: daysWithout, needed: daysNeeded })}</span>
      </div>
      {blocking.length > 0 && (
        <>
          <h4>{t('blocks')}</h4>
          <ul className="measures-blocks">
            {blocking.map(({ why, clearsAt }) => (
              <li key={why.en}>
                {text(why)}
                {clearsAt && (
                  <small className="measures-muted">
                    {' '}
                    {t('clears', { time: formatTime(clearsAt, now) })}
                  </small>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <Facts
        rows={[
          [t('lastCase'), facts.lastNewCaseAt ? <Time key="last" at={facts.lastNewCaseAt} /> : t('noCase')],
          [t('casesInArea'), facts.casesInArea],
          [t('screenings'), t('screeningsDays', { count: facts.screeningsKnown })],
          ...(rule ? [[t('proposalRule'), source ?? rule] as const] : []),
        ]}
      />
    </div>
  );
}
