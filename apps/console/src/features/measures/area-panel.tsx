import { ErrorState, Loading, PeekPanel, Time, useNavigation, useText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { GroundList } from './ground-list.tsx';
import { MeasureActs } from './measure-acts.tsx';
import { MeasureFacts } from './measure-facts.tsx';
import { useMeasureDetail } from './measure-peek.tsx';
import { SmallestArea } from './smallest-area.tsx';
import { StepDown } from './step-down.tsx';
import { Phase } from './subject.tsx';
import { measureWords } from './words.ts';

/** One risk area: when it steps down and what blocks it, what it rests on, how it came to be. */
export function AreaPanel({ measureId, onClose }: { measureId: string; onClose: () => void }) {
  const t = useWords(measureWords);
  const text = useText();
  const { Link } = useNavigation();
  const detail = useMeasureDetail(measureId);
  const measure = detail.data;
  const history = useQuery({
    queryKey: ['measures', 'list', 'of-place', measure?.subjectId],
    queryFn: () =>
      client.measures.list({
        query: { kind: ['risk_area'], subjectId: measure?.subjectId ?? '', limit: 100 },
      }),
    enabled: measure !== undefined,
  });
  const place = measure?.place;
  return (
    <PeekPanel
      title={place ? text({ zh: place.nameZh, en: place.nameEn }) : '…'}
      onClose={onClose}
      footer={
        measure && (
          <div className="measures-acts">
            <MeasureActs measure={measure} />
          </div>
        )
      }
    >
      {detail.isLoading && <Loading />}
      {detail.error && <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />}
      {measure && (
        <>
          <h3 className="measures-heading">{t('stepDown')}</h3>
          <StepDown measureId={measure.id} />
          <h3 className="measures-heading">
            {t('facts')}
            <Link href={`/measures?view=all&measure=${measure.id}`}>{t('openMeasure')}</Link>
          </h3>
          <MeasureFacts measure={measure} />
          <SmallestArea measure={measure} />
          <h3 className="measures-heading">{t('ground')}</h3>
          <GroundList items={measure.evidence} />
          <h3 className="measures-heading">{t('areaHistory')}</h3>
          <ul className="measures-history">
            {history.data?.items.map((each) => (
              <li key={each.id}>
                <Time at={each.startsAt} />
                <span>
                  <Link href={`/risk-areas?area=${each.id}`}>
                    {each.level && t(`level.${each.level}`)} <Phase measure={each} />
                  </Link>{' '}
                  <small className="measures-muted">
                    {each.author.name} / {each.approver?.name ?? '–'} →{' '}
                    <Time at={each.closedAt ?? each.endsAt} />
                  </small>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </PeekPanel>
  );
}
