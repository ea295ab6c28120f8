/** The closed loop in numbers, each with its time and source. */
import { LOOP_STEPS } from '@levee/contract';
import type { Context } from '../../platform/context.ts';
import * as orders from './orders.repository.ts';
import { standingsOf } from './reading.ts';

export async function countOrders(
  context: Context,
  query: { incidentId?: string | undefined; within?: string | undefined },
) {
  const { items } = await orders.listOrders(context.trx, context.now, {
    ...query,
    state: ['awaiting', 'in_force', 'suspended', 'released'],
  });
  const standings = await standingsOf(context, items);
  const isLate = (standing: (typeof standings)[number]) => standing.loop.some(({ late }) => late);
  const source = { zh: '隔离管理与检测记录', en: 'isolation orders and tests' };
  const figure = (value: number) => ({ value, asOf: context.now, source });
  const count = (test: (standing: (typeof standings)[number]) => boolean) =>
    figure(standings.filter(test).length);
  return {
    asOf: context.now,
    byStage: LOOP_STEPS.map((stage) => {
      const at = standings.filter((standing) => standing.stage === stage);
      return { stage, count: at.length, lateCount: at.filter(isLate).length };
    }),
    awaiting: count(({ order }) => order.state === 'awaiting'),
    inForce: count(({ order }) => order.state === 'in_force'),
    late: count(isLate),
    testsDueToday: count(({ testsDueToday, testsMissed }) => testsDueToday + testsMissed > 0),
    followUpsDueToday: count(({ followUpDueToday }) => followUpDueToday),
  };
}
