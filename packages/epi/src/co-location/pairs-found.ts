import { roomFor } from './columns.ts';
import type { PairsMet } from './stay.ts';

/** Pairs as they are found, in columns that grow. */
export class PairsFound {
  #columns = Array.from({ length: 4 }, () => new Uint32Array(1024));
  #count = 0;

  push(window: number, person: number, seconds: number, firstFrom: number): void {
    if (this.#count === this.#columns[0]!.length) {
      this.#columns = this.#columns.map((column) => {
        const larger = new Uint32Array(roomFor(this.#count + 1));
        larger.set(column);
        return larger;
      });
    }
    const at = this.#count++;
    const [windows, persons, lengths, firsts] = this.#columns as [
      Uint32Array,
      Uint32Array,
      Uint32Array,
      Uint32Array,
    ];
    windows[at] = window;
    persons[at] = person;
    lengths[at] = seconds;
    firsts[at] = firstFrom;
  }

  take(): PairsMet {
    const [window, persons, seconds, firstFrom] = this.#columns.map((column) => column.slice(0, this.#count));
    return { window: window!, persons: persons!, seconds: seconds!, firstFrom: firstFrom! };
  }
}
