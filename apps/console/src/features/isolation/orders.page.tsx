import type { IsolationOrder } from '@levee/contract';
import {
  ChoiceTabs,
  type Column,
  DataTable,
  EmptyState,
  Figure,
  FigureStrip,
  formatDay,
  Page as PageFrame,
  StatusMark,
  useServerNow,
  useText,
  useUrlText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { OrderPeek } from './order-peek.tsx';
import { useIsolationPurpose } from './purpose.ts';
import { CLASS_NAMES, isolationWords, STATE_NAMES, STEP_NAMES } from './words.ts';
import './isolation.css';

const TABS = ['all', 'awaiting', 'late', 'testsDue', 'followUp', 'released'] as const;
type Tab = (typeof TABS)[number];

const queryOf = (tab: Tab) => {
  switch (tab) {
    case 'awaiting':
      return { state: ['awaiting' as const] };
    case 'late':
      return { late: 'true' };
    case 'testsDue':
      return { testsDue: 'true' };
    case 'followUp':
      return { followUpDue: 'true' };
    case 'released':
      return { state: ['released' as const, 'ended' as const] };
    default:
      return {};
  }
};

/** Everybody under an order: where they stand in the loop, what is due today, what takes too long and who answers. */
export function Page() {
  const t = useWords(isolationWords);
  const text = useText();
  const now = useServerNow();
  const purpose = useIsolationPurpose();
  const [chosen, setTab] = useUrlText('show');
  const tab = TABS.find((one) => one === chosen) ?? 'all';
  const [orderId, setOrder] = useUrlText('order');
  const list = useInfiniteQuery({
    queryKey: ['isolation', 'orders', tab],
    queryFn: ({ pageParam }) =>
      client.isolation.orders({
        purpose,
        query: { limit: 200, ...queryOf(tab), ...(pageParam && { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const counts = useQuery({
    queryKey: ['isolation', 'counts'],
    queryFn: () => client.isolation.counts({ query: {} }),
  });
  const columns = useMemo<Column<IsolationOrder>[]>(
    () => [
      {
        key: 'person',
        title: t('person'),
        width: 96,
        render: (row) => row.person.nameZh,
        sortBy: (row) => row.person.nameZh,
        searchText: (row) => `${row.person.nameZh} ${row.room?.name ?? ''} ${text(row.person.divisionName)}`,
      },
      {
        key: 'class',
        title: t('class'),
        width: 140,
        render: (row) => text(CLASS_NAMES[row.class]),
        choices: Object.entries(CLASS_NAMES).map(([value, name]) => ({ value, label: text(name) })),
        choiceOf: (row) => row.class,
      },
      {
        key: 'state',
        title: t('state'),
        width: 156,
        render: (row) => (
          <StatusMark tone={row.positive ? 'bad' : STATE_NAMES[row.state].tone}>
            {row.positive ? t('positive') : text(STATE_NAMES[row.state])}
          </StatusMark>
        ),
        sortBy: (row) => row.state,
      },
      {
        key: 'stage',
        title: t('stage'),
        width: 88,
        render: (row) => text(STEP_NAMES[row.stage]),
        choices: Object.entries(STEP_NAMES).map(([value, name]) => ({ value, label: text(name) })),
        choiceOf: (row) => row.stage,
      },
      {
        key: 'late',
        title: t('late'),
        render: (row) => {
          const [first] = row.late;
          if (!first) return null;
          return (
            <StatusMark tone="over">
              {t('lateStep', { step: text(STEP_NAMES[first.step]) })} · {first.owner?.name ?? t('noOwner')}
            </StatusMark>
          );
        },
        sortBy: (row) => row.late[0]?.dueAt ?? null,
      },
      {
        key: 'day',
        title: t('day'),
        width: 110,
        render: (row) => (row.day ? t('dayOf', { n: row.day.n, of: row.day.of }) : '–'),
        sortBy: (row) => row.day?.n ?? null,
      },
      {
        key: 'tests',
        title: t('tests'),
        width: 110,
        render: (row) => {
          if (row.testsMissed > 0)
            return <StatusMark tone="over">{t('missed', { count: row.testsMissed })}</StatusMark>;
          return row.testsDueToday > 0 ? <StatusMark tone="waiting">{t('dueToday')}</StatusMark> : null;
        },
        sortBy: (row) => row.testsMissed * 10 + row.testsDueToday,
      },
      {
        key: 'followUp',
        title: t('followUp'),
        width: 116,
        render: (row) => {
          if (row.symptomatic) return <StatusMark tone="bad">{t('symptomatic')}</StatusMark>;
          return row.followUpDueToday ? <StatusMark tone="waiting">{t('followUpDue')}</StatusMark> : null;
        },
        sortBy: (row) => Number(row.symptomatic) * 2 + Number(row.followUpDueToday),
      },
      {
        key: 'until',
        title: t('untilDate'),
        width: 72,
        render: (row) => (row.untilDate ? formatDay(row.untilDate, now) : '–'),
        sortBy: (row) => row.untilDate,
      },
      {
        key: 'place',
        title: t('place'),
        width: 236,
        render: (row) =>
          row.facility
            ? `${text({ zh: row.facility.nameZh, en: row.facility.nameEn })} ${row.room?.name ?? ''}`
            : row.kind === 'centralised_isolation'
              ? '–'
              : t('home'),
      },
      { key: 'live', title: t('live'), hidden: true, render: (row) => text(row.person.divisionName) },
    ],
    [t, text, now],
  );
  const rows = list.data?.pages.flatMap(({ items }) => items);
  const at = rows?.findIndex(({ id }) => id === orderId) ?? -1;
  const walk = (to: IsolationOrder | undefined) => (to ? () => setOrder(to.id) : undefined);
  const strip =
    counts.data &&
    ([
      [t('inForce'), counts.data.inForce],
      [t('awaiting'), counts.data.awaiting],
      [t('late'), counts.data.late],
      [t('testsDue'), counts.data.testsDueToday],
      [t('followUp'), counts.data.followUpsDueToday],
    ] as const);
  return (
    <PageFrame
      title={t('orders')}
      filled
      toolbar={
        <ChoiceTabs
          label={t('state')}
          value={tab}
          choices={TABS.map((one) => [one, t(one)] as const)}
          onChoose={(one) => setTab(one === 'all' ? null : one)}
        />
      }
    >
      {strip && (
        <FigureStrip>
          {strip.map(([label, figure]) => (
            <Figure
              key={label}
              label={label}
              value={figure.value}
              asOf={figure.asOf}
              source={text(figure.source)}
            />
          ))}
        </FigureStrip>
      )}
      <WithPeek
        peek={
          orderId && (
            <OrderPeek
              orderId={orderId}
              onClose={() => setOrder(null)}
              onPrevious={walk(rows?.[at - 1])}
              onNext={walk(rows?.[at + 1])}
            />
          )
        }
      >
        <DataTable
          name="isolation"
          label={t('orders')}
          rows={rows}
          columns={columns}
          rowKey={(row) => row.id}
          {...pagedBy(list)}
          peeked={orderId || null}
          onPeek={setOrder}
          empty={
            <EmptyState why="none" title={t('none')}>
              {t('noneHint')}
            </EmptyState>
          }
        />
      </WithPeek>
    </PageFrame>
  );
}
