import type { Task } from '@levee/contract';
import {
  AsOf,
  ChoiceTabs,
  Clock,
  type Column,
  DataTable,
  EmptyState,
  Icon,
  Page as PageFrame,
  StatusMark,
  type StatusTone,
  Time,
  useText,
  useUrlText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { useMe } from '../../app/session.ts';
import { BoardStrip } from './board-strip.tsx';
import { NewTask } from './new-task.tsx';
import { TaskPeek } from './task-peek.tsx';
import { ladderNames, taskWords } from './words.ts';
import './tasks.css';

const VIEWS = ['mine', 'group', 'overdue', 'unowned', 'all', 'closed'] as const;
type View = (typeof VIEWS)[number];

const TONES: Readonly<Record<Task['state'], StatusTone>> = {
  open: 'waiting',
  accepted: 'active',
  done: 'good',
  cancelled: 'over',
};

/** The tasks of a view, page after page. */
function useTasks(view: View) {
  const me = useMe();
  return useInfiniteQuery({
    queryKey: ['tasks', 'list', view],
    queryFn: ({ pageParam }) => {
      const page = { limit: 100, ...(pageParam && { cursor: pageParam }) };
      const unfinished = { state: ['open' as const, 'accepted' as const] };
      switch (view) {
        case 'mine':
          return client.tasks.mine({ query: page });
        case 'group':
          return client.tasks.list({
            query: { ...page, ...unfinished, role: me.role, within: me.division },
          });
        case 'overdue':
          return client.tasks.list({ query: { ...page, overdue: 'true' } });
        case 'unowned':
          return client.tasks.list({ query: { ...page, unowned: 'true' } });
        case 'closed':
          return client.tasks.list({ query: { ...page, state: ['done', 'cancelled'] } });
        case 'all':
          return client.tasks.list({ query: { ...page, ...unfinished } });
      }
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function Page() {
  const t = useWords(taskWords);
  const text = useText();
  const me = useMe();
  const [viewText, setView] = useUrlText('view');
  const [taskId, setTask] = useUrlText('task');
  const [making, setMaking] = useUrlText('new');
  const view = VIEWS.find((each) => each === viewText) ?? 'mine';
  const list = useTasks(view);
  const mayAssign = me.permissions.includes('tasks.assign');
  const columns = useMemo<Column<Task>[]>(
    () => [
      {
        key: 'task',
        title: t('task'),
        render: (row) => <span title={text(row.title)}>{text(row.title)}</span>,
        searchText: (row) =>
          `${row.title.zh} ${row.title.en} ${text(row.divisionName)} ${row.owner?.name ?? ''}`,
      },
      {
        key: 'due',
        title: t('due'),
        width: 138,
        render: (row) =>
          row.closedAt ? (
            <StatusMark tone={row.overdue ? 'bad' : 'good'}>{t(row.overdue ? 'late' : 'inTime')}</StatusMark>
          ) : (
            <Clock due={row.dueAt} name={text(row.title)} />
          ),
        sortBy: (row) => row.dueAt,
      },
      {
        key: 'owner',
        title: t('owner'),
        width: 140,
        render: (row) => row.owner?.name ?? <StatusMark tone="bad">{t('noOwner')}</StatusMark>,
        sortBy: (row) => row.owner?.name ?? null,
      },
      {
        key: 'step',
        title: t('answers'),
        width: 120,
        render: (row) =>
          row.closedAt ? (
            '–'
          ) : (
            <StatusMark tone={row.step === 'owner' ? 'neutral' : 'bad'}>
              {text(ladderNames[row.step])}
            </StatusMark>
          ),
      },
      { key: 'area', title: t('area'), width: 104, render: (row) => text(row.divisionName) },
      {
        key: 'state',
        title: t('state'),
        width: 90,
        render: (row) => <StatusMark tone={TONES[row.state]}>{t(row.state)}</StatusMark>,
        choices: (['open', 'accepted', 'done', 'cancelled'] as const).map((value) => ({
          value,
          label: t(value),
        })),
        choiceOf: (row) => row.state,
      },
      {
        key: 'below',
        title: t('below'),
        width: 72,
        align: 'end',
        render: (row) => (row.below.total === 0 ? '–' : t('belowCount', row.below)),
      },
      {
        key: 'opened',
        title: t('openedAt'),
        width: 110,
        render: (row) => <Time at={row.openedAt} />,
        sortBy: (row) => row.openedAt,
        hidden: true,
      },
    ],
    [t, text],
  );
  const pages = list.data?.pages;
  const rows = pages?.flatMap(({ items }) => items);
  const at = rows?.findIndex(({ id }) => id === taskId) ?? -1;
  const step = (to: number) => {
    const next = rows?.[to];
    return next && (() => setTask(next.id));
  };
  const peek =
    making !== '' && mayAssign ? (
      <NewTask
        onClose={() => setMaking(null)}
        onOpened={(id) => {
          setMaking(null);
          setTask(id);
        }}
      />
    ) : (
      taskId !== '' && (
        <TaskPeek
          taskId={taskId}
          onClose={() => setTask(null)}
          onGo={setTask}
          onPrevious={step(at - 1)}
          onNext={step(at + 1)}
        />
      )
    );
  return (
    <PageFrame
      title={t('board')}
      filled
      note={pages && <AsOf at={pages[0]!.asOf} />}
      actions={
        mayAssign && (
          <button
            type="button"
            className="lv-button lv-button--primary"
            onClick={() => setMaking(making === '' ? '1' : null)}
          >
            <Icon name="plus" size={16} />
            {t('newTask')}
          </button>
        )
      }
      toolbar={
        <ChoiceTabs
          label={t('views')}
          value={view}
          choices={VIEWS.map((each) => [each, t(each)] as const)}
          onChoose={(next) => setView(next === 'mine' ? null : next)}
        />
      }
    >
      {view !== 'mine' && view !== 'closed' && <BoardStrip />}
      <WithPeek peek={peek}>
        <DataTable
          name="tasks"
          label={t('board')}
          rows={rows}
          columns={columns}
          rowKey={({ id }) => id}
          {...pagedBy(list)}
          peeked={taskId || null}
          onPeek={setTask}
          empty={
            <EmptyState why="none" title={t('none')}>
              {view === 'mine' ? t('noneMine') : undefined}
            </EmptyState>
          }
        />
      </WithPeek>
    </PageFrame>
  );
}
