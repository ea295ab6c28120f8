import { type CivilDay, dayNumber } from '../calendar/civil-day.ts';
import { normalQuantile } from '../distributions/normal.ts';
import { type Estimate, readLevel } from '../interval/estimate.ts';
import { climb, type Peak, type Point } from '../numerical/climb.ts';
import type { DelayEstimate, DelayFamily, DelayFit, DelayRecord } from './delay.ts';
import { DELAY_FAMILIES, type DelayDistribution } from './delay-families.ts';
import { type DelayData, delayLikelihood, readDelays } from './delay-likelihood.ts';
import { profileInterval } from './profile-interval.ts';

const QUANTILES = [0.025, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99];
const NUMBER_OF_PARAMETERS = 2;

/**
 * The distribution of a delay (incubation period, onset to report, onset to death) by maximum likelihood, from events
 * known to the day or worse, in an outbreak that still runs.
 *
 * For each record the first event is uniform in its window and the second one falls in its own (doubly
 * interval-censored); what had not happened by the cut-off could not be in the data (right-truncated):
 * L = Π P(T + U in the secondary window) / P(T + U before the cut-off). Gamma, lognormal and Weibull are fitted; `best` has the smallest
 * AIC = 4 - 2 log L. Days. Mean and sd carry profile likelihood intervals, the other numbers those of the curvature at
 * the peak (delta method, on the log scale where they are positive). A bound that the data do not give is null, as in a
 * young outbreak whose cut-off hides the upper tail.
 *
 * Assumes independent records, a uniform first event in its window, and a known cut-off. Misleads without `cutoff` while
 * cases grow (short delays are seen first; a mean 30 % too short is ordinary), when windows are recalled, not recorded,
 * and where the outbreak grows fast across wide primary windows (the first event is then late in its window).
 * A difference in AIC below 2 does not tell two families apart; their upper quantiles may still differ: look at both.
 *
 * Citation: Reich NG et al., Stat Med 2009;28:2769, doi:10.1002/sim.3659; Park SW et al. 2024,
 * doi:10.1101/2024.01.12.24301247. R: coarseDataTools::dic.fit (no truncation), primarycensored::fitdistdoublecens
 *
 * @throws RangeError on a record that cannot be (second event before the first, or after the cut-off), naming it
 * @example estimateDelay(rows.map((row) => delayOfDays(row.date_onset, row.date_reporting, '2015-06-16'))).best?.mean
 *   // MERS Korea 2015: 135 cases, onset to report
 */
export function estimateDelay(
  records: Iterable<DelayRecord>,
  {
    level = 0.95,
    families = ['gamma', 'lognormal', 'weibull'],
  }: { level?: number | undefined; families?: DelayFamily[] | undefined } = {},
): DelayEstimate {
  readLevel(level);
  const data = readDelays(records);
  const fits =
    data.recordsCount === 0
      ? []
      : families.map((family) => fit(data, family, level)).sort((a, b) => a.aic - b.aic);
  return { unit: 'day', recordsCount: data.recordsCount, best: fits[0] ?? null, fits };
}

/**
 * The record of two civil days.
 *
 * @param cutoff last day whose events are in the data; leave out when all are in
 * @throws RangeError on a day that cannot be
 * @example delayOfDays('2015-05-11', '2015-05-19', '2015-06-16')
 */
export function delayOfDays(
  primary: CivilDay,
  secondary: CivilDay,
  cutoff?: CivilDay | null | undefined,
): DelayRecord {
  const [first, second] = [dayNumber(primary), dayNumber(secondary)];
  return {
    primary: [first, first + 1],
    secondary: [second, second + 1],
    cutoff: cutoff ? dayNumber(cutoff) + 1 : undefined,
  };
}

function fit(data: DelayData, family: DelayFamily, level: number): DelayFit {
  const logLikelihood = delayLikelihood(data, family);
  const peak = climb(logLikelihood, [Math.log(data.roughMean), Math.log(data.roughSd)]);
  const distributionAt = ([logMean, logSd]: Point) =>
    DELAY_FAMILIES[family](Math.exp(logMean), Math.exp(logSd));
  const byDelta = (value: (distribution: DelayDistribution) => number, positive = true) =>
    deltaInterval((point) => value(distributionAt(point)), peak, level, positive);
  const names = Object.keys(distributionAt(peak.at).parameters);
  return {
    family,
    parameters: Object.fromEntries(
      names.map((name) => [name, byDelta(({ parameters }) => parameters[name]!, name !== 'meanLog')]),
    ),
    mean: profileInterval(logLikelihood, peak, 0, level),
    sd: profileInterval(logLikelihood, peak, 1, level),
    quantiles: Object.fromEntries(QUANTILES.map((p) => [String(p), byDelta(({ quantile }) => quantile(p))])),
    logLikelihood: peak.value,
    aic: 2 * NUMBER_OF_PARAMETERS - 2 * peak.value,
  };
}

const STEP = 1e-4;

/** The interval that a small change of both parameters makes, given their covariance at the peak. */
function deltaInterval(
  value: (point: Point) => number,
  { at, covariance }: Peak,
  level: number,
  positive: boolean,
): Estimate {
  const estimate = value(at);
  if (!covariance) return { estimate, low: null, high: null, level };
  const scaled = positive ? (point: Point) => Math.log(value(point)) : value;
  const [x, y] = at;
  const dx = (scaled([x + STEP, y]) - scaled([x - STEP, y])) / (2 * STEP);
  const dy = (scaled([x, y + STEP]) - scaled([x, y - STEP])) / (2 * STEP);
  const [xx, xy, yy] = covariance;
  const half = normalQuantile((1 + level) / 2) * Math.sqrt(dx * dx * xx + 2 * dx * dy * xy + dy * dy * yy);
  return positive
    ? { estimate, low: estimate * Math.exp(-half), high: estimate * Math.exp(half), level }
    : { estimate, low: estimate - half, high: estimate + half, level };
}
