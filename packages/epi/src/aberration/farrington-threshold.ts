import { negativeBinomialQuantile } from '../distributions/negative-binomial.ts';
import { normalQuantile } from '../distributions/normal.ts';
import { poissonQuantile } from '../distributions/poisson.ts';
import type { ExpectedCount } from './farrington-model.ts';
import type { FarringtonSettings } from './farrington-settings.ts';

const EXPONENT = { '2/3': 2 / 3, '1/2': 1 / 2, none: 1 } as const;

/**
 * Upper bound of the counts of one epoch when nothing is wrong; NaN where there is none.
 *
 * delta: mean^p plus z standard errors of a prediction, taken back by 1/p. nb-plugin: the 1 - alpha quantile of a negative
 * binomial distribution with the mean and a variance of dispersion · mean; muan: the same with the upper 1 - alpha bound of
 * the mean in its place.
 */
export function upperThreshold(
  { mean, logError, dispersion }: ExpectedCount,
  { threshold, power, alpha }: FarringtonSettings,
): number {
  const z = normalQuantile(1 - alpha);
  if (threshold === 'delta') {
    const exponent = EXPONENT[power];
    // Variance of a prediction over the mean: of the count itself, and of the fitted mean (error mean · logError).
    const spread = dispersion + mean * logError * logError;
    const error = exponent * Math.sqrt(mean ** (2 * exponent - 1) * spread);
    return (mean ** exponent + z * error) ** (1 / exponent);
  }
  const plausibleMean = threshold === 'muan' ? Math.exp(Math.log(mean) + z * logError) : mean;
  if (!(plausibleMean < Number.POSITIVE_INFINITY)) return Number.NaN;
  return dispersion > 1
    ? negativeBinomialQuantile(1 - alpha, plausibleMean, plausibleMean / (dispersion - 1))
    : poissonQuantile(1 - alpha, plausibleMean);
}
