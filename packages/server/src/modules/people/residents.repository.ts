/** How many live in a place, as numbers only. */
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import type { Place } from '../places/index.ts';

/**
 * People registered inside the place, and those under 3 or over 70 among them on the day of `now`. Where the register
 * knows nobody there (a venue, an area not yet registered) the place's own headcount stands and the second is null.
 */
export async function countResidents(
  trx: Trx,
  place: Pick<Place, 'code' | 'headcount'>,
  now: string,
): Promise<{ peopleCount: number; vulnerableCount: number | null }> {
  const counted = { people: 0, vulnerable: 0 };
  if (place.code !== null) {
    const { rows } = await sql<typeof counted>`
      select count(*)::int as people,
             count(*) filter (where date_birth > ${now}::timestamptz - interval '3 years'
                                or date_birth <= ${now}::timestamptz - interval '70 years')::int as vulnerable
        from person where division >= ${place.code} and division < ${place.code} || '~'`.execute(trx);
    Object.assign(counted, rows[0]);
  }
  return counted.people > 0
    ? { peopleCount: Math.max(counted.people, place.headcount), vulnerableCount: counted.vulnerable }
    : { peopleCount: place.headcount, vulnerableCount: null };
}
