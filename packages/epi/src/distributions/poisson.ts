import { gammaTerm, upperGamma } from '../special-functions/incomplete-gamma.ts';
import { discreteQuantile } from './discrete-quantile.ts';
import { normalQuantile } from './normal.ts';

/** P(X = count) of the Poisson distribution; 0 unless count is a whole number from 0 on. */
export function poissonPmf(count: number, mean: number): number {
  if (!(count >= 0 && Number.isInteger(count))) return 0;
  if (count === 0 || mean === 0) return count === 0 ? Math.exp(-mean) : 0;
  return gammaTerm(count, mean);
}

/** P(X ≤ count) of the Poisson distribution. */
export function poissonCdf(count: number, mean: number): number {
  if (count < 0) return 0;
  return mean === 0 ? 1 : upperGamma(Math.floor(count) + 1, mean);
}

/** The smallest count with P(X ≤ count) ≥ p. */
export function poissonQuantile(p: number, mean: number): number {
  const guess = p > 0 && p < 1 ? mean + Math.sqrt(mean) * normalQuantile(p) : 0;
  return discreteQuantile(p, (count) => poissonCdf(count, mean), guess);
}
