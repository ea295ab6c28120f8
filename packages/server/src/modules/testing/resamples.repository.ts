import type { PoolContent, TestOutcome } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';

export interface Resample {
  readonly id: string;
  readonly poolId: string;
  readonly tubeCode: string;
  /** specimen: the person handled what a positive specimen was taken from. */
  readonly content: PoolContent;
  /** The sample in the pool that is to be checked again; null for a handler. */
  readonly sampleId: string | null;
  readonly personId: string;
  readonly siteId: string;
  readonly sampleCount: number;
  readonly rule: string;
  readonly wantedAt: string;
  readonly metAt: string | null;
  readonly metBy: string | null;
  /** Of the single sample, once it is out. */
  readonly outcome: TestOutcome | null;
}

const resampleRows = (trx: Trx) =>
  trx
    .selectFrom('resample_request as wanted')
    // A handler may live in another area than the tube of the specimen: the wish is theirs, the tube stays unseen.
    .leftJoin('pool', 'pool.id', 'wanted.pool_id')
    .leftJoin('sample as single', 'single.id', 'wanted.met_by')
    .leftJoin('result', (join) =>
      join.onRef('result.pool_id', '=', 'single.pool_id').on('result.current', '=', true),
    )
    .where('wanted.cancelled_at', 'is', null)
    .select([
      'wanted.id',
      'wanted.pool_id as poolId',
      sql<string>`coalesce(pool.tube_code, '')`.as('tubeCode'),
      sql<string>`coalesce(pool.content, 'specimen')`.as('content'),
      'wanted.sample_id as sampleId',
      'wanted.person_id as personId',
      'wanted.site_id as siteId',
      'wanted.sample_count as sampleCount',
      'wanted.rule',
      'wanted.wanted_at as wantedAt',
      'wanted.met_at as metAt',
      'wanted.met_by as metBy',
      'result.outcome',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof resampleRows>['executeTakeFirstOrThrow']>>;
const toResample = (row: Row): Resample => ({
  ...row,
  content: row.content as PoolContent,
  outcome: row.outcome as TestOutcome | null,
});

export interface ResampleFilter {
  readonly state: 'wanted' | 'met' | 'all';
  readonly poolId?: string | undefined;
  readonly siteId?: string | undefined;
  readonly personId?: string | undefined;
}

/** Longest waiting first. */
export async function listResamples(trx: Trx, filter: ResampleFilter, offset: number, limit: number) {
  const rows = await resampleRows(trx)
    .select(sql<number>`count(*) over ()`.as('total'))
    .$if(filter.state === 'wanted', (query) => query.where('wanted.met_at', 'is', null))
    .$if(filter.state === 'met', (query) => query.where('wanted.met_at', 'is not', null))
    .$if(filter.poolId !== undefined, (query) => query.where('wanted.pool_id', '=', filter.poolId!))
    .$if(filter.siteId !== undefined, (query) => query.where('wanted.site_id', '=', filter.siteId!))
    .$if(filter.personId !== undefined, (query) => query.where('wanted.person_id', '=', filter.personId!))
    .orderBy('wanted.wanted_at')
    .orderBy('wanted.id')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(({ total: _, ...row }) => toResample(row)), total: rows[0]?.total ?? 0 };
}

/** The oldest wish for this person that no sample has met; the first sample's setting comes with it, a handler's is tracing. */
export async function lockWantedOf(trx: Trx, personId: string) {
  return trx
    .selectFrom('resample_request as wanted')
    .leftJoin('sample as first', 'first.id', 'wanted.sample_id')
    .select([
      'wanted.id',
      'wanted.pool_id as poolId',
      sql<string>`coalesce(first.found_in, 'contact_tracing')`.as('foundIn'),
      'wanted.wanted_at as wantedAt',
    ])
    .where('wanted.person_id', '=', personId)
    .where('wanted.met_at', 'is', null)
    .where('wanted.cancelled_at', 'is', null)
    .orderBy('wanted.wanted_at')
    .forUpdate('wanted')
    .executeTakeFirst();
}

export interface NewResample {
  readonly id: string;
  readonly poolId: string;
  readonly sampleId: string | null;
  readonly personId: string;
  readonly siteId: string;
  readonly division: string;
  readonly sampleCount: number;
  readonly rule: string;
  readonly wantedAt: string;
}

/** One wish per pool and person; one that was cancelled, because the result was amended, stands again. Returns those that are new. */
export async function insertResamples(trx: Trx, wanted: readonly NewResample[]): Promise<string[]> {
  if (wanted.length === 0) return [];
  const rows = await trx
    .insertInto('resample_request')
    .values(
      wanted.map((one) => ({
        id: one.id,
        pool_id: one.poolId,
        sample_id: one.sampleId,
        person_id: one.personId,
        site_id: one.siteId,
        division: one.division,
        sample_count: one.sampleCount,
        rule: one.rule,
        wanted_at: one.wantedAt,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['pool_id', 'person_id'])
        .doUpdateSet((eb) => ({ cancelled_at: null, wanted_at: eb.ref('excluded.wanted_at') }))
        .where('resample_request.cancelled_at', 'is not', null),
    )
    .returning('person_id')
    .execute();
  return rows.map(({ person_id }) => person_id);
}

export async function meetResample(trx: Trx, id: string, sampleId: string, at: string): Promise<void> {
  await trx
    .updateTable('resample_request')
    .set({ met_by: sampleId, met_at: at })
    .where('id', '=', id)
    .execute();
}

/** The sample that met a wish was taken back. */
export async function unmeetResample(trx: Trx, sampleId: string): Promise<void> {
  await trx
    .updateTable('resample_request')
    .set({ met_by: null, met_at: null })
    .where('met_by', '=', sampleId)
    .execute();
}

/** The pool turned out not to be positive: what is still wanted for it is wanted no longer. */
export async function cancelResamples(trx: Trx, poolId: string, at: string): Promise<void> {
  await trx
    .updateTable('resample_request')
    .set({ cancelled_at: at })
    .where('pool_id', '=', poolId)
    .where('met_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .execute();
}
