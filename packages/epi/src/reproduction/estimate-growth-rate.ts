import { normalQuantile } from '../distributions/normal.ts';
import { studentTQuantile } from '../distributions/student-t.ts';
import { findRoot } from '../numerical/find-root.ts';
import { solveLeastSquares } from '../regression/least-squares.ts';
import { regressCounts } from '../regression/log-linear-counts.ts';
import { readDailyCases } from './daily-cases.ts';
import { logLikelihoodSlope } from './size-slope.ts';

export type GrowthMethod = 'negative-binomial' | 'poisson' | 'log-linear';

export type GrowthOptions = {
  method?: GrowthMethod | undefined;
  /** First and last day used, 1-based; default all. Choose a phase of steady growth or decline. */
  tStart?: number | undefined;
  tEnd?: number | undefined;
  /** Confidence level of the interval; default 0.95. */
  level?: number | undefined;
};

export type GrowthRateEstimate = {
  method: GrowthMethod;
  /** Days used; of the log-linear method those with cases. */
  n: number;
  /** Per day; null with fewer than 3 usable days or fewer than 2 of them with cases. */
  growthRate: { estimate: number; low: number; high: number; level: number } | null;
  /** log 2 / rate while cases grow; `high` is null when they may not be growing at all. */
  doublingTimeDays: { estimate: number; low: number; high: number | null } | null;
  /** log 2 / -rate while cases fall; `high` is null when they may not be falling at all. */
  halvingTimeDays: { estimate: number; low: number; high: number | null } | null;
  /** Size k of the negative binomial counts (variance = mean + mean² / k): Infinity when they vary no more than Poisson. */
  size: number | null;
};

/**
 * The exponential growth rate r of daily cases, per day: E Iₜ = e^(a + r t). Negative while the outbreak shrinks.
 *
 * `negative-binomial` (default) and `poisson`: likeliest a and r for counts with that distribution, zeros included, with
 * Wald interval; `log-linear`: least squares on log Iₜ with Student's interval, days without cases left out (as the R
 * package incidence does). Doubling time = log 2 / r.
 *
 * Assumes one steady rate over the days used. Misleads across a turning point, when late days are still filling up (r too
 * low), when testing grows (r too high); `poisson` intervals are too narrow for real counts, which cluster;
 * `log-linear` is biased upwards in small counts because it cannot see zeros.
 *
 * Ma J. Infect Dis Model 2020, doi:10.1016/j.idm.2019.12.009
 *
 * @param cases cases of each day, first day first; null days are left out
 * @throws RangeError naming row and value of a count that cannot be (negative; not whole unless log-linear), or days or a
 *   level out of range
 * @example
 * // Zika, Girardot 2015: the rise over the first 40 days
 * estimateGrowthRate(cases, { tEnd: 40 }).doublingTimeDays
 */
export function estimateGrowthRate(
  cases: ArrayLike<number | null>,
  { method = 'negative-binomial', tStart = 1, tEnd = cases.length, level = 0.95 }: GrowthOptions = {},
): GrowthRateEstimate {
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${level}; it must lie between 0 and 1`);
  const { days, counts } = readDays(cases, method, tStart, tEnd);
  const withCases = counts.filter((count) => count > 0).length;
  if (days.length < 3 || withCases < 2) {
    const nothing = { growthRate: null, doublingTimeDays: null, halvingTimeDays: null, size: null };
    return { method, n: days.length, ...nothing };
  }
  const fit = method === 'log-linear' ? fitLogLinear(days, counts) : fitCounts(days, counts, method);
  const { estimate, standardError, degreesOfFreedom, size } = fit;
  const p = (1 + level) / 2;
  const width =
    standardError * (degreesOfFreedom === null ? normalQuantile(p) : studentTQuantile(p, degreesOfFreedom));
  const growthRate = { estimate, low: estimate - width, high: estimate + width, level };
  return {
    method,
    n: days.length,
    growthRate,
    doublingTimeDays: timeToDouble(growthRate),
    halvingTimeDays: timeToDouble({ estimate: -estimate, low: -growthRate.high, high: -growthRate.low }),
    size,
  };
}

function readDays(cases: ArrayLike<number | null>, method: GrowthMethod, tStart: number, tEnd: number) {
  const { total } = readDailyCases(cases);
  const isWhole = Number.isSafeInteger(tStart) && Number.isSafeInteger(tEnd);
  if (cases.length > 0 && (!isWhole || tStart < 1 || tEnd > cases.length || tStart > tEnd)) {
    throw new RangeError(`days ${tStart} to ${tEnd} are not within day 1 to day ${cases.length}`);
  }
  const days: number[] = [];
  const counts: number[] = [];
  for (let day = tStart; day <= tEnd; day++) {
    const count = total[day - 1]!;
    const isMissing = cases[day - 1] === null || cases[day - 1] === undefined;
    if (isMissing || (method === 'log-linear' && count === 0)) continue;
    if (method !== 'log-linear' && !Number.isSafeInteger(count)) {
      throw new RangeError(`row ${day - 1}, cases: ${count} is not a whole number of cases`);
    }
    days.push(day);
    counts.push(count);
  }
  return { days, counts };
}

type Fit = {
  estimate: number;
  standardError: number;
  degreesOfFreedom: number | null;
  size: number | null;
};

/** Intercept and centred day, so that the two are nearly independent. */
function designOf(days: number[]): Float64Array[] {
  const middle = days.reduce((a, b) => a + b, 0) / days.length;
  return [new Float64Array(days.length).fill(1), Float64Array.from(days, (day) => day - middle)];
}

const SLOPE = [0, 1];

function fitLogLinear(days: number[], counts: number[]): Fit {
  const design = designOf(days);
  const logs = counts.map(Math.log);
  const solution = solveLeastSquares(design, logs);
  const [level, estimate] = solution.coefficients as [number, number];
  const residualSquares = logs.reduce(
    (sum, log, i) => sum + (log - level - estimate * design[1]![i]!) ** 2,
    0,
  );
  const degreesOfFreedom = days.length - 2;
  const standardError = Math.sqrt((residualSquares / degreesOfFreedom) * solution.varianceAt(SLOPE));
  return { estimate, standardError, degreesOfFreedom, size: null };
}

function fitCounts(days: number[], counts: number[], method: GrowthMethod): Fit {
  const design = designOf(days);
  let size = Number.POSITIVE_INFINITY;
  let fit = regressCounts(design, counts, { size, tolerance: 1e-13 })!;
  // Mean and size are estimated in turn until neither moves.
  for (let turn = 0; method === 'negative-binomial' && turn < 200; turn++) {
    const nextSize = likeliestSize(counts, fit.fitted);
    const settled = Math.abs(1 / nextSize - 1 / size) <= 1e-10 / nextSize;
    size = nextSize;
    if (settled || size === Number.POSITIVE_INFINITY) break;
    fit = regressCounts(design, counts, { size, tolerance: 1e-13 })!;
  }
  return {
    estimate: fit.coefficients[1]!,
    standardError: Math.sqrt(fit.varianceAt(SLOPE)),
    degreesOfFreedom: null,
    size,
  };
}

const LARGEST_LOG_SIZE = 13;

function likeliestSize(counts: number[], fitted: Float64Array): number {
  const slope = (logSize: number) => logLikelihoodSlope(counts, fitted, Math.exp(logSize));
  if (slope(LARGEST_LOG_SIZE) >= 0) return Number.POSITIVE_INFINITY;
  let low = 0;
  while (slope(low) < 0) low -= 2;
  return Math.exp(findRoot(slope, low, LARGEST_LOG_SIZE, 1e-12));
}

function timeToDouble({ estimate, low, high }: { estimate: number; low: number; high: number }) {
  if (!(estimate > 0)) return null;
  return {
    estimate: Math.LN2 / estimate,
    low: Math.LN2 / high,
    high: low > 0 ? Math.LN2 / low : null,
  };
}
