import type { ReproductionAnalysis } from '@levee/contract';
import { estimateRt } from '@levee/epi';
import { CASES_A_WINDOW, lackingOf, NEEDED } from '../analysis.ts';
import { chooseInterval, gammaOf, type IntervalChoice } from './interval.ts';
import { type Asked, type Curve, curveOf } from './series.ts';

export type Reproduction = Omit<ReproductionAnalysis, 'about'>;

/** A window of which more is missing than this reads as a fall. */
const WINDOW_COMPLETE_FROM = 0.9;

/** By what the whole window lacks where the delay is known; by its last day where it is not. */
function isIncomplete(days: readonly Curve['days'][number][]): boolean {
  if (!days.at(-1)!.incomplete) return false;
  let counted = 0;
  let expected = 0;
  for (const { count, incomplete, nowcast } of days) {
    if (incomplete && nowcast?.estimate == null) return true;
    counted += count;
    expected += incomplete ? nowcast!.estimate! : count;
  }
  return counted < WINDOW_COMPLETE_FROM * expected;
}

/** The series, the interval it is read by, and what of both is lacking. */
export function readyFor(asked: Asked & { readonly windowDays: number; readonly interval: IntervalChoice }) {
  const curve = curveOf(asked);
  const counts = curve.days.map(({ count }) => count);
  const { used, lacking } = chooseInterval(asked.interval, asked.cases);
  const dated = counts.reduce((sum, count) => sum + count, 0);
  const missing = [
    ...lackingOf([
      ['dated_cases', dated, NEEDED.datedCases],
      ['days_with_cases', counts.filter((count) => count > 0).length, NEEDED.daysWithCases],
      ...(used
        ? ([
            ['days_since_first_case', counts.length, Math.max(asked.windowDays, Math.floor(used.mean)) + 1],
          ] as const)
        : []),
    ]),
    ...lacking,
  ];
  return { curve, counts, used, missing };
}

/** Rt by Cori 2013 in sliding windows. A first case has none: what is lacking is said, nothing is estimated. */
export function reproductionOf(
  asked: Asked & { readonly windowDays: number; readonly interval: IntervalChoice },
): Reproduction {
  const { basis, windowDays } = asked;
  const { curve, counts, used, missing } = readyFor(asked);
  const head = {
    lacking: missing,
    basis,
    windowDays,
    interval: used,
    missingCount: curve.missingCount,
    firstDay: curve.days[0]?.day ?? null,
  };
  if (missing.length > 0 || used === null) return { ...head, windows: [] };
  const { windows } = estimateRt(counts, { serialInterval: gammaOf(used), windowDays });
  return {
    ...head,
    windows: windows.map(({ tStart, tEnd, mean, sd, quantiles }) => {
      const casesCount = counts.slice(tStart - 1, tEnd).reduce((sum, count) => sum + count, 0);
      const marks: Reproduction['windows'][number]['marks'] = [];
      if (tStart <= used.mean) marks.push('early');
      if (casesCount < CASES_A_WINDOW) marks.push('few');
      if (isIncomplete(curve.days.slice(tStart - 1, tEnd))) marks.push('incomplete');
      return {
        tStart,
        tEnd,
        from: curve.days[tStart - 1]!.day,
        until: curve.days[tEnd - 1]!.day,
        casesCount,
        mean,
        sd,
        quantiles,
        marks,
      };
    }),
  };
}
