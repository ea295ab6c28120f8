import { routes } from 'virtual:levee-contract';
import { type AuditEntry, type Bilingual, isPurpose, purposes, type Role, roles } from '@levee/contract';
import {
  AsOf,
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  Page as PageFrame,
  StatusMark,
  Time,
  useText,
  useWords,
} from '@levee/ui';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { accessWords } from './words.ts';

/** What a route is called: `audit.list` → 审计记录. An old route that is gone keeps its code. */
export function titleOfRoute(route: string): { zh: string; en: string } {
  const [group = '', name = ''] = route.split('.');
  const named = (routes as Record<string, Record<string, { summary: Bilingual }>>)[group];
  return named?.[name]?.summary ?? { zh: route, en: route };
}

/** The trail itself, newest first, and whether anybody touched it. */
export function Page() {
  const t = useWords(accessWords);
  const text = useText();
  const entries = useInfiniteQuery({
    queryKey: ['audit', 'list'],
    queryFn: ({ pageParam }) =>
      client.audit.list({
        query: { limit: 100, ...(pageParam && { cursor: pageParam }) },
        purpose: 'oversight',
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const verify = useMutation({ mutationFn: () => client.audit.verify() });
  const columns = useMemo<Column<AuditEntry>[]>(
    () => [
      { key: 'at', title: t('at'), width: 110, render: (row) => <Time at={row.at} /> },
      {
        key: 'who',
        title: t('who'),
        width: 250,
        render: (row) =>
          `${row.actor.name} · ${row.role in roles ? text(roles[row.role as Role].title) : row.role}`,
        searchText: (row) => row.actor.name,
      },
      {
        key: 'what',
        title: t('what'),
        render: (row) => text(titleOfRoute(row.route)),
        searchText: (row) => text(titleOfRoute(row.route)),
      },
      {
        key: 'purpose',
        title: t('purpose'),
        width: 180,
        render: (row) => (row.purpose && isPurpose(row.purpose) ? text(purposes[row.purpose]) : '–'),
      },
      {
        key: 'records',
        title: t('records'),
        width: 90,
        align: 'end',
        render: (row) => row.opened.reduce((sum, { ids }) => sum + ids.length, 0) || '–',
      },
      {
        key: 'outcome',
        title: t('outcome'),
        width: 110,
        render: (row) => (
          <StatusMark tone={row.outcome === 'done' ? 'good' : 'bad'}>
            {row.outcome === 'done' ? t('done') : t('refused')}
          </StatusMark>
        ),
        choices: [
          { value: 'done', label: t('done') },
          { value: 'refused', label: t('refused') },
        ],
        choiceOf: (row) => (row.outcome === 'done' ? 'done' : 'refused'),
      },
      {
        key: 'sealed',
        title: t('sealed'),
        width: 90,
        render: (row) => (row.sealed ? t('sealed') : t('notSealed')),
      },
    ],
    [t, text],
  );
  const first = entries.data?.pages[0];
  return (
    <PageFrame
      title={t('audit')}
      filled
      note={first && <AsOf at={first.asOf} />}
      actions={
        <button
          type="button"
          className="lv-button lv-button--primary"
          disabled={verify.isPending}
          onClick={() => verify.mutate()}
        >
          {t('verify')}
        </button>
      }
      toolbar={
        (verify.data || verify.error) && (
          <div role="status">
            {verify.error && <ErrorState shape="line" error={verify.error} />}
            {verify.data && (
              <StatusMark tone={verify.data.intact ? 'good' : 'bad'}>
                {verify.data.intact
                  ? t('intact', {
                      entries: verify.data.entries,
                      links: verify.data.links,
                      anchors: verify.data.anchors,
                    })
                  : t('broken', { problems: verify.data.problems.length })}
              </StatusMark>
            )}
            {verify.data?.problems.map(({ problem }) => (
              <p key={problem.en}>{text(problem)}</p>
            ))}
          </div>
        )
      }
    >
      <DataTable
        name="audit"
        label={t('audit')}
        rows={entries.data?.pages.flatMap(({ items }) => items)}
        columns={columns}
        rowKey={(row) => row.position}
        {...pagedBy(entries)}
        empty={<EmptyState why="none" title={t('noEntries')} />}
      />
    </PageFrame>
  );
}
