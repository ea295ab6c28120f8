/** What a trajectory leaves open, and what in it cannot be true. Pure. */
import type { Bilingual } from '@levee/contract';

/** What the two thresholds are and why; shown with every trajectory. */
export const TRAJECTORY_RULES = {
  gapMinutes: {
    value: 120,
    unit: 'min',
    reason: {
      zh: '两小时足以到访另一场所；更短的空档多为路途，逐一追问得不偿失',
      en: 'Two hours are enough to visit another place; shorter gaps are mostly travel and not worth asking about',
    },
  },
  maxKmPerHour: {
    value: 150,
    unit: 'km/h',
    reason: {
      zh: '公路限速 120 km/h，留余量；场所坐标为近似值',
      en: 'Motorways allow 120 km/h, with a margin; positions of places are approximate',
    },
  },
} as const satisfies Record<string, { value: number; unit: string; reason: Bilingual }>;

/** Positions of townships are off by kilometres: below this distance a speed says nothing. */
const SPEED_FROM_KM = 20;

export interface TimedStay {
  readonly id: string;
  readonly placeId: string;
  readonly from: string;
  readonly until: string;
  readonly lon: number | null;
  readonly lat: number | null;
}

export interface Gap {
  readonly from: string;
  readonly until: string;
  readonly minutes: number;
}

export interface Contradiction {
  readonly kind: 'two_places' | 'too_fast';
  readonly stayIds: [string, string];
  readonly from: string;
  readonly until: string;
  readonly km: number | null;
  readonly kmPerHour: number | null;
  readonly problem: Bilingual;
}

const iso = (ms: number) => new Date(ms).toISOString();

/** Times in [from, until) longer than the threshold in which no stay lies. O(n log n). */
export function findGaps(
  stays: readonly TimedStay[],
  from: string,
  until: string,
  gapMinutes: number = TRAJECTORY_RULES.gapMinutes.value,
): Gap[] {
  const end = Date.parse(until);
  const gaps: Gap[] = [];
  let reached = Date.parse(from);
  const note = (next: number) => {
    const minutes = (next - reached) / 60_000;
    if (minutes > gapMinutes) gaps.push({ from: iso(reached), until: iso(next), minutes });
  };
  for (const stay of inOrder(stays)) {
    if (stay.start >= end) break;
    note(stay.start);
    reached = Math.max(reached, stay.end);
  }
  note(end);
  return gaps;
}

/**
 * Pairs of stays that cannot both be true: two places at one time, or more distance between the end of one and the start of
 * the next than can be travelled. A place without a position takes no part in the second test.
 */
export function findContradictions(
  stays: readonly TimedStay[],
  maxKmPerHour: number = TRAJECTORY_RULES.maxKmPerHour.value,
): Contradiction[] {
  const found: Contradiction[] = [];
  const ordered = inOrder(stays);
  let open: Ordered[] = [];
  let last: Ordered | null = null;
  for (const next of ordered) {
    open = open.filter(({ end }) => end > next.start);
    for (const before of open) {
      if (before.stay.placeId === next.stay.placeId) continue;
      found.push({
        kind: 'two_places',
        stayIds: [before.stay.id, next.stay.id],
        from: iso(next.start),
        until: iso(Math.min(before.end, next.end)),
        km: distanceKm(before.stay, next.stay),
        kmPerHour: null,
        problem: { zh: '同一时间出现在两个场所', en: 'In two places at one time' },
      });
    }
    if (last && last.end <= next.start) {
      const km = distanceKm(last.stay, next.stay);
      const hours = (next.start - last.end) / 3_600_000;
      if (km !== null && km > SPEED_FROM_KM && km > maxKmPerHour * hours) {
        const kmPerHour = hours === 0 ? null : Math.round(km / hours);
        const minutes = Math.round(hours * 60);
        found.push({
          kind: 'too_fast',
          stayIds: [last.stay.id, next.stay.id],
          from: iso(last.end),
          until: iso(next.start),
          km: Math.round(km),
          kmPerHour,
          problem: {
            zh: `${minutes} 分钟内移动约 ${Math.round(km)} 公里，不可能`,
            en: `About ${Math.round(km)} km in ${minutes} min cannot be travelled`,
          },
        });
      }
    }
    open.push(next);
    if (!last || next.end >= last.end) last = next;
  }
  return found;
}

interface Ordered {
  readonly stay: TimedStay;
  readonly start: number;
  readonly end: number;
}

const inOrder = (stays: readonly TimedStay[]): Ordered[] =>
  stays
    .map((stay) => ({ stay, start: Date.parse(stay.from), end: Date.parse(stay.until) }))
    .sort((a, b) => a.start - b.start || a.end - b.end);

const EARTH_RADIUS_KM = 6371;

/** Great-circle distance in km (haversine); null where a position is missing. */
export function distanceKm(
  a: Pick<TimedStay, 'lon' | 'lat'>,
  b: Pick<TimedStay, 'lon' | 'lat'>,
): number | null {
  if (a.lon === null || a.lat === null || b.lon === null || b.lat === null) return null;
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const h =
    Math.sin(radians(b.lat - a.lat) / 2) ** 2 +
    Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(radians(b.lon - a.lon) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}
