import type { ScanPlace } from './scan.ts';

/** A circle: the places of `order` up to and including `last`. Only the last place of equal distances ends a circle. */
export type Circles = { centre: number; order: Int32Array; distances: Float64Array; ends: Uint8Array };

/** Days `from` to `until` (both inside), counted from 0. */
export type Window = { from: number; until: number };

const EARTH_RADIUS_KM = 6371.0088;

/**
 * The circles around every place: places by distance, up to `maxRadius` and to `maxCases` cases inside.
 *
 * @param casesOf cases of each place over the whole period; places without cases are centres, but never members
 */
export function drawCircles(
  places: ScanPlace[],
  casesOf: ArrayLike<number>,
  {
    maxRadius,
    maxCases,
    coordinates,
  }: { maxRadius: number; maxCases: number; coordinates: 'degrees' | 'plane' },
): Circles[] {
  const distance = coordinates === 'plane' ? planeDistance : greatCircleKm;
  return places.map((middle, centre) => {
    const near = places
      .map((place, index) => ({ index, distance: distance(middle, place) }))
      .filter((place) => place.distance <= maxRadius && casesOf[place.index]! > 0)
      .sort((a, b) => a.distance - b.distance || a.index - b.index);
    let length = 0;
    for (let inside = 0, i = 0; i < near.length; i++) {
      inside += casesOf[near[i]!.index]!;
      if (inside > maxCases) break;
      if (near[i]!.distance !== near[i + 1]?.distance) length = i + 1;
    }
    const members = near.slice(0, length);
    return {
      centre,
      order: Int32Array.from(members, (place) => place.index),
      distances: Float64Array.from(members, (place) => place.distance),
      ends: Uint8Array.from(members, (place, i) => Number(place.distance !== members[i + 1]?.distance)),
    };
  });
}

/** All durations up to `maxDays` that end on the last day, or on any day. */
export function drawWindows(
  daysCount: number,
  maxDays: number,
  mode: 'prospective' | 'retrospective',
): Window[] {
  const windows: Window[] = [];
  for (let until = mode === 'prospective' ? daysCount - 1 : 0; until < daysCount; until++) {
    for (let from = until; from >= Math.max(0, until - maxDays + 1); from--) windows.push({ from, until });
  }
  return windows;
}

function planeDistance(a: ScanPlace, b: ScanPlace): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** Haversine formula on the mean earth. */
function greatCircleKm(a: ScanPlace, b: ScanPlace): number {
  const radians = Math.PI / 180;
  const h =
    Math.sin(((b.y - a.y) * radians) / 2) ** 2 +
    Math.cos(a.y * radians) * Math.cos(b.y * radians) * Math.sin(((b.x - a.x) * radians) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}
