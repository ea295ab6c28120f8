import { erfc, erfcx, expMinusSquare } from '../special-functions/erfc.ts';
import { checkProbability } from './check-parameter.ts';

/** Density of the normal distribution. */
export function normalPdf(x: number, mean = 0, sd = 1): number {
  const z = (x - mean) / sd;
  return expMinusSquare(Math.abs(z) / Math.SQRT2) / (sd * Math.sqrt(2 * Math.PI));
}

/** P(X ≤ x) of the normal distribution; small lower tails keep their digits. For upper tails use -x. */
export function normalCdf(x: number, mean = 0, sd = 1): number {
  return erfc(-(x - mean) / (sd * Math.SQRT2)) / 2;
}

/**
 * The x with P(X ≤ x) = p, to the last digits: a rational start (Abramowitz and Stegun 26.2.23) and Halley's steps on the
 * logarithm of the tail, which is never far from a parabola.
 *
 * @returns -Infinity at p = 0 and Infinity at 1
 * @throws RangeError when p is no probability
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(p: number, mean = 0, sd = 1): number {
  checkProbability('p', p);
  if (p === 0.5) return mean;
  const tail = p < 0.5 ? p : 1 - p;
  if (tail === 0) return p < 0.5 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const t = Math.sqrt(-2 * Math.log(tail));
  let z =
    t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let step = 0; step < 4; step++) {
    // Tail and density share the factor exp(-z² / 2); Mills' ratio is what remains.
    const y = z / Math.SQRT2;
    const mills = Math.sqrt(Math.PI / 2) * (y >= 0 ? erfcx(y) : erfc(y) / expMinusSquare(y));
    const excess = mills - (tail / expMinusSquare(Math.abs(y))) * Math.sqrt(2 * Math.PI);
    const change = excess / (1 + (z * excess) / 2);
    z += change;
    if (Math.abs(change) < 1e-9 * (1 + Math.abs(z))) break;
  }
  return p < 0.5 ? mean - sd * z : mean + sd * z;
}
