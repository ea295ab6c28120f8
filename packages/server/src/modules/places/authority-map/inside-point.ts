/** Where an area is labelled: a point that lies inside it whatever its shape. Pure. */

export type Position = readonly [lon: number, lat: number];
/** Polygons of rings of positions: the coordinates of a GeoJSON MultiPolygon. */
export type Polygons = readonly (readonly (readonly Position[])[])[];

/** The polygons of a Polygon or MultiPolygon; null for anything else or for coordinates that are no numbers. */
export function polygonsOf(
  geometry: { readonly type: string; readonly coordinates: unknown } | null,
): Polygons | null {
  if (!geometry) return null;
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return null;
  if (!isListOf(polygons, (rings) => isListOf(rings, (ring) => isListOf(ring, isPosition)))) return null;
  return (polygons as number[][][][]).map((rings) =>
    // A third number is a height, which no outline needs.
    rings.map((ring) => ring.map((position) => [position[0]!, position[1]!] as const)),
  );
}

const isListOf = (value: unknown, is: (item: unknown) => boolean): value is unknown[] =>
  Array.isArray(value) && value.length > 0 && value.every(is);
const isPosition = (value: unknown): boolean =>
  Array.isArray(value) && value.length >= 2 && value.slice(0, 2).every((each) => Number.isFinite(each));

/** Middle of the widest stretch, on the line through the middle of the largest polygon, that lies inside it. */
export function insidePoint(polygons: Polygons): Position {
  const rings = [...polygons].sort((a, b) => areaOf(b[0]!) - areaOf(a[0]!))[0]!;
  const lats = rings[0]!.map(([, lat]) => lat);
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  // Just off the middle, so that the line runs through no corner of a square.
  const lat = south + (north - south) * 0.4999;
  const crossings = rings
    .flatMap((ring) =>
      ring.slice(1).flatMap(([lon, to], index) => {
        const [lonBefore, from] = ring[index]!;
        if (from > lat === to > lat) return [];
        return [lonBefore + ((lat - from) / (to - from)) * (lon - lonBefore)];
      }),
    )
    .sort((a, b) => a - b);
  let best: Position = rings[0]![0]!;
  let width = -1;
  for (let each = 0; each + 1 < crossings.length; each += 2) {
    const [west, east] = [crossings[each]!, crossings[each + 1]!];
    if (east - west <= width) continue;
    width = east - west;
    best = [Number(((west + east) / 2).toFixed(5)), Number(lat.toFixed(5))];
  }
  return best;
}

/** Twice the area in square degrees, without sign: only to find the largest. */
function areaOf(ring: readonly Position[]): number {
  let sum = 0;
  for (let index = 1; index < ring.length; index += 1) {
    const [[lonA, latA], [lonB, latB]] = [ring[index - 1]!, ring[index]!];
    sum += lonA * latB - lonB * latA;
  }
  return Math.abs(sum);
}
