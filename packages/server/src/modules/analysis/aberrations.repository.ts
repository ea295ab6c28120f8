/** Counts a day of a county, and the days on which they were more than chance explains. */
import { civilDay, dayNumber } from '@levee/epi';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import { firstFlowDay } from '../incidents/index.ts';
import { insideArea } from '../places/index.ts';

export interface DayCount {
  readonly day: string;
  readonly count: number;
}

interface Asked {
  readonly within: string;
  readonly until: string;
  readonly days: number;
}

const daysOf = ({ until, days }: Asked) =>
  sql`select generate_series(${until}::date - ${days - 1}::int, ${until}::date, '1 day')::date as day`;

/**
 * Positives of single tubes by the day they were told, from the log and its index of flows: asked at every positive, so
 * not from the results themselves. Empty before the first sample there, which the counters tell: a
 * scan of the log for it could be of millions.
 */
export async function positivesByDay(trx: Trx, asked: Asked): Promise<DayCount[]> {
  const since = civilDay(dayNumber(asked.until) - asked.days + 1);
  const first = await firstFlowDay(trx, { name: 'samples', within: asked.within, since });
  if (first === null) return [];
  const from = sql`(${asked.until}::date - ${asked.days - 1}::int)::timestamp at time zone 'Asia/Shanghai'`;
  const { rows } = await sql<DayCount>`
    with asked as (${daysOf(asked)}), found as (
      select (at at time zone 'Asia/Shanghai')::date as day, count(*)::int as count
        from event
       where kind = 'result.screening_positive' and at >= ${from} and ${insideArea('division', asked.within)}
       group by 1
    )
    select asked.day, coalesce(found.count, 0) as count
      from asked left join found using (day)
     where asked.day >= ${first}
     order by asked.day`.execute(trx);
  return rows;
}

/** Cases of incidents by the day of their report; imported lists are the past or elsewhere. Empty before the first. */
export async function reportsByDay(trx: Trx, asked: Asked): Promise<DayCount[]> {
  const { rows } = await sql<DayCount>`
    with asked as (${daysOf(asked)}), found as (
      select date_reporting as day, count(*)::int as count from case_file
       where date_reporting is not null and line_list_id is null and classification <> 'not_a_case'
         and ${insideArea('division', asked.within)}
       group by 1
    )
    select asked.day, coalesce(found.count, 0) as count
      from asked left join found using (day)
     where asked.day >= (select min(day) from found)
     order by asked.day`.execute(trx);
  return rows;
}

export interface Aberration {
  readonly id: string;
  readonly division: string;
  readonly day: string;
  readonly series: 'positives' | 'cases';
  readonly method: string;
  readonly observed: number;
  readonly expected: number;
  readonly upper: number;
}

export async function isFound(
  trx: Trx,
  { division, day, series }: Pick<Aberration, 'division' | 'day' | 'series'>,
) {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from aberration
                    where division = ${division} and day = ${day} and series = ${series}) as found`.execute(
    trx,
  );
  return rows[0]!.found;
}

/** False when it was found before. */
export async function insertAberration(trx: Trx, one: Aberration, at: string): Promise<boolean> {
  const { rows } = await sql`
    insert into aberration (id, division, day, series, method, observed, expected, upper, found_at)
    values (${one.id}, ${one.division}, ${one.day}, ${one.series}, ${one.method}, ${one.observed}, ${one.expected},
            ${one.upper}, ${at})
    on conflict do nothing returning day`.execute(trx);
  return rows.length > 0;
}
