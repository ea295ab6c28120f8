import type { PoolCapacity } from '@levee/contract';
import type { Trx } from '../../../platform/db/pool.ts';

export interface Batch {
  readonly batchId: string;
  readonly siteId: string;
  readonly division: string;
  readonly capacity: PoolCapacity;
  readonly count: number;
  readonly at: string;
  readonly by: string;
}

/** The same batch printed again is the same batch; printed with more labels it has more. */
export async function insertBatch(trx: Trx, batch: Batch): Promise<void> {
  await trx
    .insertInto('label_batch')
    .values({
      id: batch.batchId,
      site_id: batch.siteId,
      division: batch.division,
      capacity: batch.capacity,
      count: batch.count,
      printed_at: batch.at,
      printed_by: batch.by,
    })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((eb) => ({ count: eb.fn<number>('greatest', ['label_batch.count', 'excluded.count']) })),
    )
    .execute();
}

export async function newestBatches(trx: Trx, siteId: string) {
  const rows = await trx
    .selectFrom('label_batch')
    .select(['id', 'count', 'capacity'])
    .where('site_id', '=', siteId)
    .orderBy('printed_at', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => ({ ...row, capacity: row.capacity as PoolCapacity }));
}

/** Those of `codes` that carry a tube already. */
export async function usedAmong(trx: Trx, codes: readonly string[]): Promise<Set<string>> {
  if (codes.length === 0) return new Set();
  const rows = await trx
    .selectFrom('pool')
    .select('tube_code')
    .where('tube_code', 'in', [...codes])
    .execute();
  return new Set(rows.map(({ tube_code }) => tube_code));
}
