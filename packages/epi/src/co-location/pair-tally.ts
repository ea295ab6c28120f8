import { firstAtLeast } from './columns.ts';
import { meetingSeconds, NO_MEETING } from './meeting-seconds.ts';
import type { PairsFound } from './pairs-found.ts';
import { TAKEN_BACK } from './stay-buffer.ts';
import { LONG } from './stay-columns.ts';
import type { StayStore } from './stay-store.ts';

/** 34 years in seconds: the difference of two times then fits 31 bits. */
const LONGEST_SOURCE = 2 ** 30;

/**
 * Seconds that one source shared with each person, and since when: added up meeting by meeting, read once, then empty for
 * the next source. 12 bytes a person; one pair up to 136 years.
 */
export class PairTally {
  readonly #store: StayStore;
  /** By person: seconds + 1 (0 = not met), then the start of the first meeting: side by side, for one cache line. */
  readonly #met: Uint32Array;
  readonly #persons: Uint32Array;
  #count = 0;
  readonly personsCount: number;

  constructor(store: StayStore, personsCount: number) {
    this.#store = store;
    this.personsCount = personsCount;
    this.#met = new Uint32Array(2 * personsCount);
    this.#persons = new Uint32Array(personsCount);
  }

  /** Adds everybody's stays at a place that meet [sourceFrom, sourceUntil). */
  add(place: number, sourceFrom: number, sourceUntil: number): void {
    const length = sourceUntil - sourceFrom;
    if (length === 0 || length > LONGEST_SOURCE) {
      this.#addSlowly(place, sourceFrom, sourceUntil);
      return;
    }
    if (place < this.#store.columns.longestStay.length) this.#addColumns(place, sourceFrom, length);
    this.#addOthers(place, sourceFrom, sourceUntil);
  }

  /** The loop all large searches live in. Times are counted from `sourceFrom` in 32-bit arithmetic, hence the `| 0`. */
  #addColumns(place: number, sourceFrom: number, length: number): void {
    const { placeStart, longestStay, person, from, duration } = this.#store.columns;
    const met = this.#met;
    const persons = this.#persons;
    const removed = this.#store.removed;
    const end = placeStart[place + 1]!;
    let count = this.#count;
    let i = firstAtLeast(from, sourceFrom - longestStay[place]!, placeStart[place]!, end);
    for (; i < end; i++) {
      let start = (from[i]! - sourceFrom) | 0;
      if (start >= length) break;
      const seconds = duration[i]!;
      let stop = (start + seconds) | 0;
      if (stop <= 0 && (seconds !== 0 || start !== 0)) continue;
      if (seconds === LONG || (removed !== null && (removed[i >>> 3]! & (1 << (i & 7))) !== 0)) continue;
      if (start < 0) start = 0;
      if (stop > length) stop = length;
      const who = person[i]!;
      const before = met[2 * who]!;
      met[2 * who] = before === 0 ? stop - start + 1 : before + stop - start;
      if (before === 0) persons[count++] = who;
      const first = sourceFrom + start;
      if (before === 0 || first < met[2 * who + 1]!) met[2 * who + 1] = first;
    }
    this.#count = count;
  }

  /** Moves everybody met since the last time for at least `minSeconds` to `found`, but those left out; empties itself. */
  drain(found: PairsFound, minSeconds: number, leftOut: Uint8Array): void {
    found.reserve(this.#count);
    const met = this.#met;
    const { persons, seconds, firstFrom } = found;
    let at = found.count;
    for (let i = 0; i < this.#count; i++) {
      const person = this.#persons[i]!;
      const total = met[2 * person]! - 1;
      met[2 * person] = 0;
      if (total < minSeconds || leftOut[person] === 1) continue;
      persons[at] = person;
      seconds[at] = total;
      firstFrom[at++] = met[2 * person + 1]!;
    }
    found.count = at;
    this.#count = 0;
  }

  #meet(person: number, from: number, until: number): void {
    const met = this.#met;
    const at = 2 * person;
    const seconds = met[at]!;
    if (seconds === 0) {
      this.#persons[this.#count++] = person;
      met[at] = until - from + 1;
      met[at + 1] = from;
    } else {
      met[at] = seconds + until - from;
      if (from < met[at + 1]!) met[at + 1] = from;
    }
  }

  /** The few that lie apart: long stays and buffered ones. */
  #addOthers(place: number, sourceFrom: number, sourceUntil: number): void {
    const { longStart, longPosition, longSeconds, person, from } = this.#store.columns;
    for (let l = longStart[place] ?? 0; l < (longStart[place + 1] ?? 0); l++) {
      const i = longPosition[l]!;
      if (this.#store.isRemoved(i)) continue;
      this.#consider(person[i]!, from[i]!, from[i]! + longSeconds[l]!, sourceFrom, sourceUntil);
    }
    const { place: places, person: persons, from: froms, until } = this.#store.buffer;
    for (let entry = places.first(place); entry !== -1; entry = places.next(entry)) {
      const contact = persons.keys.at(entry);
      if (contact !== TAKEN_BACK)
        this.#consider(contact, froms.at(entry), until.at(entry), sourceFrom, sourceUntil);
    }
  }

  /** A moment, or an interval without an end: no case for arithmetic. */
  #addSlowly(place: number, sourceFrom: number, sourceUntil: number): void {
    this.#store.visitMeetings(place, undefined, sourceFrom, sourceUntil, 0, (contact, from, until) =>
      this.#meet(contact, from, until),
    );
  }

  #consider(contact: number, from: number, until: number, sourceFrom: number, sourceUntil: number): void {
    if (meetingSeconds(sourceFrom, sourceUntil, from, until) === NO_MEETING) return;
    this.#meet(contact, Math.max(from, sourceFrom), Math.min(until, sourceUntil));
  }
}
