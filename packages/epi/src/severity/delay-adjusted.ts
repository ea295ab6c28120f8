import { chiSquaredCutoff } from '../interval/chi-squared-cutoff.ts';
import type { Estimate } from '../interval/estimate.ts';
import { findRoot } from '../numerical/find-root.ts';

export type DelayAdjustedSeverity = Estimate & {
  /** Expected number of cases whose outcome would be known by the last day, were it fatal: u × cases. */
  knownOutcomesCount: number;
  /** u: that number as a share of all cases. */
  knownOutcomesProportion: number | null;
  /** Set where more deaths are known than `knownOutcomesCount` allows: delay and data do not fit each other. */
  exceedsKnownOutcomes: boolean;
};

export type DelayAdjustedInput = {
  casesCount: number;
  deathsCount: number;
  level: number;
  casesPerDay: ArrayLike<number>;
  onsetToDeath: ArrayLike<number>;
};

/**
 * Case fatality risk corrected for deaths still to come.
 *
 * n = u C = Σ_t c_t F(T - t), F(d) = P(onset to death ≤ d), T the last day; likelihood θ^D (1 - θ)^(n - D), estimate D / n,
 * interval { θ : 2 (max ℓ - ℓ(θ)) ≤ χ²₁(level) }. cfr::cfr_static has the same n and likelihood below 100 cases, and normal or
 * Poisson approximations to it above, where estimates agree to the fourth and bounds to the second digit. Where D ≥ n the
 * likelihood rises up to θ = 1 and that is the estimate.
 */
export function estimateDelayAdjusted(input: DelayAdjustedInput): DelayAdjustedSeverity {
  const { casesCount, deathsCount: deaths, level } = input;
  const known = countKnownOutcomes(input);
  const outcomes = {
    knownOutcomesCount: known,
    knownOutcomesProportion: casesCount === 0 ? null : known / casesCount,
    exceedsKnownOutcomes: deaths > known,
  };
  if (known === 0) return { estimate: null, low: null, high: null, level, ...outcomes };

  const survivors = Math.max(0, known - deaths);
  const estimate = deaths / (deaths + survivors);
  const logLikelihood = (theta: number) =>
    (deaths === 0 ? 0 : deaths * Math.log(theta)) + (survivors === 0 ? 0 : survivors * Math.log1p(-theta));
  const cutoff = logLikelihood(estimate) - chiSquaredCutoff(level);
  const above = (theta: number) => Math.max(logLikelihood(theta) - cutoff, -Number.MAX_VALUE);
  return {
    estimate,
    low: deaths === 0 ? 0 : findRoot(above, 0, estimate),
    high: survivors === 0 ? 1 : findRoot(above, estimate, 1),
    level,
    ...outcomes,
  };
}

function countKnownOutcomes({ casesCount, casesPerDay, onsetToDeath }: DelayAdjustedInput): number {
  let cumulated = 0;
  const within = Array.from(onsetToDeath, (probability, day) => {
    if (!(probability >= 0 && probability <= 1))
      throw new RangeError(`onsetToDeath, day ${day}: ${probability} is not a probability`);
    cumulated += probability;
    return cumulated;
  });
  if (cumulated > 1 + 1e-6) throw new RangeError(`onsetToDeath sums to ${cumulated}, which is more than 1`);

  const lastDay = casesPerDay.length - 1;
  let cases = 0;
  let known = 0;
  for (let day = 0; day <= lastDay; day++) {
    const count = casesPerDay[day]!;
    if (!Number.isInteger(count) || count < 0)
      throw new RangeError(`casesPerDay, day ${day}: ${count} is not a whole number from 0`);
    cases += count;
    known += count * (within[Math.min(lastDay - day, within.length - 1)] ?? 0);
  }
  if (cases !== casesCount) throw new RangeError(`casesPerDay sums to ${cases}, casesCount is ${casesCount}`);
  return known;
}
