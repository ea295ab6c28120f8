import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import { type CountyCount, insideArea } from '../places/index.ts';

/** Accepted contacts of a class. People, not meetings: somebody who met two cases counts once. */
export async function countContactsByCounty(
  trx: Trx,
  asked: { incidentId: string; within: string; contactClass: 'close' | 'contact_of_contact' },
): Promise<CountyCount[]> {
  const { rows } = await sql<CountyCount>`
    select left(division, 6) as county, count(distinct person_id)::int as value from contact
     where incident_id = ${asked.incidentId} and state = 'accepted' and class = ${asked.contactClass}
       and ${insideArea('division', asked.within)}
     group by 1 order by 1`.execute(trx);
  return rows;
}
