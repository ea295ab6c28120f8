/** How a positive was found (社会面 or under control). The ledger of measures decides; this keeps it and tells it. */
import { LeveeError } from '@levee/contract';
import type { Context } from '../../../platform/context.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import { type FoundInDecision, findDecision, putDecision, type Sampling } from './found-in.repository.ts';

/** Keeps the decision with its evidence and tells rounds, signals and the line list. */
export async function decideFoundIn(
  context: Context,
  sampling: Sampling,
  resultId: string,
  said: Pick<FoundInDecision, 'foundIn' | 'basis' | 'recordId' | 'recordKind'>,
): Promise<void> {
  const { sampleId, stated, sampledAt, personId, division } = sampling;
  await putDecision(context.trx, sampling, {
    ...{ sampleId, resultId, stated, sampledAt, decidedAt: context.now },
    ...said,
  });
  await emit(context, {
    kind: 'sample.found_in_decided',
    division,
    subject: { type: 'sample', id: sampleId },
    data: { sampleId, resultId, personId, stated, ...said },
  });
}

/** @throws `not_found` for a sample outside the area, or one that was never positive */
export async function foundInOf(context: Context, sampleId: string): Promise<FoundInDecision> {
  const decision = await findDecision(context.trx, sampleId);
  if (!decision) throw new LeveeError('not_found');
  context.opened('sample', [sampleId]);
  return decision;
}
