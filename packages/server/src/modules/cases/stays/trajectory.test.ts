import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceKm, findContradictions, findGaps, type TimedStay } from './trajectory.ts';

const DAY = Date.parse('2022-08-11T00:00:00+08:00');
const at = (minute: number) => new Date(DAY + minute * 60_000).toISOString();
const stay = (
  id: string,
  place: string,
  from: number,
  until: number,
  lon = 100.6,
  lat = 36.3,
): TimedStay => ({
  id,
  placeId: place,
  from: at(from),
  until: at(until),
  lon,
  lat,
});
const anyStays = fc
  .array(
    fc.record({
      start: fc.integer({ min: -300, max: 1700 }),
      length: fc.integer({ min: 1, max: 500 }),
      place: fc.constantFrom('a', 'b', 'c'),
    }),
    { maxLength: 12 },
  )
  .map((list) => list.map(({ start, length, place }, i) => stay(String(i), place, start, start + length)));

describe('what a trajectory leaves open', () => {
  it('more than two hours nobody accounts for is a gap, two hours are not [B2]', () => {
    const stays = [stay('1', 'a', 0, 600), stay('2', 'b', 720, 900), stay('3', 'c', 1021, 1440)];
    expect(findGaps(stays, at(0), at(1440))).toEqual([{ from: at(900), until: at(1021), minutes: 121 }]);
  });

  it('every minute lies in a stay, in a gap, or in an opening no longer than the threshold [B2]', () => {
    fc.assert(
      fc.property(anyStays, (stays) => {
        const gaps = findGaps(stays, at(0), at(1440), 60);
        const covered = (minute: number, list: readonly { from: string; until: string }[]) =>
          list.some(
            ({ from, until }) =>
              Date.parse(from) <= DAY + minute * 60_000 && DAY + minute * 60_000 < Date.parse(until),
          );
        let opening = 0;
        for (let minute = 0; minute < 1440; minute += 1) {
          const inGap = covered(minute, gaps);
          const inStay = covered(minute, stays);
          expect(inGap && inStay).toBe(false);
          opening = inGap || inStay ? 0 : opening + 1;
          expect(opening).toBeLessThanOrEqual(60);
        }
        for (const { minutes } of gaps) expect(minutes).toBeGreaterThan(60);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what cannot be true', () => {
  it('being in two places at one time is pointed out, touching stays and one place twice are not [B2]', () => {
    expect(findContradictions([stay('1', 'a', 0, 60), stay('2', 'b', 60, 90)])).toEqual([]);
    expect(findContradictions([stay('1', 'a', 0, 60), stay('2', 'a', 30, 90)])).toEqual([]);
    expect(findContradictions([stay('1', 'a', 0, 60), stay('2', 'b', 30, 90)])).toMatchObject([
      { kind: 'two_places', stayIds: ['1', '2'], from: at(30), until: at(60) },
    ]);
  });

  it('the pairs in two places are exactly those an all-pairs comparison finds [B2]', () => {
    fc.assert(
      fc.property(anyStays, (stays) => {
        const found = findContradictions(stays)
          .filter(({ kind }) => kind === 'two_places')
          .map(({ stayIds }) => [...stayIds].sort().join());
        const expected = stays.flatMap((a, i) =>
          stays
            .slice(i + 1)
            .filter((b) => a.placeId !== b.placeId && a.from < b.until && b.from < a.until)
            .map((b) => [a.id, b.id].sort().join()),
        );
        expect(found.sort()).toEqual(expected.sort());
      }),
    );
  });

  it('140 km in half an hour cannot be travelled, in two hours it can [B2]', () => {
    const qinghaiLake = { lon: 99.0, lat: 36.3 };
    const far = (from: number) => stay('2', 'b', from, from + 60, qinghaiLake.lon, qinghaiLake.lat);
    expect(distanceKm({ lon: 100.6, lat: 36.3 }, qinghaiLake)).toBeGreaterThan(140);
    expect(findContradictions([stay('1', 'a', 0, 60), far(90)])).toMatchObject([{ kind: 'too_fast' }]);
    expect(findContradictions([stay('1', 'a', 0, 60), far(180)])).toEqual([]);
  });

  it('a place without a position is not held against anyone [B2]', () => {
    const nowhere = { ...stay('2', 'b', 61, 90), lon: null, lat: null };
    expect(findContradictions([stay('1', 'a', 0, 60), nowhere])).toEqual([]);
  });
});
