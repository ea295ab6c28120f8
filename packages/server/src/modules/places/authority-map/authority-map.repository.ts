import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';
import type { DivisionLine } from './divisions-file.ts';
import type { Datum, KnownArea, OutlineFeature } from './outlines-file.ts';

/** Every coded area of the tree. */
export async function knownAreas(
  trx: Trx,
): Promise<Map<string, KnownArea & { id: string; headcount: number }>> {
  const rows = await trx
    .selectFrom('place')
    .select(['code', 'id', 'name_zh as nameZh', 'name_en as nameEn', 'lon', 'lat', 'headcount'])
    .where('code', 'is not', null)
    .execute();
  return new Map(rows.map(({ code, ...area }) => [code!, area]));
}

export interface DivisionWrite extends DivisionLine {
  readonly id: string;
  readonly parentId: string | null;
  readonly nameEnOrPinyin: string;
  readonly pinyin: string;
}

/** Writes one area: new, or the file's words over what was there. What the file leaves empty stays as it was. */
export async function writeDivision(trx: Trx, row: DivisionWrite): Promise<void> {
  await trx
    .insertInto('place')
    .values({
      id: row.id,
      parent_id: row.parentId,
      code: row.code,
      level: row.level,
      class: ['grid', 'building', 'unit'].includes(row.level) ? 'dwelling' : null,
      division: row.code,
      name_zh: row.nameZh,
      name_en: row.nameEnOrPinyin,
      pinyin: row.pinyin,
      lon: row.lon,
      lat: row.lat,
      approximate: row.lon === null,
      indoors: row.level === 'building' || row.level === 'unit',
      headcount: row.headcount ?? 0,
    })
    .onConflict((conflict) =>
      conflict.column('code').doUpdateSet({
        name_zh: row.nameZh,
        pinyin: row.pinyin,
        ...(row.nameEn !== null && { name_en: row.nameEn }),
        ...(row.lon !== null && { lon: row.lon, lat: row.lat, approximate: false }),
        ...(row.headcount !== null && { headcount: row.headcount }),
      }),
    )
    .execute();
}

export interface StoredOutline extends OutlineFeature {
  readonly source: string;
}

export async function writeOutline(
  trx: Trx,
  outline: OutlineFeature,
  given: { source: string; datum: Datum; at: string },
): Promise<void> {
  const [lon, lat] = outline.labelPoint;
  const values = {
    name_zh: outline.nameZh,
    name_en: outline.nameEn,
    label_lon: lon,
    label_lat: lat,
    geometry: JSON.stringify(outline.geometry),
    source: given.source,
    datum: given.datum,
    imported_at: given.at,
  };
  await trx
    .insertInto('area_outline')
    .values({ division: outline.division, ...values })
    .onConflict((conflict) => conflict.column('division').doUpdateSet(values))
    .execute();
}

export async function readStoredOutlines(trx: Trx): Promise<StoredOutline[]> {
  const rows = await trx.selectFrom('area_outline').selectAll().orderBy('division').execute();
  return rows.map((row) => ({
    division: row.division,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    labelPoint: [row.label_lon, row.label_lat],
    geometry: row.geometry as unknown as OutlineFeature['geometry'],
    source: row.source,
  }));
}

export interface TreeLine {
  readonly code: string;
  readonly level: string;
  readonly nameZh: string;
  readonly headcount: number;
  readonly outlined: boolean;
}

/** The areas directly below a code, or that of the code itself first. */
export async function listTree(trx: Trx, code: string): Promise<TreeLine[]> {
  const { rows } = await sql<TreeLine>`
    select place.code, place.level, place.name_zh as "nameZh", place.headcount,
           exists (select from area_outline where division = place.code) as outlined
      from place
     where place.code = ${code} or place.parent_id = (select id from place where code = ${code})
           and place.code is not null
     order by place.code`.execute(trx);
  return rows;
}
