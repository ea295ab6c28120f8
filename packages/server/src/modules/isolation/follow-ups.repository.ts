import type { FollowUpSymptom, SITE_SAMPLE_KINDS } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';

type SiteSampleKind = (typeof SITE_SAMPLE_KINDS)[number];

export interface FollowUp {
  readonly id: string;
  readonly orderId: string;
  readonly day: string;
  readonly at: string;
  readonly temperature: number | null;
  readonly symptoms: FollowUpSymptom[];
  readonly note: string | null;
  readonly by: string;
}

export interface SiteSample {
  readonly id: string;
  readonly orderId: string;
  readonly kind: SiteSampleKind;
  readonly sampledAt: string;
  readonly result: 'negative' | 'positive';
  readonly by: string;
}

type Entered = { readonly division: string; readonly actor: { readonly id: string; readonly name: string } };

/** False where this entry is there already. */
export async function insertFollowUp(trx: Trx, entry: Omit<FollowUp, 'by'> & Entered): Promise<boolean> {
  const row = await trx
    .insertInto('follow_up')
    .values({
      id: entry.id,
      order_id: entry.orderId,
      division: entry.division,
      day: entry.day,
      at: entry.at,
      temperature: entry.temperature === null ? null : String(entry.temperature),
      symptoms: entry.symptoms,
      note: entry.note,
      by_id: entry.actor.id,
      by_name: entry.actor.name,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Newest first. */
export async function followUpsOf(
  trx: Trx,
  orderIds: readonly string[],
  since?: string,
): Promise<FollowUp[]> {
  if (orderIds.length === 0) return [];
  const rows = await trx
    .selectFrom('follow_up')
    .select([
      'id',
      'order_id',
      sql<string>`day::text`.as('day'),
      'at',
      'temperature',
      'symptoms',
      'note',
      'by_name',
    ])
    .where('order_id', 'in', [...orderIds])
    .$if(since !== undefined, (q) => q.where('day', '>=', since!))
    .orderBy('at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    orderId: row.order_id,
    day: row.day,
    at: row.at,
    temperature: row.temperature === null ? null : Number(row.temperature),
    symptoms: row.symptoms as FollowUpSymptom[],
    note: row.note,
    by: row.by_name,
  }));
}

export async function insertSiteSample(
  trx: Trx,
  sample: Omit<SiteSample, 'by'> & Entered & { readonly reportedAt: string },
): Promise<boolean> {
  const row = await trx
    .insertInto('site_sample')
    .values({
      id: sample.id,
      order_id: sample.orderId,
      division: sample.division,
      kind: sample.kind,
      sampled_at: sample.sampledAt,
      result: sample.result,
      reported_at: sample.reportedAt,
      by_id: sample.actor.id,
      by_name: sample.actor.name,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function siteSamplesOf(trx: Trx, orderId: string): Promise<SiteSample[]> {
  const rows = await trx
    .selectFrom('site_sample')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('sampled_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    orderId: row.order_id,
    kind: row.kind as SiteSampleKind,
    sampledAt: row.sampled_at,
    result: row.result as SiteSample['result'],
    by: row.by_name,
  }));
}
