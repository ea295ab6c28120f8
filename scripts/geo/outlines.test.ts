import { readFileSync } from 'node:fs';
import area from '@turf/area';
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import { kinks } from '@turf/kinks';
import { merge, neighbors } from 'topojson-client';
import { topology } from 'topojson-server';
import type { GeometryCollection, MultiPolygon, Polygon } from 'topojson-specification';
import { describe, expect, it } from 'vitest';
import { type CountyCollection, MAX_POINTS, type Position, pointCount, polygonsOf } from './outlines.ts';

interface Outline {
  division: string;
  name: string;
  nameEn: string;
  labelPoint: Position;
  approximate: boolean;
  source: string;
}

/** km², the figures of data/geo/SOURCES.md. */
const AREAS = { '632521': 16_603, '632522': 4_686, '632523': 3_509, '632524': 12_196, '632525': 6_643 };

const path = new URL('../../data/geo/hainan-outlines.geojson', import.meta.url);
const outlines = JSON.parse(readFileSync(path, 'utf8')) as CountyCollection<Outline>;
const km2 = (shape: unknown) => area(shape as never) / 1e6;
const shared = topology({ counties: outlines as never });
const counties = shared.objects['counties'] as GeometryCollection;

describe('the county outlines', () => {
  it('are the five counties, each named in two languages and marked approximate with its source', () => {
    expect(outlines.features.map((f) => f.properties.division)).toEqual(Object.keys(AREAS));
    for (const { properties } of outlines.features) {
      expect(properties.name).toMatch(/^\p{Script=Han}+县$/u);
      expect(properties.nameEn).toMatch(/^[A-Z][a-z]+ County$/);
      expect(properties).toMatchObject({ approximate: true, source: expect.stringContaining('AMap') });
    }
  });

  it(`have at most ${MAX_POINTS} points each`, () => {
    for (const county of outlines.features) expect(pointCount(county)).toBeLessThanOrEqual(MAX_POINTS);
  });

  it('keep the area of each county within 3 %', () => {
    for (const county of outlines.features) {
      const expected = AREAS[county.properties.division as keyof typeof AREAS];
      expect(Math.abs(km2(county) / expected - 1)).toBeLessThan(0.03);
    }
  });

  it('never cross themselves', () => {
    for (const county of outlines.features) expect(kinks(county as never).features).toEqual([]);
  });

  it('share their borders: merged they leave neither a hole nor an overlap', () => {
    const whole = merge(shared, counties.geometries as (Polygon | MultiPolygon)[]);
    // The prefecture is one piece and the exclave of Guinan in the south-east, no holes in either.
    expect(whole.coordinates.map((polygon) => polygon.length)).toEqual([1, 1]);
    const sum = outlines.features.reduce((total, county) => total + km2(county), 0);
    expect(Math.abs(km2(whole) / sum - 1)).toBeLessThan(1e-9);
    const [gonghe, tongde, guide, xinghai, guinan] = [0, 1, 2, 3, 4];
    const touching = neighbors(counties.geometries).map((list) => list.toSorted());
    expect(touching[guinan]).toEqual([gonghe, tongde, guide, xinghai]);
    expect(touching[gonghe]).toEqual([guide, xinghai, guinan]);
  });

  it('lie in the prefecture, each label inside its own county', () => {
    for (const county of outlines.features) {
      for (const [lon, lat] of polygonsOf(county).flat(2)) {
        expect(lon).toBeGreaterThan(98.5);
        expect(lon).toBeLessThan(102);
        expect(lat).toBeGreaterThan(34.5);
        expect(lat).toBeLessThan(37.5);
      }
      const inside = outlines.features.filter((f) =>
        booleanPointInPolygon(county.properties.labelPoint, f as never),
      );
      expect(inside.map((f) => f.properties.division)).toEqual([county.properties.division]);
    }
  });
});
