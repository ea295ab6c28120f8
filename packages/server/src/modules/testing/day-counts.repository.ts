import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import { insideArea } from '../places/index.ts';

export interface TestDay {
  readonly day: string;
  /** Samples taken that were not withdrawn. */
  readonly samples: number;
  /** Results in force of tubes of one person that are positive. */
  readonly positives: number;
}

/** The `days` civil days up to `until` in an area, days without tests as 0; empty before the first sample of all. */
export async function countTestsByDay(
  trx: Trx,
  { within, until, days }: { readonly within: string; readonly until: string; readonly days: number },
): Promise<TestDay[]> {
  const { rows } = await sql<TestDay>`
    with asked as (
      select generate_series(${until}::date - ${days - 1}::int, ${until}::date, '1 day')::date as day
    ), taken as (
      select (taken_at at time zone 'Asia/Shanghai')::date as day, count(*)::int as count
        from sample
       where withdrawn_at is null and ${insideArea('division', within)}
         and taken_at >= (${until}::date - ${days - 1}::int)::timestamp at time zone 'Asia/Shanghai'
       group by 1
    ), positive as (
      select (tested_at at time zone 'Asia/Shanghai')::date as day, count(*)::int as count
        from result
       where current and outcome = 'positive' and person_id is not null and ${insideArea('division', within)}
         and tested_at >= (${until}::date - ${days - 1}::int)::timestamp at time zone 'Asia/Shanghai'
       group by 1
    )
    select asked.day, coalesce(taken.count, 0) as samples, coalesce(positive.count, 0) as positives
      from asked left join taken using (day) left join positive using (day)
     where asked.day >= (select min(day) from taken)
     order by asked.day`.execute(trx);
  return rows;
}
