/** Lets go of held records: in order where what they build on has come, marked where it has not come in time. */
import type { LeveeError } from '@levee/contract';
import type { Context } from '../../../platform/context.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import { takeReleasable, updateReleased } from './held.repository.ts';
import type { Recorded } from './intake-row.ts';
import type { Settled } from './settle.repository.ts';

/** In one transaction; the next round goes on. */
const MOST_A_ROUND = 200;

/** @param apply the long way of one record; its refusal, or null */
export async function releaseHeld(
  context: Context,
  apply: (record: Recorded) => Promise<LeveeError | null>,
): Promise<Settled[]> {
  const { trx, now, platform } = context;
  const released: Settled[] = [];
  while (released.length < MOST_A_ROUND) {
    const found = await takeReleasable(trx, platform.cipher, now);
    if (!found) break;
    const { record, bodyHash, hasBase } = found;
    const error = await apply(record);
    const one: Settled = {
      id: record.command.id,
      record,
      bodyHash,
      settledAt: now,
      heldUntil: null,
      problem: error?.messages ?? null,
      nextStep: error?.nextStep ?? null,
    };
    await updateReleased(trx, one, hasBase);
    if (!hasBase && error === null) await tellReleased(context, one);
    released.push(one);
  }
  return released;
}

const tellReleased = (context: Context, { id, record }: Settled) =>
  emit(context, {
    kind: 'intake.released',
    division: record.division,
    subject: { type: 'intake', id },
    data: { siteId: record.command.siteId, deviceId: record.deviceId, recordKind: record.command.kind },
  });
