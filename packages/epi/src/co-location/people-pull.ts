import { firstAtLeast } from './columns.ts';
import { meetingSeconds, NO_MEETING } from './meeting-seconds.ts';
import type { WindowByPerson } from './source-stays.ts';
import { TAKEN_BACK } from './stay-buffer.ts';
import { LONG } from './stay-columns.ts';
import type { StayStore } from './stay-store.ts';

/** A person in so many is asked first, to learn what asking everybody would cost. */
const SAMPLE = 256;
/** What comparing a stay costs here, in stays read by a sweep. */
const COMPARISON_COST = 0.5;
/** What finding a place and a time costs, in comparisons. */
const LOOKUP_COST = 100;

/**
 * Whether a person met the sources for long enough, asked from the person's side: their stays one after another, until it
 * is enough. When sources are many, most people are done after a stay or two, and most of all stays are never read.
 */
export class PeoplePull {
  readonly #store: StayStore;
  readonly #windows: WindowByPerson;
  readonly #enough: number;
  /** Comparisons made so far. */
  #cost = 0;

  constructor(store: StayStore, windows: WindowByPerson, enough: number) {
    this.#store = store;
    this.#windows = windows;
    this.#enough = enough;
  }

  /** Whether asking all persons costs less than a sweep over all stays, judged by some of them. */
  isCheap(personsCount: number, staysCount: number): boolean {
    const step = Math.max(1, Math.floor(personsCount / SAMPLE));
    this.#cost = 0;
    for (let person = 0; person < personsCount; person += step) this.isMet(person);
    return this.#cost * step * COMPARISON_COST < staysCount;
  }

  isMet(person: number): boolean {
    let total = NO_MEETING;
    const { columns } = this.#store;
    const { personStart, byPerson, from } = columns;
    for (let i = personStart[person] ?? 0; i < (personStart[person + 1] ?? 0); i++) {
      const position = byPerson[i]!;
      if (this.#store.isRemoved(position)) continue;
      const until = from[position]! + this.#store.secondsAt(position);
      total = this.#metAt(total, this.#store.placeAt(position), from[position]!, until);
      if (total >= this.#enough) return true;
    }
    const { person: persons, place, from: froms, until } = this.#store.buffer;
    for (let entry = persons.first(person); entry !== -1; entry = persons.next(entry)) {
      if (persons.keys.at(entry) === TAKEN_BACK) continue;
      total = this.#metAt(total, place.keys.at(entry), froms.at(entry), until.at(entry));
      if (total >= this.#enough) return true;
    }
    return false;
  }

  /** `total` with what [stayFrom, stayUntil) at a place adds to it; stops adding when it is enough. */
  #metAt(total: number, place: number, stayFrom: number, stayUntil: number): number {
    const { placeStart, longestStay, person, from, duration, longStart, longPosition, longSeconds } =
      this.#store.columns;
    const windows = this.#windows;
    const add = (source: number, sourceFrom: number, sourceUntil: number) => {
      const begin = Math.max(sourceFrom, windows.from[source]!);
      const end = Math.min(sourceUntil, windows.until[source]!);
      // The window cuts the stay before lingering lengthens it.
      if (
        meetingSeconds(windows.from[source]!, windows.until[source]!, sourceFrom, sourceUntil) === NO_MEETING
      )
        return;
      if (windows.from[source] === windows.until[source]) return;
      const seconds = meetingSeconds(begin, end + windows.lingeringSeconds, stayFrom, stayUntil);
      if (seconds !== NO_MEETING) total = Math.max(total, 0) + seconds;
    };
    this.#cost += LOOKUP_COST;
    if (place < longestStay.length) {
      const end = placeStart[place + 1]!;
      const earliest = stayFrom - windows.lingeringSeconds - longestStay[place]!;
      let i = firstAtLeast(from, earliest, placeStart[place]!, end);
      for (; i < end && total < this.#enough; i++) {
        if (from[i]! > stayUntil) break;
        this.#cost++;
        if (windows.until[person[i]!]! < 0 || duration[i] === LONG || this.#store.isRemoved(i)) continue;
        add(person[i]!, from[i]!, from[i]! + duration[i]!);
      }
      for (let l = longStart[place]!; l < longStart[place + 1]!; l++) {
        const position = longPosition[l]!;
        if (windows.until[person[position]!]! < 0 || this.#store.isRemoved(position)) continue;
        add(person[position]!, from[position]!, from[position]! + longSeconds[l]!);
      }
    }
    const { place: places, person: persons, from: froms, until } = this.#store.buffer;
    for (let entry = places.first(place); entry !== -1; entry = places.next(entry)) {
      const source = persons.keys.at(entry);
      if (source !== TAKEN_BACK && windows.until[source]! >= 0) add(source, froms.at(entry), until.at(entry));
    }
    return total;
  }
}
