import { checkProbability } from './check-parameter.ts';

/**
 * Density of the Weibull distribution, x ≥ 0 in the unit of `scale`: P(X > x) = exp(-(x / scale)^shape),
 *   f(x) = (shape / scale) (x / scale)^(shape - 1) exp(-(x / scale)^shape),   mean scale Γ(1 + 1/shape).
 *
 * A delay whose hazard rises (shape > 1), stays (1) or falls (< 1) with the time waited. Misleads in the tail, which is the
 * lightest of the three delay families for shape > 1. Weibull W, J Appl Mech 1951. R: dweibull.
 *
 * @example weibullCdf(7, 1.6, 6.3) // 0.69 of delays with this shape and scale (median 5 days, as MERS in Korea) end in a week
 */
export function weibullPdf(x: number, shape: number, scale: number): number {
  if (x < 0) return 0;
  if (x === 0) return shape > 1 ? 0 : shape === 1 ? 1 / scale : Number.POSITIVE_INFINITY;
  const power = (x / scale) ** shape;
  return ((shape * power) / x) * Math.exp(-power);
}

/** P(X ≤ x) of the Weibull distribution. */
export function weibullCdf(x: number, shape: number, scale: number): number {
  return x <= 0 ? 0 : -Math.expm1(-((x / scale) ** shape));
}

/** The x with P(X ≤ x) = p of the Weibull distribution. */
export function weibullQuantile(p: number, shape: number, scale: number): number {
  checkProbability('p', p);
  return scale * (-Math.log1p(-p)) ** (1 / shape);
}
