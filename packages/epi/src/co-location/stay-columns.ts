import { sharedUint16, sharedUint32 } from './columns.ts';
import type { IncomingStays } from './incoming-stays.ts';

/** In `duration`: the stay is a long one, its seconds are in `longSeconds`. */
export const LONG = 0xffff;

/**
 * Stays sorted by place, then from. The place of a stay is not stored: place p owns the positions
 * placeStart[p] … placeStart[p + 1] - 1. 14 bytes a stay, 22 for one of 18 hours and more.
 */
export type StayColumns = {
  placeStart: Uint32Array;
  /** The longest of the stays of each place that are not LONG: how far back a search looks for somebody still there. */
  longestStay: Uint16Array;
  person: Uint32Array;
  from: Uint32Array;
  /** Seconds, or LONG. */
  duration: Uint16Array;
  /** The positions of LONG stays, ascending, and their seconds. */
  longPosition: Uint32Array;
  longSeconds: Uint32Array;
  /** The long stays of place p are longPosition[longStart[p]] … longPosition[longStart[p + 1] - 1]. */
  longStart: Uint32Array;
  personStart: Uint32Array;
  /** Positions by person: person p owns byPerson[personStart[p]] … byPerson[personStart[p + 1] - 1]. */
  byPerson: Uint32Array;
};

/** Stays in the order of the places while the columns are made; `seconds` may still be of any length. */
type Placed = { placeStart: Uint32Array; person: Uint32Array; from: Uint32Array; seconds: Uint32Array };

/** Sorts stays into columns on shared memory: one counting pass by place, then each place by from. */
export function sortStays(stays: IncomingStays, placesCount: number, personsCount: number): StayColumns {
  const placeStart = stays.startsByPlace(placesCount);
  const person = sharedUint32(stays.length);
  const from = sharedUint32(stays.length);
  const seconds = new Uint32Array(stays.length);
  const next = placeStart.slice();
  stays.drain((place, who, start, length) => {
    const position = next[place]!++;
    person[position] = who;
    from[position] = start;
    seconds[position] = length;
  });
  return finishColumns({ placeStart, person, from, seconds }, personsCount);
}

function finishColumns({ placeStart, person, from, seconds }: Placed, personsCount: number): StayColumns {
  const placesCount = placeStart.length - 1;
  const duration = sharedUint16(person.length);
  const longestStay = sharedUint16(placesCount);
  const longStart = sharedUint32(placesCount + 1);
  const longPosition: number[] = [];
  const longSeconds: number[] = [];
  const sorter = new PlaceSorter(person, from, seconds);
  for (let place = 0; place < placesCount; place++) {
    sorter.sort(placeStart[place]!, placeStart[place + 1]!);
    let longest = 0;
    for (let i = placeStart[place]!; i < placeStart[place + 1]!; i++) {
      const length = seconds[i]!;
      if (length >= LONG) {
        duration[i] = LONG;
        longPosition.push(i);
        longSeconds.push(length);
      } else {
        duration[i] = length;
        if (length > longest) longest = length;
      }
    }
    longestStay[place] = longest;
    longStart[place + 1] = longPosition.length;
  }
  return {
    placeStart: shared(placeStart),
    longestStay,
    person,
    from,
    duration,
    longPosition: shared(longPosition),
    longSeconds: shared(longSeconds),
    longStart,
    ...positionsByPerson(person, personsCount),
  };
}

function positionsByPerson(person: Uint32Array, personsCount: number) {
  const personStart = sharedUint32(personsCount + 1);
  for (let i = 0; i < person.length; i++) personStart[person[i]! + 1]!++;
  for (let p = 0; p < personsCount; p++) personStart[p + 1]! += personStart[p]!;
  const next = personStart.slice();
  const byPerson = sharedUint32(person.length);
  for (let i = 0; i < person.length; i++) byPerson[next[person[i]!]!++] = i;
  return { personStart, byPerson };
}

/** Sorts the stays of one place by from. */
class PlaceSorter {
  readonly #columns: readonly Uint32Array[];
  readonly #from: Uint32Array;
  #keys = new Float64Array(1024);
  #order = new Uint32Array(1024);
  #moved = new Uint32Array(1024);

  constructor(person: Uint32Array, from: Uint32Array, seconds: Uint32Array) {
    this.#columns = [person, from, seconds];
    this.#from = from;
  }

  sort(start: number, end: number): void {
    const from = this.#from;
    let sorted = true;
    for (let i = start + 1; i < end && sorted; i++) sorted = from[i - 1]! <= from[i]!;
    if (sorted) return;
    const count = end - start;
    if (count > this.#keys.length) {
      this.#keys = new Float64Array(2 * count);
      this.#order = new Uint32Array(2 * count);
      this.#moved = new Uint32Array(2 * count);
    }
    const order = this.#orderOf(start, count);
    for (const column of this.#columns) {
      for (let i = 0; i < count; i++) this.#moved[i] = column[start + order[i]!]!;
      column.set(this.#moved.subarray(0, count), start);
    }
  }

  /** Time and number in one key, so that a plain sort of numbers does it: 53 bits are enough up to 2 million stays. */
  #orderOf(start: number, count: number): Uint32Array {
    const from = this.#from;
    const order = this.#order.subarray(0, count);
    const width = 2 ** Math.ceil(Math.log2(count));
    if (width > MOST_IN_A_KEY) {
      for (let i = 0; i < count; i++) order[i] = i;
      return order.sort((a, b) => from[start + a]! - from[start + b]!);
    }
    const keys = this.#keys.subarray(0, count);
    for (let i = 0; i < count; i++) keys[i] = from[start + i]! * width + i;
    keys.sort();
    for (let i = 0; i < count; i++) order[i] = keys[i]! - Math.floor(keys[i]! / width) * width;
    return order;
  }
}

const MOST_IN_A_KEY = 2 ** 21;

function shared(values: ArrayLike<number>): Uint32Array {
  const column = sharedUint32(values.length);
  column.set(values);
  return column;
}
