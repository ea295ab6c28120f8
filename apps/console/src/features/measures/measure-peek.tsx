import { type Measure, measureKindWords } from '@levee/contract';
import {
  EmptyState,
  ErrorState,
  formatTime,
  Loading,
  PeekPanel,
  StatusMark,
  Time,
  useNavigation,
  useServerNow,
  useText,
  useWords,
} from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { Comparison } from './comparison.tsx';
import { GroundList } from './ground-list.tsx';
import { MeasureActs } from './measure-acts.tsx';
import { MeasureFacts } from './measure-facts.tsx';
import { NoticeView } from './notice-view.tsx';
import { useMeasuresPurpose } from './purpose.ts';
import { SmallestArea } from './smallest-area.tsx';
import { measureWords } from './words.ts';

export function useMeasureDetail(measureId: string) {
  const purpose = useMeasuresPurpose();
  return useQuery({
    queryKey: ['measures', 'one', measureId],
    queryFn: () => client.measures.byId({ purpose: purpose ?? 'outbreak_command', params: { measureId } }),
    enabled: purpose !== null && measureId !== '',
  });
}

/** One measure with everything it rests on, and what may be done with it. */
export function MeasurePeek({
  measureId,
  onClose,
  onPrevious,
  onNext,
}: {
  measureId: string;
  onClose: () => void;
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
}) {
  const t = useWords(measureWords);
  const text = useText();
  const now = useServerNow();
  const purpose = useMeasuresPurpose();
  const { Link } = useNavigation();
  const detail = useMeasureDetail(measureId);
  const measure = detail.data;
  return (
    <PeekPanel
      title={measure ? titleOf(measure, text, measure.person?.nameZh ?? t('onePerson')) : '…'}
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
      footer={
        measure && (
          <div className="measures-acts">
            <MeasureActs measure={measure} />
          </div>
        )
      }
    >
      {purpose === null && <EmptyState why="rights" title={t('purposeNeeded')} />}
      {detail.isLoading && <Loading />}
      {detail.error && <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />}
      {measure && (
        <>
          <MeasureFacts measure={measure} />
          {measure.extendsId && (
            <p>
              <Link href={`/measures?view=all&measure=${measure.extendsId}`}>{t('extensionOf')}</Link>
            </p>
          )}
          {measure.extensions.map((each) => (
            <p key={each.id}>
              <Link href={`/measures?view=all&measure=${each.id}`}>
                {t('openExtension', { until: formatTime(each.endsAt, now) })}
              </Link>
            </p>
          ))}
          <h3 className="measures-heading">{t('ground')}</h3>
          <GroundList items={measure.evidence} />
          <h3 className="measures-heading">{t('comparison')}</h3>
          <Comparison
            ways={measure.alternatives}
            own={{
              name: text(measureKindWords[measure.kind]),
              peopleCount: measure.peopleCount,
              personDays: measure.personDays.planned,
            }}
          />
          <SmallestArea measure={measure} />
          <h3 className="measures-heading">
            {t('notice')}
            <Link href={`/measures/${measure.id}/notice`}>{t('noticePaper')}</Link>
          </h3>
          <NoticeView notice={measure.notice} />
          {measure.subjectType === 'place' && (
            <>
              <h3 className="measures-heading">{t('reviews')}</h3>
              {measure.reviews.length === 0 && <p className="measures-muted">{t('noReviews')}</p>}
              <ul className="measures-history">
                {measure.reviews.map((review) => (
                  <li key={review.id}>
                    <Time at={review.at} />
                    <span>
                      <StatusMark tone={review.stillNeeded ? 'active' : 'good'}>
                        {t(review.stillNeeded ? 'stillNeeded' : 'notNeeded')}
                      </StatusMark>{' '}
                      {review.reviewer.name} {review.reason}
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )}
          <h3 className="measures-heading">{t('appeals')}</h3>
          {measure.appeals.length === 0 && <p className="measures-muted">{t('noAppeals')}</p>}
          <ul className="measures-history">
            {measure.appeals.map((appeal) => (
              <li key={appeal.id}>
                <Time at={appeal.lodgedAt} />
                <Link href={`/appeals?view=all&appeal=${appeal.id}`}>
                  {t(appeal.channel)} · {appeal.outcome ? t(appeal.outcome) : t('openOnes')}
                </Link>
              </li>
            ))}
          </ul>
          <h3 className="measures-heading">{t('history')}</h3>
          <ul className="measures-history">
            {measure.history.map((entry) => (
              <li key={`${entry.at}${entry.kind}`}>
                <Time at={entry.at} />
                <span>
                  {text(entry.title)} {entry.actor?.name}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </PeekPanel>
  );
}

/** A place by its name, a person by the name the purpose opened. */
export const titleOf = (measure: Measure, text: ReturnType<typeof useText>, otherwise: string): string =>
  `${text(measureKindWords[measure.kind])} · ${measure.place ? text({ zh: measure.place.nameZh, en: measure.place.nameEn }) : otherwise}`;
