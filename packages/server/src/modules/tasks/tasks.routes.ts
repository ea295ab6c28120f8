import { tasks as contract } from '@levee/contract';
import type { Context } from '../../platform/context.ts';
import { implement } from '../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../platform/http/paging.ts';
import * as board from './board.repository.ts';
import { filesOf } from './files.repository.ts';
import { addFile, readFile } from './files.ts';
import { answerOf } from './task.ts';
import { listTasks, type TaskFilter } from './tasks.repository.ts';
import * as service from './tasks.service.ts';

async function pageOf(
  context: Context,
  filter: TaskFilter,
  query: { cursor?: string | undefined; limit: number },
) {
  const { items, total } = await listTasks(context.trx, context.now, filter, offsetOf(query), query.limit);
  return toPage(
    context,
    query,
    items.map((task) => answerOf(task, context.now)),
    total,
  );
}

export const tasksRoutes = implement('tasks', contract, {
  mine: (context, { query }) =>
    pageOf(
      context,
      {
        answeredBy: context.actor.id,
        state: query.closed ? ['done', 'cancelled'] : ['open', 'accepted'],
      },
      query,
    ),
  list: (context, { query: { cursor, limit, ...filter } }) => pageOf(context, filter, { cursor, limit }),
  board: async (context, { query }) => {
    const states = await board.countByState(context.trx, context.now, query);
    const total = (key: 'overdueCount' | 'unownedCount') => states.reduce((sum, row) => sum + row[key], 0);
    return {
      asOf: context.now,
      byState: states.map(({ state, count }) => ({ state, count })),
      overdueCount: total('overdueCount'),
      unownedCount: total('unownedCount'),
      byAge: await board.countByAge(context.trx, context.now, query),
      byDivision: await board.countByDivision(context.trx, context.now, query),
    };
  },
  byId: async (context, { params }) => ({
    task: await service.answerById(context, params.taskId),
    entries: await service.historyOf(context, params.taskId),
    files: await filesOf(context.trx, params.taskId),
  }),
  candidates: async (context, { query }) => ({
    items: await service.candidatesFor(context, query.division),
    asOf: context.now,
  }),
  addFile: (context, { params, body }) => addFile(context, { ...params, ...body }),
  file: (context, { params }) => readFile(context, params),
  open: (context, { body }) => service.giveTask(context, body),
  accept: (context, { params, body }) => service.acceptTask(context, { ...params, ...body }),
  done: (context, { params, body }) => service.finishTask(context, { ...params, ...body }),
  reassign: (context, { params, body }) => service.reassignTask(context, { ...params, ...body }),
  explain: (context, { params, body }) => service.explainTask(context, { ...params, ...body }),
  cancel: (context, { params, body }) => service.cancelTask(context, { ...params, ...body }),
});
