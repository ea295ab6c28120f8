/** What one epoch (day, week or month) was, and what it should have been. */
export type AberrationEpoch = {
  /** 1-based position in the series. */
  index: number;
  observed: number | null;
  /** Null where there is no answer (see the method). */
  expected: number | null;
  upper: number | null;
  /** Observed above upper; null where that cannot be told. */
  alarm: boolean | null;
};

export type Aberrations<Method extends string = string> = { method: Method; epochs: AberrationEpoch[] };

/**
 * Checks a series of counts before a detection.
 *
 * @throws RangeError naming row (from 0) and value of a count that is negative or no number
 */
export function readCounts(counts: ArrayLike<number | null>): (number | null)[] {
  return Array.from(counts, (count, row) => {
    if (count === null || count === undefined) return null;
    if (!(count >= 0 && count < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`row ${row}: ${count} is not a count`);
    }
    return count;
  });
}

/**
 * The epochs to judge, 1-based.
 *
 * @throws RangeError when `from` has not enough history or `until` lies outside the series
 */
export function readRange(
  { from, until }: { from?: number | undefined; until?: number | undefined },
  { first, earliest, count }: { first: number; earliest: number; count: number },
): { from: number; until: number } {
  const range = { from: from ?? first, until: until ?? count };
  if (!(Number.isSafeInteger(range.from) && range.from >= earliest)) {
    throw new RangeError(`from is ${range.from}; the method needs the epochs before ${earliest} as history`);
  }
  if (!(Number.isSafeInteger(range.until) && range.until <= count)) {
    throw new RangeError(`until is ${range.until}; the series has ${count} epochs`);
  }
  if (from !== undefined && until !== undefined && from > until) {
    throw new RangeError(`from is ${from}, after until, which is ${until}`);
  }
  return range;
}

/** Infinite and undefined numbers have no place in a result. */
export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** @throws RangeError unless alpha lies between 0 and 1 */
export function checkAlpha(alpha: number): void {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha is ${alpha}; it must lie between 0 and 1`);
}

/** @throws RangeError naming the setting unless it is a whole number from `lowest` on */
export function checkWhole(name: string, value: number, lowest: number): void {
  if (!(Number.isSafeInteger(value) && value >= lowest)) {
    throw new RangeError(`${name} is ${value}; it must be a whole number from ${lowest} on`);
  }
}
