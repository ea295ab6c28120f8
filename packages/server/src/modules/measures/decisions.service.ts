/** The second person's decision, and every way a measure ends or is looked at again. */
import { LeveeError, type Notice, newId, refuse, refuseState } from '@levee/contract';
import { type Context, requirePermission, requireScope } from '../../platform/context.ts';
import * as decisions from './decisions.repository.ts';
import { requireNewEvidence } from './drafting.service.ts';
import { approvalBlocks } from './faults.ts';
import { concerning } from './grounds.repository.ts';
import type { Measure } from './measure.ts';
import * as measures from './measures.repository.ts';
import { tell } from './tell.ts';

/** The second person's signature. Its ground is looked at again: what fell away meanwhile is no ground. */
export async function approveMeasure(
  context: Context,
  input: { measureId: string; version?: number },
): Promise<Measure> {
  requirePermission(context, 'measures.approve');
  const { trx, now, actor } = context;
  const measure = await measures.lockMeasure(trx, input.measureId, now);
  requireScope(context, measure.division);
  if (measure.state !== 'awaiting_approval') throw decided();
  if (input.version !== undefined && input.version !== measure.version) throw new LeveeError('edit.clash');
  const [block] = approvalBlocks(measure, actor, now);
  if (block) throw refuse(block, { zh: '补齐后由另一人批准。', en: 'Complete it; another person approves.' });
  const linked = await concerning(trx, measure.ground, {
    type: measure.subjectType,
    id: measure.subjectId,
  });
  if (linked.size < new Set(measure.ground.map(({ id }) => id)).size) {
    throw refuse(
      { zh: '所依据的判定或结果已更正', en: 'the evidence has been corrected since' },
      { zh: '驳回，按新的事实重新拟定。', en: 'Reject it and draft anew on the facts.' },
    );
  }
  await requireNewEvidence(context, measure);
  await decisions.approve(trx, measure.id, actor, now);
  const approved = await measures.findMeasureByIdOrThrow(trx, measure.id, now);
  await tell(context, approved, 'measure.approved', {
    activeFrom: [now, approved.startsAt].sort()[1],
  });
  return approved;
}

const decided = () =>
  refuseState(
    { zh: '该措施已作出决定', en: 'this measure is decided already' },
    { zh: '刷新后查看。', en: 'Reload to see it.' },
  );

export async function rejectMeasure(
  context: Context,
  input: { measureId: string; reason: string; version?: number },
): Promise<Measure> {
  requirePermission(context, 'measures.approve');
  const measure = await measures.lockMeasure(context.trx, input.measureId, context.now);
  requireScope(context, measure.division);
  if (measure.state !== 'awaiting_approval') throw decided();
  if (input.version !== undefined && input.version !== measure.version) throw new LeveeError('edit.clash');
  return closeMeasure(context, measure, 'rejected', input.reason);
}

/** Ending early needs one person: whoever may approve, or the author of a draft. */
export async function withdrawMeasure(
  context: Context,
  input: { measureId: string; reason: string; version?: number },
): Promise<Measure> {
  const measure = await measures.lockMeasure(context.trx, input.measureId, context.now);
  requireScope(context, measure.division);
  if (measure.closedAt !== null) throw decided();
  if (input.version !== undefined && input.version !== measure.version) throw new LeveeError('edit.clash');
  if (measure.approvedAt !== null || measure.author.id !== context.actor.id)
    requirePermission(context, 'measures.approve');
  return closeMeasure(context, measure, 'withdrawn', input.reason);
}

/** Ends a measure by a rule (release, negative re-test, appeal granted); what has ended already stays as it is. */
export async function endMeasure(context: Context, measureId: string, reason: string): Promise<void> {
  const measure = await measures.lockMeasure(context.trx, measureId, context.now);
  if (measure.closedAt !== null || Date.parse(measure.endsAt) <= Date.parse(context.now)) return;
  await closeMeasure(context, measure, 'withdrawn', reason);
}

async function closeMeasure(
  context: Context,
  measure: Measure,
  kind: 'rejected' | 'withdrawn',
  reason: string,
): Promise<Measure> {
  await decisions.close(context.trx, measure.id, { kind, by: context.actor, at: context.now, reason });
  const closed = await measures.findMeasureByIdOrThrow(context.trx, measure.id, context.now);
  await tell(context, closed, kind === 'rejected' ? 'measure.rejected' : 'measure.withdrawn', {
    at: context.now,
  });
  return closed;
}

export async function amendNotice(
  context: Context,
  input: { measureId: string; notice: Notice; version: number },
): Promise<Measure> {
  const measure = await measures.lockMeasure(context.trx, input.measureId, context.now);
  requireScope(context, measure.division);
  if (measure.state !== 'awaiting_approval' || measure.emergency) throw decided();
  if (input.version !== measure.version) throw new LeveeError('edit.clash');
  await decisions.setNotice(context.trx, measure.id, input.notice);
  return measures.findMeasureByIdOrThrow(context.trx, measure.id, context.now);
}

export async function reviewMeasure(
  context: Context,
  input: { measureId: string; stillNeeded: boolean; reason: string },
): Promise<Measure> {
  requirePermission(context, 'measures.approve');
  const { trx, now, actor } = context;
  const measure = await measures.lockMeasure(trx, input.measureId, now);
  requireScope(context, measure.division);
  if (measure.subjectType !== 'place' || measure.phase !== 'active') {
    throw refuseState(
      { zh: '只复核正在执行的区域、场所措施', en: 'only a place measure in force is reviewed' },
      { zh: '无需操作。', en: 'Nothing to do.' },
    );
  }
  await decisions.insertReview(trx, {
    id: newId(Date.parse(now)),
    measureId: measure.id,
    division: measure.division,
    at: now,
    by: actor,
    stillNeeded: input.stillNeeded,
    reason: input.reason,
  });
  await tell(context, measure, 'measure.reviewed', { stillNeeded: input.stillNeeded });
  if (!input.stillNeeded) return closeMeasure(context, measure, 'withdrawn', input.reason);
  return measures.findMeasureByIdOrThrow(trx, measure.id, now);
}
