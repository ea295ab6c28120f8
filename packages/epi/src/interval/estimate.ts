/** An estimate with its interval. A bound that the data do not give is null, and so is an estimate they do not give. */
export type Estimate = {
  estimate: number | null;
  low: number | null;
  high: number | null;
  /** Probability the interval is made for, e.g. 0.95. */
  level: number;
};

/** @throws RangeError naming the value */
export function readLevel(level: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`level: ${level} is not between 0 and 1`);
  return level;
}
