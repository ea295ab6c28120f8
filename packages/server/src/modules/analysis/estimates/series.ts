/** Daily cases from the first to the cut-off, and which of the last days are still filling up. */
import type { CurveAnalysis } from '@levee/contract';
import { epiCurve, firstIncompleteDay, isEmptyTriangle, nowcast, reportingDelay } from '@levee/epi';
import type { CaseFacts } from '../../cases/index.ts';
import { type Basis, DAY_OF, lackingOf, NEEDED } from '../analysis.ts';

/** Where no delay can be measured in a running incident. */
const INCOMPLETE_DAYS = 3;
/** Of a day of which less than this is in, a nowcast is a handful times ten: not told. */
const NOWCAST_FROM = 1 / 3;

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
  const { delay = null, days: nowcasts = null } = basis === 'report' ? {} : nowcastOf(cases, cutoff, basis);
  // The day of a report is complete when it is over; today is not.
  const byRule = basis === 'report' ? 1 : INCOMPLETE_DAYS;
  const ruled = running && !nowcasts ? (days.at(-byRule)?.date ?? days[0]?.date ?? null) : null;
  const incompleteFrom = delay?.triangle ? firstIncompleteDay(delay.triangle) : ruled;
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
    incompleteBy: nowcasts ? 'delay' : ruled === null ? 'none' : 'rule',
    longestDelayDays: nowcasts?.size ? delay!.longestDelayDays : null,
    beyondCount: nowcasts?.size ? delay!.triangle!.beyondCount : 0,
    days: days.map(({ date, count }) => {
      const incomplete = incompleteFrom !== null && date >= incompleteFrom;
      const of = nowcasts?.get(date);
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
  const pairs = cases.map((one) => ({ dateOnset: one[DAY_OF[basis]], dateReporting: one.dateReporting }));
  const delay = reportingDelay(pairs, { until: cutoff, leastPairs: NEEDED.pairs });
  const { triangle } = delay;
  if (triangle === null) return { delay, days: null };
  // Nothing of the last weeks: the outbreak is long over and every day complete.
  if (isEmptyTriangle(triangle)) return { delay, days: new Map<string, Day>() };
  const { days } = nowcast(triangle.counts, { seed: 1 });
  return { delay, days: new Map(triangle.dates.map((date, index) => [date, days[index]!])) };
}
