import { betaTerm, incompleteBeta } from '../special-functions/incomplete-beta.ts';
import { logGamma } from '../special-functions/log-gamma.ts';
import { discreteQuantile } from './discrete-quantile.ts';
import { normalQuantile } from './normal.ts';
import { poissonCdf, poissonPmf, poissonQuantile } from './poisson.ts';

/**
 * P(X = count) of the negative binomial distribution with this mean and size k, count = 0, 1, …:
 *   P(x) = Γ(x + k) / (x! Γ(k)) (k / (mean + k))^k (mean / (mean + k))^x,   variance = mean + mean² / k.
 * k = Infinity is the Poisson distribution, small k means few cause most.
 *
 * A Poisson number whose own mean is gamma distributed: cases that differ in how many they infect. Misleads where the
 * differences are of two kinds (a few super-spreading events among Poisson cases), which one k cannot show. Lloyd-Smith JO et
 * al., Nature 2005, doi:10.1038/nature04153. R: dnbinom(x, size = k, mu = mean).
 *
 * @example negativeBinomialPmf(0, 0.6, 0.02) // 0.93: with R 0.6 and k 0.02 (MERS, Korea 2015) most infect nobody
 */
export function negativeBinomialPmf(count: number, mean: number, size: number): number {
  if (!(count >= 0 && Number.isInteger(count))) return 0;
  if (size === Number.POSITIVE_INFINITY) return poissonPmf(count, mean);
  if (count === 0 || mean === 0) return count === 0 ? Math.exp(-size * Math.log1p(mean / size)) : 0;
  return betaTerm(size, count, size / (size + mean), mean / (size + mean)) / count;
}

/** log P(X = count), finite where the probability itself underflows. */
export function negativeBinomialLogPmf(count: number, mean: number, size: number): number {
  const pmf = negativeBinomialPmf(count, mean, size);
  if (pmf > 1e-290 || !(count >= 0 && Number.isInteger(count)) || mean === 0) return Math.log(pmf);
  if (size === Number.POSITIVE_INFINITY) return count * Math.log(mean) - mean - logGamma(count + 1);
  const ways = count === 0 ? 0 : logGamma(size + count) - logGamma(size) - logGamma(count + 1);
  return ways - size * Math.log1p(mean / size) - (count === 0 ? 0 : count * Math.log1p(size / mean));
}

/** P(X ≤ count) of the negative binomial distribution. */
export function negativeBinomialCdf(count: number, mean: number, size: number): number {
  if (count < 0) return 0;
  if (mean === 0) return 1;
  if (size === Number.POSITIVE_INFINITY) return poissonCdf(count, mean);
  return incompleteBeta(size, Math.floor(count) + 1, size / (size + mean), mean / (size + mean));
}

/** The smallest count with P(X ≤ count) ≥ p. */
export function negativeBinomialQuantile(p: number, mean: number, size: number): number {
  if (size === Number.POSITIVE_INFINITY) return poissonQuantile(p, mean);
  const sd = Math.sqrt(mean + (mean * mean) / size);
  const guess = p > 0 && p < 1 ? mean + sd * normalQuantile(p) : 0;
  return discreteQuantile(p, (count) => negativeBinomialCdf(count, mean, size), guess);
}
