import type { PairsMet } from './stay.ts';

/** Pairs as they are found, in columns that grow. */
export class PairsFound {
  persons = new Uint32Array(0);
  seconds = new Uint32Array(0);
  firstFrom = new Uint32Array(0);
  count = 0;

  /** Makes room for so many more, to be written at `count` and after. */
  reserve(more: number): void {
    const needed = this.count + more;
    if (needed <= this.persons.length) return;
    const grown = (column: Uint32Array) => {
      const larger = new Uint32Array(Math.max(1024, 2 * needed));
      larger.set(column);
      return larger;
    };
    this.persons = grown(this.persons);
    this.seconds = grown(this.seconds);
    this.firstFrom = grown(this.firstFrom);
  }

  take(start: Uint32Array): PairsMet {
    const { persons, seconds, firstFrom, count } = this;
    return {
      start,
      persons: persons.subarray(0, count),
      seconds: seconds.subarray(0, count),
      firstFrom: firstFrom.subarray(0, count),
    };
  }
}
