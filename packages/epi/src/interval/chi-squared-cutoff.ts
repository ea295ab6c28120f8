import { normalQuantile } from '../distributions/normal.ts';

/**
 * How far the log-likelihood may fall below its maximum inside a profile interval of one parameter: half the quantile of
 * χ² with one degree of freedom, z² / 2. Citation: Wilks SS, Ann Math Stat 1938, doi:10.1214/aoms/1177732360
 *
 * @example chiSquaredCutoff(0.95) // 1.9207
 */
export function chiSquaredCutoff(level: number): number {
  return normalQuantile((1 + level) / 2) ** 2 / 2;
}
