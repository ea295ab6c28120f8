import { excessOverLog } from './excess-over-log.ts';
import { stirlingCorrection } from './log-gamma.ts';

const EPSILON = 2 ** -53;
const MOST_TERMS = 100_000;

/**
 * Regularised incomplete beta function I_x(a, b) = ∫₀ˣ tᵃ⁻¹ (1 - t)ᵇ⁻¹ dt / B(a, b), for a, b > 0 and x from 0 to 1.
 *
 * By the continued fraction on the side where it converges fast; relative error near 1e-13.
 *
 * @param complement 1 - x, where the caller knows it more exactly than x
 */
export function incompleteBeta(a: number, b: number, x: number, complement = 1 - x): number {
  if (Number.isNaN(a + b + x)) return Number.NaN;
  if (x <= 0) return 0;
  if (complement <= 0) return 1;
  const term = betaTerm(a, b, x, complement);
  return x < (a + 1) / (a + b + 2)
    ? (term / a) * betaFraction(a, b, x)
    : 1 - (term / b) * betaFraction(b, a, complement);
}

/** xᵃ (1 - x)ᵇ / B(a, b), seen from its peak so that large a and b keep their digits. */
export function betaTerm(a: number, b: number, x: number, complement = 1 - x): number {
  const n = a + b;
  const exponent =
    a * excessOverLog((x * n) / a, (x * b - complement * a) / a) +
    b * excessOverLog((complement * n) / b, (complement * a - x * b) / b);
  const correction = stirlingCorrection(n) - stirlingCorrection(a) - stirlingCorrection(b);
  return Math.exp(correction - exponent) * Math.sqrt((a / n) * (b / (2 * Math.PI)));
}

/** Lentz's evaluation of the continued fraction of Didonato and Morris. */
function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    const factor = d * c;
    fraction *= factor;
    if (Math.abs(factor - 1) < 2 * EPSILON) break;
  }
  return fraction;
}

function nonZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}
