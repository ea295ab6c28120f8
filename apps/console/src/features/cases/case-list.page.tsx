import {
  AsOf,
  DataTable,
  EmptyState,
  Icon,
  Loading,
  Page as PageFrame,
  useNavigation,
  useUrlText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { type KeyboardEvent, lazy, Suspense, useState } from 'react';
import { pagedBy } from '../../app/paged.ts';
import { AreaChoice } from './area-choice.tsx';
import { BulkClassify } from './bulk-classify.tsx';
import { useCaseColumns } from './case-columns.tsx';
import { CasePeek } from './case-peek.tsx';
import { CaseSourceChoice, useCaseSource } from './case-source.tsx';
import { ExportMenu } from './export-menu.tsx';
import { LinkedChips } from './linked-chips.tsx';
import { useMayWriteCases } from './purpose.ts';
import { useCaseList } from './use-case-list.ts';
import { caseWords } from './words.ts';
import './cases.css';

// Charts are half a megabyte; who only reads the list does not wait for them.
const CurvePanel = lazy(() => import('./curve-panel.tsx').then((module) => ({ default: module.CurvePanel })));

/** The line list; the curve stands above it on request, and a day chosen there narrows the list. */
export function Page() {
  const t = useWords(caseWords);
  const { Link, go } = useNavigation();
  const mayWrite = useMayWriteCases();
  const columns = useCaseColumns();
  const { source } = useCaseSource();
  const { list, rows } = useCaseList();
  const [peeked, setPeeked] = useUrlText('case');
  const [curve, setCurve] = useUrlText('curve');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const first = list.data?.pages[0];
  const at = rows?.findIndex(({ id }) => id === peeked) ?? -1;
  const walk = (step: 1 | -1) => {
    const to = at < 0 ? undefined : rows?.[at + step];
    return to && (() => setPeeked(to.id, { replace: true }));
  };
  const press = (event: KeyboardEvent) => {
    const typing = (event.target as HTMLElement).closest('input, select, textarea');
    if (event.key === 'o' && peeked && !typing && !event.ctrlKey && !event.metaKey) go(`/cases/${peeked}`);
  };
  return (
    <PageFrame
      title={t('list')}
      filled
      note={first && <AsOf at={first.asOf} source={t('listSource')} />}
      actions={
        <>
          <button
            type="button"
            className="lv-button"
            aria-pressed={curve === 'on'}
            onClick={() => setCurve(curve === 'on' ? null : 'on', { replace: true })}
          >
            <Icon name="analysis" size={16} />
            {t('curve')}
          </button>
          <ExportMenu filter={source} />
          {mayWrite && (
            <Link className="lv-button lv-button--primary" href="/cases/new">
              <Icon name="plus" size={16} />
              {t('newCase')}
            </Link>
          )}
        </>
      }
    >
      {curve === 'on' && (
        <div className="case-curve">
          <Suspense fallback={<Loading />}>
            <CurvePanel height={160} />
          </Suspense>
        </div>
      )}
      <LinkedChips />
      <div className="case-fill" onKeyDown={press}>
        <WithPeek
          peek={
            peeked && (
              <CasePeek
                caseId={peeked}
                onClose={() => setPeeked(null)}
                onPrevious={walk(-1)}
                onNext={walk(1)}
              />
            )
          }
        >
          <DataTable
            name="cases"
            label={t('list')}
            served
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            {...pagedBy(list)}
            peeked={peeked || null}
            onPeek={(key) => setPeeked(key, { replace: true })}
            {...(mayWrite && { selected, onSelect: setSelected })}
            bulkActions={
              <BulkClassify
                cases={rows?.filter(({ id }) => selected.has(id)) ?? []}
                onDone={() => setSelected(new Set())}
              />
            }
            tools={
              <>
                <CaseSourceChoice />
                <AreaChoice />
              </>
            }
            empty={<EmptyState why="none" title={t('none')} />}
          />
        </WithPeek>
      </div>
    </PageFrame>
  );
}
