import { chiSquaredCutoff } from '../interval/chi-squared-cutoff.ts';
import { type Estimate, readLevel } from '../interval/estimate.ts';
import { findRoot } from '../numerical/find-root.ts';
import { maximise } from '../numerical/maximise.ts';
import {
  isOverdispersed,
  logLikelihood,
  type OffspringTally,
  slopeInK,
  tallyOffspring,
} from './offspring-likelihood.ts';
import { proportionOfCases } from './proportion-of-cases.ts';

export type OffspringEstimate = {
  casesCount: number;
  infecteesCount: number;
  /** Mean number of infectees. */
  R: Estimate;
  /**
   * Dispersion: the smaller, the more unequal. Estimate Infinity: no more unequal than Poisson; `high` Infinity: Poisson
   * cannot be excluded. Null without any infectee.
   */
  k: Estimate;
  logLikelihood: number;
  /** Share of the cases that causes `transmissionProportion` of transmission; null without any infectee. */
  casesProportion: number | null;
  transmissionProportion: number;
};

/** Dispersions looked at. Below, one case in a million infects; above, nothing differs from Poisson in any data. */
const SMALLEST_K = 1e-6;
const LARGEST_K = 1e6;

/**
 * How unequally cases infect: mean R and dispersion k of a negative binomial offspring distribution, maximum likelihood.
 *
 * P(z) = Γ(z + k) / (z! Γ(k)) (k / (R + k))ᵏ (R / (R + k))ᶻ; variance R + R²/k. R is the mean; k maximises the likelihood at that
 * R. Intervals are profile likelihood, { θ : 2 (max ℓ - ℓ(θ)) ≤ χ²₁(level) }, each parameter with the other one free: k's is
 * skew, as it should be. With mean ≥ variance the estimate is k = ∞, Poisson. The share of cases that causes 80 % of
 * transmission follows from R and k.
 *
 * One number a case, zeros included. Assumes independent cases whose infectees have all been found. Misleads while the
 * outbreak runs (recent cases have not infected yet: leave them out), when cases without known infectee were not
 * looked at, and below some fifty cases, where k is biased upwards. Ambiguous infectees count for each of their
 * infectors if taken from `infecteesPerInfector`.
 *
 * Citation: Lloyd-Smith JO et al., Nature 2005, doi:10.1038/nature04153; Lloyd-Smith JO, PLoS ONE 2007;2:e180,
 * doi:10.1371/journal.pone.0000180. R: fitdistrplus::fitdist(x, "nbinom")
 *
 * @param counts infectees of each case
 * @throws RangeError on a count that cannot be, naming item and value
 * @example estimateOffspring(buildChains(cases, contacts).nodes.map((node) => node.infecteesCount))
 *   // MERS Korea 2015, 162 cases, 98 links: R 0.60, k 0.020 (0.010–0.039): 2 % of the cases caused 80 %
 */
export function estimateOffspring(
  counts: Iterable<number>,
  {
    level = 0.95,
    transmissionProportion = 0.8,
  }: { level?: number | undefined; transmissionProportion?: number | undefined } = {},
): OffspringEstimate {
  readLevel(level);
  const tally = tallyOffspring(counts);
  const { casesCount, infecteesCount } = tally;
  const unknown = { estimate: null, low: null, high: null, level };
  const head = { casesCount, infecteesCount, transmissionProportion };
  if (casesCount === 0) return { ...head, R: unknown, k: unknown, logLikelihood: 0, casesProportion: null };
  if (infecteesCount === 0) {
    // Without an infectee any mean is possible if k is small enough: no upper bound, nothing about k.
    const R = { estimate: 0, low: 0, high: Infinity, level };
    return { ...head, R, k: unknown, logLikelihood: 0, casesProportion: null };
  }

  const R = infecteesCount / casesCount;
  const k = isOverdispersed(tally) ? findDispersion(tally) : Infinity;
  const most = logLikelihood(tally, R, k);
  const cutoff = most - chiSquaredCutoff(level);
  const excessOfK = (logK: number) => logLikelihood(tally, R, Math.exp(logK)) - cutoff;
  const excessOfR = (logR: number) => bestOverK(tally, Math.exp(logR)) - cutoff;
  const logK = Math.log(Math.min(k, LARGEST_K));
  return {
    ...head,
    R: {
      estimate: R,
      low: Math.exp(bound(excessOfR, Math.log(R), Math.log(R) - 30, -Infinity)),
      high: Math.exp(bound(excessOfR, Math.log(R), Math.log(R) + 30, Infinity)),
      level,
    },
    k: {
      estimate: k,
      low: Math.exp(bound(excessOfK, logK, Math.log(SMALLEST_K), -Infinity)),
      high: k === Infinity ? k : Math.exp(bound(excessOfK, logK, Math.log(LARGEST_K), Infinity)),
      level,
    },
    logLikelihood: most,
    casesProportion: proportionOfCases({ R, k, transmissionProportion }),
  };
}

function findDispersion(tally: OffspringTally): number {
  const slope = (logK: number) => slopeInK(tally, Math.exp(logK));
  const [low, high] = [Math.log(SMALLEST_K), Math.log(LARGEST_K)];
  if (slope(low) <= 0) return SMALLEST_K;
  return slope(high) >= 0 ? Infinity : Math.exp(findRoot(slope, low, high));
}

/** The profile likelihood of R: the best that any dispersion makes of it. */
function bestOverK(tally: OffspringTally, R: number): number {
  const ofLogK = (logK: number) => logLikelihood(tally, R, Math.exp(logK));
  const best = maximise(ofLogK, Math.log(SMALLEST_K), Math.log(LARGEST_K), {
    gridCount: 30,
    tolerance: 1e-7,
  });
  return Math.max(best.value, logLikelihood(tally, R, Infinity));
}

/**
 * Where the profile falls below the cut-off on the way from `inside` to `edge`; `beyond` if it does not, `inside` if so many
 * cases are known that only dispersions above the largest looked at are possible.
 */
function bound(excess: (x: number) => number, inside: number, edge: number, beyond: number): number {
  if (excess(inside) < 0) return inside;
  return excess(edge) >= 0 ? beyond : findRoot(excess, inside, edge, 1e-10);
}
