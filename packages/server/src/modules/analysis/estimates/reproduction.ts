import type { ReproductionAnalysis } from '@levee/contract';
import { estimateRt } from '@levee/epi';
import { CASES_A_WINDOW, lackingOf, NEEDED } from '../analysis.ts';
import { chooseInterval, gammaOf, type IntervalChoice } from './interval.ts';
import { type Asked, curveOf } from './series.ts';

export type Reproduction = Omit<ReproductionAnalysis, 'about'>;

/** Rt by Cori 2013 in sliding windows. A first case has none: what is lacking is said, nothing is estimated. */
export function reproductionOf(
  asked: Asked & { readonly windowDays: number; readonly interval: IntervalChoice },
): Reproduction {
  const { basis, windowDays } = asked;
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
            ['days_since_first_case', counts.length, Math.max(windowDays, Math.floor(used.mean)) + 1],
          ] as const)
        : []),
    ]),
    ...lacking,
  ];
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
      if (curve.days[tEnd - 1]!.incomplete) marks.push('incomplete');
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
