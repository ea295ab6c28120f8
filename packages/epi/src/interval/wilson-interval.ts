import { normalQuantile } from '../distributions/normal.ts';
import { type Estimate, readLevel } from './estimate.ts';

/**
 * A proportion with Wilson's score interval.
 *
 * p = x / n; bounds (p + z²/2n ± z √(p (1 - p)/n + z²/4n²)) / (1 + z²/n), z the normal quantile of (1 + level) / 2. Covers close to
 * its level on average over p, near 0 and 1 too, where p ± z·se breaks down. x and n may be fractions (effective sample
 * sizes). Assumes independent trials. Misleads where they
 * are not (contacts of one household, see `secondaryAttackRate`): it is then too narrow. Citation: Wilson EB, JASA 1927; Brown LD et al., Stat Sci 2001;16:101,
 * doi:10.1214/ss/1009213286
 *
 * @returns estimate and bounds from 0 to 1, all null where n = 0
 * @throws RangeError on x outside 0 to n
 * @example wilsonInterval(234, 245, 0.95) // { estimate: 0.9551, low: 0.9213, high: 0.9748, level: 0.95 }
 */
export function wilsonInterval(x: number, n: number, level: number): Estimate {
  readLevel(level);
  if (!(x >= 0 && x <= n)) throw new RangeError(`${x} of ${n} is no proportion`);
  if (n === 0) return { estimate: null, low: null, high: null, level };
  return { estimate: x / n, ...scoreBounds(x / n, n, normalQuantile((1 + level) / 2)), level };
}

/** The bounds themselves, for a quantile z of the caller's choice. */
export function scoreBounds(p: number, n: number, z: number): { low: number; high: number } {
  const scale = 1 + z ** 2 / n;
  const middle = (p + z ** 2 / (2 * n)) / scale;
  const half = (z * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2))) / scale;
  return { low: p === 0 ? 0 : Math.max(0, middle - half), high: p === 1 ? 1 : Math.min(1, middle + half) };
}
