import type { GammaSerialInterval } from '../distributions/discretise-serial-interval.ts';
import { checkProbabilities, type EmpiricalSerialInterval } from './serial-interval.ts';

/** An interval from infection to infection (or, as a stand-in, from onset to onset). */
export type GenerationInterval =
  | GammaSerialInterval
  | EmpiricalSerialInterval
  | { family: 'exponential'; mean: number; unit: 'day' }
  | { family: 'fixed'; mean: number; unit: 'day' }
  | { family: 'normal'; mean: number; sd: number; unit: 'day' };

/**
 * The reproduction number that an exponential growth rate r (per day) means, given the generation interval:
 * R = 1 / M(-r) = 1 / ∫ e^(-r a) g(a) da.
 *
 * gamma: R = (1 + r sd² / mean)^(mean² / sd²); exponential: 1 + r · mean; fixed: e^(r · mean), the largest R of all
 * intervals with this mean; normal: e^(r · mean - r² sd² / 2); empirical: 1 / Σ wₖ e^(-r k). No unit, above 0; 1 at r = 0.
 * (Here gamma is the plain gamma distribution of mean and sd, not shifted.)
 *
 * Assumes a steady exponential phase and that the interval was measured outside of it (or corrected): in growth short
 * intervals are overseen. Misleads when growth comes from rising test numbers, and for long intervals and fast decline,
 * where the normal form breaks down.
 *
 * Wallinga J, Lipsitch M. Proc R Soc B 2007, doi:10.1098/rspb.2006.3754
 *
 * @returns R; 0 where a fall this fast is impossible for the interval (gamma with r ≤ -mean / sd², exponential with
 *   r ≤ -1 / mean)
 * @throws RangeError on a growth rate that is no number or an interval that cannot be
 * @example
 * // Ebola, West Africa 2014: generation interval 15.3 days, sd 9.3; cases doubling in 30 days
 * reproductionFromGrowth(Math.LN2 / 30, { family: 'gamma', mean: 15.3, sd: 9.3, unit: 'day' }) // 1.38
 */
export function reproductionFromGrowth(growthRate: number, interval: GenerationInterval): number {
  if (!Number.isFinite(growthRate)) throw new RangeError(`the growth rate is ${growthRate}`);
  if (interval.family === 'empirical') return fromEmpirical(growthRate, interval.probabilities);
  const { mean } = interval;
  checkDays('mean', mean);
  if (interval.family === 'fixed') return Math.exp(growthRate * mean);
  if (interval.family === 'exponential') return Math.max(0, 1 + growthRate * mean);

  const { sd } = interval;
  checkDays('standard deviation', sd);
  if (interval.family === 'normal') return Math.exp(growthRate * mean - (growthRate * sd) ** 2 / 2);
  const base = (growthRate * sd * sd) / mean;
  return base <= -1 ? 0 : Math.exp((mean / sd) ** 2 * Math.log1p(base));
}

function fromEmpirical(growthRate: number, probabilities: ArrayLike<number>): number {
  checkProbabilities(probabilities);
  let sum = 0;
  for (let day = 0; day < probabilities.length; day++)
    sum += probabilities[day]! * Math.exp(-growthRate * day);
  return 1 / sum;
}

function checkDays(name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`the ${name} of the generation interval is ${value} days; it must be above 0`);
  }
}
