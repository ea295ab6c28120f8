import { checkProbability } from './check-parameter.ts';

/** Rounding must not push a cumulative probability that equals p below it. */
const FUZZ = 64 * 2 ** -52;

/** The smallest whole number whose cumulative probability reaches p, searched from a good guess outwards. */
export function discreteQuantile(p: number, cdf: (count: number) => number, guess: number): number {
  checkProbability('p', p);
  if (p === 1) return Number.POSITIVE_INFINITY;
  const target = p * (1 - FUZZ);
  let high = Math.max(0, Math.floor(guess));
  let step = 1;
  while (cdf(high) < target) {
    high += step;
    step *= 2;
  }
  let low = high;
  step = 1;
  while (low >= 0 && cdf(low) >= target) {
    high = low;
    low -= step;
    step *= 2;
  }
  low = Math.max(low, -1);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (cdf(middle) >= target) high = middle;
    else low = middle;
  }
  return high;
}
