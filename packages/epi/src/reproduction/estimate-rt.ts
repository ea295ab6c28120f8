import { type DailyCases, readDailyCases, sumDays } from './daily-cases.ts';
import { drawSerialIntervals } from './draw-serial-intervals.ts';
import { overallInfectivity } from './overall-infectivity.ts';
import { nameQuantiles, noQuantiles, unitGammaQuantiles } from './posterior-quantiles.ts';
import type { RtEstimate } from './rt-estimate.ts';
import { estimateRtOverDraws } from './rt-over-draws.ts';
import {
  type SerialInterval,
  serialIntervalMoments,
  serialIntervalProbabilities,
} from './serial-interval.ts';
import { chooseWindows, type RtWindow, type WindowOptions } from './windows.ts';

export type RtOptions = WindowOptions & {
  serialInterval: SerialInterval;
  /** How many of each day's cases were infected elsewhere; default none but those of the first day. */
  imported?: ArrayLike<number | null> | undefined;
  /** Gamma prior of R, by its mean and standard deviation; default 5 and 5. */
  prior?: { mean: number; sd: number } | undefined;
  /** How many serial intervals are drawn from an uncertain one; default 500. */
  drawsCount?: number | undefined;
  /** Seed of those draws; default 1. */
  seed?: number | undefined;
};

/** What the reader should know before relying on the numbers. */
export type RtWarning =
  | { code: 'missing_counted_as_zero'; days: number[] }
  | { code: 'first_window_has_few_cases'; casesCount: number; neededCount: number }
  | { code: 'serial_interval_longer_than_series'; sum: number };

export type RtEstimates = {
  method: 'cori';
  windows: RtEstimate[];
  /** Mean and standard deviation of the serial interval used (means over the draws of an uncertain one), days. */
  serialInterval: { mean: number; sd: number; unit: 'day' };
  warnings: RtWarning[];
};

/** Coefficient of variation of the posterior that a first window should not exceed (as in EpiEstim). */
const WANTED_VARIATION = 0.3;

/**
 * The time-varying (instantaneous) reproduction number: how many people one case infects on average if conditions stay as
 * they are in the window. No unit, from 0 upwards; below 1 the outbreak shrinks.
 *
 * In window [s, e] the local cases are Poisson with mean R Σ Λₜ, Λₜ = Σₖ Iₜ₋ₖ wₖ; with a gamma prior of shape a and scale b
 * the posterior of R is gamma with
 *   shape a + Σ local cases,   scale 1 / (1/b + Σ Λₜ),
 * whose mean, sd and quantiles are told. No estimate (null) where the window ends before the mean serial interval has
 * passed (tEnd ≤ mean): then the prior speaks, not the data. With an uncertain serial interval the posterior is the
 * mixture over `drawsCount` seeded draws of it, computed exactly for the draws.
 *
 * Assumes that all cases, or a constant share of them, are counted on the day they fell ill, that the serial interval
 * does not change and is never 0 or negative, and that cases infected elsewhere are named. Misleads by report date or
 * while late days are still filling up (R looks lower than it is: leave them out or nowcast), when testing effort changes
 * inside a window, when imported cases are counted as local (R too high), in windows with a handful of cases (the prior
 * mean 5 pulls R up), and when read as of today: it tells the infections of about one serial interval ago.
 *
 * Cori A et al., Am J Epidemiol 2013, doi:10.1093/aje/kwt133; uncertain serial interval and imported cases: Thompson RN
 * et al., Epidemics 2019, doi:10.1016/j.epidem.2019.100356. Equal to `estimate_R` of EpiEstim 2.2-4.
 *
 * @param cases all cases of each day, first day first, days without cases as 0; null = not known, counted as 0 with a
 *   warning
 * @throws RangeError on a count, window, prior or serial interval that cannot be, naming row or day and value
 * @example
 * // MERS, South Korea 2015, by onset from 11 May
 * estimateRt(cases, { serialInterval: { family: 'gamma', mean: 12.6, sd: 2.8, unit: 'day' } }).windows
 *   .find((window) => window.tStart === 18) // mean 4.192, quantiles 3.149 to 5.382
 */
export function estimateRt(cases: ArrayLike<number | null>, options: RtOptions): RtEstimates {
  const { serialInterval, imported, prior = { mean: 5, sd: 5 }, drawsCount = 500, seed = 1 } = options;
  const daily = readDailyCases(cases, imported);
  const windows = chooseWindows(cases.length, options);
  const gammaPrior = readPrior(prior);
  const warnings = findWarnings(daily, windows, gammaPrior.shape);

  if (serialInterval.family === 'uncertain-gamma' || serialInterval.family === 'sample') {
    const draws = drawSerialIntervals(serialInterval, cases.length, { drawsCount, seed });
    const estimates = estimateRtOverDraws(daily, windows, draws, gammaPrior);
    return { method: 'cori', ...estimates, warnings };
  }

  const probabilities = serialIntervalProbabilities(serialInterval, cases.length);
  const moments = serialIntervalMoments(probabilities);
  const sum = Array.from(probabilities).reduce((a, b) => a + b, 0);
  if (Math.abs(sum - 1) > 0.01) warnings.push({ code: 'serial_interval_longer_than_series', sum });

  const infectivity = overallInfectivity(daily.total, probabilities);
  return {
    method: 'cori',
    windows: windows.map(({ tStart, tEnd }): RtEstimate => {
      if (!(tEnd > moments.mean)) return { tStart, tEnd, mean: null, sd: null, quantiles: noQuantiles() };
      const shape = gammaPrior.shape + sumDays(daily.local, tStart, tEnd);
      const scale = 1 / (1 / gammaPrior.scale + sumDays(infectivity, tStart, tEnd));
      const quantiles = nameQuantiles(unitGammaQuantiles(shape), scale);
      return { tStart, tEnd, mean: shape * scale, sd: Math.sqrt(shape) * scale, quantiles };
    }),
    serialInterval: { ...moments, unit: 'day' },
    warnings,
  };
}

function readPrior({ mean, sd }: { mean: number; sd: number }): { shape: number; scale: number } {
  for (const [name, value] of Object.entries({ mean, sd })) {
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`the ${name} of the prior is ${value}; it must be above 0`);
    }
  }
  return { shape: (mean / sd) ** 2, scale: (sd * sd) / mean };
}

function findWarnings(
  { total, missingDays }: DailyCases,
  windows: RtWindow[],
  priorShape: number,
): RtWarning[] {
  const warnings: RtWarning[] = [];
  if (missingDays.length > 0) warnings.push({ code: 'missing_counted_as_zero', days: missingDays });
  const first = windows[0];
  if (first) {
    const casesCount = sumDays(total, first.tStart, first.tEnd);
    const neededCount = Math.ceil(1 / WANTED_VARIATION ** 2 - priorShape);
    if (casesCount < neededCount)
      warnings.push({ code: 'first_window_has_few_cases', casesCount, neededCount });
  }
  return warnings;
}
