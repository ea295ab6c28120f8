import { meetingSeconds, NO_MEETING } from './meeting-seconds.ts';
import { TAKEN_BACK } from './stay-buffer.ts';
import type { StayStore } from './stay-store.ts';

/** A window under dense numbers. `person` is undefined when unknown; `place` set when it names an interval at a place. */
export type NumberedWindow = {
  person: number | undefined;
  place: number | undefined;
  from: number;
  until: number;
  lingeringSeconds: number;
};

/** After the last second there is: what an open end is for arithmetic. */
const END_OF_TIME = 2 ** 33;

/**
 * The source's stays of one window by rule 2 of the README: the person's stays cut to the window, or the interval named,
 * lingering added. An empty window holds nothing, not even the moment it stands for.
 */
export function visitSourceStays(
  store: StayStore,
  { person, place, from, until, lingeringSeconds }: NumberedWindow,
  visit: (place: number, from: number, until: number, stayFrom: number, stayUntil: number) => void,
): void {
  if (place !== undefined) {
    visit(place, from, Math.min(until, END_OF_TIME) + lingeringSeconds, from, until);
    return;
  }
  if (person === undefined || from === until) return;
  store.visitStays(person, (where, stayFrom, stayUntil) => {
    if (meetingSeconds(from, until, stayFrom, stayUntil) === NO_MEETING) return;
    visit(
      where,
      Math.max(from, stayFrom),
      Math.min(until, stayUntil) + lingeringSeconds,
      stayFrom,
      stayUntil,
    );
  });
}

/** Source stays of all windows, laid out place by place. */
export class SourcesByPlace {
  readonly #places: number[] = [];
  readonly #froms: number[] = [];
  readonly #untils: number[] = [];

  get count(): number {
    return this.#places.length;
  }

  push(place: number, from: number, until: number): void {
    this.#places.push(place);
    this.#froms.push(from);
    this.#untils.push(until);
  }

  /** Gives each place that has sources once, with the range of its source stays in `froms` and `untils`. */
  visit(
    placesCount: number,
    take: (place: number, froms: Float64Array, untils: Float64Array, low: number, high: number) => void,
  ): void {
    const start = new Uint32Array(placesCount + 1);
    for (const place of this.#places) start[place + 1]!++;
    for (let place = 0; place < placesCount; place++) start[place + 1]! += start[place]!;
    const next = start.slice();
    const froms = new Float64Array(this.count);
    const untils = new Float64Array(this.count);
    for (let i = 0; i < this.count; i++) {
      const at = next[this.#places[i]!]!++;
      froms[at] = this.#froms[i]!;
      untils[at] = this.#untils[i]!;
    }
    for (let place = 0; place < placesCount; place++) {
      if (start[place + 1]! > start[place]!) take(place, froms, untils, start[place]!, start[place + 1]!);
    }
  }
}

/** One window a person, found by number: for sets so large that reading all stays is cheaper than looking each up. */
export class WindowByPerson {
  readonly from: Float64Array;
  /** Below 0: not a source. */
  readonly until: Float64Array;
  readonly lingeringSeconds: number;
  #froms = new Float64Array(256);
  #untils = new Float64Array(256);

  constructor(windows: readonly NumberedWindow[], personsCount: number) {
    this.from = new Float64Array(personsCount);
    this.until = new Float64Array(personsCount).fill(-1);
    this.lingeringSeconds = windows[0]?.lingeringSeconds ?? 0;
    for (const { person, from, until } of windows) {
      this.from[person!] = from;
      this.until[person!] = until;
    }
  }

  /** Whether it can stand for these windows: no places, nobody twice, one lingering time. */
  static suits(windows: readonly NumberedWindow[]): boolean {
    const persons = new Set<number | undefined>();
    for (const { person, place, lingeringSeconds } of windows) {
      if (person === undefined || place !== undefined || persons.has(person)) return false;
      if (lingeringSeconds !== windows[0]!.lingeringSeconds) return false;
      persons.add(person);
    }
    return true;
  }

  /** As `SourcesByPlace.visit`, reading all stays in the order they lie. */
  visit(
    store: StayStore,
    placesCount: number,
    take: (place: number, froms: Float64Array, untils: Float64Array, low: number, high: number) => void,
  ): void {
    const { placeStart, person, from } = store.columns;
    const { place: places, person: persons, from: froms, until } = store.buffer;
    for (let place = 0; place < placesCount; place++) {
      let count = 0;
      for (let i = placeStart[place] ?? 0; i < (placeStart[place + 1] ?? 0); i++) {
        const who = person[i]!;
        if (this.until[who]! < 0 || store.isRemoved(i)) continue;
        count = this.#push(count, who, from[i]!, from[i]! + store.secondsAt(i));
      }
      for (let entry = places.first(place); entry !== -1; entry = places.next(entry)) {
        const who = persons.keys.at(entry);
        if (who === TAKEN_BACK || this.until[who]! < 0) continue;
        count = this.#push(count, who, froms.at(entry), until.at(entry));
      }
      if (count > 0) take(place, this.#froms, this.#untils, 0, count);
    }
  }

  #push(count: number, person: number, stayFrom: number, stayUntil: number): number {
    const [from, until] = [this.from[person]!, this.until[person]!];
    if (from === until || meetingSeconds(from, until, stayFrom, stayUntil) === NO_MEETING) return count;
    if (count === this.#froms.length) {
      const [froms, untils] = [new Float64Array(2 * count), new Float64Array(2 * count)];
      froms.set(this.#froms);
      untils.set(this.#untils);
      [this.#froms, this.#untils] = [froms, untils];
    }
    this.#froms[count] = Math.max(from, stayFrom);
    this.#untils[count] = Math.min(until, stayUntil) + this.lingeringSeconds;
    return count + 1;
  }
}
