import { digamma, trigamma } from '../special-functions/digamma.ts';
import { logGamma } from '../special-functions/log-gamma.ts';
import { checkPositiveValues } from './check-values.ts';

export type GammaFit = { family: 'gamma'; shape: number; scale: number; logLikelihood: number; n: number };

/**
 * The gamma distribution under which the values are likeliest.
 *
 * log shape - ψ(shape) = log mean - mean log by Minka's Newton steps (2002); scale = mean / shape. Assumes complete,
 * independent values above 0; for dates known only to a day or delays still running use `estimateDelay`.
 *
 * Misleads on delays of a running outbreak (the long ones are not over yet, so the mean comes out too short), and below
 * some thirty values, where the tail is a guess. R: fitdistrplus::fitdist(x, "gamma").
 *
 * @throws RangeError on a value that is not above 0 (row and value), or when all are equal
 * @example fitGamma([2, 4, 7]).shape
 */
export function fitGamma(values: ArrayLike<number>): GammaFit {
  checkPositiveValues(values);
  const n = values.length;
  let sum = 0;
  let sumLog = 0;
  for (let i = 0; i < n; i++) {
    sum += values[i]!;
    sumLog += Math.log(values[i]!);
  }
  const mean = sum / n;
  const spread = Math.log(mean) - sumLog / n;
  let shape = (3 - spread + Math.sqrt((spread - 3) ** 2 + 24 * spread)) / (12 * spread);
  for (let step = 0; step < 50; step++) {
    const excess = Math.log(shape) - digamma(shape) - spread;
    const inverse = 1 / shape + excess / (shape * shape * (1 / shape - trigamma(shape)));
    const change = 1 / inverse - shape;
    shape = 1 / inverse;
    if (Math.abs(change) < 1e-13 * shape) break;
  }
  const scale = mean / shape;
  const logLikelihood = (shape - 1) * sumLog - sum / scale - n * (shape * Math.log(scale) + logGamma(shape));
  return { family: 'gamma', shape, scale, logLikelihood, n };
}
