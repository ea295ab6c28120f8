import { normalCdf, normalPdf, normalQuantile } from './normal.ts';

/** Density of the lognormal distribution: log X is normal with mean `meanLog` and standard deviation `sdLog`. */
export function lognormalPdf(x: number, meanLog: number, sdLog: number): number {
  return x <= 0 ? 0 : normalPdf(Math.log(x), meanLog, sdLog) / x;
}

/** P(X ≤ x) of the lognormal distribution. */
export function lognormalCdf(x: number, meanLog: number, sdLog: number): number {
  return x <= 0 ? 0 : normalCdf(Math.log(x), meanLog, sdLog);
}

/** The x with P(X ≤ x) = p of the lognormal distribution. */
export function lognormalQuantile(p: number, meanLog: number, sdLog: number): number {
  return Math.exp(normalQuantile(p, meanLog, sdLog));
}
