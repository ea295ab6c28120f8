import { type CivilDay, civilDay, dayNumber } from '../calendar/civil-day.ts';
import { reportedProportions } from './reported-proportions.ts';
import { type ReportingTriangle, reportingTriangle } from './reporting-triangle.ts';

export type ReportingDelay = {
  /** Cases with both days, the report not before the other. */
  pairsCount: number;
  /** Reported before the day asked for: left out of the delay. */
  reportedBeforeCount: number;
  /** Null with fewer than `leastPairs`. */
  triangle: ReportingTriangle | null;
  longestDelayDays: number | null;
};

export type ReportingDelayOptions = {
  /** Day up to which reports are in. */
  until: CivilDay;
  /** Days before it whose delays are learnt from: older ones were reported otherwise. Default 42. */
  learnedDays?: number | undefined;
  /** Longest delay counted; default 21, less if no longer one is found. */
  maxDelayDays?: number | undefined;
  /** Fewer pairs than these measure no delay; default 10. */
  leastPairs?: number | undefined;
};

/**
 * The delay from a day of the case (onset, sample) to its report, as a triangle of the last weeks that `nowcast` and
 * `firstIncompleteDay` read.
 *
 * Unit: days. Cases without one of the days are left out. Assumes that both days are kept as first written. Misleads when
 * the way of reporting changed within `learnedDays`. See `nowcast` for the method and its citations.
 *
 * @example reportingDelay(rows, { until: '2015-06-16' }).triangle // MERS, South Korea: null without ten reports with onset
 */
export function reportingDelay(
  cases: Iterable<{ dateOnset: CivilDay | null; dateReporting: CivilDay | null }>,
  { until, learnedDays = 42, maxDelayDays = 21, leastPairs = 10 }: ReportingDelayOptions,
): ReportingDelay {
  const pairs = Array.from(cases).flatMap(({ dateOnset, dateReporting }) =>
    dateOnset !== null && dateReporting !== null ? [{ dateOnset, dateReporting }] : [],
  );
  const rows = pairs.filter(({ dateOnset, dateReporting }) => dateReporting >= dateOnset);
  const told = { pairsCount: rows.length, reportedBeforeCount: pairs.length - rows.length };
  if (rows.length < leastPairs) return { ...told, triangle: null, longestDelayDays: null };
  const first = rows.map(({ dateOnset }) => dateOnset).toSorted()[0]!;
  const learned = civilDay(dayNumber(until) - learnedDays);
  const longest = rows.reduce(
    (most, row) => Math.max(most, dayNumber(row.dateReporting) - dayNumber(row.dateOnset)),
    0,
  );
  const longestDelayDays = Math.min(longest, maxDelayDays);
  const from = [first, learned].toSorted()[1]!;
  const triangle = reportingTriangle(rows, { until, from, maxDelayDays: longestDelayDays });
  return { ...told, triangle, longestDelayDays };
}

/**
 * The first of the last days of which less than `completeFrom` is reported; null when all are in. From it on nobody should
 * read a fall.
 *
 * A triangle without any case is an outbreak long over: every day is complete. Misleads as `nowcast` does.
 *
 * @param completeFrom share of a day's cases from which it counts as complete; default 0.95
 * @example firstIncompleteDay({ dates: ['2022-08-01', '2022-08-02'], counts: [[6, 4], [5, null]] }) // '2022-08-02'
 */
export function firstIncompleteDay(
  { dates, counts }: Pick<ReportingTriangle, 'dates' | 'counts'>,
  completeFrom = 0.95,
): CivilDay | null {
  if (isEmptyTriangle({ counts })) return null;
  const proportions = reportedProportions(counts);
  const index = proportions.findIndex((proportion) => proportion !== null && proportion < completeFrom);
  return index < 0 ? null : dates[index]!;
}

export const isEmptyTriangle = ({ counts }: Pick<ReportingTriangle, 'counts'>): boolean =>
  counts.every((row) => row.every((count) => !count));
