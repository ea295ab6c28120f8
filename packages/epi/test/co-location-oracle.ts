import type {
  Meeting,
  SearchWindow,
  SecondOrderMeeting,
  SecondOrderOptions,
  Stay,
} from '../src/co-location/stay.ts';

/**
 * The definition of a meeting in the README, written down a second time without any index: every stay against every
 * stay. Deliberately shares no code with the index.
 */
export function firstOrderOracle(
  stays: readonly Stay[],
  windows: readonly SearchWindow[],
  minMinutes = 0,
): Meeting[] {
  const found: Meeting[] = [];
  windows.forEach((window, number) => {
    for (const source of sourcesOf(stays, window)) {
      const sourceUntil = source.until + 60 * (window.lingeringMinutes ?? 0);
      for (const contact of stays) {
        if (contact.place !== source.place || contact.person === window.person) continue;
        if (!meets(source.from, sourceUntil, contact.from, contact.until)) continue;
        const from = Math.max(source.from, contact.from);
        const until = Math.min(sourceUntil, contact.until);
        const minutes = Math.max(0, until - from) / 60;
        if (minutes < minMinutes) continue;
        const { person, place } = contact;
        found.push({
          window: number,
          person,
          place,
          from,
          until,
          minutes,
          sourceStay: source.whole,
          contactStay: { from: contact.from, until: contact.until },
        });
      }
    }
  });
  return found.sort((a, b) => compareLists(keyOf(a), keyOf(b)));
}

const keyOf = ({ window, from, until, person, place, sourceStay, contactStay }: Meeting) => [
  ...[window, from, until, person, place],
  ...[sourceStay?.from ?? 0, sourceStay?.until ?? 0, contactStay.from, contactStay.until],
];

function compareLists(a: (string | number)[], b: (string | number)[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at === -1 ? 0 : a[at]! < b[at]! ? -1 : 1;
}

/** Who met which source, seconds added up: a map from "window person" to seconds and first meeting. */
export function pairsOracle(stays: readonly Stay[], windows: readonly SearchWindow[], minTotalMinutes = 0) {
  const pairs = new Map<string, { seconds: number; firstFrom: number }>();
  for (const { window, person, minutes, from } of firstOrderOracle(stays, windows)) {
    if (person !== windows[window]!.person) addTo(pairs, `${window} ${person}`, 60 * minutes, from);
  }
  return new Map([...pairs].filter(([, { seconds }]) => seconds >= 60 * minTotalMinutes).sort());
}

/** Who met any of the sources, seconds of all meetings added up. */
export function peopleOracle(stays: readonly Stay[], windows: readonly SearchWindow[], minTotalMinutes = 0) {
  const people = new Map<string, { seconds: number; firstFrom: number }>();
  for (const { person, minutes, from } of firstOrderOracle(stays, windows)) {
    if (!windows.some((window) => window.person === person)) addTo(people, person, 60 * minutes, from);
  }
  return new Map([...people].filter(([, { seconds }]) => seconds >= 60 * minTotalMinutes).sort());
}

function addTo(
  totals: Map<string, { seconds: number; firstFrom: number }>,
  key: string,
  seconds: number,
  from: number,
): void {
  const before = totals.get(key) ?? { seconds: 0, firstFrom: Number.POSITIVE_INFINITY };
  totals.set(key, { seconds: before.seconds + seconds, firstFrom: Math.min(before.firstFrom, from) });
}

export function secondOrderOracle(
  stays: readonly Stay[],
  windows: readonly SearchWindow[],
  options: SecondOrderOptions,
): { first: Meeting[]; second: SecondOrderMeeting[] } {
  const first = firstOrderOracle(stays, windows, options.minMinutes);
  const isSource = (person: string) => windows.some((window) => window.person === person);
  const exposures = first
    .filter(({ person }) => !isSource(person))
    .sort((a, b) => compareLists([a.from, a.person], [b.from, b.person]));
  const contacts = [...new Set(exposures.map(({ person }) => person))];
  const second = contacts.flatMap((via) => {
    const from = Math.min(...exposures.filter(({ person }) => person === via).map((meeting) => meeting.from));
    const until = options.isolatedAt?.get(via) ?? options.until;
    if (until <= from) return [];
    const window = { person: via, from, until, lingeringMinutes: options.secondLingeringMinutes };
    return firstOrderOracle(stays, [window], options.secondMinMinutes ?? options.minMinutes)
      .filter(({ person }) => !isSource(person) && !contacts.includes(person))
      .map(({ window: _, sourceStay, ...meeting }) => ({ ...meeting, via, sourceStay: sourceStay! }));
  });
  return { first, second };
}

/** The stays of the source, cut to the window. */
function sourcesOf(stays: readonly Stay[], window: SearchWindow) {
  if (window.place !== undefined) {
    return [{ place: window.place, from: window.from, until: window.until, whole: null }];
  }
  return stays
    .filter((stay) => stay.person === window.person)
    .filter(({ from, until }) =>
      from === until
        ? window.from <= from && from < window.until
        : Math.max(from, window.from) < Math.min(until, window.until),
    )
    .map(({ place, from, until }) => ({
      place,
      from: Math.max(from, window.from),
      until: Math.min(until, window.until),
      whole: { from, until },
    }));
}

function meets(aFrom: number, aUntil: number, bFrom: number, bUntil: number): boolean {
  if (aFrom === aUntil && bFrom === bUntil) return false;
  if (aFrom === aUntil) return bFrom <= aFrom && aFrom < bUntil;
  if (bFrom === bUntil) return aFrom <= bFrom && bFrom < aUntil;
  return aFrom < bUntil && bFrom < aUntil;
}
