import type { Resample } from '@levee/contract';
import {
  AsOf,
  type Column,
  DataTable,
  EmptyState,
  Page as PageFrame,
  StatusMark,
  Time,
  useNavigation,
  useText,
  useWords,
} from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { OutcomeMark } from './marks.tsx';
import { useTestingPurpose } from './purpose.ts';
import { testingWords } from './words.ts';
import './testing.css';

/** Everybody of a positive pool who must be sampled again, longest waiting first. */
export function Page() {
  const t = useWords(testingWords);
  const text = useText();
  const { Link, go } = useNavigation();
  const purpose = useTestingPurpose();
  const list = useQuery({
    queryKey: ['testing', 'resamples'],
    queryFn: () => client.testing.resamples({ purpose, query: { state: 'all', limit: 500 } }),
  });
  const columns = useMemo<Column<Resample>[]>(
    () => [
      {
        key: 'person',
        title: t('person'),
        width: 140,
        render: (row) =>
          row.person ? <Link href={`/people/${row.personId}`}>{row.person.nameZh}</Link> : t('elsewhere'),
        searchText: (row) => row.person?.nameZh ?? '',
      },
      {
        key: 'community',
        title: t('community'),
        render: (row) => (row.person ? text(row.person.divisionName) : '–'),
      },
      {
        key: 'tube',
        title: t('tube'),
        width: 220,
        render: (row) => (
          <>
            {row.tubeCode && <Link href={`/tubes/${row.poolId}`}>{row.tubeCode}</Link>}
            {row.content === 'specimen' && <span className="testing-quiet"> {t('ofSpecimen')}</span>}
          </>
        ),
        searchText: (row) => row.tubeCode,
      },
      {
        key: 'since',
        title: t('waitingSince'),
        width: 130,
        render: (row) => <Time at={row.wantedAt} />,
        sortBy: (row) => row.wantedAt,
      },
      {
        key: 'state',
        title: t('state'),
        width: 110,
        render: (row) => (
          <StatusMark tone={row.metAt ? 'good' : 'waiting'}>{t(row.metAt ? 'met' : 'notMet')}</StatusMark>
        ),
        choices: [
          { value: 'wanted', label: t('notMet') },
          { value: 'met', label: t('met') },
        ],
        choiceOf: (row) => (row.metAt ? 'met' : 'wanted'),
      },
      {
        key: 'outcome',
        title: t('outcome'),
        width: 110,
        render: (row) => <OutcomeMark outcome={row.outcome} />,
      },
    ],
    [t, Link, text],
  );
  return (
    <PageFrame title={t('resamples')} filled note={list.data && <AsOf at={list.data.asOf} />}>
      <DataTable
        name="resamples"
        label={t('resamples')}
        rows={list.data?.items}
        columns={columns}
        rowKey={(row) => row.id}
        error={list.error}
        onRetry={() => void list.refetch()}
        onPeek={(key) => {
          const row = list.data?.items.find(({ id }) => id === key);
          if (row) go(`/tubes/${row.poolId}`);
        }}
        {...(list.data && { totalCount: list.data.total })}
        empty={<EmptyState why="none" title={t('noWanted')} />}
      />
    </PageFrame>
  );
}
