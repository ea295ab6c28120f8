import type { Round } from '@levee/contract';
import {
  AsOf,
  type Column,
  DataTable,
  EmptyState,
  formatCount,
  formatProportion,
  Page as PageFrame,
  Time,
  useNavigation,
  useText,
  useUrlText,
  useWords,
} from '@levee/ui';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { useMe } from '../../app/session.ts';
import { NextStepLine } from './rule-line.tsx';
import { StartDialog } from './start-dialog.tsx';
import { CountsBar, RoundState, shareDone } from './state-mark.tsx';
import { roundWords } from './words.ts';
import './rounds.css';

/** The rounds of an incident, newest first, and what its pack asks next. */
export function Page() {
  const t = useWords(roundWords);
  const text = useText();
  const me = useMe();
  const { Link } = useNavigation();
  const [chosen, choose] = useUrlText('incident');
  const [starting, setStarting] = useState(false);
  const current = useQuery({
    queryKey: ['situation', 'current'],
    queryFn: () => client.incidents.current(),
  });
  const incident = current.data?.items.find(({ id }) => id === chosen) ?? current.data?.items[0];
  const division = incident && (me.division.startsWith(incident.division) ? me.division : incident.division);
  const plan = useQuery({
    queryKey: ['rounds', 'plan', incident?.id, division],
    queryFn: () => client.rounds.plan({ query: { incidentId: incident!.id, division: division! } }),
    enabled: incident !== undefined,
  });
  const list = useInfiniteQuery({
    queryKey: ['rounds', 'list', incident?.id],
    queryFn: ({ pageParam }) =>
      client.rounds.list({
        query: {
          limit: 100,
          ...(incident && { incidentId: incident.id }),
          ...(pageParam && { cursor: pageParam }),
        },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const columns = useMemo<Column<Round>[]>(
    () => [
      {
        key: 'number',
        title: t('number'),
        width: 110,
        render: (row) => <Link href={`/rounds/${row.id}`}>{t('round', { number: row.number })}</Link>,
        sortBy: (row) => row.number,
      },
      {
        key: 'area',
        title: t('area'),
        render: (row) => text(row.areaName),
        searchText: (row) => row.areaName.zh,
      },
      { key: 'state', title: t('state'), width: 120, render: (row) => <RoundState round={row} /> },
      {
        key: 'from',
        title: t('begins'),
        width: 120,
        render: (row) => <Time at={row.startsAt} />,
        sortBy: (row) => row.startsAt,
      },
      {
        key: 'until',
        title: t('ends'),
        width: 120,
        render: (row) => <Time at={row.closedAt ?? row.endsAt} />,
      },
      {
        key: 'done',
        title: t('share'),
        width: 190,
        render: (row) => (
          <span className="rounds-done">
            <CountsBar counts={row.counts} />
            {formatProportion(shareDone(row.counts))}
          </span>
        ),
        sortBy: (row) => shareDone(row.counts),
      },
      ...(['headcount', 'sampled', 'missed'] as const).map((key) => ({
        key,
        title: t(key),
        width: 96,
        align: 'end' as const,
        render: (row: Round) => formatCount(row.counts[key]),
        sortBy: (row: Round) => row.counts[key],
      })),
      {
        key: 'positives',
        title: t('positives'),
        width: 84,
        align: 'end',
        render: (row) => formatCount(row.positives),
        sortBy: (row) => row.positives,
      },
    ],
    [t, text, Link],
  );
  const rows = list.data?.pages.flatMap(({ items }) => items);
  const running = rows?.some((row) => row.closedAt === null && row.division === division) ?? false;
  const mayStart = me.permissions.includes('rounds.command') && plan.data?.poolSizes != null && !running;
  return (
    <PageFrame
      title={t('title')}
      filled
      note={<AsOf at={list.data?.pages[0]?.asOf ?? null} />}
      actions={
        mayStart && (
          <button type="button" className="lv-button lv-button--primary" onClick={() => setStarting(true)}>
            {t('start')}
          </button>
        )
      }
      toolbar={
        (current.data?.items.length ?? 0) > 1 && (
          <select
            className="lv-input rounds-choice"
            aria-label={t('incident')}
            value={incident?.id}
            onChange={(event) => choose(event.target.value)}
          >
            {current.data?.items.map((each) => (
              <option key={each.id} value={each.id}>
                {text(each.name)}
              </option>
            ))}
          </select>
        )
      }
    >
      {plan.data?.next && <NextStepLine next={plan.data.next} />}
      <DataTable
        name="rounds"
        label={t('title')}
        rows={rows}
        columns={columns}
        rowKey={(row) => row.id}
        {...pagedBy(list)}
        error={list.error ?? current.error ?? plan.error}
        empty={
          <EmptyState why="none" title={t(incident ? 'none' : 'noIncident')}>
            {t(incident ? 'noneHint' : 'noIncidentHint')}
          </EmptyState>
        }
      />
      {starting && plan.data && <StartDialog plan={plan.data} onClose={() => setStarting(false)} />}
    </PageFrame>
  );
}
