/** The assay used on pools and, after a positive pool, on each member alone. */
export type PoolAssay = {
  /** Probability that an undiluted positive sample tests positive; above 0, up to 1. Default 1. */
  sensitivity?: number | undefined;
  /** Probability that a sample or pool without a positive tests negative; above 0, up to 1. Default 1. */
  specificity?: number | undefined;
  /** How much dilution hides a positive: 0 not at all (the default), 1 as much as possible. See `poolDetection`. */
  dilution?: number | undefined;
};

/** @throws RangeError naming the argument and its value */
export function readAssay({ sensitivity = 1, specificity = 1, dilution = 0 }: PoolAssay) {
  if (!(sensitivity > 0 && sensitivity <= 1))
    throw new RangeError(`sensitivity: ${sensitivity} is not above 0 and up to 1`);
  if (!(specificity > 0 && specificity <= 1))
    throw new RangeError(`specificity: ${specificity} is not above 0 and up to 1`);
  if (!(dilution >= 0 && dilution <= 1)) throw new RangeError(`dilution: ${dilution} is not between 0 and 1`);
  return { sensitivity, specificity, dilution };
}

/** @throws RangeError naming the value */
export function readPrevalence(prevalence: number): number {
  if (!(prevalence >= 0 && prevalence <= 1))
    throw new RangeError(`prevalence: ${prevalence} is not between 0 and 1`);
  return prevalence;
}

/** Probability that at least one of `size` members is positive: 1 - (1 - p)ⁿ, also for tiny p. */
export function probabilityAnyPositive(prevalence: number, size: number): number {
  return -Math.expm1(size * Math.log1p(-prevalence));
}

/**
 * Probability that a pool with at least one positive member tests positive.
 *
 * Hwang's dilution: sensitivity × p / (1 - (1 - p)^(n^δ)). δ = 0 keeps the assay's sensitivity at every size; δ = 1 makes
 * a pool no better than a single sample taken from it. Hwang FK, Biometrika 1976;63:671, doi:10.2307/2335750
 */
export function poolDetection(
  prevalence: number,
  size: number,
  sensitivity: number,
  dilution: number,
): number {
  if (dilution === 0 || size === 1) return sensitivity;
  if (prevalence === 0) return sensitivity / size ** dilution;
  return (sensitivity * prevalence) / probabilityAnyPositive(prevalence, size ** dilution);
}
