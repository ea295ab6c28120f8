import type { KeyPopulationEmployer } from '@levee/contract';
import {
  AsOf,
  type Column,
  ConfirmDialog,
  DataTable,
  EmptyState,
  formatCount,
  Page as PageFrame,
  StatusMark,
  useText,
  useWords,
} from '@levee/ui';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { keyPopulationWords } from './key-populations-words.ts';
import './rounds.css';

/** Who must be tested how often, employer by employer, those with most people overdue first. */
export function Page() {
  const t = useWords(keyPopulationWords);
  const text = useText();
  const queries = useQueryClient();
  const [calling, call] = useState<KeyPopulationEmployer | null>(null);
  const rules = useQuery({
    queryKey: ['rounds', 'populations', 'rules'],
    queryFn: () => client.keyPopulations.rules(),
  });
  const list = useInfiniteQuery({
    queryKey: ['rounds', 'populations', 'employers'],
    queryFn: ({ pageParam }) =>
      client.keyPopulations.employers({ query: { limit: 100, ...(pageParam && { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const columns = useMemo<Column<KeyPopulationEmployer>[]>(
    () => [
      {
        key: 'employer',
        title: t('employer'),
        render: (row) => text({ zh: row.employer.nameZh, en: row.employer.nameEn }),
        searchText: (row) => `${row.employer.nameZh} ${row.employer.nameEn}`,
      },
      {
        key: 'contact',
        title: t('contact'),
        width: 200,
        render: (row) => row.contact ?? <span className="rounds-muted">{t('noContact')}</span>,
      },
      {
        key: 'members',
        title: t('members'),
        width: 110,
        align: 'end',
        render: (row) => formatCount(row.members),
        sortBy: (row) => row.members,
      },
      {
        key: 'due',
        title: t('due'),
        width: 110,
        align: 'end',
        render: (row) => formatCount(row.due),
        sortBy: (row) => row.due,
      },
      {
        key: 'overdue',
        title: t('overdue'),
        width: 110,
        align: 'end',
        render: (row) =>
          row.overdue > 0 ? <StatusMark tone="over">{formatCount(row.overdue)}</StatusMark> : '0',
        sortBy: (row) => row.overdue,
      },
      {
        key: 'call',
        title: '',
        width: 110,
        render: (row) =>
          row.due + row.overdue > 0 && (
            <button type="button" className="lv-button lv-button--quiet" onClick={() => call(row)}>
              {t('call')}
            </button>
          ),
      },
    ],
    [t, text],
  );
  return (
    <PageFrame title={t('title')} filled note={<AsOf at={list.data?.pages[0]?.asOf ?? null} />}>
      {rules.data?.items.map((rule) => (
        <p key={rule.population} className="rounds-line rounds-population">
          <strong>{t(rule.population)}</strong>
          <span>{t('perWeek', { count: rule.perWeek })}</span>
          {rule.minHoursBetween > 0 && <span>{t('hoursBetween', { hours: rule.minHoursBetween })}</span>}
          <span className="rounds-muted">{text(rule.who)}</span>
          <span className="rounds-muted" title={rule.rule}>
            {t('source')}: {rule.source}
            {rule.confidence === 'unverified' && ` · ${t('unverified')}`}
          </span>
        </p>
      ))}
      <DataTable
        name="populations"
        label={t('title')}
        rows={list.data?.pages.flatMap(({ items }) => items)}
        columns={columns}
        rowKey={(row) => row.employer.id}
        error={list.error ?? rules.error}
        onRetry={() => void list.refetch()}
        {...(list.data?.pages[0] && { totalCount: list.data.pages[0].total })}
        empty={
          <EmptyState why="none" title={t('none')}>
            {t('noneHint')}
          </EmptyState>
        }
        onEnd={() => {
          if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
        }}
      />
      {calling && (
        <ConfirmDialog
          title={t('callTitle', { name: calling.employer.nameZh })}
          act={t('call')}
          onClose={() => call(null)}
          onAct={async () => {
            await client.keyPopulations.call({ params: { employerId: calling.employer.id } });
            await queries.invalidateQueries({ queryKey: ['rounds', 'populations'] });
          }}
        >
          <p>{t('callHint', { due: calling.due, overdue: calling.overdue })}</p>
        </ConfirmDialog>
      )}
    </PageFrame>
  );
}
