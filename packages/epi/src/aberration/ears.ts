import { normalQuantile } from '../distributions/normal.ts';
import {
  type Aberrations,
  checkAlpha,
  checkWhole,
  finiteOrNull,
  readCounts,
  readRange,
} from './aberration.ts';

export type EarsMethod = 'c1' | 'c2' | 'c3';

export type EarsOptions = {
  method: EarsMethod;
  /** First and last epoch judged, 1-based; default all that have the history needed. */
  from?: number | undefined;
  until?: number | undefined;
  /** Epochs the expectation is drawn from; default 7, at least 3. */
  baseline?: number | undefined;
  /** Standard deviations below this are taken as this; default 0. */
  minSigma?: number | undefined;
  /** Probability of an alarm when nothing is wrong; default 0.001, of C3 0.025. */
  alpha?: number | undefined;
};

/** Epochs between the baseline and the epoch judged. */
const GUARD = { c1: 0, c2: 2, c3: 2 } as const;

/**
 * EARS C1, C2 and C3; see `detectAberration`.
 *
 * C1 takes the mean m and standard deviation s (n - 1) of the `baseline` epochs before; C2 the same with two epochs left
 * out between. upper = m + z s. C3 looks at three epochs: upper = observed + s (z - Σ max(0, C2 - 1) of the two epochs
 * before), not below 0, where C2 = (observed - m) / s. Null where an epoch of the baseline is missing, or where s is 0 and
 * C3 has no value.
 */
export function detectWithEars(
  counts: ArrayLike<number | null>,
  { method, from, until, baseline = 7, minSigma = 0, alpha = method === 'c3' ? 0.025 : 0.001 }: EarsOptions,
): Aberrations<EarsMethod> {
  checkWhole('baseline', baseline, 3);
  checkAlpha(alpha);
  if (!(minSigma >= 0)) throw new RangeError(`minSigma is ${minSigma}; it must not be negative`);
  const series = readCounts(counts);
  const earliest = baseline + 1 + (method === 'c1' ? 0 : method === 'c2' ? 2 : 4);
  const range = readRange({ from, until }, { first: earliest, earliest, count: series.length });

  const z = normalQuantile(1 - alpha);
  const values = series.map((count) => count ?? Number.NaN);
  const momentsAt = (index: number) => baselineMoments(values, index - GUARD[method], baseline, minSigma);
  const excessAt = (index: number) => {
    const { mean, sd } = momentsAt(index);
    return Math.max(0, (values[index - 1]! - mean) / sd - 1);
  };

  const epochs: Aberrations['epochs'] = [];
  for (let index = range.from; index <= range.until; index++) {
    const observed = values[index - 1]!;
    const { mean, sd } = momentsAt(index);
    const upper =
      method === 'c3'
        ? Math.max(0, observed + sd * (z - (excessAt(index - 2) + excessAt(index - 1))))
        : mean + z * sd;
    const isJudged = !Number.isNaN(upper) && !Number.isNaN(observed);
    epochs.push({
      index,
      observed: series[index - 1]!,
      expected: finiteOrNull(mean),
      upper: finiteOrNull(upper),
      alarm: isJudged ? observed > upper : null,
    });
  }
  return { method, epochs };
}

/** Mean and standard deviation of the `baseline` epochs before the 1-based epoch `before`. */
function baselineMoments(values: number[], before: number, baseline: number, minSigma: number) {
  const start = before - 1 - baseline;
  let sum = 0;
  for (let i = start; i < start + baseline; i++) sum += values[i]!;
  const mean = sum / baseline;
  let squares = 0;
  for (let i = start; i < start + baseline; i++) squares += (values[i]! - mean) ** 2;
  return { mean, sd: Math.max(Math.sqrt(squares / (baseline - 1)), minSigma) };
}
