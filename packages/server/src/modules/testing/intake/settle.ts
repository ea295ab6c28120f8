/** Applies what was recorded: the plain ones together, the others one by one; what the rules refuse is kept and shown. */
import { createHash } from 'node:crypto';
import { LeveeError } from '@levee/contract';
import { sql } from 'kysely';
import { nowOf } from '../../../platform/clock.ts';
import { type Actor, type Context, systemContext } from '../../../platform/context.ts';
import { inScopedTransaction, setScope, type Trx } from '../../../platform/db/pool.ts';
import type { Door } from '../../../platform/http/implement.ts';
import { emit, emitAll } from '../../../platform/outbox/emit.ts';
import type { Platform } from '../../../platform/platform.ts';
import { findActorsByIds } from '../../access/index.ts';
import { openTask } from '../../tasks/index.ts';
import { findPoolsByIds } from '../pools.repository.ts';
import { applyOne } from './apply-one.ts';
import type { Recorded } from './intake-row.ts';
import {
  applyPools,
  dropRecorded,
  findSettled,
  insertOutcomes,
  readGround,
  type Settled,
  takeRecorded,
} from './settle.repository.ts';
import { type PlannedPool, planBatch } from './settle-plan.ts';
import type { FindSite } from './site-cache.ts';

/** Rows in one transaction: large enough that its fixed cost disappears, short enough that nobody waits for its locks. */
const BATCH = 1_000;
const QUARANTINE_HOURS = 2;

/**
 * One round, in one transaction: nothing is both applied and still waiting.
 *
 * @returns how many records it dealt with; 0 where none waits or another server is at it
 */
export function settleRound(platform: Platform, door: Door, findSite: FindSite): Promise<number> {
  const jurisdiction = platform.config.LEVEE_JURISDICTION;
  return inScopedTransaction(platform.db, jurisdiction, async (trx) => {
    // One settler at a time: two would find the same tube new.
    const { rows } = await sql<{ mine: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended('intake settle', 0)) as mine`.execute(trx);
    if (!rows[0]?.mine) return 0;
    const taken = await takeRecorded(trx, platform.cipher, BATCH);
    if (taken.length === 0) return 0;
    const now = nowOf(platform.clock);
    const { fresh, reused } = await sortOut(trx, taken);
    const outcomes: Settled[] = reused.map((one) => ({ ...one, settledAt: now }));
    const plan = planBatch(
      fresh.map(({ record }) => record),
      await groundOf(trx, fresh, findSite),
    );
    const hashOf = new Map(fresh.map(({ record, bodyHash }) => [record, bodyHash]));
    const settled = (record: Recorded, error: LeveeError | null): Settled => ({
      id: record.command.id,
      record,
      bodyHash: hashOf.get(record)!,
      settledAt: now,
      problem: error?.messages ?? null,
      nextStep: error?.nextStep ?? null,
    });
    const actors = await findActorsByIds(trx, [...new Set(taken.map(({ actorId }) => actorId))]);
    const contextOf = (actorId: string): Context => {
      const actor = actors.get(actorId);
      if (!actor) throw new LeveeError('access.signed_out');
      return { ...systemContext(platform, trx), actor, now, purpose: 'testing' };
    };

    await applyPools(trx, plan.pools, now);
    await tell(trx, plan.pools, actors, now);
    for (const { records } of plan.pools) outcomes.push(...records.map((record) => settled(record, null)));
    for (const record of plan.longWay) {
      const error = await attempt(trx, jurisdiction, () => contextOf(record.actorId), record);
      outcomes.push(settled(record, error));
    }
    await insertOutcomes(trx, outcomes);
    await dropRecorded(
      trx,
      taken.map(({ position }) => position),
    );
    await putOnRecord(door, contextOf, outcomes);
    await askForAttention(systemContext(platform, trx), outcomes);
    return taken.length;
  });
}

/** What was settled before is passed over; the same id with another content is a record of its own, with that problem. */
async function sortOut(trx: Trx, taken: readonly Recorded[]) {
  const known = await findSettled(
    trx,
    taken.map(({ command }) => command.id),
  );
  const fresh: { record: Recorded; bodyHash: Buffer }[] = [];
  const reused: Omit<Settled, 'settledAt'>[] = [];
  for (const record of taken) {
    const bodyHash = hashOfRecord(record);
    const before = known.get(record.command.id);
    if (before === undefined) {
      known.set(record.command.id, bodyHash);
      fresh.push({ record, bodyHash });
    } else if (!before.equals(bodyHash)) {
      const { messages, nextStep } = new LeveeError('command.id_reused');
      reused.push({ id: idOfContent(bodyHash), record, bodyHash, problem: messages, nextStep });
    }
  }
  return { fresh, reused: await notKeptBefore(trx, reused) };
}

/** The same content has the same id: a batch handed over again asks for attention once. */
const idOfContent = (hash: Buffer): string => {
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

async function notKeptBefore<One extends { readonly id: string }>(
  trx: Trx,
  reused: readonly One[],
): Promise<One[]> {
  if (reused.length === 0) return [];
  const once = new Map(reused.map((one) => [one.id, one]));
  const kept = await findSettled(trx, [...once.keys()]);
  return [...once.values()].filter(({ id }) => !kept.has(id));
}

/** Over what the person sent, not what is stored: sealing the same name twice gives two texts. */
const hashOfRecord = ({ command }: Recorded): Buffer =>
  createHash('sha256').update(JSON.stringify(command)).digest();

async function groundOf(trx: Trx, fresh: readonly { record: Recorded }[], findSite: FindSite) {
  const records = fresh.map(({ record }) => record);
  const poolIds = records.flatMap(({ command }) => ('poolId' in command ? [command.poolId] : []));
  const wrongSites = new Set<string>();
  for (const siteId of new Set(records.map(({ command }) => command.siteId))) {
    if ((await findSite(siteId))?.samples !== true) wrongSites.add(siteId);
  }
  return {
    ...(await readGround(trx, records)),
    pools: await findPoolsByIds(trx, [...new Set(poolIds)]),
    wrongSites,
  };
}

/** In a savepoint of its own and in the scope of who recorded it; null where it went through. */
async function attempt(
  trx: Trx,
  jurisdiction: string,
  context: () => Context,
  record: Recorded,
): Promise<LeveeError | null> {
  await sql`savepoint one`.execute(trx);
  try {
    const acting = context();
    await setScope(trx, acting.actor.scope);
    await applyOne(acting, record);
    await setScope(trx, jurisdiction);
    await sql`release savepoint one`.execute(trx);
    return null;
  } catch (error) {
    await sql`rollback to savepoint one`.execute(trx);
    await setScope(trx, jurisdiction);
    if (error instanceof LeveeError) return error;
    // A value the database refuses is the record's fault; a database out of reach is nobody's, and is tried again.
    const code = String((error as { code?: unknown }).code ?? '');
    if (!code.startsWith('22') && !code.startsWith('23')) throw error;
    return new LeveeError('internal', {}, { cause: error });
  }
}

/** What screens and later modules hear: of a tube as a whole, not of each swab in it. */
async function tell(
  trx: Trx,
  pools: readonly PlannedPool[],
  actors: ReadonlyMap<string, Actor>,
  now: string,
): Promise<void> {
  const events = pools.flatMap((pool) => {
    const actor = actors.get(pool.records[0]!.actorId)!;
    const about = { division: pool.division, subject: { type: 'pool', id: pool.id }, actor };
    const count = pool.samples.length;
    const data = { siteId: pool.siteId, poolId: pool.id };
    return [
      ...(pool.isNew
        ? [{ ...about, kind: 'pool.opened' as const, data: { ...data, capacity: pool.capacity } }]
        : []),
      ...(count > 0 ? [{ ...about, kind: 'sample.registered' as const, data: { ...data, count } }] : []),
      ...(pool.closedAt
        ? [{ ...about, kind: 'pool.closed' as const, data: { ...data, memberCount: count } }]
        : []),
    ];
  });
  await emitAll(trx, now, events);
}

/** The audit entry of each person's records: what they wrote, whether it was applied or kept. */
async function putOnRecord(
  door: Door,
  contextOf: (actorId: string) => Context,
  outcomes: readonly Settled[],
): Promise<void> {
  for (const [actorId, own] of Map.groupBy(outcomes, ({ record }) => record.actorId)) {
    await door.record(contextOf(actorId), {
      route: 'intake.append',
      purpose: 'testing',
      commandId: null,
      outcome: 'done',
      opened: [{ type: 'intake', ids: own.map(({ id }) => id) }],
    });
  }
}

/** What could not be applied is somebody's duty: one task a site and day, however many records. */
async function askForAttention(context: Context, outcomes: readonly Settled[]): Promise<void> {
  const kept = outcomes.filter(({ problem }) => problem !== null);
  for (const { id, record } of kept) {
    await emit(context, {
      kind: 'intake.quarantined',
      division: record.division,
      subject: { type: 'intake', id },
      data: { siteId: record.command.siteId, deviceId: record.deviceId, recordKind: record.command.kind },
    });
  }
  for (const [siteId, own] of Map.groupBy(kept, ({ record }) => record.command.siteId)) {
    await openTask(context, {
      kind: 'testing.quarantine',
      key: `testing.quarantine:${siteId}:${context.now.slice(0, 10)}`,
      title: { zh: '处理未能入库的采样记录', en: 'Deal with sampling records that could not be applied' },
      division: own[0]!.record.division,
      role: 'field_worker',
      dueAt: new Date(Date.parse(context.now) + QUARANTINE_HOURS * 3_600_000).toISOString(),
      evidenceWanted: {
        zh: '每条记录重试成功或注明作废原因',
        en: 'Each record applied on another try, or set aside with the reason',
      },
      source: { type: 'place', id: siteId },
    });
  }
}
