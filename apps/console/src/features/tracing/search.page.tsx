import {
  AsOf,
  type Column,
  DataTable,
  EmptyState,
  Page as PageFrame,
  useText,
  useUrlText,
  useWords,
} from '@levee/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { CaseSearch } from './case-search.tsx';
import { tracingWords } from './words.ts';

type CaseRow = Awaited<ReturnType<typeof client.cases.list>>['items'][number];

/** A search from a case; without one in the address, the cases to choose from. */
export function Page() {
  const [caseId, setCase] = useUrlText('case');
  return caseId ? (
    <CaseSearch caseId={caseId} onLeave={() => setCase(null)} />
  ) : (
    <CaseChoice onChoose={setCase} />
  );
}

function CaseChoice({ onChoose }: { onChoose: (caseId: string) => void }) {
  const t = useWords(tracingWords);
  const text = useText();
  const cases = useInfiniteQuery({
    queryKey: ['tracing', 'cases'],
    queryFn: ({ pageParam }) =>
      client.cases.list({
        purpose: 'case_investigation',
        query: { limit: 200, ...(pageParam && { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const columns = useMemo<Column<CaseRow>[]>(
    () => [
      {
        key: 'id',
        title: t('case'),
        width: 160,
        render: (row) => row.externalId,
        sortBy: (row) => row.externalId,
        searchText: (row) => row.externalId,
      },
      {
        key: 'person',
        title: t('person'),
        width: 160,
        render: (row) => row.person?.nameZh ?? '–',
        searchText: (row) => row.person?.nameZh ?? '',
      },
      {
        key: 'onset',
        title: t('onset'),
        width: 130,
        render: (row) => row.dateOnset ?? '–',
        sortBy: (row) => row.dateOnset,
      },
      { key: 'sample', title: t('sample'), width: 130, render: (row) => row.dateSample ?? '–' },
      { key: 'live', title: t('live'), render: (row) => text(row.divisionName) },
    ],
    [t, text],
  );
  const rows = cases.data?.pages.flatMap(({ items }) => items).filter(({ person }) => person !== null);
  const first = cases.data?.pages[0];
  return (
    <PageFrame
      title={t('title')}
      filled
      note={first && <AsOf at={first.asOf} />}
      toolbar={<p>{t('chooseCase')}</p>}
    >
      <DataTable
        name="trace-cases"
        label={t('cases')}
        rows={rows}
        columns={columns}
        rowKey={(row) => row.id}
        onPeek={(key) => key && onChoose(key)}
        {...pagedBy(cases)}
        empty={<EmptyState why="none" title={t('noCases')} />}
      />
    </PageFrame>
  );
}
