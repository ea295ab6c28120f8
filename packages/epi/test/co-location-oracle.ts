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
  stays: ReadonlyMap<number, Stay>,
  windows: readonly SearchWindow[],
  minMinutes = 0,
): Meeting[] {
  const found: Meeting[] = [];
  windows.forEach((window, number) => {
    for (const source of sourcesOf(stays, window)) {
      const sourceUntil = source.until + 60 * (window.lingeringMinutes ?? 0);
      for (const [contactStay, contact] of stays) {
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
          sourceStay: source.ordinal,
          contactStay,
        });
      }
    }
  });
  return found.sort(
    (a, b) =>
      a.window - b.window ||
      a.from - b.from ||
      a.contactStay - b.contactStay ||
      Number(a.sourceStay) - Number(b.sourceStay),
  );
}

export function secondOrderOracle(
  stays: ReadonlyMap<number, Stay>,
  windows: readonly SearchWindow[],
  options: SecondOrderOptions,
): { first: Meeting[]; second: SecondOrderMeeting[] } {
  const first = firstOrderOracle(stays, windows, options.minMinutes);
  const isSource = (person: string) => windows.some((window) => window.person === person);
  const exposures = first.filter(({ person }) => !isSource(person)).sort((a, b) => a.from - b.from);
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
function sourcesOf(stays: ReadonlyMap<number, Stay>, window: SearchWindow) {
  if (window.place !== undefined) {
    return [{ place: window.place, from: window.from, until: window.until, ordinal: null }];
  }
  return [...stays]
    .filter(([, stay]) => stay.person === window.person)
    .filter(([, { from, until }]) =>
      from === until
        ? window.from <= from && from < window.until
        : Math.max(from, window.from) < Math.min(until, window.until),
    )
    .map(([ordinal, { place, from, until }]) => ({
      place,
      from: Math.max(from, window.from),
      until: Math.min(until, window.until),
      ordinal,
    }));
}

function meets(aFrom: number, aUntil: number, bFrom: number, bUntil: number): boolean {
  if (aFrom === aUntil && bFrom === bUntil) return false;
  if (aFrom === aUntil) return bFrom <= aFrom && aFrom < bUntil;
  if (bFrom === bUntil) return aFrom <= bFrom && bFrom < aUntil;
  return aFrom < bUntil && bFrom < aUntil;
}
