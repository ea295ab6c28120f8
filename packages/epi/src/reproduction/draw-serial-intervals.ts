import { discretiseSerialInterval } from '../distributions/discretise-serial-interval.ts';
import { normalCdf, normalQuantile } from '../distributions/normal.ts';
import { createRandom, type Random } from '../random/random.ts';
import {
  checkProbabilities,
  type SampledSerialInterval,
  serialIntervalMoments,
  type UncertainSerialInterval,
} from './serial-interval.ts';

/** One possible serial interval with the moments it was drawn by. */
export type SerialIntervalDraw = { probabilities: ArrayLike<number>; mean: number; sd: number };

/**
 * Serial intervals from an uncertain one (seeded), or those given.
 *
 * Mean and standard deviation are drawn independently from normal distributions cut to their bounds.
 *
 * @throws RangeError on bounds that do not enclose their value, or that allow a mean below 1 or an sd of 0
 */
export function drawSerialIntervals(
  serialInterval: UncertainSerialInterval | SampledSerialInterval,
  daysCount: number,
  { drawsCount, seed }: { drawsCount: number; seed: number },
): SerialIntervalDraw[] {
  if (serialInterval.family === 'sample') {
    const draws = Array.from(serialInterval.draws);
    if (draws.length === 0) throw new RangeError('the serial interval has no draws');
    return draws.map((probabilities) => {
      checkProbabilities(probabilities);
      return { probabilities, ...serialIntervalMoments(probabilities) };
    });
  }
  checkDrawsCount(drawsCount);
  const { mean, meanSd, meanBounds, sd, sdSd, sdBounds } = serialInterval;
  checkUncertain('mean', mean, meanSd, meanBounds, 1);
  checkUncertain('sd', sd, sdSd, sdBounds, Number.MIN_VALUE);

  const random = createRandom(seed);
  return Array.from({ length: drawsCount }, () => {
    const drawn = {
      family: 'gamma' as const,
      mean: drawCutNormal(random, mean, meanSd, meanBounds),
      sd: drawCutNormal(random, sd, sdSd, sdBounds),
      unit: 'day' as const,
    };
    const probabilities = discretiseSerialInterval(drawn, daysCount - 1);
    return { probabilities, mean: drawn.mean, sd: drawn.sd };
  });
}

function checkDrawsCount(drawsCount: number): void {
  if (!(Number.isSafeInteger(drawsCount) && drawsCount >= 1)) {
    throw new RangeError(`drawsCount is ${drawsCount}; it must be a whole number from 1 on`);
  }
}

function checkUncertain(
  name: string,
  value: number,
  spread: number,
  [low, high]: readonly [number, number],
  lowest: number,
): void {
  if (!(low >= lowest && low <= value && value <= high && low < high)) {
    throw new RangeError(
      `the ${name} of the serial interval is ${value} within ${low} to ${high}; the bounds must enclose it and not go below ${lowest}`,
    );
  }
  if (!(spread > 0 && spread < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`the ${name} of the serial interval varies by ${spread}; it must be above 0`);
  }
}

function drawCutNormal(
  random: Random,
  mean: number,
  sd: number,
  [low, high]: readonly [number, number],
): number {
  const from = normalCdf(low, mean, sd);
  const to = normalCdf(high, mean, sd);
  const drawn = normalQuantile(from + random.uniform() * (to - from), mean, sd);
  return Math.min(high, Math.max(low, drawn));
}
