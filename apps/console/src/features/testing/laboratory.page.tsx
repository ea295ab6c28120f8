import type { Pool, PoolState } from '@levee/contract';
import {
  type Column,
  DataTable,
  EmptyState,
  Page as PageFrame,
  PeekPanel,
  StatusMark,
  Time,
  useNavigation,
  useServerClock,
  useUrlText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { useMe } from '../../app/session.ts';
import { usePlaceName } from '../places/place-name.ts';
import { AccountingStrip } from './accounting-strip.tsx';
import { LaboratoryTabs } from './laboratory-tabs.tsx';
import { OutcomeMark, StateMark } from './marks.tsx';
import { PlaceChoice } from './place-choice.tsx';
import { PoolRecord } from './pool-record.tsx';
import { testingWords } from './words.ts';
import './testing.css';

const TABS: readonly [word: 'toReceive' | 'toTest' | 'done2', state: PoolState][] = [
  ['toReceive', 'sent'],
  ['toTest', 'received'],
  ['done2', 'resulted'],
];

/** The laboratory's queue: scan to receive, scan again to enter the result. Tube codes only, no names. */
export function Page() {
  const t = useWords(testingWords);
  const nameOf = usePlaceName();
  const me = useMe();
  const mayReport = me.permissions.includes('testing.result');
  const { Link } = useNavigation();
  const queries = useQueryClient();
  const clock = useServerClock();
  const [state, setState] = useUrlText('state');
  const [labId, setLab] = useUrlText('lab');
  const [poolId, setPool] = useUrlText('tube');
  const [code, setCode] = useState('');
  const states = TABS.flatMap(([, one]) => (one === state ? [one] : []));
  const list = useInfiniteQuery({
    queryKey: ['testing', 'pools', state],
    queryFn: ({ pageParam }) =>
      client.testing.pools({
        query: {
          limit: 200,
          ...(states.length > 0 && { state: states }),
          ...(pageParam && { cursor: pageParam }),
        },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const scan = useMutation({
    mutationFn: async (tubeCode: string) => {
      const found = await client.testing.pools({ query: { q: tubeCode, limit: 20 } });
      const pool = found.items.find((one) => one.tubeCode === tubeCode);
      if (!pool) return null;
      const waits = pool.receivedAt === null && pool.rejectedAt === null && pool.resultedAt === null;
      if (!mayReport || labId === '' || !waits) return pool;
      const receivedAt = new Date(clock.snapshot()).toISOString();
      return client.testing.receive({ body: { tubeCode, labId, receivedAt } });
    },
    onSuccess: (pool) => {
      if (pool) setPool(pool.id);
      void queries.invalidateQueries({ queryKey: ['testing'] });
    },
  });
  const columns = useMemo<Column<Pool>[]>(
    () => [
      {
        key: 'tube',
        title: t('tube'),
        width: 150,
        render: (row) => <span className="testing-code">{row.tubeCode}</span>,
        sortBy: (row) => row.tubeCode,
        searchText: (row) => row.tubeCode,
      },
      { key: 'state', title: t('state'), width: 120, render: (row) => <StateMark state={row.state} /> },
      {
        key: 'outcome',
        title: t('outcome'),
        width: 100,
        render: (row) => <OutcomeMark outcome={row.outcome} />,
      },
      {
        key: 'people',
        title: t('people'),
        width: 80,
        align: 'end',
        render: (row) => (row.content === 'specimen' ? t('ofObject') : `${row.memberCount}/${row.capacity}`),
        sortBy: (row) => row.memberCount,
      },
      {
        key: 'site',
        title: t('site'),
        render: (row) => (row.site ? nameOf(row.site) : '–'),
        searchText: (row) => row.site?.nameZh ?? '',
      },
      {
        key: 'sent',
        title: t('sentAt'),
        width: 120,
        render: (row) => (row.sentAt ? <Time at={row.sentAt} /> : '–'),
        sortBy: (row) => row.sentAt,
      },
      {
        key: 'received',
        title: t('receivedAt'),
        width: 120,
        render: (row) => (row.receivedAt ? <Time at={row.receivedAt} /> : '–'),
        sortBy: (row) => row.receivedAt,
      },
      {
        key: 'resulted',
        title: t('resultedAt'),
        width: 120,
        render: (row) => (row.resultedAt ? <Time at={row.resultedAt} /> : '–'),
        sortBy: (row) => row.resultedAt,
      },
    ],
    [t, nameOf],
  );
  const rows = list.data?.pages.flatMap(({ items }) => items);
  const at = rows?.findIndex(({ id }) => id === poolId) ?? -1;
  const walk = (to: Pool | undefined) => (to ? () => setPool(to.id) : undefined);
  return (
    <PageFrame
      title={t('laboratory')}
      filled
      toolbar={
        <div className="testing-line">
          <LaboratoryTabs at="queue" />
          <div className="testing-line testing-own-line">
            <PlaceChoice of="laboratory" value={labId} onChange={setLab} />
            <form
              className="testing-line"
              onSubmit={(event) => {
                event.preventDefault();
                scan.mutate(code.trim().toUpperCase());
                setCode('');
              }}
            >
              <input
                className="lv-input testing-choice testing-code"
                aria-label={t('scanTube')}
                placeholder={t('scanTube')}
                title={t('scanTubeHint')}
                autoComplete="off"
                value={code}
                onChange={(event) => setCode(event.target.value)}
              />
            </form>
            <span role="status">
              {scan.data === null && <StatusMark tone="over">{t('notFound')}</StatusMark>}
              {mayReport && labId === '' && t('needLab')}
            </span>
          </div>
        </div>
      }
    >
      <AccountingStrip />
      <WithPeek
        peek={
          poolId && (
            <PeekPanel
              title={rows?.[at]?.tubeCode ?? t('tube')}
              onClose={() => setPool(null)}
              onPrevious={walk(rows?.[at - 1])}
              onNext={walk(rows?.[at + 1])}
              footer={<Link href={`/tubes/${poolId}`}>{t('openPage')}</Link>}
            >
              <PoolRecord poolId={poolId} labId={labId} />
            </PeekPanel>
          )
        }
      >
        <DataTable
          name="tubes"
          label={t('laboratory')}
          rows={rows}
          columns={columns}
          rowKey={(row) => row.id}
          {...pagedBy(list)}
          error={list.error ?? scan.error}
          onRetry={() => {
            scan.reset();
            void list.refetch();
          }}
          tools={
            <span className="testing-line">
              {(['', ...TABS.map(([, one]) => one)] as const).map((value) => (
                <button
                  key={value}
                  type="button"
                  className="lv-button lv-button--quiet"
                  aria-pressed={state === value}
                  onClick={() => setState(value || null)}
                >
                  {t(TABS.find(([, one]) => one === value)?.[0] ?? 'all')}
                </button>
              ))}
            </span>
          }
          peeked={poolId || null}
          onPeek={setPool}
          empty={
            <EmptyState why="none" title={t('noPools')}>
              {t('noPoolsHint')}
            </EmptyState>
          }
        />
      </WithPeek>
    </PageFrame>
  );
}
