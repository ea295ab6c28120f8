/** The board: how many tasks, in which state, how old, where. Counts only. */

import type { Bilingual, TaskState } from '@levee/contract';
import { sql } from 'kysely';
import { divisionNameOf } from '../../platform/db/division-name.ts';
import type { Trx } from '../../platform/db/pool.ts';

/** Upper ends of the age histogram in hours; older than the last is one more bar. */
export const AGE_HOURS = [1, 4, 12, 24] as const;

interface BoardFilter {
  readonly incidentId?: string | undefined;
}

const ofIncident = ({ incidentId }: BoardFilter) =>
  incidentId === undefined ? sql`true` : sql`incident_id = ${incidentId}`;

export async function countByState(trx: Trx, now: string, filter: BoardFilter) {
  const { rows } = await sql<{ state: TaskState; count: number; overdueCount: number; unownedCount: number }>`
    select state, count(*) as count,
           count(*) filter (where state in ('open', 'accepted') and due_at <= ${now}) as "overdueCount",
           count(*) filter (where state in ('open', 'accepted') and owner_id is null) as "unownedCount"
      from task where ${ofIncident(filter)} group by state`.execute(trx);
  return rows;
}

export async function countByAge(trx: Trx, now: string, filter: BoardFilter) {
  const { rows } = await sql<{ bucket: number; count: number; overdueCount: number }>`
    select width_bucket(extract(epoch from ${now}::timestamptz - opened_at) / 3600.0,
                        ${[...AGE_HOURS]}::float8[]) as bucket,
           count(*) as count, count(*) filter (where due_at <= ${now}) as "overdueCount"
      from task where state in ('open', 'accepted') and ${ofIncident(filter)} group by 1`.execute(trx);
  return [...AGE_HOURS, null].map((untilHours, bucket) => {
    const row = rows.find((each) => each.bucket === bucket);
    return { untilHours, count: row?.count ?? 0, overdueCount: row?.overdueCount ?? 0 };
  });
}

/** By county; tasks of the prefecture itself stand under its own code. */
export async function countByDivision(trx: Trx, now: string, filter: BoardFilter) {
  const { rows } = await sql<{
    division: string;
    divisionName: Bilingual;
    doneCount: number;
    totalCount: number;
    overdueCount: number;
  }>`
    with counted as (
      select left(division, 6) as division,
             count(*) filter (where state = 'done') as done_count,
             count(*) as total_count,
             count(*) filter (where state in ('open', 'accepted') and due_at <= ${now}) as overdue_count
        from task where state <> 'cancelled' and ${ofIncident(filter)} group by 1
    )
    select counted.division, ${divisionNameOf('counted.division')} as "divisionName",
           done_count as "doneCount", total_count as "totalCount", overdue_count as "overdueCount"
      from counted order by 1`.execute(trx);
  return rows;
}

/** Unfinished and past due inside `within`, at each of the instants; a past one counts what was late then. */
export async function countOverdue(trx: Trx, instants: readonly string[], within: string): Promise<number[]> {
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from task
             where due_at <= moment.at and opened_at <= moment.at and (closed_at is null or closed_at > moment.at)
               and division >= ${within} and division < ${`${within}~`}) as count
      from unnest(${[...instants]}::timestamptz[]) with ordinality as moment (at, position)
     order by position`.execute(trx);
  return rows.map((row) => row.count);
}
