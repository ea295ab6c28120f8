import { type Appeal, measureKindWords } from '@levee/contract';
import {
  AsOf,
  ChoiceTabs,
  Clock,
  type Column,
  DataTable,
  EmptyState,
  Figure,
  FigureStrip,
  Page as PageFrame,
  StatusMark,
  Time,
  useText,
  useUrlText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { AppealPeek } from './appeal-peek.tsx';
import { LodgeDialog } from './lodge-dialog.tsx';
import { useMeasuresPurpose } from './purpose.ts';
import { measureWords } from './words.ts';
import './measures.css';

const VIEWS = ['open', 'closed', 'all'] as const;

/** Appeals, the most urgent first; who took no part decides. */
export function Page() {
  const t = useWords(measureWords);
  const text = useText();
  const purpose = useMeasuresPurpose();
  const [urlView, setView] = useUrlText('view');
  const view = VIEWS.find((one) => one === urlView) ?? 'open';
  const [appealId, setAppeal] = useUrlText('appeal');
  const [lodging, setLodging] = useState(false);
  const list = useInfiniteQuery({
    queryKey: ['measures', 'appeals', view],
    queryFn: ({ pageParam }) =>
      client.measures.appeals({
        purpose: purpose ?? 'oversight',
        query: {
          limit: 200,
          ...(view !== 'all' && { open: String(view === 'open') as never }),
          ...(pageParam && { cursor: pageParam }),
        },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    enabled: purpose !== null,
  });
  const figures = useQuery({
    queryKey: ['measures', 'appeal-figures'],
    queryFn: () => client.measures.appealFigures(),
  });
  const columns = useMemo<Column<Appeal>[]>(
    () => [
      {
        key: 'lodged',
        title: t('lodged'),
        width: 104,
        render: (row) => <Time at={row.lodgedAt} />,
        sortBy: (row) => row.lodgedAt,
      },
      { key: 'channel', title: t('channel'), width: 80, render: (row) => t(row.channel) },
      {
        key: 'measure',
        title: t('measure'),
        width: 130,
        render: (row) => text(measureKindWords[row.measureKind]),
      },
      {
        key: 'statement',
        title: t('statement'),
        render: (row) => <span title={row.statement}>{row.statement}</span>,
        searchText: (row) => row.statement,
      },
      {
        key: 'acknowledged',
        title: t('ackDue'),
        width: 130,
        render: (row) =>
          row.acknowledgedAt ? (
            <StatusMark tone="good">{t('acknowledged')}</StatusMark>
          ) : row.decidedAt ? (
            '–'
          ) : (
            <Clock due={row.acknowledgeDueAt} name={t('ackDue')} nearMs={600_000} />
          ),
      },
      {
        key: 'decide',
        title: t('decideDue'),
        width: 140,
        render: (row) =>
          row.decidedAt ? (
            <StatusMark tone={row.outcome === 'granted' ? 'good' : 'neutral'}>
              {t(row.outcome ?? 'upheld')}
            </StatusMark>
          ) : (
            <Clock due={row.decideDueAt} name={t('decideDue')} nearMs={4 * 3_600_000} />
          ),
        sortBy: (row) => row.decideDueAt,
      },
      {
        key: 'suspends',
        title: t('suspendsAt'),
        width: 150,
        render: (row) =>
          row.suspended ? (
            <StatusMark tone="bad">{t('suspended')}</StatusMark>
          ) : row.suspendsAt && !row.decidedAt && !row.confirmedAt ? (
            <Clock due={row.suspendsAt} name={t('suspendsAt')} nearMs={6 * 3_600_000} />
          ) : (
            '–'
          ),
      },
    ],
    [t, text],
  );
  const rows = list.data?.pages.flatMap(({ items }) => items);
  const at = rows?.findIndex(({ id }) => id === appealId) ?? -1;
  const walk = (to: Appeal | undefined) => (to ? () => setAppeal(to.id) : undefined);
  const shown = rows?.[at];
  const totals = figures.data;
  return (
    <PageFrame
      title={t('appeals')}
      filled
      note={totals && <AsOf at={totals.asOf} />}
      actions={
        <button type="button" className="lv-button lv-button--primary" onClick={() => setLodging(true)}>
          {t('lodge')}…
        </button>
      }
      toolbar={
        <ChoiceTabs
          label={t('view')}
          value={view}
          choices={VIEWS.map(
            (each) =>
              [
                each,
                t(each === 'open' ? 'openOnes' : each === 'closed' ? 'closedOnes' : 'view.all'),
              ] as const,
          )}
          onChoose={(each) => setView(each === 'open' ? null : each)}
        />
      }
    >
      {totals && (
        <FigureStrip>
          {(
            [
              [t('lodged'), totals.lodged],
              [t('openOnes'), totals.open],
              [t('overdue'), totals.overdue],
              [t('granted'), totals.granted],
              [t('upheld'), totals.upheld],
            ] as const
          ).map(([label, value]) => (
            <Figure key={label} label={label} value={value} asOf={totals.asOf} source={t('ledger')} />
          ))}
          <Figure
            label={t('median')}
            value={totals.medianHoursToDecision}
            unit={t('hours')}
            asOf={totals.asOf}
            source={t('ledger')}
          />
        </FigureStrip>
      )}
      <WithPeek
        peek={
          shown && (
            <AppealPeek
              appeal={shown}
              onClose={() => setAppeal(null)}
              onPrevious={walk(rows?.[at - 1])}
              onNext={walk(rows?.[at + 1])}
            />
          )
        }
      >
        {purpose === null ? (
          <EmptyState why="rights" title={t('purposeNeeded')} />
        ) : (
          <DataTable
            name="appeals"
            label={t('appeals')}
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            {...pagedBy(list)}
            peeked={appealId || null}
            onPeek={setAppeal}
            empty={
              <EmptyState why="none" title={t('noAppealsAt')}>
                {t('noAppealsHint')}
              </EmptyState>
            }
          />
        )}
      </WithPeek>
      {lodging && <LodgeDialog measure={null} onClose={() => setLodging(false)} />}
    </PageFrame>
  );
}
