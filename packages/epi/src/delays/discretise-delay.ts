import { checkPositive } from '../distributions/check-parameter.ts';
import type { DelayFamily } from './delay.ts';
import { DELAY_FAMILIES } from './delay-families.ts';
import { intervalProbability } from './interval-probability.ts';

/**
 * Probabilities that a delay is 0, 1, … `lastDay` days when both events are known by their day only.
 *
 * P(d) = ∫₀¹ F(d + 1 - u) - F(d - u) du: the first event falls anywhere in its day. Unlike the discretised serial interval of
 * Cori 2013 day 0 has its share. Sums to less than 1 by the delays longer than `lastDay`. Assumes that the time of day of
 * the first event is uniform. Misleads where it is not (reports written at night for the day before) and for generation
 * intervals, for which day 0 is excluded by definition. Formula: Park SW et al. 2024, doi:10.1101/2024.01.12.24301247
 *
 * @throws RangeError when mean or sd is not above 0 or `lastDay` no whole number from 0
 * @example discretiseDelay({ family: 'gamma', mean: 8, sd: 5.16 }, 60) // Ebola, onset to death (Barry 2018)
 */
export function discretiseDelay(
  { family, mean, sd }: { family: DelayFamily; mean: number; sd: number },
  lastDay: number,
): Float64Array {
  checkPositive('mean', mean);
  checkPositive('sd', sd);
  if (!Number.isInteger(lastDay) || lastDay < 0)
    throw new RangeError(`lastDay: ${lastDay} is not a whole number from 0`);
  const distribution = DELAY_FAMILIES[family](mean, sd);
  return Float64Array.from({ length: lastDay + 1 }, (_, day) =>
    intervalProbability(distribution, day, day + 1, 1),
  );
}
