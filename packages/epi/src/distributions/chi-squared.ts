import { gammaCdf, gammaQuantile, gammaTail } from './gamma.ts';

/** P(X ≤ x) of the chi-squared distribution. */
export function chiSquaredCdf(x: number, degreesOfFreedom: number): number {
  return gammaCdf(x, degreesOfFreedom / 2, 2);
}

/** P(X > x) of the chi-squared distribution: the p-value of a likelihood ratio. */
export function chiSquaredTail(x: number, degreesOfFreedom: number): number {
  return gammaTail(x, degreesOfFreedom / 2, 2);
}

/** The x with P(X ≤ x) = p; half of it is how far a profile log-likelihood may fall inside the interval. */
export function chiSquaredQuantile(p: number, degreesOfFreedom: number): number {
  return gammaQuantile(p, degreesOfFreedom / 2, 2);
}
