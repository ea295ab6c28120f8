/** The administrative tree down to villages and communities, from the statistics bureau's codes (data/geo/SOURCES.md). */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PlaceTreeLevel } from '@levee/contract';
import { parse } from 'csv-parse/sync';
import { pinyin } from 'pinyin-pro';
import { type Database, inScopedTransaction } from '../../platform/db/pool.ts';
import type { Place } from './place.ts';
import { insertPlaces } from './places.repository.ts';
import { pinyinKey } from './places.service.ts';

/** The bureau pads every code to twelve digits; ours is as long as its level. */
const LEVELS: Readonly<Record<string, { level: PlaceTreeLevel; digits: number; above: number | null }>> = {
  prefecture: { level: 'prefecture', digits: 4, above: null },
  county: { level: 'county', digits: 6, above: 4 },
  township: { level: 'township', digits: 9, above: 6 },
  village: { level: 'community', digits: 12, above: 9 },
};

const ENGLISH: Readonly<Record<string, string>> = {
  '6325': 'Hainan Prefecture (Qinghai)',
  '632521': 'Gonghe County',
  '632522': 'Tongde County',
  '632523': 'Guide County',
  '632524': 'Xinghai County',
  '632525': 'Guinan County',
};

/** The id of an area's place is made of its code, so that every installation and every data set agrees on it. */
export function placeIdOfCode(code: string): string {
  const bytes = digestOf(`levee place ${code}`).subarray(0, 16);
  bytes[6] = 0x80 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const digestOf = (text: string) => createHash('sha256').update(text).digest();

function readCsv(file: string): Record<string, string>[] {
  const path = fileURLToPath(new URL(`../../../../../data/geo/${file}`, import.meta.url));
  return parse(readFileSync(path, 'utf8'), { columns: true, skip_empty_lines: true, bom: true });
}

/** Prefecture, 5 counties, 40 townships, 487 villages and communities as places, outermost first. */
export function readDivisions(): Place[] {
  const points = new Map(
    readCsv('hainan-townships.csv').map((row) => [
      row['division']!,
      { nameEn: row['nameEn']!, lon: Number(row['lon']), lat: Number(row['lat']) },
    ]),
  );
  return readCsv('hainan-divisions.csv')
    .map((row): Place => {
      const { level, digits, above } = LEVELS[row['level']!]!;
      const code = row['code']!.slice(0, digits);
      // A county and the prefecture are shown at their seat: 632521100 is 恰卜恰镇.
      const seat =
        level === 'prefecture' ? `${code}21100` : level === 'county' ? `${code}100` : code.slice(0, 9);
      const point = points.get(seat);
      if (!point)
        throw new RangeError(`no township point for ${code} ${row['name']}; add it to hainan-townships.csv`);
      const isCommunity = level === 'community';
      const nameZh = isCommunity ? communityName(row['name']!) : row['name']!;
      const { lon, lat } = isCommunity ? communityPosition(code, point) : point;
      return {
        id: placeIdOfCode(code),
        parentId: above === null ? null : placeIdOfCode(code.slice(0, above)),
        code,
        level,
        class: null,
        division: code,
        nameZh,
        nameEn: isCommunity ? communityNameEn(nameZh) : (ENGLISH[code] ?? point.nameEn),
        lon,
        lat,
        approximate: true,
        indoors: false,
        headcount: 0,
      };
    })
    .sort((a, b) => a.division.length - b.division.length || (a.division < b.division ? -1 : 1));
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

/** Statistical codes: the last three digits are below 200 for a residents' committee, above for a village. */
export function isTown(code: string): boolean {
  return code.length === 12 && Number(code.slice(9)) < 200;
}

/** 次汗素村委会 → 次汗素村, 城中居委会 → 城中社区: as people say it. */
export function communityName(name: string): string {
  const [, base, committee] = /^(.+?)(村民委员会|居民委员会|村委会|居委会|牧委会)$/.exec(name) ?? [];
  if (!base || !committee) return name;
  if (/(社区|村)$/.test(base)) return base;
  return base + (committee.startsWith('居') ? '社区' : '村');
}

function communityNameEn(name: string): string {
  const kind = /社区$/.test(name) ? 'Community' : /村$/.test(name) ? 'Village' : 'Settlement';
  return `${romanise(name.replace(/(社区|村|虚拟生活区|生活区)$/, '') || name)} ${kind}`;
}

/** Pinyin without tones. Two characters are read as they are in local names. */
function romanise(name: string): string {
  const sounds = pinyin(name, { toneType: 'none', type: 'array' });
  const word = [...name].map((sign, i) => ({ 什: 'shi', 藏: 'zang' })[sign] ?? sounds[i]).join('');
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

interface Point {
  readonly lon: number;
  readonly lat: number;
}

/**
 * Where a community is shown: its township's point and a fixed offset drawn from its code, 0.2–1.5 km for a residents'
 * committee and 1–6 km for a village. Approximate, no source: it only keeps the points apart.
 */
function communityPosition(code: string, township: Point): Point {
  const draw = digestOf(`levee position ${code}`);
  const [near, far] = isTown(code) ? [0.2, 1.5] : [1, 6];
  const km = near + ((far - near) * draw.readUInt32BE(0)) / 2 ** 32;
  return offset(township, km, draw.readUInt32BE(4) / 2 ** 32);
}

/** A point `km` away in the direction `turn` (0 to 1 is once around), rounded to about 10 m. */
export function offset({ lon, lat }: Point, km: number, turn: number): Point {
  const angle = 2 * Math.PI * turn;
  return {
    lon: round(lon + (km * Math.cos(angle)) / (111.3 * Math.cos((lat * Math.PI) / 180))),
    lat: round(lat + (km * Math.sin(angle)) / 111.3),
  };
}

const round = (degrees: number) => Math.round(degrees * 1e4) / 1e4;
