import type { Estimate } from '../interval/estimate.ts';

export type DelayFamily = 'gamma' | 'lognormal' | 'weibull';

/**
 * One delay, as far as it is known. All times in days from any common origin; a calendar day d is the window [d, d + 1).
 * An exactly known moment is a window of width 0.
 */
export type DelayRecord = {
  /** When the first event (infection, onset) happened: at or after [0], before [1]. */
  primary: readonly [number, number];
  /** When the second event (onset, report, death) happened. */
  secondary: readonly [number, number];
  /** The second event would not be in the data had it happened at this moment or later; leave out if all are in. */
  cutoff?: number | undefined;
  /** How many such records; default 1. */
  count?: number | undefined;
};

export type DelayFit = {
  family: DelayFamily;
  /** gamma, weibull: shape, scale; lognormal: meanLog, sdLog. */
  parameters: Record<string, Estimate>;
  mean: Estimate;
  sd: Estimate;
  /** Days within which 2.5, 25, 50, 75, 90, 95, 97.5 and 99 % of the delays end. */
  quantiles: Record<string, Estimate>;
  logLikelihood: number;
  aic: number;
};

export type DelayEstimate = {
  unit: 'day';
  recordsCount: number;
  /** The family with the smallest AIC; null without records. */
  best: DelayFit | null;
  /** All families tried, best first. */
  fits: DelayFit[];
};
