import type { DelayAnalysis, DelayName, DelaysAnalysis } from '@levee/contract';
import { type DelayEstimate, type DelayRecord, dayNumber, discretiseDelay, estimateDelay } from '@levee/epi';
import type { CaseFacts } from '../../cases/index.ts';
import { lackingOf, NEEDED, toAnswer } from '../analysis.ts';

type Day = Exclude<keyof CaseFacts, 'externalId' | 'classification' | 'outcome'>;
const ENDS: Readonly<Record<DelayName, readonly [first: Day, second: Day]>> = {
  incubation: ['dateInfection', 'dateOnset'],
  report: ['dateOnset', 'dateReporting'],
  admission: ['dateOnset', 'dateAdmission'],
  death: ['dateOnset', 'dateOutcome'],
  sample_report: ['dateSample', 'dateReporting'],
};
/** Days drawn beside the bars. */
const DRAWN_DAYS = 60;

/** Whole days between two days of each case, as far as both are known. Death counts those who died alone. */
export function daysBetween(cases: readonly CaseFacts[], name: DelayName) {
  const [first, second] = ENDS[name];
  const counted = name === 'death' ? cases.filter(({ outcome }) => outcome === 'died') : cases;
  return {
    of: counted.length,
    pairs: counted.flatMap((one) => {
      const [from, to] = [one[first], one[second]];
      if (from === null || to === null) return [];
      const start = dayNumber(from as string);
      return [{ start, days: dayNumber(to as string) - start }];
    }),
  };
}

type Pair = ReturnType<typeof daysBetween>['pairs'][number];

/** Right-truncated at the cut-off. Records with the same delay and the same time left are one record with a count. */
export function fitDelay(pairs: readonly Pair[], cutoff: string): DelayEstimate {
  const end = dayNumber(cutoff) + 1;
  const tally = new Map<string, DelayRecord & { count: number }>();
  for (const { start, days } of pairs) {
    if (days < 0) continue;
    const left = end - start;
    const key = `${days} ${left}`;
    const same = tally.get(key);
    if (same) same.count += 1;
    else tally.set(key, { primary: [0, 1], secondary: [days, days + 1], cutoff: left, count: 1 });
  }
  return estimateDelay(tally.values());
}

export function delaysOf({
  cases,
  cutoff,
}: {
  readonly cases: readonly CaseFacts[];
  readonly cutoff: string;
}): Omit<DelaysAnalysis, 'about'> {
  const delays = (Object.keys(ENDS) as DelayName[]).map((name) => delayOf(cases, cutoff, name));
  return { lacking: lackingOf([['cases', cases.length, 1]]), delays };
}

function delayOf(cases: readonly CaseFacts[], cutoff: string, name: DelayName): DelayAnalysis {
  const { of, pairs } = daysBetween(cases, name);
  const usable = pairs.filter(({ days }) => days >= 0);
  const lacking = lackingOf([['pairs', usable.length, NEEDED.pairs]]);
  const fits = lacking.length > 0 ? [] : fitDelay(usable, cutoff).fits;
  return {
    name,
    lacking,
    pairsCount: usable.length,
    missingCount: of - pairs.length,
    negativeCount: pairs.length - usable.length,
    observed: observedOf(usable.map(({ days }) => days)),
    days: tallyDays(usable.map(({ days }) => days)),
    fits: fits.map(({ family, mean, sd, quantiles, aic }, index) => ({
      family,
      mean: toAnswer(mean),
      sd: toAnswer(sd),
      median: toAnswer(quantiles['0.5']!),
      p95: toAnswer(quantiles['0.95']!),
      aic,
      probabilities: index === 0 ? drawn(family, mean.estimate, sd.estimate) : [],
    })),
  };
}

const drawn = (
  family: DelayAnalysis['fits'][number]['family'],
  mean: number | null,
  sd: number | null,
): number[] =>
  mean !== null && sd !== null && mean > 0 && sd > 0
    ? [...discretiseDelay({ family, mean, sd }, DRAWN_DAYS)]
    : [];

function observedOf(values: readonly number[]): DelayAnalysis['observed'] {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  const middle = sorted.length >> 1;
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    median: sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2,
    sd: sorted.length < 2 ? null : Math.sqrt(squares / (sorted.length - 1)),
    max: sorted.at(-1)!,
  };
}

/** From the smallest to the largest, gaps filled with 0. */
export function tallyDays(values: readonly number[]): { days: number; count: number }[] {
  if (values.length === 0) return [];
  const [least, most] = values.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [values[0]!, values[0]!],
  );
  const counts = new Array<number>(most - least + 1).fill(0);
  for (const value of values) counts[value - least]! += 1;
  return counts.map((count, index) => ({ days: least + index, count }));
}
