import {
  type PoolAssay,
  poolDetection,
  probabilityAnyPositive,
  readAssay,
  readPrevalence,
} from './dilution.ts';

export type PoolSizeOptions = PoolAssay & {
  /** Sizes to choose from; default 1 to 32. Only validated sizes belong here (China 2020–2022: 5, 10, 20 swabs a tube). */
  sizes?: number[] | undefined;
  /** Smallest share of positives that the two steps together must find, 0 to 1; default 0, no demand. */
  minimumSensitivity?: number | undefined;
};

/** What pools of one size cost and find. */
export type PoolDesign = {
  size: number;
  /** Expected tests per person, individual tests after positive pools included. 1 for size 1. */
  testsPerPerson: number;
  /** Probability that a pool tests positive. */
  positivePoolProportion: number;
  /** Probability that a positive person is found: pool positive and then the own sample positive. */
  sensitivity: number;
  /** Probability that a negative person is called negative at the end. */
  specificity: number;
};

export type PoolSize = {
  /** The cheapest design that is sensitive enough; null when none of the sizes is. Size 1 means: test singly. */
  best: PoolDesign | null;
  /** All designs, in the order of the sizes asked for. */
  designs: PoolDesign[];
};

const DEFAULT_SIZES = Array.from({ length: 32 }, (_, i) => i + 1);

/**
 * Two-stage (Dorfman) pooling: which pool size needs fewest tests, and what it misses.
 *
 * Each pool of n is tested once; all members of a positive pool are tested singly. With prevalence p, pool detection
 * D(n) (sensitivity lowered by dilution, see `poolDetection`) and specificity Sp, a pool is positive with probability
 * π = (1 - (1 - p)ⁿ) D + (1 - p)ⁿ (1 - Sp), and tests per person = 1/n + π for n > 1, 1 for n = 1 (n = 1 is a single
 * test without a second step). With a perfect assay this is Dorfman's 1/n + 1 - (1 - p)ⁿ. Sensitivity of the two steps
 * = D × Se. Ties go to the smaller pool.
 *
 * Assumes that members are positive independently: households in one tube make fewer pools positive than computed.
 * Misleads when prevalence is unknown or rising, and when the saving alone is looked at: a missed positive walks free.
 *
 * Citation: Dorfman R, Ann Math Stat 1943;14:436, doi:10.1214/aoms/1177731363; Hwang FK, Biometrika 1976.
 *
 * @param prevalence probability that a member is positive, 0 to 1
 * @throws RangeError on a value out of range, naming it
 * @example poolSize(0.01).best // { size: 11, testsPerPerson: 0.196, … }: Dorfman's table, 80 % of the tests saved
 */
export function poolSize(prevalence: number, options: PoolSizeOptions = {}): PoolSize {
  readPrevalence(prevalence);
  const assay = readAssay(options);
  const { sizes = DEFAULT_SIZES, minimumSensitivity = 0 } = options;
  if (!(minimumSensitivity >= 0 && minimumSensitivity <= 1))
    throw new RangeError(`minimumSensitivity: ${minimumSensitivity} is not between 0 and 1`);

  const designs = sizes.map((size, i) => {
    if (!Number.isInteger(size) || size < 1)
      throw new RangeError(`sizes, item ${i}: ${size} is not a whole number from 1`);
    return size === 1 ? singly(prevalence, assay) : pooled(prevalence, size, assay);
  });
  let best: PoolDesign | null = null;
  for (const design of designs) {
    if (design.sensitivity < minimumSensitivity) continue;
    const saved = best ? best.testsPerPerson - design.testsPerPerson : Infinity;
    if (saved > 0 || (saved === 0 && design.size < best!.size)) best = design;
  }
  return { best, designs };
}

type Assay = ReturnType<typeof readAssay>;

function singly(prevalence: number, { sensitivity, specificity }: Assay): PoolDesign {
  const positivePoolProportion = prevalence * sensitivity + (1 - prevalence) * (1 - specificity);
  return { size: 1, testsPerPerson: 1, positivePoolProportion, sensitivity, specificity };
}

function pooled(prevalence: number, size: number, { sensitivity, specificity, dilution }: Assay): PoolDesign {
  const detection = poolDetection(prevalence, size, sensitivity, dilution);
  const falseAlarm = 1 - specificity;
  const positiveGiven = (others: number) => {
    const any = probabilityAnyPositive(prevalence, others);
    return any * detection + (1 - any) * falseAlarm;
  };
  const positivePoolProportion = positiveGiven(size);
  return {
    size,
    testsPerPerson: 1 / size + positivePoolProportion,
    positivePoolProportion,
    sensitivity: detection * sensitivity,
    // A negative person is called positive when the pool is (for the others' sake) and the own test errs too.
    specificity: 1 - positiveGiven(size - 1) * falseAlarm,
  };
}
