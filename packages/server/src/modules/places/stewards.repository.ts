import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';

export interface Coverage {
  readonly id: string;
  readonly childCount: number;
  readonly gridCount: number;
  readonly gridsWithoutSteward: number;
  readonly stewardId: string | null;
  readonly stewardName: string | null;
  readonly since: string | null;
}

/** For each place: what hangs below it, who looks after it, and how many grids in it nobody looks after. */
export async function coverageOf(trx: Trx, ids: readonly string[]): Promise<Map<string, Coverage>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Coverage>`
    select place.id,
           (select count(*) from place child where child.parent_id = place.id and child.code is not null) as "childCount",
           grids.total as "gridCount", grids.empty as "gridsWithoutSteward",
           steward.account_id as "stewardId", steward.name as "stewardName", steward.since
      from place
      left join place_steward steward on steward.place_id = place.id
      cross join lateral (
        select count(*) as total, count(*) filter (where own.place_id is null) as empty
          from place grid left join place_steward own on own.place_id = grid.id
         where grid.level = 'grid' and grid.division >= place.division and grid.division < place.division || '~'
      ) grids
     where place.id = any(${[...ids]}::uuid[])`.execute(trx);
  return new Map(rows.map((row) => [row.id, row]));
}

export async function putSteward(
  trx: Trx,
  place: { id: string; division: string },
  steward: { id: string; name: string },
  at: string,
): Promise<void> {
  const values = { account_id: steward.id, name: steward.name, since: at };
  await trx
    .insertInto('place_steward')
    .values({ place_id: place.id, division: place.division, ...values })
    .onConflict((conflict) => conflict.column('place_id').doUpdateSet(values))
    .execute();
}

export async function removeSteward(trx: Trx, placeId: string): Promise<void> {
  await trx.deleteFrom('place_steward').where('place_id', '=', placeId).execute();
}

/** Who looks after the place or, going up, the nearest area around it that has a steward. */
export async function nearestSteward(trx: Trx, division: string) {
  const { rows } = await sql<{ id: string; name: string; placeName: string }>`
    select steward.account_id as id, steward.name, place.name_zh as "placeName"
      from place_steward steward join place on place.id = steward.place_id
     where starts_with(${division}, steward.division collate "C")
     order by length(steward.division) desc limit 1`.execute(trx);
  const found = rows[0];
  return found ? { account: { id: found.id, name: found.name }, placeName: found.placeName } : null;
}
