import type { CaseImport } from '@levee/contract';
import {
  AsOf,
  type Column,
  DataTable,
  EmptyState,
  formatCount,
  Page as PageFrame,
  Time,
  useNavigation,
  useWords,
} from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { ImportStateMark } from './import-state.tsx';
import { importWords } from './import-words.ts';

/** Every import of the area, newest first; Enter opens one. */
export function Page() {
  const t = useWords(importWords);
  const { Link, go } = useNavigation();
  const list = useQuery({
    queryKey: ['cases', 'imports'],
    queryFn: () => client.cases.imports({ query: { limit: 200 } }),
  });
  const columns = useMemo<Column<CaseImport>[]>(
    () => [
      { key: 'file', title: t('file'), render: (row) => row.cases.name, searchText: (row) => row.cases.name },
      { key: 'state', title: t('state'), width: 130, render: (row) => <ImportStateMark state={row.state} /> },
      {
        key: 'rows',
        title: t('rowsIn'),
        width: 90,
        align: 'end',
        render: (row) => formatCount(row.cases.rowsCount),
        sortBy: (row) => row.cases.rowsCount,
      },
      {
        key: 'in',
        title: t('acceptedShort'),
        width: 100,
        align: 'end',
        render: (row) => formatCount(row.counts.cases.accepted),
      },
      {
        key: 'out',
        title: t('rejectedShort'),
        width: 100,
        align: 'end',
        render: (row) => formatCount(row.counts.cases.rejected + row.counts.cases.left),
      },
      {
        key: 'by',
        title: t('by'),
        width: 140,
        render: (row) => row.createdBy.name,
        searchText: (row) => row.createdBy.name,
      },
      {
        key: 'at',
        title: t('at'),
        width: 120,
        align: 'end',
        render: (row) => <Time at={row.createdAt} />,
        sortBy: (row) => row.createdAt,
      },
    ],
    [t],
  );
  const add = (
    <Link className="lv-button lv-button--primary" href="/imports/new">
      {t('newImport')}
    </Link>
  );
  return (
    <PageFrame title={t('imports')} filled note={list.data && <AsOf at={list.data.asOf} />} actions={add}>
      <DataTable
        name="imports"
        label={t('imports')}
        rows={list.data?.items}
        columns={columns}
        rowKey={(row) => row.id}
        error={list.error}
        onRetry={() => void list.refetch()}
        {...(list.data && { totalCount: list.data.total })}
        onPeek={(key) => {
          if (key) go(`/imports/${key}`);
        }}
        empty={
          <EmptyState why="none" title={t('none')} actions={add}>
            {t('noneHint')}
          </EmptyState>
        }
      />
    </PageFrame>
  );
}
