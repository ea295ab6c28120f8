import { roomFor } from './columns.ts';

/** In `person`: the stay was taken back. No dictionary reaches this number. */
export const TAKEN_BACK = 0xffffffff;

/** Stays added since the columns were sorted, chained by place and by person: 24 bytes each. Compaction empties it. */
export class StayBuffer {
  readonly place = new Chain();
  readonly person = new Chain();
  readonly from = new Growing();
  readonly until = new Growing();
  length = 0;

  push(place: number, person: number, from: number, until: number): void {
    this.place.push(this.length, place);
    this.person.push(this.length, person);
    this.from.set(this.length, from);
    this.until.set(this.length, until);
    this.length++;
  }

  get byteLength(): number {
    return this.place.byteLength + this.person.byteLength + this.from.byteLength + this.until.byteLength;
  }
}

/** The key of each entry, and the entries of each key from the latest to the first. */
class Chain {
  readonly keys = new Growing();
  /** Entry + 1 of the latest of each key, and of the one before each entry; 0 ends a chain. */
  readonly #latest = new Growing();
  readonly #before = new Growing();

  push(entry: number, key: number): void {
    this.keys.set(entry, key);
    this.#before.set(entry, this.#latest.at(key));
    this.#latest.set(key, entry + 1);
  }

  /** The latest entry of a key, or -1. */
  first(key: number): number {
    return this.#latest.at(key) - 1;
  }

  /** The entry of the same key before this one, or -1. */
  next(entry: number): number {
    return this.#before.at(entry) - 1;
  }

  get byteLength(): number {
    return this.keys.byteLength + this.#latest.byteLength + this.#before.byteLength;
  }
}

/** Numbers that are 0 until set, for any index. */
class Growing {
  #values = new Uint32Array(0);

  at(index: number): number {
    return index < this.#values.length ? this.#values[index]! : 0;
  }

  set(index: number, value: number): void {
    if (index >= this.#values.length) {
      const larger = new Uint32Array(roomFor(index + 1));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[index] = value;
  }

  get byteLength(): number {
    return this.#values.byteLength;
  }
}
