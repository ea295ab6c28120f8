import { chiSquaredCutoff } from '../interval/chi-squared-cutoff.ts';
import type { Estimate } from '../interval/estimate.ts';
import type { Peak, Point } from '../numerical/climb.ts';
import { findRoot } from '../numerical/find-root.ts';
import { maximise } from '../numerical/maximise.ts';

/** Furthest bound looked for, in logarithms: a factor of 3000. A profile still high there does not close. */
const FURTHEST = 8;

/**
 * Profile likelihood interval of one of two parameters given as logarithms: all its values for which the best value of
 * the other keeps 2 (max ℓ - ℓ) ≤ χ²₁(level).
 *
 * @param index 0 or 1: which of the two
 * @returns estimate and bounds no longer as logarithms; a bound is null where the profile does not close
 */
export function profileInterval(
  logLikelihood: (point: Point) => number,
  peak: Peak,
  index: 0 | 1,
  level: number,
): Estimate {
  const centre = peak.at[index];
  const cutoff = peak.value - chiSquaredCutoff(level);
  const sd = peak.covariance ? Math.sqrt(peak.covariance[index === 0 ? 0 : 2]) : 0.5;

  const bound = (direction: 1 | -1): number | null => {
    let other = peak.at[1 - index]!;
    const excess = (value: number) => {
      const best = bestOther((y) => logLikelihood(index === 0 ? [value, y] : [y, value]), other);
      if (best.value > -Infinity) other = best.x;
      return Math.max(best.value - cutoff, -1e9);
    };
    let inside = centre;
    for (let step = Math.min(2 * sd, FURTHEST); ; step *= 1.6) {
      const outside = centre + direction * Math.min(step, FURTHEST);
      if (excess(outside) < 0) return Math.exp(findRoot(excess, inside, outside, 1e-7));
      if (step >= FURTHEST) return null;
      inside = outside;
    }
  };
  return { estimate: Math.exp(centre), low: bound(-1), high: bound(1), level };
}

/** The best value of the other parameter near where it was: Newton steps on a parabola, a search where they fail. */
function bestOther(f: (y: number) => number, start: number): { x: number; value: number } {
  const step = 1e-3;
  let x = start;
  let value = f(x);
  for (let i = 0; i < 12; i++) {
    const [right, left] = [f(x + step), f(x - step)];
    const slope = (right - left) / (2 * step);
    const curvature = (right - 2 * value + left) / step ** 2;
    if (!(curvature < 0)) break;
    const move = Math.max(-0.5, Math.min(0.5, -slope / curvature));
    const next = f(x + move);
    if (!(next >= value)) {
      if (Math.abs(move) < 1e-4) return { x, value };
      break;
    }
    x += move;
    value = next;
    if (Math.abs(move) < 1e-5) return { x, value };
  }
  const searched = maximise(f, start - 4, start + 4, { gridCount: 33, tolerance: 1e-7 });
  return searched.value > value ? searched : { x, value };
}
