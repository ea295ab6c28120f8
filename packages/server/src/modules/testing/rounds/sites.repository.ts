import type { Trx } from '../../../platform/db/pool.ts';
import { findPlacesByIds, type Place } from '../../places/index.ts';

/** Test sites of the area, in the order of its codes. */
export async function sitesWithin(trx: Trx, division: string): Promise<Place[]> {
  const rows = await trx
    .selectFrom('place')
    .select('id')
    .where('class', '=', 'test_site')
    .where('division', '>=', division)
    .where('division', '<', `${division}~`)
    .orderBy('division')
    .limit(1000)
    .execute();
  return [
    ...(
      await findPlacesByIds(
        trx,
        rows.map(({ id }) => id),
      )
    ).values(),
  ].sort((a, b) => a.division.localeCompare(b.division));
}
