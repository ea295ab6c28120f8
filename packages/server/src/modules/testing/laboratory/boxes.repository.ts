import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';

export interface Box {
  readonly id: string;
  readonly code: string;
  readonly fromId: string;
  readonly labId: string;
  readonly division: string;
  readonly packedAt: string;
  readonly packedBy: string;
  readonly packedByName: string;
  readonly sentAt: string | null;
  readonly courier: string | null;
  readonly receivedAt: string | null;
}

export interface BoxTube {
  readonly tubeCode: string;
  readonly poolId: string | null;
  readonly memberCount: number | null;
  readonly packed: boolean;
  readonly arrivedAt: string | null;
}

const boxRows = (trx: Trx) =>
  trx
    .selectFrom('sample_box')
    .select([
      'id',
      'code',
      'from_id as fromId',
      'lab_id as labId',
      'division',
      'packed_at as packedAt',
      'packed_by as packedBy',
      'packed_by_name as packedByName',
      'sent_at as sentAt',
      'courier',
      'received_at as receivedAt',
    ]);

/** False where the id or the code is in use. */
export async function insertBox(
  trx: Trx,
  box: Omit<Box, 'sentAt' | 'courier' | 'receivedAt'>,
): Promise<boolean> {
  const inserted = await trx
    .insertInto('sample_box')
    .values({
      id: box.id,
      code: box.code,
      from_id: box.fromId,
      lab_id: box.labId,
      division: box.division,
      packed_at: box.packedAt,
      packed_by: box.packedBy,
      packed_by_name: box.packedByName,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export const findBox = (trx: Trx, id: string): Promise<Box | undefined> =>
  boxRows(trx).where('id', '=', id).executeTakeFirst();

export const lockBox = (trx: Trx, id: string): Promise<Box | undefined> =>
  boxRows(trx).where('id', '=', id).forUpdate().executeTakeFirst();

export const lockBoxByCode = (trx: Trx, code: string): Promise<Box | undefined> =>
  boxRows(trx).where('code', '=', code).forUpdate().executeTakeFirst();

export async function updateBox(
  trx: Trx,
  id: string,
  facts: {
    readonly sentAt?: string;
    readonly courier?: string;
    readonly receivedAt?: string;
    readonly receivedBy?: string;
  },
): Promise<void> {
  await trx
    .updateTable('sample_box')
    .set({
      ...(facts.sentAt !== undefined && { sent_at: facts.sentAt }),
      ...(facts.courier !== undefined && { courier: facts.courier }),
      ...(facts.receivedAt !== undefined && { received_at: facts.receivedAt }),
      ...(facts.receivedBy !== undefined && { received_by: facts.receivedBy }),
    })
    .where('id', '=', id)
    .execute();
}

/** A code that arrives is written beside what was packed; one that was not packed is a row of its own. */
export async function writeTube(
  trx: Trx,
  tube: {
    readonly boxId: string;
    readonly tubeCode: string;
    readonly poolId: string | null;
    readonly division: string;
    readonly packed: boolean;
    readonly arrivedAt: string | null;
  },
): Promise<void> {
  await trx
    .insertInto('sample_box_tube')
    .values({
      box_id: tube.boxId,
      tube_code: tube.tubeCode,
      pool_id: tube.poolId,
      division: tube.division,
      packed: tube.packed,
      arrived_at: tube.arrivedAt,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['box_id', 'tube_code'])
        .doUpdateSet({ arrived_at: sql`coalesce(sample_box_tube.arrived_at, excluded.arrived_at)` }),
    )
    .execute();
}

/** Another box that is under way with the tube in it. */
export async function findOtherBoxOf(trx: Trx, poolId: string, boxId: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom('sample_box_tube as tube')
    .innerJoin('sample_box as box', 'box.id', 'tube.box_id')
    .select('box.code')
    .where('tube.pool_id', '=', poolId)
    .where('tube.packed', '=', true)
    .where('box.received_at', 'is', null)
    .where('box.id', '<>', boxId)
    .executeTakeFirst();
  return row?.code;
}

export async function tubesOf(trx: Trx, boxIds: readonly string[]): Promise<Map<string, BoxTube[]>> {
  if (boxIds.length === 0) return new Map();
  const rows = await trx
    .selectFrom('sample_box_tube as tube')
    .leftJoin('pool', 'pool.id', 'tube.pool_id')
    .select([
      'tube.box_id as boxId',
      'tube.tube_code as tubeCode',
      'tube.pool_id as poolId',
      'pool.member_count as memberCount',
      'tube.packed',
      'tube.arrived_at as arrivedAt',
    ])
    .where('tube.box_id', 'in', [...boxIds])
    .orderBy('tube.tube_code')
    .execute();
  return Map.groupBy(rows, ({ boxId }) => boxId);
}

export interface BoxFilter {
  readonly state?: 'packed' | 'sent' | 'received' | undefined;
  readonly labId?: string | undefined;
  readonly differing?: boolean | undefined;
}

/** Newest first. */
export async function listBoxes(trx: Trx, filter: BoxFilter, offset: number, limit: number) {
  const rows = await boxRows(trx)
    .select(sql<number>`count(*) over ()`.as('total'))
    .$if(filter.state === 'packed', (query) =>
      query.where('sent_at', 'is', null).where('received_at', 'is', null),
    )
    .$if(filter.state === 'sent', (query) =>
      query.where('sent_at', 'is not', null).where('received_at', 'is', null),
    )
    .$if(filter.state === 'received', (query) => query.where('received_at', 'is not', null))
    .$if(filter.labId !== undefined, (query) => query.where('lab_id', '=', filter.labId!))
    .$if(filter.differing === true, (query) =>
      query.where(
        sql<boolean>`received_at is not null and exists (select from sample_box_tube as tube
          where tube.box_id = sample_box.id and (tube.arrived_at is null or not tube.packed))`,
      ),
    )
    .orderBy('packed_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}
