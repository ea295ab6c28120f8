import { gammaTerm, lowerGamma, upperGamma } from '../special-functions/incomplete-gamma.ts';
import { logGamma } from '../special-functions/log-gamma.ts';
import { checkPositive, checkProbability } from './check-parameter.ts';
import { EXPANSION_FROM_SHAPE, expandedGammaQuantile } from './gamma-quantile-expansion.ts';
import { normalQuantile } from './normal.ts';

/**
 * Density of the gamma distribution, x ≥ 0 in the unit of `scale`:
 *   f(x) = x^(shape - 1) e^(-x / scale) / (Γ(shape) scale^shape),   mean shape · scale,   variance shape · scale².
 * From a mean and sd: shape = (mean / sd)², scale = sd² / mean.
 *
 * The usual form of incubation periods and serial intervals. Misleads where the tail decides (how long to quarantine): it is
 * lighter than the lognormal's with the same mean and sd, and few data tell the two apart; and where an interval can be
 * negative, which a gamma cannot. Johnson NL, Kotz S, Balakrishnan N. Continuous Univariate Distributions 1, 1994, ch. 17.
 * R: dgamma(x, shape, scale = scale).
 *
 * @example gammaPdf(12.6, (12.6 / 2.8) ** 2, 2.8 ** 2 / 12.6) // 0.142: serial interval of MERS, South Korea 2015, at its mean
 */
export function gammaPdf(x: number, shape: number, scale = 1): number {
  if (x < 0) return 0;
  if (x === 0) return shape > 1 ? 0 : shape === 1 ? 1 / scale : Number.POSITIVE_INFINITY;
  return (gammaTerm(shape, x / scale) * shape) / x;
}

/** P(X ≤ x) of the gamma distribution; see `gammaPdf`. R: pgamma. */
export function gammaCdf(x: number, shape: number, scale = 1): number {
  return x <= 0 ? 0 : lowerGamma(shape, x / scale);
}

/** P(X > x) of the gamma distribution; small tails keep their digits. */
export function gammaTail(x: number, shape: number, scale = 1): number {
  return x <= 0 ? 1 : upperGamma(shape, x / scale);
}

/**
 * The x with P(X ≤ x) = p of the gamma distribution, relative error near 1e-14.
 *
 * By Cornish and Fisher's expansion for shapes from 15 on, else by Halley's steps on the smaller of the two tails.
 *
 * @throws RangeError when p is no probability or shape or scale is not above 0
 * @example gammaQuantile(0.5, 1) // Math.LN2
 */
export function gammaQuantile(p: number, shape: number, scale = 1): number {
  checkProbability('p', p);
  checkPositive('shape', shape);
  checkPositive('scale', scale);
  if (p === 0) return 0;
  if (p === 1) return Number.POSITIVE_INFINITY;
  const z = normalQuantile(p);
  if (shape >= EXPANSION_FROM_SHAPE && Math.abs(z) < 3) return scale * expandedGammaQuantile(z, shape);
  return scale * polishQuantile(p, shape, startQuantile(p, z, shape));
}

function startQuantile(p: number, z: number, shape: number): number {
  // Close to 0 only the first term of the series counts: P ≈ xᵃ / Γ(a + 1).
  const nearZero = Math.exp((Math.log(p) + logGamma(shape + 1)) / shape);
  if (nearZero < 0.2 * (shape + 1)) return nearZero * Math.exp(nearZero / (shape + 1));
  // Wilson and Hilferty: the cube root of a gamma variable is nearly normal.
  const cubeRoot = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  return cubeRoot > 0.1 ? shape * cubeRoot ** 3 : nearZero;
}

function polishQuantile(p: number, shape: number, start: number): number {
  if (start < 1e-280) return start;
  const useLower = p <= 0.5;
  const target = useLower ? p : 1 - p;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let x = start;
  for (let step = 0; step < 100; step++) {
    // Positive when x lies above the quantile, on either tail.
    const excess = useLower ? lowerGamma(shape, x) - target : target - upperGamma(shape, x);
    if (excess > 0) high = x;
    else low = x;
    const newton = (excess * x) / (gammaTerm(shape, x) * shape);
    const halley = newton / (1 - Math.max(-1, Math.min(1, newton * ((shape - 1) / x - 1))) / 2);
    // The step is of third order: one this small leaves nothing to correct.
    if (Math.abs(halley) < 1e-6 * x) return x - halley;
    x -= halley;
    if (!(x > low && x < high)) x = high === Number.POSITIVE_INFINITY ? 2 * low : (low + high) / 2;
  }
  return x;
}
