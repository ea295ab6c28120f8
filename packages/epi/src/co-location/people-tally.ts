import { firstAtLeast } from './columns.ts';
import { meetingSeconds, NO_MEETING } from './meeting-seconds.ts';
import { Presence } from './presence.ts';
import type { PeopleAlgorithm } from './stay.ts';
import { TAKEN_BACK } from './stay-buffer.ts';
import { LONG } from './stay-columns.ts';
import type { StayStore } from './stay-store.ts';

const NOT_MET = -1;

/** What looking one stay up in the presence of sources costs, in stays compared with one source. */
const LOOKUP_COST = 3;
/** What one source costs when the presence is made, in the same unit. */
const SOURCE_COST = 20;

/**
 * Person-seconds each person shared with a set of sources, and since when, added up place by place. Each place is done by
 * whichever is cheaper there: comparing the stays around each source (probe) or looking every stay up in the presence of
 * all sources (sweep).
 */
export class PeopleTally {
  readonly #store: StayStore;
  readonly #seconds: Float64Array;
  readonly #firstFrom: Float64Array | null;
  readonly #enough: number;
  readonly #presence = new Presence();
  readonly #algorithm: PeopleAlgorithm | undefined;

  /** @param enough with it persons are not followed beyond so many seconds, and only who was met can be told */
  constructor(
    store: StayStore,
    personsCount: number,
    { enough, algorithm }: { enough: number | undefined; algorithm: PeopleAlgorithm | undefined },
  ) {
    this.#store = store;
    this.#seconds = new Float64Array(personsCount).fill(NOT_MET);
    this.#firstFrom =
      enough === undefined ? new Float64Array(personsCount).fill(Number.POSITIVE_INFINITY) : null;
    this.#enough = enough ?? Number.POSITIVE_INFINITY;
    this.#algorithm = algorithm;
  }

  /** A person who is not to be counted: a source, or known already. */
  leaveOut(person: number): void {
    this.#seconds[person] = Number.POSITIVE_INFINITY;
  }

  /** Whether a person may still be counted. */
  isOpen(person: number): boolean {
    return this.#seconds[person] !== Number.POSITIVE_INFINITY;
  }

  /** Adds all that happened at a place where the sources stayed [froms[i], untils[i]) for low ≤ i < high. */
  add(place: number, froms: Float64Array, untils: Float64Array, low: number, high: number): void {
    const sweep =
      this.#algorithm === 'sweep' ||
      (this.#algorithm !== 'probe' && this.#sweepIsCheaper(place, froms, untils, low, high));
    if (sweep) this.#sweep(place, froms, untils, low, high);
    for (let i = low; i < high; i++) {
      if (froms[i] === untils[i] || !sweep) this.#probe(place, froms[i]!, untils[i]!);
    }
  }

  /** Everybody met for at least `minSeconds` in all, by number. */
  drain(minSeconds: number, take: (person: number, seconds: number, firstFrom: number) => void): void {
    const seconds = this.#seconds;
    for (let person = 0; person < seconds.length; person++) {
      const met = seconds[person]!;
      if (met < minSeconds || met === NOT_MET || met === Number.POSITIVE_INFINITY) continue;
      take(person, met, this.#firstFrom?.[person] ?? 0);
    }
  }

  #sweepIsCheaper(
    place: number,
    froms: Float64Array,
    untils: Float64Array,
    low: number,
    high: number,
  ): boolean {
    const { placeStart, longestStay, from } = this.#store.columns;
    if (place >= longestStay.length) return false;
    const [start, end] = [placeStart[place]!, placeStart[place + 1]!];
    if (start === end || high - low < 4) return false;
    const span = Math.max(1, from[end - 1]! - from[start]!);
    let length = 0;
    for (let i = low; i < high; i++) length += Math.min(span, untils[i]! - froms[i]! + longestStay[place]!);
    const compared = ((end - start) / span) * length;
    return compared > LOOKUP_COST * (end - start) + SOURCE_COST * (high - low);
  }

  #probe(place: number, sourceFrom: number, sourceUntil: number): void {
    const { placeStart, longestStay, person, from, duration } = this.#store.columns;
    if (sourceFrom === sourceUntil) {
      this.#store.visitMeetings(place, undefined, sourceFrom, sourceFrom, 0, (contact, start) =>
        this.#meet(contact, 0, start),
      );
      return;
    }
    if (place < longestStay.length) {
      const seconds = this.#seconds;
      const end = placeStart[place + 1]!;
      let i = firstAtLeast(from, sourceFrom - longestStay[place]!, placeStart[place]!, end);
      for (; i < end; i++) {
        const start = from[i]!;
        if (start >= sourceUntil) break;
        const stay = duration[i]!;
        const stop = start + stay;
        if (stop <= sourceFrom && (stay !== 0 || start !== sourceFrom)) continue;
        if (stay === LONG || seconds[person[i]!]! >= this.#enough || this.#store.isRemoved(i)) continue;
        const first = Math.max(start, sourceFrom);
        this.#meet(person[i]!, Math.min(stop, sourceUntil) - first, first);
      }
    }
    this.#visitOthers(place, (contact, start, stop) => {
      if (meetingSeconds(sourceFrom, sourceUntil, start, stop) === NO_MEETING) return;
      const first = Math.max(start, sourceFrom);
      this.#meet(contact, Math.min(stop, sourceUntil) - first, first);
    });
  }

  #sweep(place: number, froms: Float64Array, untils: Float64Array, low: number, high: number): void {
    const presence = this.#presence;
    presence.set(froms, untils, low, high);
    const { start: first, end: last } = presence;
    const meet = (contact: number, start: number, stop: number) => {
      const from = Math.max(start, first);
      const until = Math.min(stop, last);
      if (from > until || this.#seconds[contact]! >= this.#enough) return;
      if (start === stop) {
        // A moment is met where a source is present, for no time.
        if (start < last && presence.somebodyFrom(start) === start) this.#meet(contact, 0, start);
        return;
      }
      if (from === until) return;
      const seconds = presence.spentUntil(until) - presence.spentUntil(from);
      if (seconds > 0)
        this.#meet(contact, seconds, this.#firstFrom === null ? 0 : presence.somebodyFrom(from));
    };
    const { placeStart, longestStay, person, from, duration } = this.#store.columns;
    if (place < longestStay.length) {
      const seconds = this.#seconds;
      const end = placeStart[place + 1]!;
      for (let i = firstAtLeast(from, first - longestStay[place]!, placeStart[place]!, end); i < end; i++) {
        if (from[i]! >= last) break;
        if (seconds[person[i]!]! >= this.#enough || duration[i] === LONG || this.#store.isRemoved(i))
          continue;
        meet(person[i]!, from[i]!, from[i]! + duration[i]!);
      }
    }
    this.#visitOthers(place, meet);
  }

  #meet(person: number, seconds: number, from: number): void {
    const before = this.#seconds[person]!;
    if (before === Number.POSITIVE_INFINITY) return;
    this.#seconds[person] = before === NOT_MET ? seconds : before + seconds;
    if (this.#firstFrom !== null && from < this.#firstFrom[person]!) this.#firstFrom[person] = from;
  }

  /** The few stays that lie apart: long ones and buffered ones. */
  #visitOthers(place: number, visit: (contact: number, from: number, until: number) => void): void {
    const { longStart, longPosition, longSeconds, person, from } = this.#store.columns;
    for (let l = longStart[place] ?? 0; l < (longStart[place + 1] ?? 0); l++) {
      const i = longPosition[l]!;
      if (!this.#store.isRemoved(i)) visit(person[i]!, from[i]!, from[i]! + longSeconds[l]!);
    }
    const { place: places, person: persons, from: froms, until } = this.#store.buffer;
    for (let entry = places.first(place); entry !== -1; entry = places.next(entry)) {
      const contact = persons.keys.at(entry);
      if (contact !== TAKEN_BACK) visit(contact, froms.at(entry), until.at(entry));
    }
  }
}
