import type { Bilingual } from '@levee/contract';
import { sql } from 'kysely';
import type { Cipher } from '../../../platform/cipher.ts';
import { plainArray } from '../../../platform/db/plain-array.ts';
import type { Trx } from '../../../platform/db/pool.ts';
import { type Recorded, toRecorded } from './intake-row.ts';
import type { PlannedPool } from './settle-plan.ts';

/**
 * The oldest that nobody else is settling, held until the transaction ends: those in a window of `limit` positions, at
 * least one. A bare `limit` was planned as a sort of everything that waits, since the policy seems to let one row in two
 * hundred through: a second a round where a million wait.
 */
export async function takeRecorded(trx: Trx, cipher: Cipher, limit: number): Promise<Recorded[]> {
  const oldest = sql<number>`(select min(position) from intake)`;
  const rows = await trx
    .selectFrom('intake')
    .selectAll()
    .where('position', '>=', oldest)
    .where('position', '<', sql<number>`${oldest} + ${limit}::integer`)
    .orderBy('position')
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map((row) => toRecorded(row, row.position, cipher));
}

export async function dropRecorded(trx: Trx, positions: readonly number[]): Promise<void> {
  await sql`delete from intake where position = any(${plainArray(positions)}::bigint[])`.execute(trx);
}

/** Hash of what was sent, of the ids that were settled before. */
export async function findSettled(trx: Trx, ids: readonly string[]): Promise<Map<string, Buffer>> {
  const { rows } = await sql<{ id: string; body_hash: Buffer }>`
    select id, body_hash from intake_outcome where id = any(${plainArray(ids)}::uuid[])`.execute(trx);
  return new Map(rows.map(({ id, body_hash }) => [id, body_hash]));
}

export interface Settled {
  readonly id: string;
  readonly record: Recorded;
  readonly bodyHash: Buffer;
  readonly settledAt: string;
  /** Set where it waits for the record it builds on. */
  readonly heldUntil: string | null;
  readonly problem: Bilingual | null;
  readonly nextStep: Bilingual | null;
}

export async function insertOutcomes(trx: Trx, settled: readonly Settled[]): Promise<void> {
  if (settled.length === 0) return;
  const column = <Value>(read: (one: Settled) => Value) => settled.map(read);
  const plain = (read: (one: Settled) => string | number | null) => plainArray(settled.map(read));
  await sql`
    insert into intake_outcome (id, device_id, device_order, division, site_id, kind, state, at, received_at, settled_at,
                                ahead_seconds, actor_id, held_until, body_hash, body, problem, next_step)
    select id, device, device_order, division, site, kind,
           case when held_until is not null then 'held' when problem is null then 'applied' else 'quarantined' end,
           at, received_at, ${settled[0]!.settledAt}::timestamptz, ahead, actor, held_until, decode(hash, 'hex'),
           body::jsonb, problem::jsonb, next_step::jsonb
      from unnest(${plain((one) => one.id)}::uuid[],
                  ${plain((one) => one.record.deviceId)}::uuid[],
                  ${plain((one) => one.record.command.order)}::integer[],
                  ${plain((one) => one.record.division)}::text[],
                  ${plain((one) => one.record.command.siteId)}::uuid[],
                  ${plain((one) => one.record.command.kind)}::text[],
                  ${plain((one) => one.record.command.at)}::timestamptz[],
                  ${plain((one) => one.record.receivedAt)}::timestamptz[],
                  ${plain((one) => one.record.aheadSeconds)}::integer[],
                  ${plain((one) => one.record.actorId)}::uuid[],
                  ${plain((one) => one.heldUntil)}::timestamptz[],
                  ${plain((one) => one.bodyHash.toString('hex'))}::text[],
                  ${column((one) => (one.problem ? JSON.stringify(one.record.body) : null))}::text[],
                  ${column((one) => (one.problem ? JSON.stringify(one.problem) : null))}::text[],
                  ${column((one) => (one.nextStep ? JSON.stringify(one.nextStep) : null))}::text[])
        as one (id, device, device_order, division, site, kind, at, received_at, ahead, actor, held_until, hash, body, problem, next_step)
  `.execute(trx);
}

/** What `planBatch` has to know of the world, in five questions whatever the size of the batch. */
export async function readGround(trx: Trx, batch: readonly Recorded[]) {
  const samples = batch.flatMap(({ command }) => (command.kind === 'sample' ? [command] : []));
  const personIds = samples.flatMap(({ who }) => ('personId' in who ? [who.personId] : []));
  const codes = batch.flatMap(({ command }) => ('tubeCode' in command ? [command.tubeCode] : []));
  const ids = async (query: ReturnType<typeof sql<{ id: string }>>) =>
    new Set((await query.execute(trx)).rows.map(({ id }) => id));
  const knownPeople = await ids(
    sql<{ id: string }>`select id from person where id = any(${plainArray(personIds)}::uuid[])`,
  );
  const specialPeople = await ids(sql<{ id: string }>`
    select person_id as id from sample where person_id = any(${plainArray(personIds)}::uuid[]) and open
    union
    select person_id from resample_request
     where person_id = any(${plainArray(personIds)}::uuid[]) and met_at is null and cancelled_at is null`);
  const knownSamples = await ids(
    sql<{
      id: string;
    }>`select id from sample where id = any(${plainArray(samples.map(({ id }) => id))}::uuid[])`,
  );
  const { rows } = await sql<{ id: string; tube_code: string }>`
    select id, tube_code from pool where tube_code = any(${codes}::text[])`.execute(trx);
  const poolIdOfCode = new Map(rows.map(({ id, tube_code }) => [tube_code, id]));
  return { knownPeople, specialPeople, knownSamples, poolIdOfCode };
}

/** Tubes and samples of a plan, in four statements. */
export async function applyPools(
  trx: Trx,
  pools: readonly PlannedPool[],
  registeredAt: string,
): Promise<void> {
  const fresh = pools.filter(({ isNew }) => isNew);
  await sql`
    insert into pool (id, tube_code, site_id, division, capacity, opened_at)
    select * from unnest(${fresh.map(({ id }) => id)}::uuid[], ${fresh.map(({ tubeCode }) => tubeCode)}::text[],
                         ${fresh.map(({ siteId }) => siteId)}::uuid[], ${fresh.map(({ division }) => division)}::text[],
                         ${fresh.map(({ capacity }) => capacity)}::integer[],
                         ${fresh.map(({ openedAt }) => openedAt)}::timestamptz[])`.execute(trx);
  const samples = pools.flatMap((pool) => pool.samples.map((sample) => ({ pool, sample })));
  const plain = (read: (one: (typeof samples)[number]) => string | boolean) => plainArray(samples.map(read));
  await sql`
    insert into sample (id, pool_id, person_id, site_id, division, found_in, taken_at, registered_at, registered_by, open)
    select id, pool, person, site, division, found_in, taken_at, ${registeredAt}::timestamptz, actor, open
      from unnest(${plain(({ sample }) => sample.id)}::uuid[],
                  ${plain(({ pool }) => pool.id)}::uuid[],
                  ${plain(({ sample }) => sample.personId)}::uuid[],
                  ${plain(({ pool }) => pool.siteId)}::uuid[],
                  ${plain(({ pool }) => pool.division)}::text[],
                  ${plain(({ sample }) => sample.foundIn)}::text[],
                  ${plain(({ sample }) => sample.takenAt)}::timestamptz[],
                  ${plain(({ sample }) => sample.actorId)}::uuid[],
                  ${plain(({ pool }) => pool.closedAt === null)}::boolean[])
        as one (id, pool, person, site, division, found_in, taken_at, actor, open)`.execute(trx);
  await sql`
    update pool
       set member_count = pool.member_count + one.added,
           opened_at = least(pool.opened_at, one.opened_at),
           closed_at = coalesce(pool.closed_at, one.closed_at)
      from unnest(${pools.map(({ id }) => id)}::uuid[], ${pools.map((pool) => pool.samples.length)}::integer[],
                  ${pools.map(({ openedAt }) => openedAt)}::timestamptz[],
                  ${pools.map(({ closedAt }) => closedAt)}::timestamptz[]) as one (id, added, opened_at, closed_at)
     where pool.id = one.id`.execute(trx);
}
