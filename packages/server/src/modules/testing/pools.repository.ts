import type { PoolCapacity, PoolContent, PoolState, TestOutcome } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import type { Pool } from './pool.ts';

const poolRows = (trx: Trx) =>
  trx
    .selectFrom('pool')
    .leftJoin('result', (join) =>
      join.onRef('result.pool_id', '=', 'pool.id').on('result.current', '=', true),
    )
    .select([
      'pool.id',
      'pool.tube_code as tubeCode',
      'pool.site_id as siteId',
      'pool.lab_id as labId',
      'pool.division',
      'pool.content',
      'pool.capacity',
      'pool.member_count as memberCount',
      'pool.state',
      'pool.opened_at as openedAt',
      'pool.closed_at as closedAt',
      'pool.sent_at as sentAt',
      'pool.received_at as receivedAt',
      'pool.rejected_at as rejectedAt',
      'pool.rejected_reason as rejectedReason',
      'pool.lost_at as lostAt',
      'pool.lost_reason as lostReason',
      'pool.resulted_at as resultedAt',
      'result.outcome',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof poolRows>['executeTakeFirstOrThrow']>>;
const toPool = (row: Row): Pool => ({
  ...row,
  content: row.content as PoolContent,
  capacity: row.capacity as PoolCapacity,
  state: row.state as PoolState,
  outcome: row.outcome as TestOutcome | null,
});

export interface PoolIdentity {
  readonly id: string;
  readonly tubeCode: string;
  readonly siteId: string;
  readonly division: string;
  readonly content: PoolContent;
  readonly capacity: PoolCapacity;
  readonly openedAt: string;
}

/** True where the tube is new. */
export async function insertPool(trx: Trx, pool: PoolIdentity): Promise<boolean> {
  const inserted = await trx
    .insertInto('pool')
    .values({
      id: pool.id,
      tube_code: pool.tubeCode,
      site_id: pool.siteId,
      division: pool.division,
      content: pool.content,
      capacity: pool.capacity,
      opened_at: pool.openedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/**
 * The tube, held until the transaction ends: what happens to one tube happens in turn. Locked first and read after:
 * one statement that does both would join the result as it was before the wait. Rows that only refer to the tube (its
 * place in a round, a sample) need not wait: with a full lock, counting and handing over stood in each other's way.
 */
export async function lockPoolById(trx: Trx, id: string): Promise<Pool | undefined> {
  await trx.selectFrom('pool').select('id').where('id', '=', id).forNoKeyUpdate().execute();
  return findPoolById(trx, id);
}

export async function lockPoolByTube(trx: Trx, tubeCode: string): Promise<Pool | undefined> {
  const held = await trx
    .selectFrom('pool')
    .select('id')
    .where('tube_code', '=', tubeCode)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return held && findPoolById(trx, held.id);
}

/** Not held: for asking what a code is before anything is done with it. */
export async function findPoolByTube(trx: Trx, tubeCode: string): Promise<Pool | undefined> {
  const row = await poolRows(trx).where('pool.tube_code', '=', tubeCode).executeTakeFirst();
  return row && toPool(row);
}

export async function findPoolById(trx: Trx, id: string): Promise<Pool | undefined> {
  const row = await poolRows(trx).where('pool.id', '=', id).executeTakeFirst();
  return row && toPool(row);
}

export async function findPoolsByIds(trx: Trx, ids: readonly string[]): Promise<Map<string, Pool>> {
  if (ids.length === 0) return new Map();
  const rows = await poolRows(trx)
    .where('pool.id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, toPool(row)]));
}

export interface PoolFacts {
  readonly openedAt?: string;
  readonly closedAt?: string | null;
  readonly sentAt?: string;
  readonly labId?: string;
  readonly receivedAt?: string | null;
  readonly rejectedAt?: string;
  readonly rejectedReason?: string;
  readonly lostAt?: string;
  readonly lostReason?: string;
  readonly resultedAt?: string;
  readonly memberCount?: number;
}

export async function updatePool(trx: Trx, id: string, facts: PoolFacts): Promise<void> {
  await trx
    .updateTable('pool')
    .set({
      ...(facts.openedAt !== undefined && { opened_at: facts.openedAt }),
      ...(facts.closedAt !== undefined && { closed_at: facts.closedAt }),
      ...(facts.sentAt !== undefined && { sent_at: facts.sentAt }),
      ...(facts.labId !== undefined && { lab_id: facts.labId }),
      ...(facts.receivedAt !== undefined && { received_at: facts.receivedAt }),
      ...(facts.rejectedAt !== undefined && { rejected_at: facts.rejectedAt }),
      ...(facts.rejectedReason !== undefined && { rejected_reason: facts.rejectedReason }),
      ...(facts.lostAt !== undefined && { lost_at: facts.lostAt }),
      ...(facts.lostReason !== undefined && { lost_reason: facts.lostReason }),
      ...(facts.resultedAt !== undefined && { resulted_at: facts.resultedAt }),
      ...(facts.memberCount !== undefined && { member_count: facts.memberCount }),
    })
    .where('id', '=', id)
    .execute();
}

export interface PoolFilter {
  readonly state?: readonly PoolState[] | undefined;
  readonly outcome?: readonly TestOutcome[] | undefined;
  readonly siteId?: string | undefined;
  readonly labId?: string | undefined;
  readonly q?: string | undefined;
  /** Leaves out tubes everybody was taken out of again. */
  readonly withMembers?: boolean;
}

/** Oldest first where something waits to be done with them, as a queue is worked; otherwise newest first. */
export async function listPools(trx: Trx, filter: PoolFilter, offset: number, limit: number) {
  const waiting = filter.state?.length && filter.state.every((state) => state !== 'resulted');
  const rows = await poolRows(trx)
    .select(sql<number>`count(*) over ()`.as('total'))
    .$if(Boolean(filter.state?.length), (query) =>
      query.where('pool.state', 'in', filter.state as PoolState[]),
    )
    .$if(Boolean(filter.outcome?.length), (query) =>
      query.where('result.outcome', 'in', filter.outcome as TestOutcome[]),
    )
    .$if(filter.siteId !== undefined, (query) => query.where('pool.site_id', '=', filter.siteId!))
    .$if(filter.labId !== undefined, (query) => query.where('pool.lab_id', '=', filter.labId!))
    .$if(Boolean(filter.q), (query) => query.where('pool.tube_code', 'like', `${filter.q}%`))
    .$if(filter.withMembers === true, (query) => query.where('pool.member_count', '>', 0))
    .orderBy('pool.opened_at', waiting ? 'asc' : 'desc')
    .orderBy('pool.id')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(({ total: _, ...row }) => toPool(row)), total: rows[0]?.total ?? 0 };
}
