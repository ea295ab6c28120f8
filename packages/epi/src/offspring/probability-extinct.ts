import { type Offspring, type OffspringAssumption, readOffspring } from './control.ts';

/**
 * The probability that chains started by `initialCasesCount` cases die out by themselves.
 *
 * q = smallest root in [0, 1] of g(s) = s, result qᵃ for a initial cases, with the offspring generating function
 * g(s) = c + (1 - c) (1 + R (1 - p) (1 - s) / k)⁻ᵏ; c = individual, p = population control; for k = ∞ the bracket is
 * exp(-R (1 - p) (1 - s)). It is 1 exactly when the mean (1 - c) (1 - p) R is at most 1 (then a chain dies out for
 * certain, however large it grows before). No unit, 0 to 1; solved to the last bits of a double.
 *
 * Assumes that cases infect independently with one distribution, that susceptibles do not run out and measures do not
 * change. Misleads when read as "no outbreak": a chain that dies out can be long (`probabilityContain` asks for its
 * size), and when R and k were estimated from found clusters only (long chains are found more easily).
 *
 * Citation: Lloyd-Smith JO et al., Nature 2005, doi:10.1038/nature04153; R: superspreading::probability_extinct, which
 * searches a grid of 0.001.
 *
 * @throws RangeError on an argument out of range, naming it
 * @example probabilityExtinct({ R: 1.5, k: 0.5 }) // 0.7676: three of four introductions burn out
 * @example probabilityExtinct({ R: 0.76, k: 0.02, initialCasesCount: 1 }) // 1, as for MERS Korea after control
 */
export function probabilityExtinct(assumption: OffspringAssumption): number {
  const offspring = readOffspring(assumption);
  return smallestRoot(offspring) ** offspring.initialCasesCount;
}

/** g is convex with g(1) = 1, so g(s) - s is above 0 left of the smallest root and below 0 between it and 1. */
function smallestRoot(offspring: Offspring): number {
  if ((1 - offspring.stopped) * offspring.R <= 1) return 1;
  let low = 0;
  let high = 1;
  while (true) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) return middle;
    if (generate(offspring, middle) > middle) low = middle;
    else high = middle;
  }
}

function generate({ R, k, stopped }: Offspring, s: number): number {
  const exponent = k === Infinity ? R * (1 - s) : k * Math.log1p((R * (1 - s)) / k);
  return stopped + (1 - stopped) * Math.exp(-exponent);
}
