import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import { type CountyCount, insideArea } from '../places/index.ts';

/** Samples taken in a time (both ends included) that were not withdrawn. A sample belongs to an area, to no incident. */
export async function countSamplesByCounty(
  trx: Trx,
  asked: { within: string; from: string; until: string },
): Promise<CountyCount[]> {
  const { rows } = await sql<CountyCount>`
    select left(division, 6) as county, count(*)::int as value from sample
     where taken_at >= ${asked.from} and taken_at <= ${asked.until} and withdrawn_at is null
       and ${insideArea('division', asked.within)}
     group by 1 order by 1`.execute(trx);
  return rows;
}
