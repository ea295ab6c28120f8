import { LeveeError, type PlaceTreeLevel, type VenueClass } from '@levee/contract';
import { sql } from 'kysely';
import { plannedOnce } from '../../platform/db/planned-once.ts';
import type { Trx } from '../../platform/db/pool.ts';
import type { Place, PlaceName } from './place.ts';

const placeRows = (trx: Trx) =>
  trx
    .selectFrom('place')
    .select([
      'id',
      'parent_id as parentId',
      'code',
      'level',
      'class',
      'division',
      'name_zh as nameZh',
      'name_en as nameEn',
      'lon',
      'lat',
      'approximate',
      'indoors',
      'headcount',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof placeRows>['executeTakeFirstOrThrow']>>;
const toPlace = (row: Row): Place => ({
  ...row,
  level: row.level as PlaceTreeLevel,
  class: row.class as VenueClass | null,
});

export async function findPlaceById(trx: Trx, id: string): Promise<Place | undefined> {
  const row = await placeRows(trx).where('id', '=', id).executeTakeFirst();
  return row && toPlace(row);
}

export async function findPlaceByIdOrThrow(trx: Trx, id: string): Promise<Place> {
  const place = await findPlaceById(trx, id);
  if (!place) throw new LeveeError('not_found');
  return place;
}

export async function findPlacesByIds(trx: Trx, ids: readonly string[]): Promise<Map<string, Place>> {
  if (ids.length === 0) return new Map();
  const rows = await placeRows(trx)
    .modifyFront(plannedOnce)
    .where('id', '=', sql<string>`any(${[...new Set(ids)]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, toPlace(row)]));
}

export async function findPlaceByCode(trx: Trx, code: string): Promise<Place | undefined> {
  const row = await placeRows(trx).where('code', '=', code).executeTakeFirst();
  return row && toPlace(row);
}

/** Prefecture and counties in the reader's area, outermost first. */
export async function listCounties(trx: Trx): Promise<Place[]> {
  const rows = await placeRows(trx)
    .where('level', 'in', ['prefecture', 'county'])
    .orderBy('division')
    .execute();
  return rows.map(toPlace);
}

/** Places called exactly this, in Chinese or English; a name may stand for several. */
export async function findPlacesByName(trx: Trx, name: string): Promise<Place[]> {
  const rows = await placeRows(trx)
    .where((where) => where.or([where('name_zh', '=', name), where('name_en', '=', name)]))
    .limit(20)
    .execute();
  return rows.map(toPlace);
}

export interface PlaceFilter {
  readonly q?: string | undefined;
  readonly within?: string | undefined;
  readonly level?: readonly PlaceTreeLevel[] | undefined;
  readonly class?: readonly VenueClass[] | undefined;
  readonly parentId?: string | undefined;
  /** Only areas of the tree, no venue or vehicle. */
  readonly coded?: boolean | undefined;
}

export async function listPlaces(trx: Trx, filter: PlaceFilter, offset: number, limit: number) {
  const text = filter.q
    ?.trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, '\\$&');
  const rows = await placeRows(trx)
    .select(sql<number>`count(*) over ()`.as('total'))
    .$if(Boolean(text), (query) =>
      query.where((where) =>
        where.or([
          where('name_zh', 'like', `%${text}%`),
          where('name_en', 'ilike', `%${text}%`),
          where('pinyin', 'like', `%${text}%`),
        ]),
      ),
    )
    .$if(Boolean(filter.within), (query) =>
      query.where('division', '>=', filter.within!).where('division', '<', `${filter.within}~`),
    )
    .$if(Boolean(filter.level?.length), (query) =>
      query.where('level', 'in', filter.level as PlaceTreeLevel[]),
    )
    .$if(Boolean(filter.class?.length), (query) => query.where('class', 'in', filter.class as VenueClass[]))
    .$if(filter.coded === true, (query) => query.where('code', 'is not', null))
    .$if(Boolean(filter.parentId), (query) => query.where('parent_id', '=', filter.parentId!))
    .orderBy('division')
    // An area stands before the venues in it.
    .orderBy(sql`code is null`)
    .orderBy('name_zh')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(({ total: _, ...row }) => toPlace(row)), total: rows[0]?.total ?? 0 };
}

/** For each place the names above it, outermost first, as far as the reader's scope reaches. */
export async function pathsOf(trx: Trx, ids: readonly string[]): Promise<Map<string, PlaceName[]>> {
  const paths = new Map<string, PlaceName[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return paths;
  const { rows } = await sql<PlaceName & { leaf: string }>`
    with recursive up as (
      select id as leaf, parent_id, 0 as depth from place where id = any(${[...new Set(ids)]}::uuid[])
      union all
      select up.leaf, place.parent_id, depth + 1 from up join place on place.id = up.parent_id
    )
    select up.leaf, place.id, place.name_zh as "nameZh", place.name_en as "nameEn"
      from up join place on place.id = up.parent_id
     order by up.leaf, up.depth desc`.execute(trx);
  for (const { leaf, ...name } of rows) paths.get(leaf)?.push(name);
  return paths;
}

/** Writes places; one that is there already stays as it is. Parents come before their children. */
export async function insertPlaces(trx: Trx, places: readonly (Place & { pinyin: string })[]): Promise<void> {
  const rows = places.map(({ parentId, nameZh, nameEn, ...place }) => ({
    ...place,
    parent_id: parentId,
    name_zh: nameZh,
    name_en: nameEn,
  }));
  for (let start = 0; start < rows.length; start += 1000) {
    await trx
      .insertInto('place')
      .values(rows.slice(start, start + 1000))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
