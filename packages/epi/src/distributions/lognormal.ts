import { normalCdf, normalPdf, normalQuantile } from './normal.ts';

/**
 * Density of the lognormal distribution, x > 0: log X is normal with mean `meanLog` and standard deviation `sdLog`,
 *   f(x) = exp(-(log x - meanLog)² / (2 sdLog²)) / (x sdLog √(2π)),   median e^meanLog,   mean e^(meanLog + sdLog²/2).
 *
 * The classical form of incubation periods (Sartwell PE, Am J Hyg 1950). Misleads where its mean is read as a typical value:
 * with a wide sdLog the mean lies far above the median. R: dlnorm.
 *
 * @example lognormalCdf(14, Math.log(4.3 ** 2 / Math.hypot(4.3, 1.8)), Math.sqrt(Math.log1p((1.8 / 4.3) ** 2)))
 *   // 0.999: share of pneumonic plague (latent period 4.3 ± 1.8 days, Gani & Leach 2004) that shows within 14 days
 */
export function lognormalPdf(x: number, meanLog: number, sdLog: number): number {
  return x <= 0 ? 0 : normalPdf(Math.log(x), meanLog, sdLog) / x;
}

/** P(X ≤ x) of the lognormal distribution. */
export function lognormalCdf(x: number, meanLog: number, sdLog: number): number {
  return x <= 0 ? 0 : normalCdf(Math.log(x), meanLog, sdLog);
}

/** The x with P(X ≤ x) = p of the lognormal distribution. */
export function lognormalQuantile(p: number, meanLog: number, sdLog: number): number {
  return Math.exp(normalQuantile(p, meanLog, sdLog));
}
