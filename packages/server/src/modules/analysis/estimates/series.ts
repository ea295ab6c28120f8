/** Daily cases from the first to the cut-off, and which of the last days are still filling up. */
import type { CurveAnalysis } from '@levee/contract';
import { dayNumber, epiCurve, nowcast, reportingTriangle } from '@levee/epi';
import type { CaseFacts } from '../../cases/index.ts';
import { type Basis, DAY_OF, lackingOf, NEEDED } from '../analysis.ts';

/** Weeks whose delays the nowcast learns from: older ones were reported otherwise. */
const LEARNED_DAYS = 42;
const LONGEST_DELAY_DAYS = 21;
/** Of a day of which less than this is reported nobody should read a fall. */
const COMPLETE_FROM = 0.95;
/** Of a day of which less than this is in, a nowcast is a handful times ten: not told. */
const NOWCAST_FROM = 1 / 3;
/** Where no delay can be measured in a running incident. */
const INCOMPLETE_DAYS = 3;

export interface Asked {
  readonly cases: readonly CaseFacts[];
  readonly cutoff: string;
  readonly running: boolean;
  readonly basis: Basis;
}

export type Curve = Omit<CurveAnalysis, 'about'>;

/** Days without cases are 0; what has no day is counted, never dropped. */
export function curveOf({ cases, cutoff, running, basis }: Asked): Curve {
  const { days, undatedCount, countedCount } = epiCurve(cases, { by: basis, until: cutoff });
  const delay = basis === 'report' ? null : nowcastOf(cases, cutoff, basis);
  // The day of a report is complete when it is over; today is not.
  const byRule = basis === 'report' ? 1 : INCOMPLETE_DAYS;
  const ruled = running && !delay?.days ? (days.at(-byRule)?.date ?? days[0]?.date ?? null) : null;
  const incompleteFrom = delay?.days ? delay.incompleteFrom : ruled;
  return {
    lacking: lackingOf([
      ['cases', cases.length, 1],
      ['dated_cases', countedCount, 1],
      ...(basis !== 'report' ? ([['pairs', delay?.pairsCount ?? 0, NEEDED.pairs]] as const) : []),
    ]),
    basis,
    missingCount: undatedCount,
    reportedBeforeCount: delay?.reportedBeforeCount ?? 0,
    incompleteFrom,
    incompleteBy: delay?.days ? 'delay' : ruled === null ? 'none' : 'rule',
    longestDelayDays: delay?.longestDelayDays ?? null,
    beyondCount: delay?.beyondCount ?? 0,
    days: days.map(({ date, count }) => {
      const incomplete = incompleteFrom !== null && date >= incompleteFrom;
      const of = delay?.days?.get(date);
      return {
        day: date,
        count,
        incomplete,
        reportedProportion: of?.reportedProportion ?? null,
        // Cases whose report has no day are on the curve and in no triangle: they are added to what the triangle says.
        nowcast:
          incomplete && of && (of.reportedProportion ?? 0) >= NOWCAST_FROM
            ? shifted(of, count - of.reportedCount)
            : null,
      };
    }),
  };
}

type Day = ReturnType<typeof nowcast>['days'][number];

const shifted = ({ estimate, median, low, high }: Day, more: number) => ({
  estimate: estimate === null ? null : estimate + more,
  median: median + more,
  low: low + more,
  high: high + more,
});

/** The delay from the day asked for to the report, and what it says about the last days. */
function nowcastOf(cases: readonly CaseFacts[], cutoff: string, basis: Exclude<Basis, 'report'>) {
  const paired = cases.flatMap((one) => {
    const day = one[DAY_OF[basis]];
    return day !== null && one.dateReporting !== null
      ? [{ dateOnset: day, dateReporting: one.dateReporting }]
      : [];
  });
  const rows = paired.filter(({ dateOnset, dateReporting }) => dateReporting >= dateOnset);
  const told = { pairsCount: rows.length, reportedBeforeCount: paired.length - rows.length };
  const none = { days: null, incompleteFrom: null, longestDelayDays: null, beyondCount: 0 };
  if (rows.length < NEEDED.pairs) return { ...told, ...none };
  const first = rows.map(({ dateOnset }) => dateOnset).toSorted()[0]!;
  const from = [first, dayBefore(cutoff, LEARNED_DAYS)].toSorted()[1]!;
  const longest = rows.reduce(
    (most, row) => Math.max(most, dayNumber(row.dateReporting) - dayNumber(row.dateOnset)),
    0,
  );
  const longestDelayDays = Math.min(longest, LONGEST_DELAY_DAYS);
  const triangle = reportingTriangle(rows, { until: cutoff, from, maxDelayDays: longestDelayDays });
  // Nothing of the last weeks: the outbreak is long over and every day complete.
  if (triangle.counts.every((row) => row.every((count) => !count))) {
    return { ...told, ...none, days: new Map<string, Day>() };
  }
  const { days } = nowcast(triangle.counts, { seed: 1 });
  const incomplete = days.findIndex(
    ({ reportedProportion }) => reportedProportion !== null && reportedProportion < COMPLETE_FROM,
  );
  return {
    ...told,
    longestDelayDays,
    beyondCount: triangle.beyondCount,
    days: new Map(triangle.dates.map((date, index) => [date, days[index]!])),
    incompleteFrom: incomplete < 0 ? null : triangle.dates[incomplete]!,
  };
}

const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
