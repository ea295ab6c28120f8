import type { Quantiles } from './posterior-quantiles.ts';
import type { RtWindow } from './windows.ts';

/** Posterior of the reproduction number in one window; null where there is no estimate. */
export type RtEstimate = RtWindow & { mean: number | null; sd: number | null; quantiles: Quantiles };
