import { refuse, refuseState, roleMay } from '@levee/contract';
import { type Context, requirePermission, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { type Appeal, answerOf, clocksOf, INVOLVED } from './appeal.ts';
import * as appeals from './appeals.repository.ts';
import { endMeasure } from './decisions.service.ts';
import { findMeasureByIdOrThrow } from './measures.repository.ts';

const readerOf = ({ actor }: Context) => ({
  id: actor.id,
  mayDecide: actor.role === 'system' || roleMay(actor.role, 'measures.appeal'),
});

export const answer = (context: Context, appeal: Appeal) => answerOf(appeal, readerOf(context), context.now);

const tell = (
  context: Context,
  appeal: Appeal,
  kind: 'appeal.lodged' | 'appeal.acknowledged' | 'appeal.danger_confirmed' | 'appeal.decided',
  data: Record<string, unknown> = {},
) =>
  emit(context, {
    kind,
    division: appeal.division,
    subject: { type: 'appeal', id: appeal.id },
    data: { measureId: appeal.measureId, channel: appeal.channel, ...data },
  });

/** One act: whoever is asked, by phone, on paper or at the door, writes it down. The clocks start now. */
export async function lodgeAppeal(
  context: Context,
  input: { measureId: string; id: string; channel: Appeal['channel']; statement: string },
) {
  const measure = await findMeasureByIdOrThrow(context.trx, input.measureId, context.now);
  requireScope(context, measure.division);
  if (!['active', 'scheduled', 'awaiting', 'suspended'].includes(measure.phase)) {
    throw refuseState(
      { zh: '该措施已不再执行', en: 'this measure no longer holds' },
      {
        zh: '如对经过有异议，请向督查员提出。',
        en: 'For a complaint about what happened ask the inspector.',
      },
    );
  }
  await appeals.insertAppeal(context.trx, {
    ...input,
    division: measure.division,
    lodgedAt: context.now,
    lodgedById: context.actor.id,
  });
  const appeal = await appeals.lockAppeal(context.trx, input.id);
  const clocks = clocksOf(appeal);
  await tell(context, appeal, 'appeal.lodged', {
    acknowledgeDueAt: clocks.acknowledgeDueAt,
    decideDueAt: clocks.decideDueAt,
  });
  return answer(context, appeal);
}

export async function acknowledgeAppeal(context: Context, appealId: string) {
  const appeal = await open(context, appealId);
  if (appeal.acknowledgedAt === null) {
    await appeals.acknowledge(context.trx, appeal.id, context.actor, context.now);
    await tell(context, appeal, 'appeal.acknowledged');
  }
  return answer(context, await appeals.lockAppeal(context.trx, appealId));
}

/** In writing, by someone who took no part: the measure is not suspended at 48 h. The decision is still owed. */
export async function confirmDanger(context: Context, input: { appealId: string; reason: string }) {
  requirePermission(context, 'measures.appeal');
  const appeal = await open(context, input.appealId);
  requireIndependent(context, appeal);
  await appeals.confirm(context.trx, appeal.id, context.actor, context.now, input.reason);
  await tell(context, appeal, 'appeal.danger_confirmed');
  return answer(context, await appeals.lockAppeal(context.trx, appeal.id));
}

export async function decideAppeal(
  context: Context,
  input: { appealId: string; outcome: 'granted' | 'upheld'; reason: string },
) {
  requirePermission(context, 'measures.appeal');
  const appeal = await open(context, input.appealId);
  requireIndependent(context, appeal);
  await appeals.decide(context.trx, appeal.id, context.actor, context.now, {
    outcome: input.outcome,
    reason: input.reason,
  });
  await tell(context, appeal, 'appeal.decided', { outcome: input.outcome });
  if (input.outcome === 'granted') await endMeasure(context, appeal.measureId, `申诉成立：${input.reason}`);
  return answer(context, await appeals.lockAppeal(context.trx, appeal.id));
}

async function open(context: Context, appealId: string): Promise<Appeal> {
  const appeal = await appeals.lockAppeal(context.trx, appealId);
  requireScope(context, appeal.division);
  if (appeal.decidedAt !== null) {
    throw refuseState(
      { zh: '申诉已作出决定', en: 'the appeal is decided already' },
      { zh: '刷新后查看。', en: 'Reload to see it.' },
    );
  }
  return appeal;
}

function requireIndependent(context: Context, appeal: Appeal): void {
  if (!appeal.involved.includes(context.actor.id)) return;
  throw refuse(INVOLVED, {
    zh: '转由未参与的指挥长或督查员处理。',
    en: 'Hand it to a commander or inspector who took no part.',
  });
}
