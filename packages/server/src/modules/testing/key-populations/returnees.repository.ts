import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';
import { amongTold, type SamplesTold } from '../samples-told.ts';
import type { Travel } from './key-population.ts';

export interface NewReturnee {
  readonly id: string;
  readonly personId: string;
  readonly division: string;
  readonly arrivedAt: string;
  readonly travel: readonly Travel[];
  readonly packId: string;
  readonly managedClass: string | null;
  readonly leftOn: string | null;
  readonly testDays: readonly string[];
  readonly at: string;
  readonly by: string;
}

/** False where this registration exists already. */
export async function insertReturnee(trx: Trx, one: NewReturnee): Promise<boolean> {
  const inserted = await trx
    .insertInto('returnee')
    .values({
      id: one.id,
      person_id: one.personId,
      division: one.division,
      arrived_at: one.arrivedAt,
      travel: JSON.stringify(one.travel),
      pack_id: one.packId,
      managed_class: one.managedClass,
      left_on: one.leftOn,
      registered_at: one.at,
      registered_by: one.by,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!inserted) return false;
  if (one.testDays.length > 0) {
    await trx
      .insertInto('returnee_test')
      .values(
        one.testDays.map((day, position) => ({
          returnee_id: one.id,
          position,
          person_id: one.personId,
          division: one.division,
          due_on: day,
        })),
      )
      .execute();
  }
  return true;
}

export interface ReturneeLine {
  readonly id: string;
  readonly personId: string;
  readonly division: string;
  readonly arrivedAt: string;
  readonly travel: Travel[];
  readonly packId: string;
  readonly managedClass: string | null;
  readonly tests: { dueOn: string; metAt: string | null }[];
}

/** Newest arrivals first; only those with a test missed before `day` when asked. */
export async function listReturnees(
  trx: Trx,
  asked: { id?: string; overdueOn?: string | undefined },
  offset: number,
  limit: number,
) {
  const { rows } = await sql<ReturneeLine & { total: number }>`
    select returnee.id, person_id as "personId", division, arrived_at as "arrivedAt", travel, pack_id as "packId",
           managed_class as "managedClass", count(*) over ()::int as total,
           (select coalesce(jsonb_agg(jsonb_build_object('dueOn', due_on, 'metAt', met_at) order by position), '[]')
              from returnee_test test where test.returnee_id = returnee.id) as tests
      from returnee
     where true
       ${asked.id ? sql`and returnee.id = ${asked.id}` : sql``}
       ${
         asked.overdueOn
           ? sql`and exists (select 1 from returnee_test test where test.returnee_id = returnee.id
                              and met_by is null and due_on < ${asked.overdueOn}::date)`
           : sql``
       }
     order by arrived_at desc, id limit ${limit} offset ${offset}`.execute(trx);
  return {
    items: rows.map(({ total: _, ...row }) => ({
      ...row,
      tests: row.tests.map(({ dueOn, metAt }) => ({ dueOn, metAt: metAt && new Date(metAt).toISOString() })),
    })),
    total: rows[0]?.total ?? 0,
  };
}

/** A swab meets the earliest test that is open and due by its civil day. */
export async function meetTests(trx: Trx, which: SamplesTold, timeZone: string): Promise<void> {
  await sql`
    update returnee_test test set met_by = one.sample, met_at = one.taken_at
      from (select distinct on (open.returnee_id) open.returnee_id, open.position, sample.id as sample, sample.taken_at
              from sample join returnee_test open on open.person_id = sample.person_id and open.met_by is null
               and open.due_on <= (sample.taken_at at time zone ${timeZone})::date
             where ${amongTold(which)} and sample.withdrawn_at is null
               and not exists (select 1 from returnee_test other where other.met_by = sample.id)
             order by open.returnee_id, open.due_on desc) as one
     where test.returnee_id = one.returnee_id and test.position = one.position`.execute(trx);
}
