import type { Classification } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import { type CountyCount, insideArea } from '../places/index.ts';

/** Cases of an incident by class, counted in the line list itself; a discarded one is of no class asked for. */
export async function countCasesByCounty(
  trx: Trx,
  asked: { incidentId: string; within: string; classifications: readonly Classification[] },
): Promise<CountyCount[]> {
  const { rows } = await sql<CountyCount>`
    select left(division, 6) as county, count(*)::int as value from case_file
     where incident_id = ${asked.incidentId} and classification = any(${[...asked.classifications]}::text[])
       and ${insideArea('division', asked.within)}
     group by 1 order by 1`.execute(trx);
  return rows;
}
