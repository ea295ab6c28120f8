/** An authority's own outlines as GeoJSON: what each feature is, in WGS-84, or why it cannot stand. Pure. */
import { kinks } from '@turf/kinks';
import gcoordModule from 'gcoord';
import { insidePoint, type Polygons, type Position, polygonsOf } from './inside-point.ts';
import { UnreadableMapError, type Verdict } from './verdict.ts';

// gcoord's typings promise a `default` that its CommonJS build does not have.
const gcoord = gcoordModule as unknown as typeof gcoordModule.default;

export type Datum = 'wgs84' | 'gcj02';

export interface KnownArea {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly lon: number | null;
  readonly lat: number | null;
}

export interface OutlineFeature {
  readonly division: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly labelPoint: Position;
  readonly geometry: { readonly type: 'MultiPolygon'; readonly coordinates: Polygons };
}

export interface OutlinesFile {
  readonly outlines: readonly OutlineFeature[];
  readonly verdicts: readonly Verdict[];
}

/** Mainland coordinates with a margin: beyond it lon and lat are swapped, or the numbers are metres. */
const LIMITS = { west: 73, east: 136, south: 3, north: 54 } as const;
/** An outline whose area's seat lies further off than this belongs to another code. */
const FAR_KM = 300;
/** CGCS2000 and WGS-84 agree to centimetres. */
const DEGREES = /CRS84|EPSG:{1,2}4326|EPSG:{1,2}4490/i;

interface Feature {
  readonly properties: Record<string, unknown> | null;
  readonly geometry: { readonly type: string; readonly coordinates: unknown } | null;
}

/** Reads the outlines. `known`: the areas of the tree by code. */
export function readOutlinesFile(
  text: string,
  known: ReadonlyMap<string, KnownArea>,
  datum: Datum,
): OutlinesFile {
  const features = featuresOf(text);
  const verdicts: Verdict[] = [];
  const outlines: OutlineFeature[] = [];
  const seen = new Set<string>();
  for (const [index, feature] of features.entries()) {
    const properties = feature.properties ?? {};
    const code = shortCode(
      String(properties['division'] ?? properties['code'] ?? properties['adcode'] ?? ''),
    );
    const name = String(properties['name'] ?? '');
    const where = {
      zh: `第 ${index + 1} 个要素（${[code, name].filter(Boolean).join(' ') || '无代码'}）`,
      en: `feature ${index + 1} (${[code, name].filter(Boolean).join(' ') || 'no code'})`,
    };
    const wrong = (zh: string, en: string) => verdicts.push({ where, problem: { zh, en } });
    const area = known.get(code);
    if (code === '') wrong('没有 division、code 或 adcode 属性', 'has no property division, code or adcode');
    else if (!area) wrong(`代码 ${code} 不在区划中`, `${code} is not in the division tree`);
    else if (seen.has(code)) wrong(`代码 ${code} 出现了两次`, `${code} comes twice`);
    seen.add(code);
    const given = polygonsOf(feature.geometry);
    if (!given) {
      wrong(
        `几何类型须为 Polygon 或 MultiPolygon，现为 ${feature.geometry?.type ?? '空'}`,
        `the geometry has to be Polygon or MultiPolygon, it is ${feature.geometry?.type ?? 'empty'}`,
      );
      continue;
    }
    const faults = faultsOf(given);
    for (const { zh, en } of faults) wrong(zh, en);
    if (!area || faults.length > 0) continue;
    const polygons = datum === 'gcj02' ? given.map((rings) => rings.map((ring) => ring.map(toWgs84))) : given;
    const labelPoint = insidePoint(polygons);
    const km = area.lon === null || area.lat === null ? 0 : distanceKm(labelPoint, [area.lon, area.lat]);
    if (km > FAR_KM) {
      wrong(
        `离${area.nameZh}的位置约 ${Math.round(km)} 千米：代码与轮廓不符`,
        `lies about ${Math.round(km)} km from ${area.nameEn}: code and outline do not belong together`,
      );
      continue;
    }
    outlines.push({
      division: code,
      nameZh: area.nameZh,
      nameEn: area.nameEn,
      labelPoint,
      geometry: { type: 'MultiPolygon', coordinates: polygons },
    });
  }
  return { outlines, verdicts };
}

const shortCode = (code: string) => (/^\d{12}$/.test(code) ? code.replace(/(000)+$/, '') : code);

function featuresOf(text: string): readonly Feature[] {
  let given: { type?: string; features?: Feature[]; crs?: { properties?: { name?: string } } };
  try {
    given = JSON.parse(text);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new UnreadableMapError(`文件不是 JSON：${said}\nThe file is not JSON: ${said}`);
  }
  if (given.type !== 'FeatureCollection' || !Array.isArray(given.features) || given.features.length === 0) {
    throw new UnreadableMapError(
      '文件须为含要素的 GeoJSON FeatureCollection\nThe file has to be a GeoJSON FeatureCollection with features',
    );
  }
  const crs = given.crs?.properties?.name;
  if (crs && !DEGREES.test(crs)) {
    throw new UnreadableMapError(
      `坐标系是 ${crs}；请转为经纬度（WGS-84、CGCS2000），或用 --datum gcj02 说明是火星坐标\n` +
        `The coordinates are in ${crs}; convert them to degrees of WGS-84 or CGCS2000, or say --datum gcj02`,
    );
  }
  return given.features;
}

function faultsOf(polygons: Polygons): { zh: string; en: string }[] {
  const faults: { zh: string; en: string }[] = [];
  for (const rings of polygons) {
    for (const ring of rings) {
      const [first, last] = [ring[0], ring.at(-1)];
      if (ring.length < 4 || first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) {
        return [
          {
            zh: '有边界没有闭合（首尾点须相同，至少四点）',
            en: 'a ring is not closed (first = last, four points)',
          },
        ];
      }
      const outside = ring.find(
        ([lon, lat]) =>
          !(lon >= LIMITS.west && lon <= LIMITS.east && lat >= LIMITS.south && lat <= LIMITS.north),
      );
      if (outside) {
        const swapped = outside[1] >= LIMITS.west && outside[0] <= LIMITS.north;
        return [
          {
            zh: `坐标 ${outside.join(', ')} 不在国内${swapped ? '：经度、纬度颠倒了' : ''}`,
            en: `${outside.join(', ')} lies outside the country${swapped ? ': lon and lat are swapped' : ''}`,
          },
        ];
      }
    }
    const crossing = kinks({
      type: 'Polygon',
      coordinates: rings.map((ring) => ring.map(([lon, lat]) => [lon, lat])),
    }).features[0];
    if (crossing) {
      const [lon, lat] = crossing.geometry.coordinates.map((degrees) => degrees.toFixed(4));
      faults.push({
        zh: `边界在 ${lon}, ${lat} 处自相交`,
        en: `the outline crosses itself at ${lon}, ${lat}`,
      });
    }
  }
  return faults;
}

const toWgs84 = ([lon, lat]: Position): Position => {
  const [x, y] = gcoord.transform([lon, lat], gcoord.GCJ02, gcoord.WGS84) as [number, number];
  return [Number(x.toFixed(6)), Number(y.toFixed(6))];
};

function distanceKm([lonA, latA]: Position, [lonB, latB]: Position): number {
  const rad = Math.PI / 180;
  const x = (lonB - lonA) * rad * Math.cos(((latA + latB) / 2) * rad);
  return 6371 * Math.hypot(x, (latB - latA) * rad);
}
