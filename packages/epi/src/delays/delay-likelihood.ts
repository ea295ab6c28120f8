import type { Point } from '../numerical/climb.ts';
import type { DelayFamily, DelayRecord } from './delay.ts';
import { DELAY_FAMILIES } from './delay-families.ts';
import { intervalProbability, probabilityBefore } from './interval-probability.ts';

/** Equal records as one, measured from the start of the primary window. */
type Interval = { from: number; until: number; width: number; count: number };
type Truncation = { until: number; width: number; count: number };

export type DelayData = {
  recordsCount: number;
  intervals: Interval[];
  truncations: Truncation[];
  /** Mean and sd of the middles of the windows: a start for the search, no estimate. */
  roughMean: number;
  roughSd: number;
};

/** @throws RangeError on a record that cannot be, naming it (from 0) and the value */
export function readDelays(records: Iterable<DelayRecord>): DelayData {
  const intervals = new Map<string, Interval>();
  const truncations = new Map<string, Truncation>();
  let recordsCount = 0;
  let sum = 0;
  let sumOfSquares = 0;
  let row = -1;
  for (const record of records) {
    row++;
    const { cutoff, count = 1 } = record;
    checkRecord(record, row);
    const [start, end] = record.primary;
    const width = end - start;
    const from = record.secondary[0] - start;
    const until = record.secondary[1] - start;
    recordsCount += count;
    const middle = Math.max(0.01, (from + until - width) / 2);
    sum += count * middle;
    sumOfSquares += count * middle ** 2;
    addCount(intervals, `${from} ${until} ${width}`, { from, until, width, count });
    if (cutoff !== undefined)
      addCount(truncations, `${cutoff - start} ${width}`, { until: cutoff - start, width, count });
  }
  const roughMean = sum / recordsCount;
  const roughSd = Math.sqrt(Math.max(0, sumOfSquares / recordsCount - roughMean ** 2));
  return {
    recordsCount,
    intervals: [...intervals.values()],
    truncations: [...truncations.values()],
    roughMean,
    roughSd: Math.max(roughSd, 0.05 * roughMean),
  };
}

function addCount<T extends { count: number }>(groups: Map<string, T>, key: string, group: T): void {
  const known = groups.get(key);
  if (known) known.count += group.count;
  else groups.set(key, group);
}

function checkRecord({ primary, secondary, cutoff, count = 1 }: DelayRecord, row: number): void {
  for (const [name, [from, until]] of Object.entries({ primary, secondary })) {
    if (!(Number.isFinite(from) && Number.isFinite(until) && from <= until))
      throw new RangeError(`record ${row}, ${name}: ${from} to ${until} is not a window of time`);
  }
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`record ${row}, count: ${count} is not a whole number from 1`);
  const exact = secondary[0] === secondary[1];
  if (exact ? secondary[1] < primary[0] : secondary[1] <= primary[0])
    throw new RangeError(
      `record ${row}: the second event (before ${secondary[1]}) is over before the first one begins (${primary[0]})`,
    );
  if (cutoff !== undefined && !(secondary[1] <= cutoff))
    throw new RangeError(
      `record ${row}: the second event (up to ${secondary[1]}) is after the cutoff ${cutoff}`,
    );
}

/** Widest spread looked at, sd / mean, and how far mean and sd may leave the rough ones: beyond, data decide nothing. */
const LOG_CV = [-7, 2.5] as const;
const LOG_RANGE = 8;

/** Log-likelihood in [log mean, log sd]; -Infinity outside what is looked at. */
export function delayLikelihood(data: DelayData, family: DelayFamily): (point: Point) => number {
  const centre = Math.log(data.roughMean);
  return ([logMean, logSd]) => {
    const logCv = logSd - logMean;
    if (!(Math.abs(logMean - centre) <= LOG_RANGE && logCv >= LOG_CV[0] && logCv <= LOG_CV[1]))
      return -Infinity;
    const distribution = DELAY_FAMILIES[family](Math.exp(logMean), Math.exp(logSd));
    let sum = 0;
    for (const { from, until, width, count } of data.intervals)
      sum += count * Math.log(intervalProbability(distribution, from, until, width));
    for (const { until, width, count } of data.truncations)
      sum -= count * Math.log(probabilityBefore(distribution, until, width));
    return Number.isNaN(sum) ? -Infinity : sum;
  };
}
