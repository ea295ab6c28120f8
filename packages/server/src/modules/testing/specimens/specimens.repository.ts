import type { PoolState, SpecimenKind, TestOutcome } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';
import type { Specimen } from './specimen.ts';

const specimenRows = (trx: Trx) =>
  trx
    .selectFrom('specimen')
    .innerJoin('pool', 'pool.id', 'specimen.pool_id')
    .leftJoin('result', (join) =>
      join.onRef('result.pool_id', '=', 'pool.id').on('result.current', '=', true),
    )
    .leftJoin('specimen_response as response', 'response.specimen_id', 'specimen.id')
    .select([
      'specimen.id',
      'specimen.pool_id as poolId',
      'pool.tube_code as tubeCode',
      'specimen.kind',
      'specimen.place_id as placeId',
      'specimen.site_id as siteId',
      'specimen.division',
      'specimen.description',
      'specimen.product',
      'specimen.batch_number as batchNumber',
      'specimen.supplier',
      'specimen.cold_chain as coldChain',
      'specimen.taken_at as takenAt',
      'specimen.registered_by as registeredBy',
      'specimen.registered_by_name as registeredByName',
      'specimen.withdrawn_at as withdrawnAt',
      'pool.state',
      'result.outcome',
      'response.opened_at as responseAt',
      'response.withdrawn_at as responseWithdrawnAt',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof specimenRows>['executeTakeFirstOrThrow']>>;
const toSpecimen = (row: Row): Specimen => ({
  id: row.id,
  poolId: row.poolId,
  tubeCode: row.tubeCode,
  kind: row.kind as SpecimenKind,
  placeId: row.placeId,
  siteId: row.siteId,
  division: row.division,
  description: row.description,
  goods:
    row.product === null
      ? null
      : {
          product: row.product,
          batchNumber: row.batchNumber,
          supplier: row.supplier,
          coldChain: row.coldChain,
        },
  takenAt: row.takenAt,
  takenBy: { id: row.registeredBy, name: row.registeredByName },
  withdrawnAt: row.withdrawnAt,
  state: row.state as PoolState,
  outcome: row.outcome as TestOutcome | null,
  response: row.responseAt === null ? null : row.responseWithdrawnAt === null ? 'open' : 'withdrawn',
});

export async function findSpecimenById(trx: Trx, id: string): Promise<Specimen | undefined> {
  const row = await specimenRows(trx).where('specimen.id', '=', id).executeTakeFirst();
  return row && toSpecimen(row);
}

export async function findSpecimenOfPool(trx: Trx, poolId: string): Promise<Specimen | undefined> {
  const row = await specimenRows(trx).where('specimen.pool_id', '=', poolId).executeTakeFirst();
  return row && toSpecimen(row);
}

export async function findSpecimenIdOfPool(trx: Trx, poolId: string): Promise<string | null> {
  const row = await trx.selectFrom('specimen').select('id').where('pool_id', '=', poolId).executeTakeFirst();
  return row?.id ?? null;
}

export type NewSpecimen = Omit<Specimen, 'tubeCode' | 'withdrawnAt' | 'state' | 'outcome' | 'response'> & {
  readonly registeredAt: string;
};

/** False where the id or the tube has a specimen already. */
export async function insertSpecimen(trx: Trx, one: NewSpecimen): Promise<boolean> {
  const inserted = await trx
    .insertInto('specimen')
    .values({
      id: one.id,
      pool_id: one.poolId,
      kind: one.kind,
      place_id: one.placeId,
      site_id: one.siteId,
      division: one.division,
      description: one.description,
      product: one.goods?.product ?? null,
      batch_number: one.goods?.batchNumber ?? null,
      supplier: one.goods?.supplier ?? null,
      cold_chain: one.goods?.coldChain ?? false,
      taken_at: one.takenAt,
      registered_at: one.registeredAt,
      registered_by: one.takenBy.id,
      registered_by_name: one.takenBy.name,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function withdrawSpecimen(trx: Trx, id: string, at: string, reason: string): Promise<void> {
  await trx
    .updateTable('specimen')
    .set({ withdrawn_at: at, withdrawn_reason: reason })
    .where('id', '=', id)
    .execute();
}

export interface SpecimenFilter {
  readonly kind?: readonly SpecimenKind[] | undefined;
  readonly state?: readonly PoolState[] | undefined;
  readonly outcome?: readonly TestOutcome[] | undefined;
  readonly placeId?: string | undefined;
  readonly siteId?: string | undefined;
  readonly recallId?: string | undefined;
  readonly q?: string | undefined;
}

/** Newest first. Withdrawn ones are left out. */
export async function listSpecimens(trx: Trx, filter: SpecimenFilter, offset: number, limit: number) {
  const q = filter.q?.replaceAll(/[\\%_]/g, '\\$&');
  const rows = await specimenRows(trx)
    .select(sql<number>`count(*) over ()`.as('total'))
    .where('specimen.withdrawn_at', 'is', null)
    .$if(Boolean(filter.kind?.length), (query) => query.where('specimen.kind', 'in', [...filter.kind!]))
    .$if(Boolean(filter.state?.length), (query) => query.where('pool.state', 'in', [...filter.state!]))
    .$if(Boolean(filter.outcome?.length), (query) =>
      query.where('result.outcome', 'in', [...filter.outcome!]),
    )
    .$if(filter.placeId !== undefined, (query) => query.where('specimen.place_id', '=', filter.placeId!))
    .$if(filter.siteId !== undefined, (query) => query.where('specimen.site_id', '=', filter.siteId!))
    .$if(filter.recallId !== undefined, (query) => query.where('response.recall_id', '=', filter.recallId!))
    .$if(Boolean(q), (query) =>
      query.where((eb) =>
        eb.or([
          eb('pool.tube_code', 'like', `${q!.toUpperCase()}%`),
          eb('specimen.batch_number', 'like', `${q!.toUpperCase()}%`),
          eb('specimen.description', 'like', `%${q}%`),
          eb('specimen.product', 'like', `%${q}%`),
          eb('specimen.supplier', 'like', `%${q}%`),
        ]),
      ),
    )
    .orderBy('specimen.taken_at', 'desc')
    .orderBy('specimen.id')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(({ total: _, ...row }) => toSpecimen(row)), total: rows[0]?.total ?? 0 };
}

export async function countSpecimens(trx: Trx) {
  const { rows } = await sql<{
    total: number;
    waiting: number;
    negative: number;
    positive: number;
    responsesOpen: number;
  }>`
    select count(*)::int as total,
           count(*) filter (where result.id is null)::int as waiting,
           count(*) filter (where result.outcome = 'negative')::int as negative,
           count(*) filter (where result.outcome = 'positive')::int as positive,
           count(*) filter (where response.specimen_id is not null and response.withdrawn_at is null
                                  and response.checked_at is null)::int as "responsesOpen"
      from specimen
      join pool on pool.id = specimen.pool_id
      left join result on result.pool_id = pool.id and result.current
      left join specimen_response as response on response.specimen_id = specimen.id
     where specimen.withdrawn_at is null`.execute(trx);
  return rows[0]!;
}

/** The box a tube was last packed in. */
export async function boxOfPool(trx: Trx, poolId: string) {
  const row = await trx
    .selectFrom('sample_box_tube as tube')
    .innerJoin('sample_box as box', 'box.id', 'tube.box_id')
    .select(['box.id', 'box.code', 'box.packed_at as packedAt', 'box.received_at as receivedAt'])
    .where('tube.pool_id', '=', poolId)
    .orderBy('box.packed_at', 'desc')
    .executeTakeFirst();
  return row ?? null;
}

/** People wanted for a single test because of a specimen, those sampled, those positive; in the reader's area. */
export async function countHandlers(trx: Trx, poolId: string) {
  const { rows } = await sql<{ wanted: number; sampled: number; positive: number }>`
    select count(*)::int as wanted,
           count(wanted.met_at)::int as sampled,
           count(*) filter (where result.outcome = 'positive')::int as positive
      from resample_request as wanted
      left join sample on sample.id = wanted.met_by
      left join result on result.pool_id = sample.pool_id and result.current
     where wanted.pool_id = ${poolId} and wanted.cancelled_at is null`.execute(trx);
  return rows[0]!;
}
