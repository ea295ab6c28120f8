import type { MeasureDetail } from '@levee/contract';
import { Clock, Facts, formatCount, StatusMark, Time, useText, useWords } from '@levee/ui';
import { Kind, Phase } from './subject.tsx';
import { measureWords } from './words.ts';

/** Who, what, how long, at what cost: the same facts in the peek and before the second person. */
export function MeasureFacts({ measure }: { measure: MeasureDetail }) {
  const t = useWords(measureWords);
  const text = useText();
  const running = measure.phase === 'active' || measure.phase === 'suspended';
  return (
    <Facts
      rows={[
        [t('kind'), <Kind key="kind" measure={measure} />],
        [t('state'), <Phase key="phase" measure={measure} />],
        ...(measure.person
          ? [
              [
                t('subject'),
                <a key="person" href={`/people/${measure.person.id}`}>
                  {measure.person.nameZh} · {text(measure.person.divisionName)}
                </a>,
              ] as const,
            ]
          : []),
        [t('from'), <Time key="from" at={measure.startsAt} />],
        [
          t('until'),
          <span key="until">
            <Time at={measure.endsAt} />{' '}
            {running && <Clock due={measure.endsAt} name={t('until')} nearMs={24 * 3_600_000} />}
          </span>,
        ],
        ...(measure.lapsesAt
          ? [[t('lapses'), <Clock key="lapses" due={measure.lapsesAt} name={t('lapses')} />] as const]
          : []),
        ...(measure.reviewDueAt && running
          ? [
              [
                t('review'),
                <Clock key="review" due={measure.reviewDueAt} name={t('review')} nearMs={12 * 3_600_000} />,
              ] as const,
            ]
          : []),
        [
          t('people'),
          <span key="people">
            {formatCount(measure.peopleCount)}
            {measure.subjectType === 'place' && (
              <small className="measures-muted">
                {' '}
                {t('vulnerable')} {measure.vulnerableCount ?? t('unknown')}
              </small>
            )}
          </span>,
        ],
        [
          t('cost'),
          t('costSpent', {
            spent: formatCount(measure.personDays.spent),
            planned: formatCount(measure.personDays.planned),
          }),
        ],
        [t('basis'), measure.legalBasis],
        [t('power'), text(measure.power)],
        [
          t('author'),
          <span key="author">
            {measure.author.name} <Time at={measure.draftedAt} />
          </span>,
        ],
        [
          t('approver'),
          measure.approver && measure.approvedAt ? (
            <span key="approver">
              {measure.approver.name} <Time at={measure.approvedAt} />
            </span>
          ) : (
            <StatusMark key="approver" tone="waiting">
              –
            </StatusMark>
          ),
        ],
        ...(measure.closedAt
          ? [
              [
                t(measure.state === 'rejected' ? 'rejected' : 'withdrawn'),
                <span key="closed">
                  {measure.closedBy?.name} <Time at={measure.closedAt} /> {measure.closeReason}
                </span>,
              ] as const,
            ]
          : []),
      ]}
    />
  );
}
