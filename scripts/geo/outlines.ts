import gcoordModule from 'gcoord';
import { feature } from 'topojson-client';
import { topology } from 'topojson-server';
import { presimplify, simplify } from 'topojson-simplify';
import type { GeometryCollection, Topology } from 'topojson-specification';

// gcoord's typings promise a `default` that its CommonJS build does not have.
const gcoord = gcoordModule as unknown as typeof gcoordModule.default;

export type Position = [lon: number, lat: number];
export type Ring = Position[];

export interface CountyProperties {
  adcode: string;
  name: string;
  name_en: string;
  label_point: Position;
}

export interface CountyFeature<P> {
  type: 'Feature';
  properties: P;
  geometry: { type: 'Polygon'; coordinates: Ring[] } | { type: 'MultiPolygon'; coordinates: Ring[][] };
}

export interface CountyCollection<P> {
  type: 'FeatureCollection';
  features: CountyFeature<P>[];
}

/** At most this many points in one county, its exclaves counted in and the closing points left out. */
export const MAX_POINTS = 150;

/** Degrees, about 180–220 m. Two grid steps of the source: coarse enough to weld the slivers between neighbours. */
const GRID = 0.002;

/**
 * Generalises county boundaries for display: GCJ-02 to WGS-84, vertices snapped to one grid, self-touching lobes
 * cut off, then Visvalingam simplification on the shared arcs, so that a border between two counties stays one line.
 *
 * The weakest threshold that brings every county to MAX_POINTS is used.
 */
export function generaliseOutlines(
  source: CountyCollection<CountyProperties>,
): CountyCollection<CountyProperties> {
  const counties = structuredClone(source);
  gcoord.transform(counties as never, gcoord.GCJ02, gcoord.WGS84);
  for (const county of counties.features) {
    county.properties.label_point = gcoord.transform(
      county.properties.label_point,
      gcoord.GCJ02,
      gcoord.WGS84,
    ) as Position;
    for (const polygon of polygonsOf(county))
      for (let i = 0; i < polygon.length; i++) polygon[i] = withoutLobes(polygon[i]!.map(snap));
  }
  const arcs = presimplify(topology({ counties: counties as never }) as unknown as Topology<Objects>);
  for (let threshold = 1e-5; threshold < 1e-2; threshold *= 1.1) {
    const simplified = simplify(arcs, threshold);
    const outlines = feature(simplified, simplified.objects.counties) as unknown as typeof counties;
    if (outlines.features.every((county) => pointCount(county) <= MAX_POINTS)) return outlines;
  }
  throw new RangeError(`no threshold brings every county to ${MAX_POINTS} points; look at the source`);
}

type Objects = { counties: GeometryCollection };

/** Points of all rings, the repeated closing point of each ring not counted. */
export function pointCount(county: CountyFeature<unknown>): number {
  return polygonsOf(county)
    .flat()
    .reduce((sum, ring) => sum + ring.length - 1, 0);
}

export function polygonsOf(county: CountyFeature<unknown>): Ring[][] {
  return county.geometry.type === 'Polygon' ? [county.geometry.coordinates] : county.geometry.coordinates;
}

function snap(point: Position): Position {
  return point.map((degree) => Number((Math.round(degree / GRID) * GRID).toFixed(3))) as Position;
}

/**
 * Where a ring passes a vertex a second time it pinches off a lobe; the smaller side goes.
 * The neighbour's ring pinches at the same vertex, so it takes over what this one loses.
 */
function withoutLobes(ring: Ring): Ring {
  let kept: Ring = [];
  for (const point of ring.slice(0, -1)) {
    const seen = kept.findIndex((earlier) => earlier[0] === point[0] && earlier[1] === point[1]);
    if (seen < 0) {
      kept.push(point);
      continue;
    }
    const lobe = kept.slice(seen);
    const rest = [...kept.slice(0, seen), point];
    kept = ringArea(lobe) > ringArea(rest) && lobe.length > rest.length ? [...lobe.slice(1), point] : rest;
  }
  return [...kept, kept[0]!];
}

/** In square degrees; only compared, never shown. */
function ringArea(ring: Ring): number {
  let twice = 0;
  ring.forEach(([x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!;
    twice += x * nextY - nextX * y;
  });
  return Math.abs(twice) / 2;
}
