import { findRoot } from '../numerical/find-root.ts';
import { checkPositiveValues } from './check-values.ts';

export type WeibullFit = {
  family: 'weibull';
  shape: number;
  scale: number;
  logLikelihood: number;
  n: number;
};

/**
 * The Weibull distribution under which the values are likeliest.
 *
 * The shape solves Σ xˢ log x / Σ xˢ - 1/s = mean log x, whose left side only rises; scale = (mean of xˢ)^(1/s). Assumes
 * complete, independent values above 0.
 *
 * Misleads on delays of a running outbreak (the long ones are not over yet, so the mean comes out too short), and below
 * some thirty values, where the tail is a guess. R: fitdistrplus::fitdist(x, "weibull").
 *
 * @throws RangeError on a value that is not above 0 (row and value), or when all are equal
 * @example fitWeibull([2, 4, 7]).scale
 */
export function fitWeibull(values: ArrayLike<number>): WeibullFit {
  checkPositiveValues(values);
  const n = values.length;
  const logs = Array.from(values, Math.log);
  const meanLog = logs.reduce((a, b) => a + b, 0) / n;
  // Powers are taken of x over the largest x, so that none overflows.
  const largest = logs.reduce((a, b) => Math.max(a, b));
  const score = (shape: number) => {
    let powers = 0;
    let weighted = 0;
    for (const log of logs) {
      const power = Math.exp(shape * (log - largest));
      powers += power;
      weighted += power * log;
    }
    return weighted / powers - 1 / shape - meanLog;
  };
  let high = 1;
  while (score(high) < 0) high *= 2;
  let low = high / 2;
  while (score(low) > 0) low /= 2;
  const shape = findRoot(score, low, high);
  const meanPower = logs.reduce((sum, log) => sum + Math.exp(shape * (log - largest)), 0) / n;
  const logScale = largest + Math.log(meanPower) / shape;
  const logLikelihood = n * (Math.log(shape) - shape * logScale + (shape - 1) * meanLog - 1);
  return { family: 'weibull', shape, scale: Math.exp(logScale), logLikelihood, n };
}
