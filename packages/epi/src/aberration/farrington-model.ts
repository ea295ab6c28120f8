import { studentTCdf } from '../distributions/student-t.ts';
import { type CountRegression, regressCounts } from '../regression/log-linear-counts.ts';
import type { Baseline } from './farrington-baseline.ts';
import type { FarringtonSettings } from './farrington-settings.ts';

/** Expectation of one epoch. */
export type ExpectedCount = {
  mean: number;
  /** Standard error of log mean. */
  logError: number;
  /** Variance over mean of the counts, at least 1. */
  dispersion: number;
};

type Model = {
  fit: CountRegression;
  hasTrend: boolean;
  /** Dispersion of the threshold, at least 1. */
  dispersion: number;
  /** Dispersion that standard errors are scaled by. */
  errorDispersion: number;
};

/** Trends are not trusted with fewer years of history. */
const YEARS_FOR_TREND = 3;

/** A row that alone decides its own fit has leverage 1 up to rounding. */
const FULL_LEVERAGE = 1 - 10 * 2 ** -52;

/** @returns null where the history gives no model */
export function expectedCount(
  baseline: Baseline,
  index: number,
  settings: FarringtonSettings,
): ExpectedCount | null {
  if (baseline.counts.length === 0) return null;
  let model = fitModel(baseline, settings, settings.trend);
  if (model === null) return null;
  if (model.hasTrend && !isTrendUsed(model, baseline, index, settings)) {
    model = fitModel(baseline, settings, false);
    if (model === null) return null;
  }
  const { fit, dispersion, errorDispersion, hasTrend } = model;
  const point = pointOf(baseline, index, settings.periods, hasTrend);
  const mean = meanAt(fit, point, index, settings);
  const logError = Math.sqrt(fit.varianceAt(point) * errorDispersion);
  return { mean, logError, dispersion };
}

/** Significant, from enough years, and not above everything seen. */
function isTrendUsed(model: Model, baseline: Baseline, index: number, settings: FarringtonSettings): boolean {
  const { fit, errorDispersion } = model;
  const slope = fit.coefficients[1];
  if (slope === null || slope === undefined) return false;
  const point = pointOf(baseline, index, settings.periods, true);
  const justSlope = point.map((_, column) => (column === 1 ? 1 : 0));
  const t = slope / Math.sqrt(fit.varianceAt(justSlope) * errorDispersion);
  const pValue = 2 * studentTCdf(-Math.abs(t), fit.residualDegreesOfFreedom);
  const largest = baseline.counts.reduce((a, b) => Math.max(a, b));
  const mean = meanAt(fit, point, index, settings);
  return settings.years >= YEARS_FOR_TREND && pValue < settings.trendP && mean <= largest;
}

function meanAt(fit: CountRegression, point: number[], index: number, { population }: FarringtonSettings) {
  const offset = population ? Math.log(population[index - 1]!) : 0;
  return Math.max(Math.exp(fit.linearPredictor(point) + offset), 2 ** -52);
}

/** One fit, or two where past outbreaks are to weigh less. */
function fitModel(baseline: Baseline, settings: FarringtonSettings, withTrend: boolean): Model | null {
  let hasTrend = withTrend;
  const { counts, offset } = baseline;
  let fit = regressCounts(columnsOf(baseline, hasTrend), counts, { offset });
  if (hasTrend && !fit?.converged) {
    hasTrend = false;
    fit = regressCounts(columnsOf(baseline, hasTrend), counts, { offset });
  }
  if (!fit?.converged) return null;
  const dispersion = Math.max(pearsonDispersion(fit, fit.workingWeights), 1);
  if (settings.reweight === false) {
    return { fit, hasTrend, dispersion, errorDispersion: pearsonDispersion(fit, fit.workingWeights) };
  }
  const weights = outbreakWeights(fit, counts, dispersion, settings.reweight);
  if (weights === null) return null;
  const again = regressCounts(columnsOf(baseline, hasTrend), counts, { weights, offset });
  if (again === null) return null;
  return {
    fit: again,
    hasTrend,
    dispersion: Math.max(pearsonDispersion(again, again.workingWeights), 1),
    // The reference stores the outbreak weights where the standard errors look for the working weights, so this is the
    // dispersion they are scaled by. Kept, so that both give the same bounds.
    errorDispersion: pearsonDispersion(again, weights),
  };
}

function pearsonDispersion(fit: CountRegression, weights: ArrayLike<number>): number {
  let sum = 0;
  for (const [i, residual] of fit.workingResiduals.entries()) sum += weights[i]! * residual * residual;
  return fit.residualDegreesOfFreedom > 0 ? sum / fit.residualDegreesOfFreedom : Number.NaN;
}

/** Weights that sum to the number of rows: 1 / s² for standardised Anscombe residuals s above the limit, 1 for others. */
function outbreakWeights(
  fit: CountRegression,
  counts: number[],
  dispersion: number,
  limit: number,
): number[] | null {
  const shares = counts.map((count, i) => {
    const mu = fit.fitted[i]!;
    const leverage = fit.leverages[i]! > FULL_LEVERAGE ? 1 : fit.leverages[i]!;
    const anscombe = 1.5 * (count ** (2 / 3) * mu ** (-1 / 6) - Math.sqrt(mu));
    const standardised = anscombe / Math.sqrt(dispersion * (1 - leverage));
    return standardised > limit ? standardised ** -2 : Number.isNaN(standardised) ? Number.NaN : 1;
  });
  const sum = shares.reduce((a, b) => a + b, 0);
  return sum > 0 ? shares.map((share) => (share * counts.length) / sum) : null;
}

/** Intercept, trend, and one column for each seasonal group but the first one there is. */
function columnsOf(baseline: Baseline, withTrend: boolean): Float64Array[] {
  const rows = baseline.counts.length;
  const columns = [new Float64Array(rows).fill(1)];
  if (withTrend) columns.push(Float64Array.from(baseline.epochs));
  for (const group of laterGroups(baseline)) {
    columns.push(Float64Array.from(baseline.groups, (own) => (own === group ? 1 : 0)));
  }
  return columns;
}

/** The epoch judged, in the same columns: it belongs to the group of the windows. */
function pointOf(baseline: Baseline, index: number, periods: number, withTrend: boolean): number[] {
  const groups = laterGroups(baseline).map((group) => (group === periods ? 1 : 0));
  return withTrend ? [1, index, ...groups] : [1, ...groups];
}

function laterGroups({ groups }: Baseline): number[] {
  return [...new Set(groups)].sort((a, b) => a - b).slice(1);
}
