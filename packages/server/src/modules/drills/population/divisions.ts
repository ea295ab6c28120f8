import { pinyin } from 'pinyin-pro';
import { randomStream } from './random.ts';
import { divisionId, type PlaceRow } from './rows.ts';

/** A row of data/geo/hainan-divisions.csv, its code cut to the digits that mean something. */
export interface Division {
  level: 'prefecture' | 'county' | 'township' | 'community';
  /** 4, 6, 9 or 12 digits. */
  code: string;
  name: string;
}

/** A row of data/geo/hainan-townships.csv. */
export interface TownshipPoint {
  division: string;
  nameEn: string;
  lon: number;
  lat: number;
}

export interface Point {
  lon: number;
  lat: number;
}

const DIGITS = { prefecture: 4, county: 6, township: 9, village: 12 };

/** Reads data/geo/hainan-divisions.csv. */
export function parseDivisions(csv: string): Division[] {
  return records(csv).map(([level, code, name]) => ({
    level: level === 'village' ? 'community' : (level as Division['level']),
    code: code!.slice(0, DIGITS[level as keyof typeof DIGITS]),
    name: name!,
  }));
}

/** Reads data/geo/hainan-townships.csv. */
export function parseTownships(csv: string): TownshipPoint[] {
  return records(csv).map(([division, , nameEn, lon, lat]) => ({
    division: division!,
    nameEn: nameEn!,
    lon: Number(lon),
    lat: Number(lat),
  }));
}

/** Neither file quotes anything. */
function records(csv: string): string[][] {
  return csv
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
}

/** Statistical codes: the last three digits are below 200 for a residents' committee, above for a village. */
export function isTown(code: string): boolean {
  return code.length === 12 && Number(code.slice(9)) < 200;
}

/** The town that seats the county: township number 100. */
export function isSeat(code: string): boolean {
  return code.slice(6, 9) === '100';
}

/** 次汗素村委会 → 次汗素村, 城中居委会 → 城中社区: as people say it. */
export function communityName(name: string): string {
  const [, base, committee] = /^(.+?)(村民委员会|居民委员会|村委会|居委会|牧委会)$/.exec(name) ?? [];
  if (!base || !committee) return name;
  if (/(社区|村)$/.test(base)) return base;
  return base + (committee.startsWith('居') ? '社区' : '村');
}

/** 倒淌河镇 → 倒淌河 in a name such as 倒淌河卫生院. */
export function shortName(township: { nameZh: string }): string {
  return township.nameZh.replace(/^海南州|回族乡$|[镇乡]$|管理区委员会$/g, '');
}

function communityNameEn(name: string): string {
  const kind = /社区$/.test(name) ? 'Community' : /村$/.test(name) ? 'Village' : 'Settlement';
  return `${romanise(name.replace(/(社区|村|虚拟生活区|生活区)$/, '') || name)} ${kind}`;
}

/** Pinyin without tones. Two characters are read as they are in local names. */
export function romanise(name: string): string {
  const sounds = pinyin(name, { toneType: 'none', type: 'array' });
  const word = [...name].map((sign, i) => ({ 什: 'shi', 藏: 'zang' })[sign] ?? sounds[i]).join('');
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/**
 * Where a community is shown: its township's point and a fixed offset drawn from its code, 0.2–1.5 km for a residents'
 * committee and 1–6 km for a village. Approximate, no source: it only keeps the points apart.
 */
export function communityPosition(code: string, township: Point): Point {
  const random = randomStream(0, Number(code));
  const [near, far] = isTown(code) ? [0.2, 1.5] : [1, 6];
  return offset(township, near + (far - near) * random.next(), random.next());
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

const ENGLISH: Record<string, string> = {
  '6325': 'Hainan Prefecture (Qinghai)',
  '632521': 'Gonghe County',
  '632522': 'Tongde County',
  '632523': 'Guide County',
  '632524': 'Xinghai County',
  '632525': 'Guinan County',
};

/** The place of each division with its headcount: prefecture, 5 counties, 40 townships, 487 communities. */
export function divisionPlaces(
  divisions: readonly Division[],
  townships: readonly TownshipPoint[],
  headcounts: ReadonlyMap<string, number>,
): PlaceRow[] {
  const points = new Map(townships.map((township) => [township.division, township]));
  return divisions.map(({ level, code, name }) => {
    // A county and the prefecture are shown at their seat: 632521100 is 恰卜恰镇.
    const seat = points.get(
      level === 'prefecture' ? `${code}21100` : level === 'county' ? `${code}100` : code.slice(0, 9),
    );
    if (!seat) throw new RangeError(`no township point for ${code} ${name}; add it to hainan-townships.csv`);
    const isCommunity = level === 'community';
    const nameZh = isCommunity ? communityName(name) : name;
    const { lon, lat } = isCommunity ? communityPosition(code, seat) : seat;
    const parent = { prefecture: null, county: 4, township: 6, community: 9 }[level];
    return {
      id: divisionId(code),
      parentId: parent === null ? null : divisionId(code.slice(0, parent)),
      code,
      level,
      class: null,
      division: code,
      nameZh,
      nameEn: isCommunity ? communityNameEn(nameZh) : (ENGLISH[code] ?? seat.nameEn),
      lon,
      lat,
      approximate: true,
      indoors: false,
      headcount: headcounts.get(code) ?? 0,
      seatCount: null,
    };
  });
}
