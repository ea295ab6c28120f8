/** The steps of the closed loop, each once and in order. */
import { LeveeError, type LoopStep, type NotifyChannel, refuse, refuseState } from '@levee/contract';
import { dayOf, getPackOrThrow, type PersonCondition } from '@levee/protocol';
import { type Context, requireScope } from '../../platform/context.ts';
import { approveMeasure, endMeasure, rejectMeasure } from '../measures/index.ts';
import { closeTasksOf } from '../tasks/index.ts';
import { findContactByIdOrThrow, markContactIsolated } from '../tracing/index.ts';
import { draftOrder, replaceEarlier, reviseOrder, tell } from './drafting.service.ts';
import { type IsolationOrder, kindOf, retimeTests, stepsOf } from './isolation.ts';
import * as orders from './orders.repository.ts';
import { checkRelease, measuresByPhase, orderDetail, releaseShown, standingsOf } from './reading.ts';
import { lockRoom, occupantsAt } from './rooms.repository.ts';

interface Step {
  readonly orderId: string;
  readonly version: number;
}
type StepAt = Step & { readonly at?: string | undefined };

async function lockForStep(context: Context, { orderId, version }: Step): Promise<IsolationOrder> {
  const order = await orders.lockOrder(context.trx, context.now, orderId);
  requireScope(context, order.division);
  if (order.version !== version)
    throw new LeveeError('edit.clash', {}, { detail: { version: order.version } });
  return order;
}

/** Nobody is told, moved or admitted under an order that a second person has not approved (R4), or that is over. */
function requireInForce(order: IsolationOrder): void {
  if (order.state === 'in_force') return;
  if (order.state === 'awaiting') {
    throw refuse(
      { zh: '隔离管理尚未经第二人批准，不能执行', en: 'no second person has approved this order yet' },
      { zh: '请指挥长批准后再告知、转运、入住。', en: 'Have the commander approve it first.' },
    );
  }
  const words = { suspended: '申诉期间暂停执行', ended: '期满已自动解除', released: '已解除' } as const;
  throw refuseState(
    {
      zh: words[order.state as keyof typeof words] ?? '该隔离管理已不再执行',
      en: `the order is not in force (${order.state})`,
    },
    { zh: '刷新后查看当前状态。', en: 'Reload to see where it stands.' },
  );
}

function momentOf(context: Context, at: string | undefined, notBefore: string | null): string {
  const moment = at === undefined ? context.now : new Date(at).toISOString();
  if (Date.parse(moment) > Date.parse(context.now)) {
    throw refuse(
      { zh: '时间晚于现在', en: 'that time has not come yet' },
      { zh: '填写实际发生的时间。', en: 'Give the time it happened.' },
    );
  }
  if (notBefore !== null && Date.parse(moment) < Date.parse(notBefore)) {
    throw refuse(
      { zh: '早于上一环节的时间', en: 'that is before the step before it' },
      { zh: '核对各环节时间。', en: 'Check the times of the steps.' },
    );
  }
  return moment;
}

async function stepDone(context: Context, order: IsolationOrder, step: LoopStep, data: object = {}) {
  await closeTasksOf(
    context,
    { type: 'isolation_order', id: order.id },
    { text: '环节已完成' },
    { kind: `isolation.seam_${step}` },
  );
  await tell(context, order, `isolation.${step}` as 'isolation.notified', { ...data });
  return orderDetail(context, order.id);
}

export async function draftForContact(
  context: Context,
  input: { id: string; contactId: string; conditions: readonly PersonCondition[] },
) {
  const contact = await findContactByIdOrThrow(context.trx, input.contactId);
  requireScope(context, contact.division);
  const id = await draftOrder(context, {
    ...input,
    author: context.actor,
    foundAt: contact.reviewedAt ?? context.now,
  });
  if (id !== null) return orderDetail(context, id);
  throw refuse(
    { zh: '无需另行拟定', en: 'no order is needed' },
    {
      zh: '本版方案不再管理该类人员，或此人已有同等以上的隔离管理。',
      en: 'This edition does not manage the class, or the person is under an order that asks as much.',
    },
  );
}

export async function setConditions(
  context: Context,
  input: Step & { readonly conditions: readonly PersonCondition[] },
) {
  const order = await lockForStep(context, input);
  const contact = await findContactByIdOrThrow(context.trx, order.contactId);
  await reviseOrder(context, order, { contact, author: context.actor, conditions: input.conditions });
  return orderDetail(context, order.id);
}

/** Approves every phase that waits. Each is refused for the same reasons as in the ledger, the first one for all. */
export async function approveOrder(context: Context, input: Step) {
  const order = await lockForStep(context, input);
  const waiting = await waitingPhases(context, order);
  for (const { measureId } of waiting) await approveMeasure(context, { measureId });
  await replaceEarlier(context, waiting[0]!.measureId);
  await orders.updateOrder(context.trx, order.id, {});
  return orderDetail(context, order.id);
}

export async function rejectOrder(context: Context, input: Step & { readonly reason: string }) {
  const order = await lockForStep(context, input);
  for (const { measureId } of await waitingPhases(context, order))
    await rejectMeasure(context, { measureId, reason: input.reason });
  await orders.updateOrder(context.trx, order.id, {});
  return orderDetail(context, order.id);
}

async function waitingPhases(context: Context, order: IsolationOrder) {
  const phases = await measuresByPhase(context, order.id);
  const waiting = phases.filter(
    ({ revision, measure }) => revision === order.revision && measure.phase === 'awaiting',
  );
  if (waiting.length > 0) return waiting;
  throw refuseState(
    { zh: '没有待批的阶段', en: 'no phase waits for approval' },
    { zh: '刷新后查看。', en: 'Reload to see it.' },
  );
}

/** Told by whatever way reaches them: no duty depends on owning a phone (R14). */
export async function notifyPerson(context: Context, input: StepAt & { readonly channel: NotifyChannel }) {
  const order = await lockForStep(context, input);
  requireInForce(order);
  requireNotYet(order.notifiedAt);
  const at = momentOf(context, input.at, order.foundAt);
  await orders.updateOrder(context.trx, order.id, {
    notified: { at, by: context.actor.name, channel: input.channel },
  });
  return stepDone(context, order, 'notified', { channel: input.channel, at });
}

export async function recordTransfer(context: Context, input: StepAt) {
  const order = await lockForStep(context, input);
  requireInForce(order);
  requireNotYet(order.transferredAt);
  if (!stepsOf(order).has('transferred')) {
    throw refuse(
      { zh: '该隔离管理没有转运环节', en: 'this order has no transfer' },
      { zh: '居家的直接登记居家落实。', en: 'Settle the person at home instead.' },
    );
  }
  requireTold(order);
  const at = momentOf(context, input.at, order.notifiedAt);
  await orders.updateOrder(context.trx, order.id, { transferred: { at, by: context.actor.name } });
  return stepDone(context, order, 'transferred', { at });
}

function requireNotYet(doneAt: string | null): void {
  if (doneAt === null) return;
  throw refuseState(
    { zh: '该环节已登记', en: 'this step is on record already' },
    { zh: '刷新后查看。', en: 'Reload to see it.' },
  );
}

/** Nobody is moved or kept anywhere who has not been told what, why, until when and how to appeal (R5). */
function requireTold(order: IsolationOrder): void {
  if (order.notifiedAt !== null) return;
  throw refuse(
    { zh: '尚未告知本人', en: 'the person has not been told' },
    { zh: '先告知并登记告知方式。', en: 'Tell them first and record how.' },
  );
}

/** A room for who is isolated in a facility, none for who is at home. From here the contact meets nobody. */
export async function admit(context: Context, input: StepAt & { readonly roomId: string | null }) {
  const { trx } = context;
  const order = await lockForStep(context, input);
  requireInForce(order);
  requireNotYet(order.admittedAt);
  if (!stepsOf(order).has('admitted')) {
    throw refuse(
      { zh: '自我健康监测无需入住', en: 'self-monitoring admits nobody' },
      { zh: '无需操作。', en: 'Nothing to do.' },
    );
  }
  const inFacility = kindOf(order) === 'centralised_isolation';
  if (inFacility !== (input.roomId !== null)) {
    throw refuse(
      inFacility
        ? { zh: '集中隔离须指定房间', en: 'centralised isolation needs a room' }
        : { zh: '居家隔离不占用房间', en: 'home isolation takes no room' },
      { zh: '核对隔离方式。', en: 'Check where the person is to be.' },
    );
  }
  requireTold(order);
  if (inFacility && order.transferredAt === null) {
    throw refuse(
      { zh: '尚未登记转运到达', en: 'the transfer is not on record' },
      { zh: '先登记转运。', en: 'Record the transfer first.' },
    );
  }
  const at = momentOf(context, input.at, order.transferredAt ?? order.notifiedAt);
  if (input.roomId !== null) await requireBed(context, input.roomId);
  const schedule =
    dayOf(at, getPackOrThrow(order.packId).tz) === order.schedule.placedOn ? null : retimeTests(order, at);
  await orders.updateOrder(trx, order.id, {
    admitted: { at, by: context.actor.name, roomId: input.roomId },
    ...(schedule && { schedule }),
  });
  await markContactIsolated(context, order.contactId, at);
  return stepDone(context, order, 'admitted', { at, roomId: input.roomId });
}

/** The database refuses a full room as well (isolation_room_guard); this says so in words. */
async function requireBed(context: Context, roomId: string): Promise<void> {
  const room = await lockRoom(context.trx, roomId);
  if (!room) throw new LeveeError('not_found');
  const taken = (await occupantsAt(context.trx, context.now, { roomId })).length;
  if (taken < room.beds) return;
  throw refuse(
    {
      zh: `${room.name} 已住满（${taken}/${room.beds}）`,
      en: `${room.name} is full (${taken} of ${room.beds} beds)`,
    },
    { zh: '选择有空床的房间。', en: 'Choose a room with a free bed.' },
  );
}

/** Out of the first phase, when the pack says nothing is missing; what is missing is named otherwise. */
export async function release(context: Context, input: Step) {
  const order = await lockForStep(context, input);
  requireInForce(order);
  if (order.admittedAt === null) {
    throw refuseState(
      { zh: '尚未入住，没有可解除的隔离', en: 'nobody was admitted under this order' },
      { zh: '需要撤销的，更正接触判定。', en: 'To withdraw it, correct the contact.' },
    );
  }
  const [standing] = await standingsOf(context, [order]);
  const answer = releaseShown(await checkRelease(context, order, standing!.tests));
  if (!answer.releasable) {
    throw refuse(
      {
        zh: answer.blocking.map(({ why }) => why.zh).join('；'),
        en: answer.blocking.map(({ why }) => why.en).join('; '),
      },
      {
        zh: '补齐后解除；期满仍会自动解除。',
        en: 'Complete what is missing; at its end the order ends by itself in any case.',
      },
      answer.blocking.map(({ rule, why }) => ({ where: rule, problem: why })),
    );
  }
  const first = (await measuresByPhase(context, order.id)).find(
    ({ revision, ordinal }) => revision === order.revision && ordinal === 0,
  );
  if (first) await endMeasure(context, first.measureId, '符合解除条件');
  await orders.updateOrder(context.trx, order.id, {
    released: { at: context.now, by: context.actor.name },
  });
  return stepDone(context, order, 'released', { at: context.now });
}
