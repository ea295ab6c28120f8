import fc from 'fast-check';
import { expect, it } from 'vitest';
import { simulateEpidemic } from '../../test/simulate-epidemic.ts';
import { createRandom } from '../random/random.ts';
import { estimateCaseReproduction } from './estimate-case-reproduction.ts';
import { QUANTILE_LEVELS } from './posterior-quantiles.ts';
import type { FixedSerialInterval } from './serial-interval.ts';

const table = (...probabilities: number[]): FixedSerialInterval => ({
  family: 'empirical',
  probabilities,
  unit: 'day',
});

it('with an interval of one day each day’s cases infected the next day’s', () => {
  const { windows } = estimateCaseReproduction([2, 6, 3, 0, 4], {
    serialInterval: table(0, 1),
    windowDays: 1,
    simulationsCount: 20,
  });
  expect(windows.map(({ tStart, mean, sd }) => [tStart, mean, sd])).toEqual([
    [2, 0.5, 0],
    [3, 0, 0],
    [4, null, null],
    [5, 0, 0],
  ]);
});

it('two cases who may both have infected a third share it by their weights', () => {
  // Day 4's case: day 1 with 0.25 × 3 cases, day 3 with 0.5 × 1.
  const { windows } = estimateCaseReproduction([3, 0, 1, 1], {
    serialInterval: table(0, 0.5, 0.25, 0.25),
    windows: [{ tStart: 3, tEnd: 3 }],
    simulationsCount: 0,
  });
  expect(windows[0]).toMatchObject({ mean: 0.5 / 1.25, sd: null });
});

it('windows without cases, or before the first case, have no estimate', () => {
  const serialInterval = table(0, 0.5, 0.5);
  const none = estimateCaseReproduction([0, 0, 0, 0, 0, 0, 0, 0, 0], { serialInterval });
  expect(none.windows.every((window) => window.mean === null)).toBe(true);
  const late = estimateCaseReproduction([0, 0, 0, 1, 2, 0], { serialInterval, windowDays: 2 });
  expect(late.windows.map(({ tStart, mean }) => [tStart, mean === null])).toEqual([
    [2, true],
    [3, true],
    [4, false],
    [5, false],
  ]);
});

it('every case with a possible infector is infected once', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: 3, maxLength: 25 }), (later) => {
      // The case of day 1, outside of every window, is too far from the others to infect one.
      const cases = [1, 0, 0, 0, ...later];
      const [window] = estimateCaseReproduction(cases, {
        serialInterval: table(0, 0.2, 0.5, 0.3),
        windows: [{ tStart: 2, tEnd: cases.length }],
        simulationsCount: 0,
      }).windows;
      const sum = (counts: number[]) => counts.reduce((a, b) => a + b, 0);
      const infected = later.filter((_, i) => sum(later.slice(Math.max(0, i - 3), i)) > 0);
      if (sum(later) === 0) expect(window!.mean).toBeNull();
      else expect(window!.mean! * sum(later)).toBeCloseTo(sum(infected), 9);
    }),
  );
});

it('95 % intervals hold the infectees there really were (400 epidemics)', () => {
  const random = createRandom(5);
  const interval = [0, 0.2, 0.4, 0.3, 0.1];
  let held = 0;
  for (let i = 0; i < 400; i++) {
    const { cases, infectees } = simulateEpidemic(random, {
      r: () => 1.2,
      serialInterval: interval,
      first: 30,
      daysCount: 20,
    });
    const [window] = estimateCaseReproduction(cases, {
      serialInterval: table(...interval),
      windows: [{ tStart: 6, tEnd: 10 }],
      simulationsCount: 200,
      seed: i,
    }).windows;
    const sum = (counts: number[]) => counts.slice(5, 10).reduce((a, b) => a + b, 0);
    const truth = sum(infectees) / sum(cases);
    if (window!.quantiles['0.025']! <= truth && truth <= window!.quantiles['0.975']!) held++;
  }
  expect(Math.abs(held / 400 - 0.95)).toBeLessThan(0.033);
});

it('the mean of the simulations is the point value, and a seed repeats them', () => {
  const cases = [4, 3, 6, 8, 9, 14, 12, 20, 18, 25];
  const of = (seed: number) =>
    estimateCaseReproduction(cases, { serialInterval: table(0, 0.3, 0.4, 0.3), windowDays: 3, seed }).windows;
  expect(of(1)).toEqual(of(1));
  expect(of(1)).not.toEqual(of(2));
  for (const { mean, quantiles } of of(1)) {
    const values = QUANTILE_LEVELS.map((level) => quantiles[`${level}`]!);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect(values[0]).toBeLessThanOrEqual(mean!);
    expect(values[6]).toBeGreaterThanOrEqual(mean!);
  }
});

it('counts that are not whole are refused by row and value', () => {
  const serialInterval = table(0, 1);
  expect(() => estimateCaseReproduction([1, 2.5], { serialInterval })).toThrow('row 1, cases: 2.5');
  expect(() => estimateCaseReproduction([1], { serialInterval, simulationsCount: -1 })).toThrow(
    'simulationsCount is -1',
  );
});

it('all seven quantiles are those of the draws: of two infectors alike, a binomial one', () => {
  // Ten cases of day 4, each infected by the case of day 2 or of day 3 with one half.
  const { windows } = estimateCaseReproduction([0, 1, 1, 10], {
    serialInterval: table(0, 0.5, 0.5),
    windows: [{ tStart: 3, tEnd: 3 }],
    simulationsCount: 20_000,
  });
  // qbinom(c(0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975), 10, 0.5), and the case of day 3 infected by that of day 2.
  expect(Object.values(windows[0]!.quantiles)).toEqual([2, 2, 4, 5, 6, 8, 8]);
  expect(windows[0]!.sd).toBeCloseTo(Math.sqrt(2.5), 1);
});
