/** What a pool that is not clean sets off at once: its members are wanted for a single re-sample. */
import { newId } from '@levee/contract';
import { poolReflex } from '@levee/protocol';
import type { Context } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { cancelTasksOf, closeTasksOf, openTask } from '../tasks/index.ts';
import { cited, packInForce } from './pack-in-force.ts';
import type { Pool } from './pool.ts';
import { lockPoolById } from './pools.repository.ts';
import * as resamples from './resamples.repository.ts';
import type { Sample } from './samples.repository.ts';
import { wantSpecimenAgain } from './specimens/repeat.ts';

/** The house's own limit for having everybody sampled again; no document read gives one. */
const RESAMPLE_HOURS = 2;
export const RESAMPLE_TASK = 'testing.resample';

/**
 * Wants every given member sampled again, singly, as the pack's `pooling.reflex` says. Asking again for the same
 * pool and person changes nothing, so a member who is registered late only adds themselves.
 */
export async function wantReflex(context: Context, pool: Pool, members: readonly Sample[]): Promise<void> {
  const { pack, from } = await packInForce(context.trx, pool, ({ pooling }) => pooling.reflex !== undefined);
  // A pack that pools nobody says nothing about a pool: its people are still asked back, once, and the rule says why.
  if (!pack.pooling.reflex) return want(context, pool, members, `${pack.id} · pool.positive`, () => 1);
  const reflex = poolReflex(pack, {
    tubeId: pool.id,
    memberIds: members.map(({ personId }) => personId),
  });
  const counts = new Map(reflex.resample.map(({ personId, samples }) => [personId, samples]));
  const { packId, rule } = cited(reflex, from);
  const house = from === 'house' ? ' (house)' : '';
  await want(context, pool, members, `${packId} ${rule}${house}`, (personId) => counts.get(personId) ?? 1);
}

/** A tube the laboratory could not take: the people in it have no result and are asked back. */
export async function wantAfterRejection(
  context: Context,
  pool: Pool,
  members: readonly Sample[],
): Promise<void> {
  if (pool.content === 'specimen') return wantSpecimenAgain(context, pool, 'rejected');
  await want(context, pool, members, 'pool.rejected', () => 1);
}

/** A tube that was looked for and not found: the same. */
export async function wantAfterLoss(context: Context, pool: Pool, members: readonly Sample[]): Promise<void> {
  if (pool.content === 'specimen') return wantSpecimenAgain(context, pool, 'lost');
  await want(context, pool, members, 'pool.lost', () => 1);
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
  await openTask(context, {
    kind: RESAMPLE_TASK,
    key: `${RESAMPLE_TASK}:${pool.id}`,
    title: {
      zh: `采样管 ${pool.tubeCode} 成员单采复核`,
      en: `Sample the people of tube ${pool.tubeCode} again, singly`,
    },
    division: pool.division,
    role: 'field_worker',
    dueAt: new Date(Date.parse(context.now) + RESAMPLE_HOURS * 3_600_000).toISOString(),
    evidenceWanted: {
      zh: '管内每一名成员的单采登记',
      en: 'A single sample registered for each member of the tube',
    },
    source: { type: 'pool', id: pool.id },
  });
}

/** Closes the duty by itself when the last member of the tube has been sampled again. */
export async function closeWhenMet(context: Context, poolId: string): Promise<void> {
  // Two desks may meet the last two wishes at once: the second waits here and then sees the first's.
  await lockPoolById(context.trx, poolId);
  const open = await resamples.listResamples(context.trx, { state: 'wanted', poolId }, 0, 1);
  if (open.total > 0) return;
  const { items, total } = await resamples.listResamples(context.trx, { state: 'met', poolId }, 0, 20);
  const text = `单采登记 ${total}/${total} · ${total} of ${total} sampled singly`;
  const records = items.flatMap(({ metBy }) => (metBy ? [{ type: 'sample', id: metBy }] : []));
  await closeTasksOf(context, { type: 'pool', id: poolId }, { text, records }, { kind: RESAMPLE_TASK });
}

/** The tube turned out clean: what is still wanted for it, and the duty, fall away. */
export async function cancelReflex(context: Context, poolId: string): Promise<void> {
  await resamples.cancelResamples(context.trx, poolId, context.now);
  await cancelTasksOf(context, { type: 'pool', id: poolId }, '结果更正为非阳性 · the result was amended');
}
