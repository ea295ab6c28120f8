import { readFileSync } from 'node:fs';
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import { describe, expect, it } from 'vitest';

const read = (name: string) => readFileSync(new URL(`../../data/geo/${name}`, import.meta.url), 'utf8');
const outlines = JSON.parse(read('hainan-outlines.geojson'));
const [header, ...rows] = read('hainan-townships.csv').trim().split('\n');
const townships = rows.map(
  (row) => row.split(',') as [string, string, string, string, string, string, string],
);

describe('the township points', () => {
  it('are the 40 township-level units of the division list', () => {
    expect(header).toBe('division,name,nameEn,lon,lat,approximate,source');
    const divisions = read('hainan-divisions.csv').trim().split('\n');
    const listed = divisions
      .filter((line) => line.startsWith('township,'))
      .map((line) => [line.split(',')[1]!.slice(0, 9), line.split(',')[2]]);
    expect(townships.map(([division, name]) => [division, name])).toEqual(listed);
    expect(townships).toHaveLength(40);
  });

  it('lie inside their own county', () => {
    for (const [division, name, , lon, lat] of townships) {
      const inside = outlines.features.filter((f: never) =>
        booleanPointInPolygon([Number(lon), Number(lat)], f),
      );
      expect([name, inside.map((f: { properties: { division: string } }) => f.properties.division)]).toEqual([
        name,
        [division.slice(0, 6)],
      ]);
    }
  });

  it('all say that they are approximate and what stands behind them', () => {
    for (const [, , nameEn, , , approximate, source] of townships) {
      expect(nameEn).toMatch(/^[A-Z][A-Za-z' ]+$/);
      expect(approximate).toBe('true');
      expect(source).toMatch(/^(general knowledge; not surveyed|none: placed inside the county outline)$/);
    }
  });

  it('keep 4 km between any two, so that no point hides another', () => {
    const near: string[] = [];
    townships.forEach(([, a, , lonA, latA], i) => {
      for (const [, b, , lonB, latB] of townships.slice(i + 1)) {
        const km = Math.hypot((Number(lonA) - Number(lonB)) * 90, (Number(latA) - Number(latB)) * 111);
        if (km < 4) near.push(`${a} ${b}`);
      }
    });
    expect(near).toEqual([]);
  });
});
