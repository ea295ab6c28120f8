import type { DelayDistribution } from './delay-families.ts';

/** Below this, differences of integrated distribution functions are mostly rounding. */
const CANCELLING = 1e-7;

/**
 * Probability that the second event falls in [from, until) days after the start of a primary window of width `width`,
 * the first event being uniform in that window: (1/w) ∫₀ʷ F(until - u) - F(from - u) du.
 *
 * ∫ F has a closed form, ∫₀ˣ F = x F(x) - ∫₀ˣ t f(t) dt, so no error of integration; small probabilities are summed from the
 * density instead (Gauss–Legendre on the pieces of the trapezoid that the windows make of the delay). For exact moments
 * (width 0, from = until) it is F(until) - F(from), or the density. Formula: Park SW et al. 2024,
 * doi:10.1101/2024.01.12.24301247; R: primarycensored
 */
export function intervalProbability(
  distribution: DelayDistribution,
  from: number,
  until: number,
  width: number,
): number {
  if (until === from) return exactSecond(distribution, from, width);
  const closed =
    width === 0
      ? distribution.cdf(until) - distribution.cdf(from)
      : (distribution.integratedCdf(until) -
          distribution.integratedCdf(until - width) -
          distribution.integratedCdf(from) +
          distribution.integratedCdf(from - width)) /
        width;
  return closed > CANCELLING ? closed : sumDensity(distribution, from, until, width);
}

/** Probability that it falls before `until`: what truncation divides by. */
export function probabilityBefore(distribution: DelayDistribution, until: number, width: number): number {
  if (width === 0) return distribution.cdf(until);
  return (distribution.integratedCdf(until) - distribution.integratedCdf(until - width)) / width;
}

/** Density of an exactly known second event. */
function exactSecond(distribution: DelayDistribution, at: number, width: number): number {
  if (width === 0) return distribution.pdf(at);
  return (distribution.cdf(at) - distribution.cdf(at - width)) / width;
}

const NODES = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363];
const WEIGHTS = [0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763];

/** ∫ f(t) k(t) dt, where k(t) is the chance that a delay t fits both windows: it rises, stays, falls. */
function sumDensity({ pdf }: DelayDistribution, from: number, until: number, width: number): number {
  const kernel = (t: number) =>
    width === 0 ? 1 : Math.max(0, Math.min(width, until - t) - Math.max(0, from - t)) / width;
  const corners = [from - width, from, until - width, until].map((t) => Math.max(0, t)).sort((a, b) => a - b);
  let sum = 0;
  for (let i = 0; i < 3; i++) {
    const middle = (corners[i]! + corners[i + 1]!) / 2;
    const half = (corners[i + 1]! - corners[i]!) / 2;
    if (half === 0) continue;
    for (let node = 0; node < NODES.length; node++) {
      for (const t of [middle - half * NODES[node]!, middle + half * NODES[node]!])
        sum += half * WEIGHTS[node]! * pdf(t) * kernel(t);
    }
  }
  return sum;
}
