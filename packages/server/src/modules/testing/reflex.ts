/** What a pool that is not clean sets off at once: its members are wanted for a single re-sample. */
import { newId } from '@levee/contract';
import { getPackOrThrow, poolReflex } from '@levee/protocol';
import type { Context } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import type { Pool } from './pool.ts';
import * as resamples from './resamples.repository.ts';
import type { Sample } from './samples.repository.ts';

/** Screening runs before anybody has activated a response, so it cannot ask an incident for its pack. */
const SCREENING_PACK = 'covid19-cn-9';

/**
 * Wants every given member sampled again, singly, as the pack's `pooling.reflex` says. Asking again for the same
 * pool and person changes nothing, so a member who is registered late only adds themselves.
 */
export async function wantReflex(context: Context, pool: Pool, members: readonly Sample[]): Promise<void> {
  const reflex = poolReflex(getPackOrThrow(SCREENING_PACK), {
    tubeId: pool.id,
    memberIds: members.map(({ personId }) => personId),
  });
  const counts = new Map(reflex.resample.map(({ personId, samples }) => [personId, samples]));
  await want(
    context,
    pool,
    members,
    `${reflex.packId} ${reflex.rule}`,
    (personId) => counts.get(personId) ?? 1,
  );
}

/** A tube the laboratory could not take: the people in it have no result and are asked back. */
export async function wantAfterRejection(
  context: Context,
  pool: Pool,
  members: readonly Sample[],
): Promise<void> {
  await want(context, pool, members, 'pool.rejected', () => 1);
}

async function want(
  context: Context,
  pool: Pool,
  members: readonly Sample[],
  rule: string,
  sampleCount: (personId: string) => number,
): Promise<void> {
  const personIds = await resamples.insertResamples(
    context.trx,
    members.map(({ id, personId, siteId, division }) => ({
      id: newId(),
      poolId: pool.id,
      sampleId: id,
      personId,
      siteId,
      division,
      sampleCount: sampleCount(personId),
      rule,
      wantedAt: context.now,
    })),
  );
  if (personIds.length === 0) return;
  await emit(context, {
    kind: 'resample.wanted',
    division: pool.division,
    subject: { type: 'pool', id: pool.id },
    data: { personIds, siteId: pool.siteId, rule },
  });
}
