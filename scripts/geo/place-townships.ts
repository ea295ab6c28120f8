/**
 * node scripts/geo/place-townships.ts
 *
 * Writes data/geo/hainan-townships.csv: a point for each of the 40 township-level units. No source gives their
 * positions, so a unit is either where general knowledge puts it or spread inside its county; both are approximate.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import { pinyin } from 'pinyin-pro';
import { type CountyCollection, type Position, polygonsOf, type Ring } from './outlines.ts';

const KNOWN = 'general knowledge; not surveyed';
const PLACED = 'none: placed inside the county outline';

/** County seats to 0.01°, and towns on the main roads and the lake to about 5 km. */
const known: Record<string, Position> = {
  恰卜恰镇: [100.62, 36.28],
  尕巴松多镇: [100.58, 35.25],
  河阴镇: [101.43, 36.04],
  子科滩镇: [99.99, 35.59],
  茫曲镇: [100.75, 35.59],
  倒淌河镇: [100.97, 36.39],
  龙羊峡镇: [100.92, 36.13],
  黑马河镇: [99.79, 36.72],
  江西沟镇: [100.28, 36.61],
  石乃亥镇: [99.59, 36.99],
  河卡镇: [99.99, 35.88],
};

/** Rough shore of Qinghai Lake, which the outline of Gonghe takes in: nobody lives there. General knowledge. */
const lake: Ring = [
  [99.6, 37.05],
  [99.8, 36.86],
  [99.82, 36.73],
  [100.1, 36.66],
  [100.45, 36.58],
  [100.74, 36.55],
  [100.85, 36.75],
  [100.5, 37.0],
  [100.2, 37.2],
  [99.7, 37.2],
  [99.6, 37.05],
];

/** Statistical units without a town or township in their name, and the one whose name says more than a sound. */
const english: Record<string, string> = {
  海南州绿色产业发展园区管理区委员会: 'Hainan Green Industry Park',
  巴卡台农场: 'Bakatai Farm',
  安置农场: 'Anzhi Farm',
  铁卜加草改站: 'Tiebujia Grassland Station',
  新街回族乡: 'Xinjie Hui Township',
  曲什安镇: "Qushi'an Town",
  龙藏乡: 'Longzang Township',
};

const read = (name: string) => readFileSync(new URL(`../../data/geo/${name}`, import.meta.url), 'utf8');
const outlines = JSON.parse(read('hainan-outlines.geojson')) as CountyCollection<{ division: string }>;
const townships = read('hainan-divisions.csv')
  .trim()
  .split('\n')
  .map((line) => line.split(','))
  .filter(([level]) => level === 'township')
  .map(([, code, name]) => ({ division: code!.slice(0, 9), name: name! }));

const lines = ['division,name,nameEn,lon,lat,approximate,source'];
for (const outline of outlines.features) {
  const members = townships.filter(({ division }) => division.startsWith(outline.properties.division));
  const taken = members.map(({ name }) => known[name]).filter((point) => point !== undefined);
  for (const { division, name } of members) {
    const [lon, lat] = known[name] ?? nextFree(outline, taken);
    const source = known[name] ? KNOWN : PLACED;
    lines.push([division, name, englishName(name), lon.toFixed(2), lat.toFixed(2), true, source].join(','));
  }
}
writeFileSync(new URL('../../data/geo/hainan-townships.csv', import.meta.url), `${lines.join('\n')}\n`);

/** The candidate farthest from the places taken and from the border; it is taken then. */
function nextFree(outline: (typeof outlines.features)[number], taken: Position[]): Position {
  const border = polygonsOf(outline).flat(2);
  let best: Position | undefined;
  let bestRoom = -1;
  for (let i = 1; i <= 600; i++) {
    const point: Position = [98.9 + 2.9 * radicalInverse(i, 2), 34.6 + 2.6 * radicalInverse(i, 3)];
    if (
      !booleanPointInPolygon(point, outline as never) ||
      booleanPointInPolygon(point, { type: 'Polygon', coordinates: [lake] })
    )
      continue;
    const room = Math.min(
      ...taken.map((other) => distance(point, other)),
      ...border.map((other) => 2 * distance(point, other)),
    );
    if (room > bestRoom) [best, bestRoom] = [point, room];
  }
  taken.push(best!);
  return best!;
}

/** Halton's low-discrepancy sequence: the i-th number in [0, 1) for a prime base. */
function radicalInverse(i: number, base: number): number {
  let result = 0;
  for (let weight = 1 / base; i > 0; weight /= base) {
    result += (i % base) * weight;
    i = Math.floor(i / base);
  }
  return result;
}

/** In degrees of latitude; good enough to compare within a county. */
function distance([lon, lat]: Position, [otherLon, otherLat]: Position): number {
  return Math.hypot((lon - otherLon) * Math.cos((lat * Math.PI) / 180), lat - otherLat);
}

function englishName(name: string): string {
  if (english[name]) return english[name];
  const sound = pinyin(name.slice(0, -1), { toneType: 'none', type: 'array' }).join('');
  return `${sound[0]!.toUpperCase()}${sound.slice(1)} ${name.endsWith('镇') ? 'Town' : 'Township'}`;
}
