import { samplePoisson } from '../src/distributions/sample-counts.ts';
import type { Random } from '../src/random/random.ts';

export type SimulatedEpidemic = { cases: number[]; infectees: number[] };

/**
 * A renewal process: each day's cases are Poisson with mean R(day) · Σ w · earlier cases, and each is given a true
 * infector. `infectees[day]` counts the true infectees of the cases of that day (0-based days).
 */
export function simulateEpidemic(
  random: Random,
  {
    r,
    serialInterval,
    first,
    daysCount,
  }: {
    r: (day: number) => number;
    serialInterval: readonly number[];
    first: number;
    daysCount: number;
  },
): SimulatedEpidemic {
  const cases = [first];
  const infectees = new Array<number>(daysCount).fill(0);
  for (let day = 1; day < daysCount; day++) {
    const weights: number[] = [];
    for (let back = 1; back < serialInterval.length && back <= day; back++) {
      weights.push(serialInterval[back]! * cases[day - back]!);
    }
    const infectivity = weights.reduce((a, b) => a + b, 0);
    const count = samplePoisson(random, r(day) * infectivity);
    cases.push(count);
    for (let i = 0; i < count; i++) {
      let left = random.uniform() * infectivity;
      let back = 1;
      while (back < weights.length && left >= weights[back - 1]!) left -= weights[back++ - 1]!;
      infectees[day - back]!++;
    }
  }
  return { cases, infectees };
}
