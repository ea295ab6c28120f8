import { createRandom } from '../random/random.ts';
import { readDailyCases, sumDays } from './daily-cases.ts';
import { nameQuantiles, noQuantiles, QUANTILE_LEVELS, type Quantiles } from './posterior-quantiles.ts';
import {
  type FixedSerialInterval,
  serialIntervalMoments,
  serialIntervalProbabilities,
} from './serial-interval.ts';
import { simulateAncestries } from './simulate-ancestries.ts';
import { chooseWindows, type RtWindow, type WindowOptions } from './windows.ts';

export type CaseReproductionOptions = WindowOptions & {
  serialInterval: FixedSerialInterval;
  /** How many times all infectors are drawn for the intervals; 0 gives none. Default 1000. */
  simulationsCount?: number | undefined;
  /** Seed of those draws; default 1. */
  seed?: number | undefined;
};

export type CaseReproductionEstimate = RtWindow & {
  mean: number | null;
  sd: number | null;
  /** Of the draws; null without any. */
  quantiles: Quantiles;
};

export type CaseReproductionEstimates = {
  method: 'wallinga-teunis';
  windows: CaseReproductionEstimate[];
  serialInterval: { mean: number; sd: number; unit: 'day' };
};

/**
 * The case (cohort) reproduction number: how many people a case who fell ill in the window infected, afterwards, on
 * average. No unit, from 0 upwards.
 *
 * A case of day i was infected by one of day j with probability p = w(i - j) / Σⱼ Iⱼ w(i - j); a case of day j therefore
 * infected Rⱼ = Σᵢ Iᵢ p; the window's number is the mean of Rⱼ over its cases. sd and all seven quantiles come
 * from drawing an infector for every case `simulationsCount` times (seeded): they tell the uncertainty about who infected
 * whom, not about R itself; the outer ones need some hundred draws. No estimate (null) in windows without cases, and in windows before the first case (as
 * `wallinga_teunis` drops them: join on `tStart`, not on position).
 *
 * Assumes that all cases are counted and every case but the first ones was infected by a counted one; each case of one
 * day is alike. Misleads at the end of the series, where the infectees of recent cases are not there yet: R falls to 0 by
 * construction (right truncation), and where many cases were imported. For today's situation use `estimateRt`.
 *
 * Wallinga J, Teunis P. Am J Epidemiol 2004, doi:10.1093/aje/kwh255. Point values equal to `wallinga_teunis` of EpiEstim
 * 2.2-4.
 *
 * @param cases whole numbers of cases of each day, first day first; null = not known, counted as 0
 * @throws RangeError on a count, window or serial interval that cannot be, naming row or day and value
 * @example
 * // SARS, Hong Kong 2003
 * estimateCaseReproduction(cases, { serialInterval: { family: 'gamma', mean: 8.4, sd: 3.8, unit: 'day' } })
 */
export function estimateCaseReproduction(
  cases: ArrayLike<number | null>,
  options: CaseReproductionOptions,
): CaseReproductionEstimates {
  const { serialInterval, simulationsCount = 1000, seed = 1 } = options;
  if (!(Number.isSafeInteger(simulationsCount) && simulationsCount >= 0)) {
    throw new RangeError(`simulationsCount is ${simulationsCount}; it must be a whole number from 0 on`);
  }
  const { total } = readDailyCases(cases);
  checkWholeCases(total);
  const windows = chooseWindows(total.length, options);
  const probabilities = serialIntervalProbabilities(serialInterval, total.length);
  const infecteesPerDay = expectedInfectees(total, probabilities);
  const isEstimated = estimatedWindows(total, windows);
  const simulations =
    simulationsCount === 0
      ? []
      : simulateAncestries(total, probabilities, { simulationsCount, random: createRandom(seed) });

  return {
    method: 'wallinga-teunis',
    windows: windows.map((window, i) => {
      if (!isEstimated[i]) {
        return { ...window, mean: null, sd: null, quantiles: noQuantiles() };
      }
      const { tStart, tEnd } = window;
      const casesCount = sumDays(total, tStart, tEnd);
      const simulated = simulations.map((infectees) => sumDays(infectees, tStart, tEnd) / casesCount);
      return {
        ...window,
        mean: sumDays(infecteesPerDay, tStart, tEnd) / casesCount,
        ...spreadOf(simulated),
      };
    }),
    serialInterval: { ...serialIntervalMoments(probabilities), unit: 'day' },
  };
}

function checkWholeCases(total: Float64Array): void {
  const row = total.findIndex((count) => !Number.isSafeInteger(count));
  if (row !== -1) throw new RangeError(`row ${row}, cases: ${total[row]} is not a whole number of cases`);
}

/** Expected infectees of all cases of each day together; a day's infectors share its cases by their weights. */
function expectedInfectees(total: Float64Array, probabilities: ArrayLike<number>): Float64Array {
  const infectees = new Float64Array(total.length);
  for (let day = 1; day < total.length; day++) {
    if (total[day] === 0) continue;
    const reach = Math.min(day, probabilities.length - 1);
    let weights = 0;
    for (let back = 1; back <= reach; back++) weights += probabilities[back]! * total[day - back]!;
    if (weights === 0) continue;
    for (let back = 1; back <= reach; back++) {
      infectees[day - back]! += (total[day]! * probabilities[back]! * total[day - back]!) / weights;
    }
  }
  return infectees;
}

/**
 * Which windows have an estimate: those with cases, less the leading ones before any case. The reference counts those by
 * the position of the first window with a case before it and compares the count with day numbers; we do the same, so that
 * both leave out the same windows.
 */
function estimatedWindows(total: Float64Array, windows: RtWindow[]): boolean[] {
  const firstCaseDay = total.findIndex((count) => count > 0) + 1;
  const firstUsable = windows.findIndex(({ tStart }) => firstCaseDay > 0 && tStart > firstCaseDay) + 1;
  return windows.map(({ tStart, tEnd }) => {
    const isLeading = firstUsable === 0 || tStart < firstUsable;
    return !isLeading && sumDays(total, tStart, tEnd) > 0;
  });
}

function spreadOf(values: number[]): Pick<CaseReproductionEstimate, 'sd' | 'quantiles'> {
  const n = values.length;
  if (n === 0) return { sd: null, quantiles: noQuantiles() };
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const sumSquares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  values.sort((a, b) => a - b);
  return {
    sd: n < 2 ? null : Math.sqrt(sumSquares / (n - 1)),
    quantiles: nameQuantiles(QUANTILE_LEVELS.map((level) => interpolate(values, level))),
  };
}

/** Sample quantile between order statistics (R's type 7). */
function interpolate(sorted: number[], p: number): number {
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}
