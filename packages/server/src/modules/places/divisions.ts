/** The administrative tree down to villages and communities, from the statistics bureau's codes (data/geo/SOURCES.md). */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PlaceTreeLevel } from '@levee/contract';
import { parse } from 'csv-parse/sync';
import { pinyin } from 'pinyin-pro';
import { type Database, inScopedTransaction } from '../../platform/db/pool.ts';
import { readOutlines } from './outlines.ts';
import type { Place } from './place.ts';
import { insertPlaces } from './places.repository.ts';
import { pinyinKey } from './places.service.ts';

const geo = (file: string) => fileURLToPath(new URL(`../../../../../data/geo/${file}`, import.meta.url));

/** The id of an area's place is made of its code, so that every installation and every data set agrees on it. */
export function placeIdOfCode(code: string): string {
  const hash = createHash('sha256').update(`levee place ${code}`).digest();
  hash[6] = 0x80 | (hash[6]! & 0x0f);
  hash[8] = 0x80 | (hash[8]! & 0x3f);
  const hex = hash.toString('hex').slice(0, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The bureau pads every code to twelve digits; ours is as long as its level. */
const LEVELS: Readonly<Record<string, { level: PlaceTreeLevel; digits: number; above: number | null }>> = {
  prefecture: { level: 'prefecture', digits: 4, above: null },
  county: { level: 'county', digits: 6, above: 4 },
  township: { level: 'township', digits: 9, above: 6 },
  village: { level: 'community', digits: 12, above: 9 },
};

function readCsv(file: string): Record<string, string>[] {
  return parse(readFileSync(geo(file), 'utf8'), {
    columns: true,
    comment: '#',
    skip_empty_lines: true,
    bom: true,
  });
}

/** Prefecture, counties, townships, villages as places, outermost first. */
export function readDivisions(): Place[] {
  const townships = new Map(readCsv('hainan-townships.csv').map((row) => [row['division'], row]));
  const counties = new Map(readOutlines().map((outline) => [outline.division, outline]));
  return readCsv('hainan-divisions.csv')
    .map((row): Place => {
      const { level, digits, above } = LEVELS[row['level']!]!;
      const code = row['code']!.slice(0, digits);
      const township = townships.get(code.slice(0, 9));
      const county = counties.get(code.slice(0, 6));
      const named =
        level === 'township' ? township?.['nameEn'] : level === 'county' ? county?.nameEn : undefined;
      const [lon, lat] = township
        ? [Number(township['lon']), Number(township['lat'])]
        : (county?.labelPoint ?? [null, null]);
      return {
        id: placeIdOfCode(code),
        parentId: above === null ? null : placeIdOfCode(code.slice(0, above)),
        code,
        level,
        class: null,
        division: code,
        nameZh: row['name']!,
        nameEn: named ?? titleCase(row['name']!),
        lon,
        lat,
        approximate: true,
        indoors: false,
        headcount: 0,
      };
    })
    .sort((a, b) => a.division.length - b.division.length || (a.division < b.division ? -1 : 1));
}

function titleCase(name: string): string {
  const spelt = pinyin(name, { toneType: 'none', separator: '', nonZh: 'consecutive' });
  return spelt.charAt(0).toUpperCase() + spelt.slice(1);
}

/** Writes the administrative tree into an empty installation; what is there stays. */
export async function seedDivisions(db: Database, jurisdiction: string): Promise<number> {
  const divisions = readDivisions().filter(({ division }) => division.startsWith(jurisdiction));
  await inScopedTransaction(db, jurisdiction, (trx) =>
    insertPlaces(
      trx,
      divisions.map((place) => ({ ...place, pinyin: pinyinKey(place.nameZh) })),
    ),
  );
  return divisions.length;
}
