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

/**
 * SQL for the name of a place as people outside the compound know it: a building or unit carries the names above it,
 * 仁和路棚户四区 3号楼 1单元.
 *
 * @param alias of the place row
 */
export const fullName = (alias: string, language: 'zh' | 'en') => {
  const name = sql.ref(`name_${language}`);
  const row = (column: string) => sql.ref(`${alias}.${column}`);
  return sql<string>`case ${row('level')}
    when 'building' then (select above.${name} || ' ' from place as above where above.id = ${row('parent_id')})
    when 'unit' then (select over.${name} || ' ' || above.${name} || ' ' from place as above
      join place as over on over.id = above.parent_id where above.id = ${row('parent_id')})
    else '' end || ${row(`name_${language}`)}`;
};

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
    select place.id, full_zh as "nameZh", full_en as "nameEn", level, found.lon, found.lat,
           coalesce(found.approximate, true) as approximate
      from place left join found on found.leaf = place.id
      cross join lateral (select ${fullName('place', 'zh')} as full_zh, ${fullName('place', 'en')} as full_en) as named
     where place.id = any(${[...new Set(ids)]}::uuid[])`.execute(trx);
  return new Map(rows.map((row) => [row.id, row]));
}
