/** Applies what was recorded: the plain ones together, the others one by one; what the rules refuse is kept and shown. */
import { createHash } from 'node:crypto';
import { LeveeError } from '@levee/contract';
import { sql } from 'kysely';
import { nowOf } from '../../../platform/clock.ts';
import { type Context, systemContext } from '../../../platform/context.ts';
import { inScopedTransaction, setScope, type Trx } from '../../../platform/db/pool.ts';
import type { Door } from '../../../platform/http/implement.ts';
import type { Platform } from '../../../platform/platform.ts';
import { findActorsByIds } from '../../access/index.ts';
import { findPoolsByIds } from '../pools.repository.ts';
import { applyOne } from './apply-one.ts';
import { findArrived } from './held.repository.ts';
import { HELD, HOLD_HOURS, splitByBase } from './hold.ts';
import type { Recorded } from './intake-row.ts';
import { releaseHeld } from './release.ts';
import {
  applyPools,
  dropRecorded,
  findSettled,
  insertOutcomes,
  readGround,
  type Settled,
  takeRecorded,
} from './settle.repository.ts';
import { planBatch } from './settle-plan.ts';
import type { FindSite } from './site-cache.ts';
import { askForAttention, type ContextOf, putOnRecord, tell } from './tell-settled.ts';

/** Rows in one transaction: large enough that its fixed cost disappears, short enough that nobody waits for its locks. */
const BATCH = 1_000;

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
    const now = nowOf(platform.clock);
    const taken = await takeRecorded(trx, platform.cipher, BATCH);
    const outcomes = await settleTaken(platform, trx, taken, findSite, now);
    const released = await releaseHeld({ ...systemContext(platform, trx), now }, async (record) => {
      const contextOf = await contextsOf(platform, trx, [record], now);
      return attempt(trx, jurisdiction, () => contextOf(record.actorId), record);
    });
    const dealtWith = [...outcomes, ...released];
    if (dealtWith.length > 0) {
      const contextOf = await contextsOf(
        platform,
        trx,
        dealtWith.map(({ record }) => record),
        now,
      );
      await putOnRecord(door, contextOf, dealtWith);
      await askForAttention({ ...systemContext(platform, trx), now }, dealtWith);
    }
    return taken.length + released.length;
  });
}

/** As whom each record is applied: the person who made it, in their scope, as they are now. */
async function contextsOf(
  platform: Platform,
  trx: Trx,
  records: readonly Recorded[],
  now: string,
): Promise<ContextOf> {
  const actors = await findActorsByIds(trx, [...new Set(records.map(({ actorId }) => actorId))]);
  return (actorId) => {
    const actor = actors.get(actorId);
    if (!actor) throw new LeveeError('access.signed_out');
    return { ...systemContext(platform, trx), actor, now, purpose: 'testing' };
  };
}

/** Applies the records of one batch, keeps what the rules refuse and holds what builds on something that has not come. */
async function settleTaken(
  platform: Platform,
  trx: Trx,
  taken: readonly Recorded[],
  findSite: FindSite,
  now: string,
): Promise<Settled[]> {
  if (taken.length === 0) return [];
  const jurisdiction = platform.config.LEVEE_JURISDICTION;
  const { fresh, reused } = await sortOut(trx, taken);
  const records = fresh.map(({ record }) => record);
  const bases = records.flatMap(({ command: { after } }) => (after === undefined ? [] : [after]));
  const { ready, held } = splitByBase(records, await findArrived(trx, [...new Set(bases)]));
  const plan = planBatch(ready, await groundOf(trx, ready, findSite));
  const hashOf = new Map(fresh.map(({ record, bodyHash }) => [record, bodyHash]));
  const settled = (record: Recorded, error: LeveeError | null): Settled => ({
    id: record.command.id,
    record,
    bodyHash: hashOf.get(record)!,
    settledAt: now,
    heldUntil: null,
    problem: error?.messages ?? null,
    nextStep: error?.nextStep ?? null,
  });
  const contextOf = await contextsOf(platform, trx, taken, now);
  const heldUntil = new Date(Date.parse(now) + HOLD_HOURS * 3_600_000).toISOString();
  const outcomes: Settled[] = [
    ...reused.map((one) => ({ ...one, settledAt: now, heldUntil: null })),
    ...held.map((record) => ({ ...settled(record, null), ...HELD, heldUntil })),
  ];
  await applyPools(trx, plan.pools, now);
  await tell(trx, plan.pools, contextOf, now);
  for (const { records: own } of plan.pools) outcomes.push(...own.map((record) => settled(record, null)));
  for (const record of plan.longWay) {
    const error = await attempt(trx, jurisdiction, () => contextOf(record.actorId), record);
    outcomes.push(settled(record, error));
  }
  await insertOutcomes(trx, outcomes);
  await dropRecorded(
    trx,
    taken.map(({ position }) => position),
  );
  return outcomes;
}

/** What was settled before is passed over; the same id with another content is a record of its own, with that problem. */
async function sortOut(trx: Trx, taken: readonly Recorded[]) {
  const known = await findSettled(
    trx,
    taken.map(({ command }) => command.id),
  );
  const fresh: { record: Recorded; bodyHash: Buffer }[] = [];
  const reused: Omit<Settled, 'settledAt' | 'heldUntil'>[] = [];
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

async function groundOf(trx: Trx, records: readonly Recorded[], findSite: FindSite) {
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
