import {
  discretiseSerialInterval,
  type GammaSerialInterval,
} from '../distributions/discretise-serial-interval.ts';

/** A serial interval day by day; element k is P(interval = k days), element 0 is 0. */
export type EmpiricalSerialInterval = { family: 'empirical'; probabilities: ArrayLike<number>; unit: 'day' };

/**
 * A gamma serial interval whose mean and standard deviation are themselves uncertain: each is normal around its value and
 * cut to its bounds (days).
 */
export type UncertainSerialInterval = {
  family: 'uncertain-gamma';
  mean: number;
  meanSd: number;
  meanBounds: readonly [low: number, high: number];
  sd: number;
  sdSd: number;
  sdBounds: readonly [low: number, high: number];
  unit: 'day';
};

/** Serial intervals drawn elsewhere, for example from a posterior; each like an empirical one. */
export type SampledSerialInterval = {
  family: 'sample';
  draws: ArrayLike<ArrayLike<number>>;
  unit: 'day';
};

export type FixedSerialInterval = GammaSerialInterval | EmpiricalSerialInterval;
export type SerialInterval = FixedSerialInterval | UncertainSerialInterval | SampledSerialInterval;

/** How far an empirical serial interval may be from summing to 1, as printed tables are rounded. */
const SUM_TOLERANCE = 0.01;

/**
 * Probabilities from day 0, used as they are: a table that sums to 0.999 is not scaled.
 *
 * @throws RangeError on a negative or missing probability (its day), on one for day 0, on a sum further than 0.01 from 1
 */
export function serialIntervalProbabilities(
  serialInterval: FixedSerialInterval,
  daysCount: number,
): ArrayLike<number> {
  if (serialInterval.family === 'gamma') return discretiseSerialInterval(serialInterval, daysCount - 1);
  checkProbabilities(serialInterval.probabilities);
  return serialInterval.probabilities;
}

export function checkProbabilities(probabilities: ArrayLike<number>): void {
  let sum = 0;
  for (let day = 0; day < probabilities.length; day++) {
    const probability = probabilities[day]!;
    if (!(probability >= 0 && probability <= 1)) {
      throw new RangeError(`serial interval, day ${day}: ${probability} is not a probability`);
    }
    sum += probability;
  }
  if (probabilities[0] !== 0) {
    throw new RangeError(
      `serial interval, day 0: ${probabilities[0]}; it must be 0, a case does not infect on its own day`,
    );
  }
  if (Math.abs(sum - 1) > SUM_TOLERANCE) {
    throw new RangeError(`the serial interval sums to ${sum}; it must sum to 1 within ${SUM_TOLERANCE}`);
  }
}

/** Σ k wₖ and √(Σ k² wₖ - mean²), in days, without dividing by the sum. */
export function serialIntervalMoments(probabilities: ArrayLike<number>): { mean: number; sd: number } {
  let mean = 0;
  let square = 0;
  for (let day = 0; day < probabilities.length; day++) {
    mean += day * probabilities[day]!;
    square += day * day * probabilities[day]!;
  }
  return { mean, sd: Math.sqrt(square - mean * mean) };
}
