import type { PoolCapacity, PoolState, Target, TestOutcome } from '@levee/contract';
import type { FoundIn } from '@levee/protocol';
import type { Trx } from '../../platform/db/pool.ts';

export interface Sample {
  readonly id: string;
  readonly poolId: string;
  readonly tubeCode: string;
  readonly capacity: PoolCapacity;
  readonly state: PoolState;
  readonly personId: string;
  readonly siteId: string;
  readonly division: string;
  readonly foundIn: FoundIn;
  /** The positive pool this sample checks again. */
  readonly resampleOf: string | null;
  readonly takenAt: string;
  readonly withdrawnAt: string | null;
}

const sampleRows = (trx: Trx) =>
  trx
    .selectFrom('sample')
    .innerJoin('pool', 'pool.id', 'sample.pool_id')
    .select([
      'sample.id',
      'sample.pool_id as poolId',
      'pool.tube_code as tubeCode',
      'pool.capacity',
      'pool.state',
      'sample.person_id as personId',
      'sample.site_id as siteId',
      'sample.division',
      'sample.found_in as foundIn',
      'sample.resample_of as resampleOf',
      'sample.taken_at as takenAt',
      'sample.withdrawn_at as withdrawnAt',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof sampleRows>['executeTakeFirstOrThrow']>>;
const toSample = (row: Row): Sample => ({
  ...row,
  capacity: row.capacity as PoolCapacity,
  state: row.state as PoolState,
  foundIn: row.foundIn as FoundIn,
});

export async function findSampleById(trx: Trx, id: string): Promise<Sample | undefined> {
  const row = await sampleRows(trx).where('sample.id', '=', id).executeTakeFirst();
  return row && toSample(row);
}

export async function findMemberIds(trx: Trx, poolId: string): Promise<string[]> {
  return (await findMembers(trx, poolId)).map(({ personId }) => personId);
}

/** Those in the tube now, in the order they were taken. */
export async function findMembers(trx: Trx, poolId: string): Promise<Sample[]> {
  const rows = await sampleRows(trx)
    .where('sample.pool_id', '=', poolId)
    .where('sample.withdrawn_at', 'is', null)
    .orderBy('sample.taken_at')
    .orderBy('sample.id')
    .execute();
  return rows.map(toSample);
}

export async function findLastSamples(trx: Trx, siteId: string, limit: number): Promise<Sample[]> {
  const rows = await sampleRows(trx)
    .where('sample.site_id', '=', siteId)
    .where('sample.withdrawn_at', 'is', null)
    .orderBy('sample.registered_at', 'desc')
    .orderBy('sample.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toSample);
}

/** The open tube the person is in, as far as the reader's area reaches. */
export async function findOpenSampleOf(trx: Trx, personId: string): Promise<Sample | undefined> {
  const row = await sampleRows(trx)
    .where('sample.person_id', '=', personId)
    .where('sample.open', '=', true)
    .executeTakeFirst();
  return row && toSample(row);
}

export interface PersonSample extends Sample {
  readonly resultedAt: string | null;
  readonly outcome: TestOutcome | null;
  readonly targets: readonly Target[];
}

/** Newest first, with the result in force of each one's tube. */
export async function findSamplesOfPeople(trx: Trx, personIds: readonly string[]): Promise<PersonSample[]> {
  if (personIds.length === 0) return [];
  const rows = await sampleRows(trx)
    .leftJoin('result', (join) =>
      join.onRef('result.pool_id', '=', 'pool.id').on('result.current', '=', true),
    )
    .select(['pool.resulted_at as resultedAt', 'result.outcome', 'result.targets'])
    .where('sample.person_id', 'in', [...new Set(personIds)])
    .orderBy('sample.taken_at', 'desc')
    .orderBy('sample.id', 'desc')
    .execute();
  return rows.map(({ resultedAt, outcome, targets, ...row }) => ({
    ...toSample(row),
    resultedAt,
    outcome: outcome as TestOutcome | null,
    targets: (targets ?? []) as unknown as Target[],
  }));
}

export interface NewSample {
  readonly id: string;
  readonly poolId: string;
  readonly personId: string;
  readonly siteId: string;
  readonly division: string;
  readonly foundIn: FoundIn;
  readonly resampleOf: string | null;
  readonly takenAt: string;
  readonly registeredAt: string;
  readonly registeredBy: string;
  readonly open: boolean;
}

/** False where the person is in this tube or in another open one already. */
export async function insertSample(trx: Trx, sample: NewSample): Promise<boolean> {
  const inserted = await trx
    .insertInto('sample')
    .values({
      id: sample.id,
      pool_id: sample.poolId,
      person_id: sample.personId,
      site_id: sample.siteId,
      division: sample.division,
      found_in: sample.foundIn,
      resample_of: sample.resampleOf,
      taken_at: sample.takenAt,
      registered_at: sample.registeredAt,
      registered_by: sample.registeredBy,
      open: sample.open,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function sealSamples(trx: Trx, poolId: string): Promise<void> {
  await trx
    .updateTable('sample')
    .set({ open: false })
    .where('pool_id', '=', poolId)
    .where('open', '=', true)
    .execute();
}

/** False where a member is in another open tube by now. */
export async function unsealSamples(trx: Trx, poolId: string): Promise<boolean> {
  const busy = await trx
    .selectFrom('sample as mine')
    .innerJoin('sample as other', (join) =>
      join.onRef('other.person_id', '=', 'mine.person_id').on('other.open', '=', true),
    )
    .select('mine.id')
    .where('mine.pool_id', '=', poolId)
    .where('mine.withdrawn_at', 'is', null)
    .executeTakeFirst();
  if (busy) return false;
  await trx
    .updateTable('sample')
    .set({ open: true })
    .where('pool_id', '=', poolId)
    .where('withdrawn_at', 'is', null)
    .execute();
  return true;
}

export async function withdrawSample(trx: Trx, id: string, at: string, reason: string): Promise<void> {
  await trx
    .updateTable('sample')
    .set({ withdrawn_at: at, withdrawn_reason: reason, open: false })
    .where('id', '=', id)
    .execute();
}
