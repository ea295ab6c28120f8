import type { CaseFile } from '@levee/contract';
import { AsOf, type Column, DataTable, EmptyState, Page as PageFrame, Time, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { caseWords } from './words.ts';

/** The line list; Enter opens a case. */
export function Page() {
  const t = useWords(caseWords);
  const navigate = useNavigate();
  const cases = useQuery({
    queryKey: ['cases', 'list'],
    queryFn: () => client.cases.list({ query: { limit: 500 }, purpose: 'outbreak_command' }),
  });
  const columns = useMemo<Column<CaseFile>[]>(
    () => [
      {
        key: 'number',
        title: t('number'),
        width: 150,
        render: (row) => row.externalId,
        sortBy: (row) => row.externalId,
      },
      { key: 'person', title: t('person'), width: 120, render: (row) => row.person?.nameZh ?? '–' },
      {
        key: 'classification',
        title: t('classification'),
        width: 140,
        render: (row) => t(row.classification),
        sortBy: (row) => row.classification,
      },
      {
        key: 'onset',
        title: t('onset'),
        width: 120,
        render: (row) => row.dateOnset ?? '–',
        sortBy: (row) => row.dateOnset,
      },
      {
        key: 'reported',
        title: t('reported'),
        width: 120,
        render: (row) => row.dateReporting ?? '–',
        sortBy: (row) => row.dateReporting,
      },
      { key: 'area', title: t('area'), render: (row) => row.divisionName, sortBy: (row) => row.division },
      {
        key: 'opened',
        title: t('opened'),
        width: 130,
        align: 'end',
        render: (row) => <Time at={row.openedAt} />,
        sortBy: (row) => row.openedAt,
      },
    ],
    [t],
  );
  return (
    <PageFrame title={t('list')} filled note={cases.data && <AsOf at={cases.data.asOf} />}>
      <DataTable
        name="cases"
        label={t('list')}
        rows={cases.data?.items}
        columns={columns}
        rowKey={(row) => row.id}
        error={cases.error}
        onRetry={() => void cases.refetch()}
        empty={<EmptyState why="none" title={t('none')} />}
        {...(cases.data && { totalCount: cases.data.total })}
        onPeek={(key) => {
          if (key) void navigate({ to: `/cases/${key}` });
        }}
      />
    </PageFrame>
  );
}
