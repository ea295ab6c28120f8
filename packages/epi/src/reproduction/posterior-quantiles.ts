import { gammaQuantile } from '../distributions/gamma.ts';
import {
  EXPANSION_FROM_SHAPE,
  expansionCoefficients,
  sumExpansion,
} from '../distributions/gamma-quantile-expansion.ts';
import { normalQuantile } from '../distributions/normal.ts';

/** The probabilities for which quantiles are told, as they are written in results. */
export type QuantileLevel = '0.025' | '0.05' | '0.25' | '0.5' | '0.75' | '0.95' | '0.975';

/** Quantiles by probability; all null where there is no estimate. */
export type Quantiles = Record<QuantileLevel, number | null>;

export const QUANTILE_LEVELS = [0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975] as const;

/** What the expansion of large shapes needs of each probability. */
const COEFFICIENTS = QUANTILE_LEVELS.map((p) => expansionCoefficients(normalQuantile(p)));

/** A shape is a prior plus a number of cases: small ones come again and again, and they are the slow ones. */
const smallShapes = new Map<number, Float64Array>();
const MOST_SMALL_SHAPES = 1024;

const latest = new Float64Array(QUANTILE_LEVELS.length);

/**
 * Quantiles of the gamma distribution with this shape and scale 1, in the order of `QUANTILE_LEVELS`.
 *
 * @returns an array that the next call may overwrite
 */
export function unitGammaQuantiles(shape: number): Float64Array {
  if (shape >= EXPANSION_FROM_SHAPE) {
    for (let i = 0; i < latest.length; i++) latest[i] = sumExpansion(COEFFICIENTS[i]!, shape);
    return latest;
  }
  const known = smallShapes.get(shape);
  if (known) return known;
  const quantiles = Float64Array.from(QUANTILE_LEVELS, (p) => gammaQuantile(p, shape));
  if (smallShapes.size >= MOST_SMALL_SHAPES) smallShapes.clear();
  smallShapes.set(shape, quantiles);
  return quantiles;
}

export function noQuantiles(): Quantiles {
  return {
    '0.025': null,
    '0.05': null,
    '0.25': null,
    '0.5': null,
    '0.75': null,
    '0.95': null,
    '0.975': null,
  };
}

/** Names seven numbers given in the order of `QUANTILE_LEVELS`, each times `scale`. */
export function nameQuantiles(values: ArrayLike<number>, scale = 1): Quantiles {
  return {
    '0.025': scale * values[0]!,
    '0.05': scale * values[1]!,
    '0.25': scale * values[2]!,
    '0.5': scale * values[3]!,
    '0.75': scale * values[4]!,
    '0.95': scale * values[5]!,
    '0.975': scale * values[6]!,
  };
}
