import { gammaTerm, lowerGamma } from '../special-functions/incomplete-gamma.ts';
import { type DailyCases, sumDays } from './daily-cases.ts';
import type { SerialIntervalDraw } from './draw-serial-intervals.ts';
import { overallInfectivity } from './overall-infectivity.ts';
import { nameQuantiles, noQuantiles, QUANTILE_LEVELS, unitGammaQuantiles } from './posterior-quantiles.ts';
import type { RtEstimate } from './rt-estimate.ts';
import { serialIntervalMoments } from './serial-interval.ts';
import type { RtWindow } from './windows.ts';

type Draw = { infectivity: Float64Array; estimatesFrom: number };

/**
 * Reproduction numbers when the serial interval is one of several equally likely draws: in each window the posterior is
 * the mixture of their gamma posteriors, which share the shape and differ in scale. A draw counts in the windows that end
 * after its mean. EpiEstim samples this mixture (`n1` serial intervals, `n2` values of R each); here only the draws of
 * the serial interval are random.
 */
export function estimateRtOverDraws(
  daily: DailyCases,
  windows: RtWindow[],
  serialIntervals: SerialIntervalDraw[],
  prior: { shape: number; scale: number },
): { windows: RtEstimate[]; serialInterval: { mean: number; sd: number; unit: 'day' } } {
  const draws = serialIntervals.map(({ probabilities, mean }): Draw => {
    const estimatesFrom = Math.max(mean, serialIntervalMoments(probabilities).mean);
    return { infectivity: overallInfectivity(daily.total, probabilities), estimatesFrom };
  });
  const average = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  return {
    windows: windows.map((window) => estimateWindow(daily, window, draws, prior)),
    serialInterval: {
      mean: average(serialIntervals.map(({ mean }) => mean)),
      sd: average(serialIntervals.map(({ sd }) => sd)),
      unit: 'day',
    },
  };
}

function estimateWindow(
  daily: DailyCases,
  { tStart, tEnd }: RtWindow,
  draws: Draw[],
  prior: { shape: number; scale: number },
): RtEstimate {
  const shape = prior.shape + sumDays(daily.local, tStart, tEnd);
  const scales = draws
    .filter(({ estimatesFrom }) => tEnd > estimatesFrom)
    .map(({ infectivity }) => 1 / (1 / prior.scale + sumDays(infectivity, tStart, tEnd)));
  if (scales.length === 0) return { tStart, tEnd, mean: null, sd: null, quantiles: noQuantiles() };

  const meanScale = scales.reduce((a, b) => a + b, 0) / scales.length;
  const meanSquare = scales.reduce((sum, scale) => sum + scale * scale, 0) / scales.length;
  // Law of total variance: within the draws shape · scale², between them shape² · variance of the scale.
  const variance = shape * meanSquare + shape * shape * Math.max(0, meanSquare - meanScale * meanScale);
  const unit = Float64Array.from(unitGammaQuantiles(shape));
  const quantiles = QUANTILE_LEVELS.map((p, i) => mixtureQuantile(p, shape, scales, unit[i]!, meanScale));
  return {
    tStart,
    tEnd,
    mean: shape * meanScale,
    sd: Math.sqrt(variance),
    quantiles: nameQuantiles(quantiles),
  };
}

/** Newton's steps on the logarithm of R, kept between the quantiles of the extreme draws. */
function mixtureQuantile(
  p: number,
  shape: number,
  scales: number[],
  unitQuantile: number,
  meanScale: number,
): number {
  let low = unitQuantile * scales.reduce((a, b) => Math.min(a, b));
  let high = unitQuantile * scales.reduce((a, b) => Math.max(a, b));
  let r = unitQuantile * meanScale;
  for (let step = 0; step < 60 && high > low * (1 + 1e-15); step++) {
    let below = 0;
    let slope = 0;
    for (const scale of scales) {
      below += lowerGamma(shape, r / scale);
      slope += gammaTerm(shape, r / scale) * shape;
    }
    const excess = below / scales.length - p;
    if (excess > 0) high = r;
    else low = r;
    const change = (excess * scales.length) / slope;
    if (Math.abs(change) < 1e-13) break;
    const next = r * Math.exp(-change);
    r = next > low && next < high ? next : Math.sqrt(low * high);
  }
  return r;
}
