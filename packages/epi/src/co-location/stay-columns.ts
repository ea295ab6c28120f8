import { GrowingColumn, sharedColumn } from './columns.ts';

/** Stays as five columns in any order; persons and places are dense numbers. */
export class UnsortedStays {
  readonly place = new GrowingColumn();
  readonly person = new GrowingColumn();
  readonly from = new GrowingColumn();
  readonly until = new GrowingColumn();
  readonly ordinal = new GrowingColumn();

  push(place: number, person: number, from: number, until: number, ordinal: number): void {
    this.place.push(place);
    this.person.push(person);
    this.from.push(from);
    this.until.push(until);
    this.ordinal.push(ordinal);
  }
}

/**
 * Stays sorted by place, then from, then ordinal. The place of a stay is not stored: place p owns the positions
 * placeStart[p] … placeStart[p + 1] - 1. 20 bytes a stay.
 */
export type StayColumns = {
  placeStart: Uint32Array;
  /** The longest stay of each place in seconds: how far back a search must look for somebody still there. */
  longestStay: Uint32Array;
  person: Uint32Array;
  from: Uint32Array;
  until: Uint32Array;
  ordinal: Uint32Array;
  personStart: Uint32Array;
  /** Positions by person: person p owns byPerson[personStart[p]] … byPerson[personStart[p + 1] - 1]. */
  byPerson: Uint32Array;
};

/**
 * Sorts stays into columns on shared memory, in linear time: three stable counting passes, by the low and the high
 * half of `from`, then by place. Ties keep the order given.
 */
export function sortStays(stays: UnsortedStays, placesCount: number, personsCount: number): StayColumns {
  const place = stays.place.view();
  const from = stays.from.view();
  const byLowHalf = countingPass(null, from, 0, 0xffff, 0x10000).order;
  const byFrom = countingPass(byLowHalf, from, 16, 0xffff, 0x10000).order;
  const { order, start: placeStart } = countingPass(byFrom, place, 0, 0xffffffff, placesCount);

  const inOrder = (column: Uint32Array) => {
    const sorted = sharedColumn(order.length);
    for (let i = 0; i < order.length; i++) sorted[i] = column[order[i]!]!;
    return sorted;
  };
  const person = inOrder(stays.person.view());
  const until = inOrder(stays.until.view());
  const sortedFrom = inOrder(from);
  const { order: byPerson, start: personStart } = countingPass(null, person, 0, 0xffffffff, personsCount);
  return {
    placeStart: share(placeStart),
    longestStay: longestByPlace(placeStart, sortedFrom, until),
    person,
    from: sortedFrom,
    until,
    ordinal: inOrder(stays.ordinal.view()),
    personStart: share(personStart),
    byPerson: share(byPerson),
  };
}

/** One stable pass: positions ordered by (keys >>> shift) & mask, and where each bucket starts. */
function countingPass(
  order: Uint32Array | null,
  keys: Uint32Array,
  shift: number,
  mask: number,
  bucketsCount: number,
) {
  const start = new Uint32Array(bucketsCount + 1);
  for (let i = 0; i < keys.length; i++) start[(((keys[i]! >>> shift) & mask) >>> 0) + 1]!++;
  for (let bucket = 0; bucket < bucketsCount; bucket++) start[bucket + 1]! += start[bucket]!;
  const next = start.slice();
  const result = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const position = order === null ? i : order[i]!;
    result[next[((keys[position]! >>> shift) & mask) >>> 0]!++] = position;
  }
  return { order: result, start };
}

function longestByPlace(placeStart: Uint32Array, from: Uint32Array, until: Uint32Array): Uint32Array {
  const longest = sharedColumn(placeStart.length - 1);
  for (let place = 0; place < longest.length; place++) {
    for (let i = placeStart[place]!; i < placeStart[place + 1]!; i++) {
      longest[place] = Math.max(longest[place]!, until[i]! - from[i]!);
    }
  }
  return longest;
}

function share(values: Uint32Array): Uint32Array {
  const shared = sharedColumn(values.length);
  shared.set(values);
  return shared;
}
