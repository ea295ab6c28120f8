import { gammaCdf, gammaPdf, gammaQuantile } from '../distributions/gamma.ts';
import { lognormalCdf, lognormalPdf, lognormalQuantile } from '../distributions/lognormal.ts';
import { normalCdf } from '../distributions/normal.ts';
import { weibullCdf, weibullPdf, weibullQuantile } from '../distributions/weibull.ts';
import { findRoot } from '../numerical/find-root.ts';
import { lowerGamma } from '../special-functions/incomplete-gamma.ts';
import { logGamma } from '../special-functions/log-gamma.ts';
import type { DelayFamily } from './delay.ts';

/** A distribution of the family with its parameters fixed. */
export type DelayDistribution = {
  parameters: Record<string, number>;
  pdf(x: number): number;
  cdf(x: number): number;
  quantile(p: number): number;
  /** ∫₀ˣ t f(t) dt, in closed form. */
  partialMean(x: number): number;
  /** ∫₀ˣ F(t) dt = x F(x) - ∫₀ˣ t f(t) dt. Remembered: daily windows ask for the same whole days again and again. */
  integratedCdf(x: number): number;
};

/** All families by mean and sd, so that they can be compared and their intervals profiled in the same two numbers. */
export const DELAY_FAMILIES: Record<DelayFamily, (mean: number, sd: number) => DelayDistribution> = {
  gamma(mean, sd) {
    const shape = (mean / sd) ** 2;
    const scale = mean / shape;
    return withIntegral({
      parameters: { shape, scale },
      pdf: (x) => gammaPdf(x, shape, scale),
      cdf: (x) => gammaCdf(x, shape, scale),
      quantile: (p) => gammaQuantile(p, shape, scale),
      partialMean: (x) => mean * gammaCdf(x, shape + 1, scale),
    });
  },
  lognormal(mean, sd) {
    const variance = Math.log1p((sd / mean) ** 2);
    const sdLog = Math.sqrt(variance);
    const meanLog = Math.log(mean) - variance / 2;
    return withIntegral({
      parameters: { meanLog, sdLog },
      pdf: (x) => lognormalPdf(x, meanLog, sdLog),
      cdf: (x) => lognormalCdf(x, meanLog, sdLog),
      quantile: (p) => lognormalQuantile(p, meanLog, sdLog),
      partialMean: (x) => (x <= 0 ? 0 : mean * normalCdf((Math.log(x) - meanLog) / sdLog - sdLog)),
    });
  },
  weibull(mean, sd) {
    const shape = weibullShape(sd / mean);
    const scale = mean / Math.exp(logGamma(1 + 1 / shape));
    return withIntegral({
      parameters: { shape, scale },
      pdf: (x) => weibullPdf(x, shape, scale),
      cdf: (x) => weibullCdf(x, shape, scale),
      quantile: (p) => weibullQuantile(p, shape, scale),
      partialMean: (x) => (x <= 0 ? 0 : mean * lowerGamma(1 + 1 / shape, (x / scale) ** shape)),
    });
  },
};

function withIntegral(distribution: Omit<DelayDistribution, 'integratedCdf'>): DelayDistribution {
  const remembered = new Map<number, number>();
  const integratedCdf = (x: number) => {
    if (x <= 0) return 0;
    const known = remembered.get(x);
    if (known !== undefined) return known;
    const value = x * distribution.cdf(x) - distribution.partialMean(x);
    remembered.set(x, value);
    return value;
  };
  return { ...distribution, integratedCdf };
}

/** The shape with this coefficient of variation: log(1 + cv²) = log Γ(1 + 2/a) - 2 log Γ(1 + 1/a), falling in a. */
function weibullShape(cv: number): number {
  const target = Math.log1p(cv ** 2);
  const excess = (logShape: number) => {
    const inverse = Math.exp(-logShape);
    return logGamma(1 + 2 * inverse) - 2 * logGamma(1 + inverse) - target;
  };
  // For a narrow distribution cv ≈ π / (√6 a), and the log-gammas cancel.
  if (cv < 1e-3) return Math.PI / (Math.sqrt(6) * cv);
  return Math.exp(findRoot(excess, Math.log(0.02), Math.log(2e3), 1e-13));
}
