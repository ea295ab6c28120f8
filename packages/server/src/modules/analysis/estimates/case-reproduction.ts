import type { CaseReproductionAnalysis } from '@levee/contract';
import { discretiseSerialInterval, estimateCaseReproduction } from '@levee/epi';
import { CASES_A_WINDOW } from '../analysis.ts';
import { gammaOf, type IntervalChoice } from './interval.ts';
import { readyFor } from './reproduction.ts';
import type { Asked } from './series.ts';

export type CaseReproduction = Omit<CaseReproductionAnalysis, 'about'>;

const SIMULATIONS = 1000;
/** Before so much of the serial interval has passed the infectees of a window are not all there. */
const WINDOW_PASSED_FROM = 0.9;

/** Wallinga and Teunis 2004: looking back, whom the cases of each window infected. The last windows are marked as cut off. */
export function caseReproductionOf(
  asked: Asked & { readonly windowDays: number; readonly interval: IntervalChoice },
): CaseReproduction {
  const { basis, windowDays } = asked;
  const { curve, counts, used, missing } = readyFor(asked);
  const head = {
    lacking: missing,
    basis,
    windowDays,
    interval: used,
    missingCount: curve.missingCount,
    simulationsCount: SIMULATIONS,
  };
  if (missing.length > 0 || used === null) return { ...head, windows: [] };
  const serialInterval = gammaOf(used);
  const { windows } = estimateCaseReproduction(counts, {
    serialInterval,
    windowDays,
    simulationsCount: SIMULATIONS,
    seed: 1,
  });
  const passedAfter = cumulated(discretiseSerialInterval(serialInterval, counts.length));
  const firstIncomplete = curve.days.findIndex(({ incomplete }) => incomplete);
  const completeCount = firstIncomplete < 0 ? counts.length : firstIncomplete;
  return {
    ...head,
    windows: windows.map(({ tStart, tEnd, mean, sd, quantiles }) => {
      const casesCount = counts.slice(tStart - 1, tEnd).reduce((sum, count) => sum + count, 0);
      // Also of a list that is over: whether nobody fell ill after it ends is not in it.
      const passedProportion = passedAfter[Math.max(0, completeCount - tEnd)] ?? 1;
      const marks: CaseReproduction['windows'][number]['marks'] = [];
      if (passedProportion < WINDOW_PASSED_FROM) marks.push('truncated');
      if (casesCount < CASES_A_WINDOW) marks.push('few');
      return {
        tStart,
        tEnd,
        from: curve.days[tStart - 1]!.day,
        until: curve.days[tEnd - 1]!.day,
        casesCount,
        mean,
        sd,
        quantiles,
        passedProportion,
        marks,
      };
    }),
  };
}

function cumulated(probabilities: ArrayLike<number>): number[] {
  let sum = 0;
  return Array.from(probabilities, (probability) => {
    sum += probability;
    return sum;
  });
}
