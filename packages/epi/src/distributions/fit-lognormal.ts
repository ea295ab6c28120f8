import { checkPositiveValues } from './check-values.ts';

export type LognormalFit = {
  family: 'lognormal';
  meanLog: number;
  sdLog: number;
  logLikelihood: number;
  n: number;
};

/**
 * The lognormal distribution under which the values are likeliest: mean and standard deviation (divided by n) of the
 * logarithms. Assumes complete, independent values above 0.
 *
 * Misleads on delays of a running outbreak (the long ones are not over yet, so the mean comes out too short), and below
 * some thirty values, where the tail is a guess. R: fitdistrplus::fitdist(x, "lnorm").
 *
 * @throws RangeError on a value that is not above 0 (row and value), or when all are equal
 * @example fitLognormal([1, Math.E ** 2]) // meanLog 1, sdLog 1
 */
export function fitLognormal(values: ArrayLike<number>): LognormalFit {
  checkPositiveValues(values);
  const n = values.length;
  const logs = Array.from(values, Math.log);
  const sum = logs.reduce((a, b) => a + b, 0);
  const meanLog = sum / n;
  const sdLog = Math.sqrt(logs.reduce((a, b) => a + (b - meanLog) ** 2, 0) / n);
  const logLikelihood = -sum - n * (Math.log(sdLog) + 0.5 * Math.log(2 * Math.PI) + 0.5);
  return { family: 'lognormal', meanLog, sdLog, logLikelihood, n };
}
