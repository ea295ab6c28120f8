import {
  type PoolAssay,
  poolDetection,
  probabilityAnyPositive,
  readAssay,
  readPrevalence,
} from './dilution.ts';

/** A kind of tube of the round: `poolsCount` tubes of `size` people each. */
export type PoolBatch = { size: number; poolsCount: number };

export type ReflexLoad = {
  /** Expected tubes that test positive. */
  positivePoolsCount: number;
  /** Expected people held and sampled again singly. */
  peopleCount: number;
  sd: number;
  /** Central interval of the number of people: quantiles (1 - level) / 2 and (1 + level) / 2 of its exact distribution. */
  low: number;
  high: number;
  level: number;
};

/** Probabilities below this are left out when distributions are added up; all together stay far below any quantile. */
const NEGLIGIBLE = 1e-15;

/**
 * How many people a round of pooled testing sends to a second, single sampling.
 *
 * people = Σ over pools of k × P(pool of k positive); without test error that is Σ k (1 - (1 - p)ᵏ). The number is a sum of
 * independent binomials times their pool size; the interval comes from its exact distribution. Unit: persons.
 *
 * Assumes independence within and between pools. Misleads when cases cluster (families in one tube: fewer pools, so the
 * load is smaller but comes in lumps) and while prevalence is a guess: give the upper end of its interval to plan beds.
 *
 * Definition: Dorfman R, Ann Math Stat 1943, doi:10.1214/aoms/1177731363
 *
 * @param batches the tubes of the round
 * @throws RangeError on a value out of range, naming it and its item
 * @example reflexLoad([{ size: 10, poolsCount: 45_000 }], 0.0001).peopleCount // 449.8 of 450,000 people
 */
export function reflexLoad(
  batches: PoolBatch[],
  prevalence: number,
  options: PoolAssay & { level?: number | undefined } = {},
): ReflexLoad {
  readPrevalence(prevalence);
  const { sensitivity, specificity, dilution } = readAssay(options);
  const { level = 0.95 } = options;
  if (!(level > 0 && level < 1)) throw new RangeError(`level: ${level} is not between 0 and 1`);

  let distribution: Distribution = { first: 0, probabilities: [1] };
  let positivePoolsCount = 0;
  let peopleCount = 0;
  let variance = 0;
  batches.forEach(({ size, poolsCount }, i) => {
    if (!Number.isInteger(size) || size < 1)
      throw new RangeError(`item ${i}, size: ${size} is not a whole number from 1`);
    if (!Number.isInteger(poolsCount) || poolsCount < 0)
      throw new RangeError(`item ${i}, poolsCount: ${poolsCount} is not a whole number from 0`);
    const any = probabilityAnyPositive(prevalence, size);
    const positive =
      any * poolDetection(prevalence, size, sensitivity, dilution) + (1 - any) * (1 - specificity);
    positivePoolsCount += poolsCount * positive;
    peopleCount += poolsCount * size * positive;
    variance += poolsCount * size ** 2 * positive * (1 - positive);
    distribution = add(distribution, binomial(poolsCount, positive), size);
  });
  return {
    positivePoolsCount,
    peopleCount,
    sd: Math.sqrt(variance),
    low: quantile(distribution, (1 - level) / 2),
    high: quantile(distribution, (1 + level) / 2),
    level,
  };
}

/** P(X = first + i) = probabilities[i]. */
type Distribution = { first: number; probabilities: number[] };

/** Binomial probabilities outwards from the mode, so that nothing underflows where it matters. */
function binomial(n: number, p: number): Distribution {
  if (p === 0 || n === 0) return { first: 0, probabilities: [1] };
  if (p === 1) return { first: n, probabilities: [1] };
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const below: number[] = [];
  for (let x = mode, weight = 1; x > 0 && weight > NEGLIGIBLE; x--) {
    weight *= (x * (1 - p)) / ((n - x + 1) * p);
    below.push(weight);
  }
  const above = [1];
  for (let x = mode, weight = 1; x < n && weight > NEGLIGIBLE; x++) {
    weight *= ((n - x) * p) / ((x + 1) * (1 - p));
    above.push(weight);
  }
  const weights = [...below.reverse(), ...above];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { first: mode - below.length, probabilities: weights.map((weight) => weight / total) };
}

/** The distribution of X + size × Y. */
function add(x: Distribution, y: Distribution, size: number): Distribution {
  const probabilities = new Array<number>(x.probabilities.length + size * (y.probabilities.length - 1)).fill(
    0,
  );
  y.probabilities.forEach((ofY, j) => {
    x.probabilities.forEach((ofX, i) => {
      probabilities[i + size * j]! += ofX * ofY;
    });
  });
  return { first: x.first + size * y.first, probabilities };
}

function quantile({ first, probabilities }: Distribution, probability: number): number {
  let cumulated = 0;
  const index = probabilities.findIndex((p) => {
    cumulated += p;
    return cumulated >= probability;
  });
  return first + (index === -1 ? probabilities.length - 1 : index);
}
