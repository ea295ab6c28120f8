import type { PoolCapacity } from '@levee/contract';
import {
  AsOf,
  EmptyState,
  ErrorState,
  Loading,
  Page as PageFrame,
  useNavigation,
  useUrlText,
  useWords,
} from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { AccountingStrip } from './accounting-strip.tsx';
import { DeskLists } from './desk-lists.tsx';
import { DeskScan } from './desk-scan.tsx';
import { LabelPrint } from './label-print.tsx';
import { PlaceChoice } from './place-choice.tsx';
import { useDesk } from './use-desk.ts';
import { testingWords } from './words.ts';
import './testing.css';

const CAPACITIES: readonly PoolCapacity[] = [10, 20, 5, 1];

/** Scan-first sampling: the tube, then card after card. */
export function Page() {
  const t = useWords(testingWords);
  const { Link } = useNavigation();
  const [siteId, setSite] = useUrlText('site');
  const desk = useDesk(siteId);
  const view = useQuery({
    queryKey: ['testing', 'desk', siteId],
    queryFn: () => client.testing.desk({ purpose: 'testing', params: { siteId } }),
    enabled: siteId !== '',
  });
  return (
    <PageFrame
      title={t('desk')}
      note={view.data && <AsOf at={view.data.asOf} />}
      toolbar={
        <div className="testing-line">
          <a className="lv-button" href="/field/" target="_blank" rel="noreferrer">
            {t('fieldApp')}
          </a>
          <PlaceChoice of="test_site" value={siteId} onChange={setSite} />
          <fieldset className="testing-line testing-capacity" aria-label={t('capacity')}>
            {t('capacity')}
            {CAPACITIES.map((one) => (
              <button
                key={one}
                type="button"
                className={desk.capacity === one ? 'lv-button lv-button--primary' : 'lv-button'}
                aria-pressed={desk.capacity === one}
                onClick={() => desk.chooseCapacity(one)}
              >
                {one === 1 ? t('single') : t('ratio', { count: one })}
              </button>
            ))}
          </fieldset>
          <Link href={siteId ? `/specimens/new?site=${siteId}` : '/specimens/new'}>{t('takeSpecimen')}</Link>
          <LabelPrint siteId={siteId} capacity={desk.capacity} />
        </div>
      }
    >
      {siteId === '' && <EmptyState why="none" title={t('chooseSite')} />}
      {view.error && <ErrorState error={view.error} onRetry={() => void view.refetch()} />}
      {view.isLoading && <Loading />}
      {view.data && (
        <>
          <AccountingStrip siteId={siteId} />
          <div className="testing-desk">
            <DeskScan desk={desk} open={view.data.open} siteId={siteId} />
            <DeskLists desk={desk} view={view.data} siteId={siteId} />
          </div>
        </>
      )}
    </PageFrame>
  );
}
