/**
 * How many sources were at one place at each time, and how many person-seconds they had spent there until then: any stay
 * is then met for `spentUntil(until) - spentUntil(from)` seconds, however many sources there are.
 */
export class Presence {
  /** From times[k] on there are present[k] sources, who have spent spent[k] seconds before; length `count`. */
  #times = new Float64Array(64);
  #present = new Int32Array(64);
  #spent = new Float64Array(64);
  /** For each k the time from which on somebody is there: times[k] or the next change that brings somebody. */
  #nextSomebody = new Float64Array(64);
  /** The last change at or before the start of each slice of time, so that finding one takes a step or two. */
  #slices = new Uint32Array(64);
  #sliceWidth = 1;
  #starts = new Float64Array(64);
  #ends = new Float64Array(64);
  count = 0;
  start = 0;
  end = 0;

  /** Takes the sources' intervals [froms[i], untils[i]) for low ≤ i < high; empty ones count for nothing. */
  set(
    froms: Uint32Array | Float64Array,
    untils: Uint32Array | Float64Array,
    low: number,
    high: number,
  ): void {
    this.#makeRoom(2 * (high - low));
    const starts = this.#starts.subarray(0, high - low);
    const ends = this.#ends.subarray(0, high - low);
    starts.set(froms.subarray(low, high));
    ends.set(untils.subarray(low, high));
    // Sources come in the order they lie at the place, so their starts need sorting only when some lie apart.
    if (!isSorted(starts)) starts.sort();
    if (!isSorted(ends)) ends.sort();
    this.count = 0;
    let present = 0;
    let spent = 0;
    for (let s = 0, e = 0; e < ends.length; ) {
      const time = s < starts.length && starts[s]! <= ends[e]! ? starts[s]! : ends[e]!;
      if (this.count > 0) spent += present * (time - this.#times[this.count - 1]!);
      while (s < starts.length && starts[s] === time) {
        present++;
        s++;
      }
      while (e < ends.length && ends[e] === time) {
        present--;
        e++;
      }
      this.#times[this.count] = time;
      this.#present[this.count] = present;
      this.#spent[this.count++] = spent;
    }
    this.start = this.#times[0]!;
    this.end = this.#times[this.count - 1]!;
    this.#index();
  }

  /** Which change holds at `time`, for start ≤ time ≤ end. */
  at(time: number): number {
    let k = this.#slices[Math.floor((time - this.start) / this.#sliceWidth)]!;
    while (k + 1 < this.count && this.#times[k + 1]! <= time) k++;
    return k;
  }

  /** Person-seconds the sources had spent here until `time`. */
  spentUntil(time: number): number {
    const k = this.at(time);
    return this.#spent[k]! + this.#present[k]! * (time - this.#times[k]!);
  }

  /** The first time from `time` on at which a source is here; Infinity when none comes any more. */
  somebodyFrom(time: number): number {
    const k = this.at(time);
    return this.#present[k]! > 0 ? time : this.#nextSomebody[k]!;
  }

  #index(): void {
    const slicesCount = Math.min(this.#slices.length, 2 * this.count);
    this.#sliceWidth = 2 ** Math.ceil(Math.log2(Math.max(1, (this.end - this.start + 1) / slicesCount)));
    let k = 0;
    const last = Math.floor((this.end - this.start) / this.#sliceWidth);
    for (let slice = 0; slice <= last; slice++) {
      while (k + 1 < this.count && this.#times[k + 1]! <= this.start + slice * this.#sliceWidth) k++;
      this.#slices[slice] = k;
    }
    let next = Number.POSITIVE_INFINITY;
    for (let k = this.count - 1; k >= 0; k--) {
      if (this.#present[k]! > 0) next = this.#times[k]!;
      this.#nextSomebody[k] = next;
    }
  }

  #makeRoom(changes: number): void {
    if (changes <= this.#times.length) return;
    const room = 2 * changes;
    this.#times = new Float64Array(room);
    this.#present = new Int32Array(room);
    this.#spent = new Float64Array(room);
    this.#nextSomebody = new Float64Array(room);
    this.#slices = new Uint32Array(2 * room + 1);
    this.#starts = new Float64Array(room);
    this.#ends = new Float64Array(room);
  }
}

function isSorted(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (values[i - 1]! > values[i]!) return false;
  return true;
}
