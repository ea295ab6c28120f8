import type { FeatureCollection, MultiPolygon, Point, Polygon, Position } from 'geojson';
import type { RiskLevel } from '../risk-mark/risk-mark.tsx';

/** Longitude, latitude, WGS-84. */
export type LngLat = readonly [lng: number, lat: number];

/** Outlines as data/geo carries them. */
export interface OutlineProperties {
  readonly division: string;
  readonly name: string;
  readonly nameEn: string;
  readonly labelPoint: readonly number[];
}
export type Outlines = FeatureCollection<Polygon | MultiPolygon, OutlineProperties>;

/** Shade of a division, 1 (least) to 5; a rate, never a bare count. null: too few to show, or not known. */
export type Shade = 1 | 2 | 3 | 4 | 5 | null;

export interface MapPoint {
  readonly id: string;
  readonly name: string;
  readonly at: LngLat;
  /** A position without a source is drawn hollow and said to be approximate. */
  readonly approximate?: boolean;
  /** What the list says after the name. */
  readonly note?: string;
  /** Larger and in the accent: something is going on here. */
  readonly marked?: boolean;
}

export interface MapArea {
  readonly id: string;
  readonly name: string;
  readonly level: RiskLevel;
  /** A point where no outline is known. */
  readonly geometry: Polygon | MultiPolygon | Point;
  readonly note?: string;
}

/** One stay of a trajectory; in order of time. */
export interface MapStay {
  readonly id: string;
  readonly name: string;
  readonly at: LngLat;
  readonly approximate?: boolean;
  /** Usually from–until. */
  readonly note?: string;
}

export interface MapData {
  readonly outlines: Outlines;
  readonly shades?: Readonly<Record<string, Shade>>;
  readonly points?: readonly MapPoint[];
  readonly areas?: readonly MapArea[];
  readonly stays?: readonly MapStay[];
}

export type MapThing = 'division' | 'point' | 'area' | 'stay';

/** West, south, east, north of everything drawn; null when there is nothing. */
export function boundsOf(data: MapData): [number, number, number, number] | null {
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  const take = ([lng = 0, lat = 0]: Position | LngLat) => {
    bounds[0] = Math.min(bounds[0], lng);
    bounds[1] = Math.min(bounds[1], lat);
    bounds[2] = Math.max(bounds[2], lng);
    bounds[3] = Math.max(bounds[3], lat);
  };
  for (const { geometry } of data.outlines.features) {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    for (const ring of polygons.flat()) ring.forEach(take);
  }
  for (const { at } of [...(data.points ?? []), ...(data.stays ?? [])]) take(at);
  return Number.isFinite(bounds[0]) ? bounds : null;
}
