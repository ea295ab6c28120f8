/** A late seam as a duty of its named owner (D4). The flag itself is computed by the reader; these only follow it. */
import type { LoopStep } from '@levee/contract';
import type { Context } from '../../platform/context.ts';
import { closeTasksOf, openTask } from '../tasks/index.ts';
import * as orders from './orders.repository.ts';
import { type Standing, standingsOf } from './reading.ts';
import { roleOfStep } from './seams.ts';

const WORDS: Readonly<Record<LoopStep, { zh: string; en: string }>> = {
  found: { zh: '发现', en: 'Found' },
  notified: { zh: '闭环超时：尚未告知本人', en: 'Loop late: the person has not been told' },
  transferred: { zh: '闭环超时：尚未转运', en: 'Loop late: not transferred' },
  admitted: { zh: '闭环超时：到达后尚未入住', en: 'Loop late: arrived and not admitted' },
  tested: { zh: '闭环超时：检测未按时完成', en: 'Loop late: a test is missing or its result is not out' },
  released: { zh: '闭环超时：符合条件尚未解除', en: 'Loop late: not released after the last negative' },
};

/** One round: a task for each late seam that has none. Doing it twice changes nothing. */
export async function openSeamTasks(context: Context): Promise<void> {
  const { items } = await orders.listOrders(context.trx, context.now, { state: ['awaiting', 'in_force'] });
  for (const standing of await standingsOf(context, items)) await openFor(context, standing);
}

async function openFor(context: Context, { order, loop }: Standing): Promise<void> {
  for (const { step, dueAt } of loop.filter((seam) => seam.late)) {
    // A test seam can be late again after it was closed: its key names the clock.
    const key = `isolation-seam-${order.id}-${order.revision}-${step}${step === 'tested' ? `-${dueAt}` : ''}`;
    if (await orders.taskOpened(context.trx, key)) continue;
    await openTask(context, {
      kind: `isolation.seam_${step}`,
      title:
        order.state === 'awaiting'
          ? { zh: `${WORDS[step].zh}（待指挥长批准）`, en: `${WORDS[step].en} (waits for approval)` }
          : WORDS[step],
      division: order.division,
      role: roleOfStep(step, order.state),
      dueAt: dueAt!,
      source: { type: 'isolation_order', id: order.id },
      incidentId: order.incidentId,
      key,
    });
  }
}

/** A result came for these people: where no test is late any more, the duty is done by the data. */
export async function closeTestSeams(context: Context, poolIds: readonly string[]): Promise<void> {
  const personIds = await orders.peopleInPools(context.trx, poolIds);
  for (const personId of personIds) {
    const { items } = await orders.listOrders(context.trx, context.now, { personId, state: ['in_force'] });
    for (const { order, loop } of await standingsOf(context, items)) {
      if (loop.some(({ step, late }) => step === 'tested' && late)) continue;
      await closeTasksOf(
        context,
        { type: 'isolation_order', id: order.id },
        { text: '检测结果已出' },
        { kind: 'isolation.seam_tested' },
      );
    }
  }
}
