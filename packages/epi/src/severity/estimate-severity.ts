import { type Estimate, readLevel } from '../interval/estimate.ts';
import { wilsonInterval } from '../interval/wilson-interval.ts';
import { type DelayAdjustedSeverity, estimateDelayAdjusted } from './delay-adjusted.ts';

/** Counts of one group of cases at one data cut-off. */
export type SeverityCounts = {
  casesCount: number;
  deathsCount: number;
  /** Cases known to have recovered; without it there is no resolved estimate. */
  recoveredCount?: number | undefined;
};

export type SeverityOptions = {
  /** Default 0.95. */
  level?: number | undefined;
  /** What the delay-adjusted estimate needs; without it there is none. */
  delay?:
    | {
        /** Cases by day of onset, first to last day of the data, days without cases as 0. They sum to `casesCount`. */
        casesPerDay: ArrayLike<number>;
        /** P(onset to death = d days), d = 0, 1, …, among those who die. Sums to at most 1; days after the end are 0. */
        onsetToDeath: ArrayLike<number>;
      }
    | undefined;
};

export type Severity = {
  casesCount: number;
  deathsCount: number;
  /** Deaths / cases. */
  naive: Estimate;
  /** Deaths / (deaths + recovered); null where recoveries were not given. */
  resolved: (Estimate & { resolvedCount: number }) | null;
  /** Deaths / cases whose death would be known by now; null where no delay was given. */
  delayAdjusted: DelayAdjustedSeverity | null;
};

/**
 * The case fatality risk three ways: naive, resolved and delay-adjusted. Proportions, 0 to 1.
 *
 * **naive** D / C with Wilson's interval. Too low while the outbreak grows: recent cases have not had the time to die.
 * **resolved** D / (D + recovered), Wilson. Right only if deaths and recoveries become known equally fast and completely;
 * too high when recoveries are reported late or not at all.
 * **delayAdjusted** D / (u C), Nishiura 2009: u is the share of cases whose outcome would be known by the cut-off if
 * fatal, from the onset-to-death distribution. Exact binomial profile likelihood; see `estimateDelayAdjusted`.
 *
 * All three share one blindness: who counts as a case. Mild infections never tested make every one of them too high;
 * deaths never tested too low. Give the same case definition with the number. Intervals speak of chance, not of that.
 *
 * Citation: Nishiura H et al., PLoS ONE 2009;4:e6852, doi:10.1371/journal.pone.0006852; Ghani AC et al., Am J Epidemiol
 * 2005;162:479, doi:10.1093/aje/kwi230. R: cfr::cfr_static.
 *
 * @throws RangeError on a count that cannot be, naming it
 * @example estimateSeverity({ casesCount: 136, deathsCount: 32, recoveredCount: 47 })
 *   // H7N9 in China 2013: naive 0.235, resolved 0.405; the 57 cases still in hospital decide which is nearer
 */
export function estimateSeverity(counts: SeverityCounts, options: SeverityOptions = {}): Severity {
  const { casesCount, deathsCount, recoveredCount } = counts;
  const { level = 0.95, delay } = options;
  readLevel(level);
  checkCount('casesCount', casesCount, Infinity, '');
  checkCount('deathsCount', deathsCount, casesCount, `, the cases`);
  if (recoveredCount !== undefined)
    checkCount('recoveredCount', recoveredCount, casesCount - deathsCount, ', the cases that did not die');

  const resolvedCount = deathsCount + (recoveredCount ?? 0);
  return {
    casesCount,
    deathsCount,
    naive: wilsonInterval(deathsCount, casesCount, level),
    resolved:
      recoveredCount === undefined
        ? null
        : { ...wilsonInterval(deathsCount, resolvedCount, level), resolvedCount },
    delayAdjusted: delay ? estimateDelayAdjusted({ casesCount, deathsCount, level, ...delay }) : null,
  };
}

function checkCount(name: string, value: number, most: number, why: string): void {
  if (!Number.isInteger(value) || value < 0)
    throw new RangeError(`${name}: ${value} is not a whole number from 0`);
  if (value > most) throw new RangeError(`${name}: ${value} is more than ${most}${why}`);
}
