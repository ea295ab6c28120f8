import { checkProbability } from './check-parameter.ts';

/** Density of the Weibull distribution, P(X > x) = exp(-(x / scale)^shape). */
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
