import { findRoot } from '../numerical/find-root.ts';
import { incompleteBeta } from '../special-functions/incomplete-beta.ts';
import { checkPositive, checkProbability } from './check-parameter.ts';

/** P(T ≤ t) of Student's t distribution; small lower tails keep their digits. */
export function studentTCdf(t: number, degreesOfFreedom: number): number {
  const square = t * t;
  const tail =
    square === Number.POSITIVE_INFINITY
      ? 0
      : incompleteBeta(
          degreesOfFreedom / 2,
          0.5,
          degreesOfFreedom / (degreesOfFreedom + square),
          square / (degreesOfFreedom + square),
        ) / 2;
  return t < 0 ? tail : 1 - tail;
}

/** The t with P(T ≤ t) = p of Student's t distribution. */
export function studentTQuantile(p: number, degreesOfFreedom: number): number {
  checkProbability('p', p);
  checkPositive('degreesOfFreedom', degreesOfFreedom);
  if (p === 0.5) return 0;
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const tail = Math.min(p, 1 - p);
  // On the scale of log t: the tails fall like a power.
  const logT = findRoot((u) => Math.log(studentTCdf(-Math.exp(u), degreesOfFreedom) / tail), -200, 300);
  return p < 0.5 ? -Math.exp(logT) : Math.exp(logT);
}
