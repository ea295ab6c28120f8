/** Places as the ledger names and maps them. */
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';

export interface PlaceRef {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly level: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly approximate: boolean;
}

/** A place without a position of its own stands where the nearest place around it does, and is said to be approximate. */
export async function placeRefs(trx: Trx, ids: readonly string[]): Promise<Map<string, PlaceRef>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<PlaceRef>`
    with recursive up as (
      select id as leaf, id, parent_id, lon, lat, approximate, 0 as steps
        from place where id = any(${[...new Set(ids)]}::uuid[])
      union all
      select up.leaf, place.id, place.parent_id, place.lon, place.lat, true, steps + 1
        from up join place on place.id = up.parent_id where up.lon is null),
    found as (
      select distinct on (leaf) leaf, lon, lat, approximate from up where lon is not null order by leaf, steps)
    select place.id, name_zh as "nameZh", name_en as "nameEn", level, found.lon, found.lat,
           coalesce(found.approximate, true) as approximate
      from place left join found on found.leaf = place.id
     where place.id = any(${[...new Set(ids)]}::uuid[])`.execute(trx);
  return new Map(rows.map((row) => [row.id, row]));
}
