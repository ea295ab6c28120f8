import { meetingSeconds, NO_MEETING } from './meeting-seconds.ts';
import { type BufferedStay, StayBuffer } from './stay-buffer.ts';
import { type StayColumns, sortStays, UnsortedStays } from './stay-columns.ts';

export type VisitStay = (place: number, from: number, until: number, ordinal: number) => void;
export type VisitMeeting = (contact: number, from: number, until: number, ordinal: number) => void;

/** Stays under dense numbers: sorted columns, the stays added since, the ordinals taken back since. */
export class StayStore {
  columns: StayColumns;
  #buffer = new StayBuffer();
  #removed = new Set<number>();

  constructor(columns: StayColumns) {
    this.columns = columns;
  }

  get staysCount(): number {
    return this.columns.person.length + this.#buffer.stays.length - this.#removed.size;
  }

  get deltasCount(): number {
    return this.#buffer.stays.length + this.#removed.size;
  }

  add(stay: BufferedStay): void {
    this.#buffer.push(stay);
  }

  remove(ordinal: number): void {
    this.#removed.add(ordinal);
  }

  /** New columns with the buffered stays and without those taken back; the old ones stay whole for other readers. */
  compact(placesCount: number, personsCount: number): void {
    const { placeStart, person, from, until, ordinal } = this.columns;
    const stays = new UnsortedStays();
    for (let place = 0; place < placeStart.length - 1; place++) {
      for (let i = placeStart[place]!; i < placeStart[place + 1]!; i++) {
        if (this.#removed.has(ordinal[i]!)) continue;
        stays.push(place, person[i]!, from[i]!, until[i]!, ordinal[i]!);
      }
    }
    for (const stay of this.#buffer.stays) {
      if (this.#removed.has(stay.ordinal)) continue;
      stays.push(stay.place, stay.person, stay.from, stay.until, stay.ordinal);
    }
    this.columns = sortStays(stays, placesCount, personsCount);
    this.#buffer = new StayBuffer();
    this.#removed = new Set();
  }

  visitStays(person: number, visit: VisitStay): void {
    const { placeStart, personStart, byPerson, from, until, ordinal } = this.columns;
    if (person < personStart.length - 1) {
      for (let i = personStart[person]!; i < personStart[person + 1]!; i++) {
        const position = byPerson[i]!;
        if (this.#removed.has(ordinal[position]!)) continue;
        const place = firstAbove(placeStart, position, 0, placeStart.length) - 1;
        visit(place, from[position]!, until[position]!, ordinal[position]!);
      }
    }
    for (const stay of this.#buffer.ofPerson(person)) {
      if (!this.#removed.has(stay.ordinal)) visit(stay.place, stay.from, stay.until, stay.ordinal);
    }
  }

  /**
   * Everybody's stays at a place, but the source's own, that meet [sourceFrom, sourceUntil) for at least `minSeconds`;
   * visited with the common interval.
   */
  visitMeetings(
    place: number,
    source: number | undefined,
    sourceFrom: number,
    sourceUntil: number,
    minSeconds: number,
    visit: VisitMeeting,
  ): void {
    const consider = (contact: number, from: number, until: number, ordinal: number) => {
      if (contact === source) return;
      const seconds = meetingSeconds(sourceFrom, sourceUntil, from, until);
      if (seconds === NO_MEETING || seconds < minSeconds || this.#removed.has(ordinal)) return;
      visit(contact, Math.max(from, sourceFrom), Math.min(until, sourceUntil), ordinal);
    };
    const { placeStart, longestStay, person, from, until, ordinal } = this.columns;
    if (place < longestStay.length) {
      const end = placeStart[place + 1]!;
      // Whoever came earlier than this has left before the source came, even after the longest stay seen here.
      const earliest = sourceFrom - longestStay[place]!;
      for (let i = firstAbove(from, earliest - 1, placeStart[place]!, end); i < end; i++) {
        if (from[i]! > sourceUntil) break;
        consider(person[i]!, from[i]!, until[i]!, ordinal[i]!);
      }
    }
    for (const stay of this.#buffer.atPlace(place))
      consider(stay.person, stay.from, stay.until, stay.ordinal);
  }
}

/** First position in [low, high) whose value is above the bound; `high` when there is none. */
function firstAbove(sorted: Uint32Array, bound: number, low: number, high: number): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}
