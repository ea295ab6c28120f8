/** What a result sets off where the tube holds no person. */
import type { TestOutcome } from '@levee/contract';
import type { Context } from '../../../platform/context.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import { packInForce, saysOfObjects } from '../pack-in-force.ts';
import type { Pool } from '../pool.ts';
import { wantSpecimenAgain } from './repeat.ts';

/**
 * Only told here: the response reaches over counties (a batch, its handlers), so the rule opens it for the whole
 * jurisdiction a moment later (`respond.ts`). No pack asks for a second run before it acts on an object; a laboratory
 * that wants one keeps the well back (`laboratory/runs`).
 */
export async function followSpecimen(
  context: Context,
  pool: Pool,
  { resultId, outcome }: { readonly resultId: string; readonly outcome: TestOutcome },
): Promise<void> {
  if (outcome === 'inconclusive') return wantSpecimenAgain(context, pool, 'inconclusive');
  if (outcome !== 'positive') return;
  const { incidentId } = await packInForce(context.trx, pool, saysOfObjects);
  await emit(context, {
    kind: 'specimen.positive',
    division: pool.division,
    subject: { type: 'pool', id: pool.id },
    incidentId,
    data: { poolId: pool.id, resultId, siteId: pool.siteId },
  });
}
