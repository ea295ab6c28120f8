import { findRoot } from '../numerical/find-root.ts';
import { checkCounts } from './check-values.ts';
import { negativeBinomialLogPmf } from './negative-binomial.ts';

export type NegativeBinomialFit = {
  family: 'negative-binomial';
  mean: number;
  /** Infinity when the counts vary no more than Poisson counts. */
  size: number;
  logLikelihood: number;
  n: number;
};

/** Sizes above this cannot be told from the Poisson distribution. */
const LARGEST_SIZE = 1e7;

/**
 * The negative binomial distribution (mean, size k) under which the counts are likeliest.
 *
 * The mean is the mean of the counts; k solves Σⱼ #{x > j} / (k + j) = n log(1 + mean / k). Where the variance (divided by
 * n) does not exceed the mean there is no such k and the Poisson distribution, k = Infinity, is likeliest. Misleads for
 * k from few counts: it is biased upwards and its interval is wide (Lloyd-Smith JO. PLoS One 2007,
 * doi:10.1371/journal.pone.0000180).
 *
 * @throws RangeError on a value that is not a whole number from 0 on (row and value), or when there is none
 * @example fitNegativeBinomial([0, 0, 0, 1, 9]) // mean 2, size about 0.3
 */
export function fitNegativeBinomial(counts: ArrayLike<number>): NegativeBinomialFit {
  checkCounts(counts);
  const n = counts.length;
  const list = Array.from(counts);
  const mean = list.reduce((a, b) => a + b, 0) / n;
  const variance = list.reduce((sum, count) => sum + (count - mean) ** 2, 0) / n;
  const size = variance > mean ? solveSize(list, mean) : Number.POSITIVE_INFINITY;
  const logLikelihood = list.reduce((sum, count) => sum + negativeBinomialLogPmf(count, mean, size), 0);
  return { family: 'negative-binomial', mean, size, logLikelihood, n };
}

function solveSize(counts: number[], mean: number): number {
  const largest = counts.reduce((a, b) => Math.max(a, b));
  const above = new Float64Array(largest);
  for (const count of counts) if (count > 0) above[count - 1]!++;
  for (let j = largest - 2; j >= 0; j--) above[j]! += above[j + 1]!;
  const score = (logSize: number) => {
    const size = Math.exp(logSize);
    let sum = 0;
    for (let j = largest - 1; j >= 0; j--) sum += above[j]! / (size + j);
    return sum - counts.length * Math.log1p(mean / size);
  };
  let high = 0;
  while (score(high) > 0) {
    high += 1;
    if (high > Math.log(LARGEST_SIZE)) return Number.POSITIVE_INFINITY;
  }
  let low = high - 1;
  while (score(low) < 0) low -= 1;
  return Math.exp(findRoot(score, low, high));
}
