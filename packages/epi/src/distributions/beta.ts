import { findRoot } from '../numerical/find-root.ts';
import { betaTerm, incompleteBeta } from '../special-functions/incomplete-beta.ts';
import { checkPositive, checkProbability } from './check-parameter.ts';

/** Density of the beta distribution on 0 … 1 with mean a / (a + b). */
export function betaPdf(x: number, a: number, b: number): number {
  return x <= 0 || x >= 1 ? 0 : betaTerm(a, b, x) / (x * (1 - x));
}

/** P(X ≤ x) of the beta distribution. */
export function betaCdf(x: number, a: number, b: number): number {
  return incompleteBeta(a, b, x);
}

/**
 * The x with P(X ≤ x) = p of the beta distribution. Limits of a binomial proportion after Clopper and Pearson are
 * betaQuantile(α/2, x, n - x + 1) and betaQuantile(1 - α/2, x + 1, n - x).
 */
export function betaQuantile(p: number, a: number, b: number): number {
  checkProbability('p', p);
  checkPositive('a', a);
  checkPositive('b', b);
  if (p === 0 || p === 1) return p;
  // On the scale of log odds the root is never crowded into a corner.
  const excess = (logOdds: number) => {
    const odds = Math.exp(-Math.abs(logOdds));
    const [near, far] = [odds / (1 + odds), 1 / (1 + odds)];
    const below = logOdds < 0 ? incompleteBeta(a, b, near, far) : incompleteBeta(a, b, far, near);
    return p <= 0.5 ? Math.log(below / p) : Math.log((1 - p) / (1 - below));
  };
  return 1 / (1 + Math.exp(-findRoot((t) => clip(excess(t)), -700, 700)));
}

/** Far from the root only the sign counts. */
function clip(value: number): number {
  return Math.max(-1e3, Math.min(1e3, value));
}
