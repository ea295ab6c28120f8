import { firstAtLeast } from './columns.ts';
import { meetingSeconds, NO_MEETING } from './meeting-seconds.ts';
import type { PairsFound } from './pairs-found.ts';
import { TAKEN_BACK } from './stay-buffer.ts';
import { LONG } from './stay-columns.ts';
import type { StayStore } from './stay-store.ts';

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
    if (sourceFrom === sourceUntil) {
      this.#addMoment(place, sourceFrom);
      return;
    }
    const { placeStart, longestStay, person, from, duration } = this.#store.columns;
    if (place < longestStay.length) {
      const end = placeStart[place + 1]!;
      let i = firstAtLeast(from, sourceFrom - longestStay[place]!, placeStart[place]!, end);
      for (; i < end; i++) {
        const start = from[i]!;
        if (start >= sourceUntil) break;
        const seconds = duration[i]!;
        const stop = start + seconds;
        if (stop <= sourceFrom && (seconds !== 0 || start !== sourceFrom)) continue;
        if (seconds === LONG || this.#store.isRemoved(i)) continue;
        this.#meet(person[i]!, Math.max(start, sourceFrom), Math.min(stop, sourceUntil));
      }
    }
    this.#addOthers(place, sourceFrom, sourceUntil);
  }

  /** Moves everybody met since the last time for at least `minSeconds` to `found`, but those left out; empties itself. */
  drain(found: PairsFound, window: number, minSeconds: number, leftOut: Uint8Array): void {
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
    found.window.fill(window, found.count, at);
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

  #addMoment(place: number, moment: number): void {
    this.#store.visitMeetings(place, undefined, moment, moment, 0, (contact, from, until) =>
      this.#meet(contact, from, until),
    );
  }

  #consider(contact: number, from: number, until: number, sourceFrom: number, sourceUntil: number): void {
    if (meetingSeconds(sourceFrom, sourceUntil, from, until) === NO_MEETING) return;
    this.#meet(contact, Math.max(from, sourceFrom), Math.min(until, sourceUntil));
  }
}
