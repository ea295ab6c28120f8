import type { LabLoad } from '@levee/contract';
import {
  AsOf,
  type Column,
  DataTable,
  EmptyState,
  Page as PageFrame,
  StatusMark,
  Time,
  useText,
  useWords,
} from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { usePlaceName } from '../places/place-name.ts';
import { LaboratoryTabs } from './laboratory-tabs.tsx';
import { LOAD_NAMES, laboratoryWords } from './laboratory-words.ts';
import './testing.css';

/** Each laboratory: what waits, how long it takes, and when it will no longer hold. */
export function Page() {
  const t = useWords(laboratoryWords);
  const nameOf = usePlaceName();
  const text = useText();
  const load = useQuery({
    queryKey: ['testing', 'load'],
    queryFn: () => client.laboratory.load({}),
    refetchInterval: 60_000,
  });
  const hours = load.data?.items[0]?.limitHours ?? 6;
  const columns = useMemo<Column<LabLoad>[]>(() => {
    const number = (
      key: 'waiting' | 'recheck' | 'inTransit' | 'arrived' | 'resulted' | 'median' | 'p90' | 'wait',
      of: (row: LabLoad) => number | null,
    ): Column<LabLoad> => ({
      key,
      title: t(key),
      align: 'end',
      hidden: key === 'recheck',
      width: key === 'arrived' || key === 'resulted' ? 112 : 88,
      render: (row) => of(row)?.toFixed(digits(key)) ?? '–',
      sortBy: (row) => of(row),
    });
    return [
      {
        key: 'lab',
        title: t('lab'),
        width: 214,
        render: (row) => nameOf(row.lab),
        searchText: (row) => row.lab.nameZh,
      },
      {
        key: 'state',
        title: t('state'),
        width: 110,
        render: (row) => (
          <StatusMark tone={LOAD_NAMES[row.state].tone}>{text(LOAD_NAMES[row.state])}</StatusMark>
        ),
      },
      {
        key: 'exceeds',
        title: t('exceeds', { hours }),
        width: 120,
        render: (row) =>
          row.state === 'exceeded' ? t('now') : row.exceedsAt ? <Time at={row.exceedsAt} /> : t('never'),
        sortBy: (row) => row.exceedsAt,
      },
      number('waiting', (row) => row.waiting.value),
      number('recheck', (row) => row.recheck.value),
      number('inTransit', (row) => row.inTransit.value),
      {
        key: 'oldest',
        title: t('oldest'),
        width: 120,
        render: (row) => (row.oldestReceivedAt ? <Time at={row.oldestReceivedAt} /> : '–'),
        sortBy: (row) => row.oldestReceivedAt,
      },
      number('arrived', (row) => row.arrivedPerHour.value),
      number('resulted', (row) => row.resultedPerHour.value),
      number('median', (row) => row.medianHours.value),
      number('p90', (row) => row.p90Hours.value),
      number('wait', (row) => row.waitHours.value),
    ];
  }, [t, text, hours, nameOf]);
  return (
    <PageFrame
      title={t('load')}
      filled
      toolbar={<LaboratoryTabs at="load" />}
      note={load.data && <AsOf at={load.data.asOf} />}
    >
      <p className="testing-note">{t('loadHint')}</p>
      <DataTable
        name="laboratory-load"
        label={t('load')}
        rows={load.data?.items}
        columns={columns}
        rowKey={(row) => row.lab.id}
        error={load.error}
        onRetry={() => void load.refetch()}
        empty={<EmptyState why="none" title={t('noLoad')} />}
      />
    </PageFrame>
  );
}

const COUNTS = ['waiting', 'recheck', 'inTransit'];
const digits = (key: string) => (COUNTS.includes(key) ? 0 : 1);
