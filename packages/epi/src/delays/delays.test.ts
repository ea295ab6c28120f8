import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readOutbreak } from '../../test/outbreak-data.ts';
import { dayNumber } from '../calendar/civil-day.ts';
import { sampleGamma, sampleLognormal, sampleWeibull } from '../distributions/sample-continuous.ts';
import { createRandom } from '../random/random.ts';
import type { DelayFamily, DelayRecord } from './delay.ts';
import { DELAY_FAMILIES } from './delay-families.ts';
import { discretiseDelay } from './discretise-delay.ts';
import { delayOfDays, estimateDelay } from './estimate-delay.ts';
import { intervalProbability, probabilityBefore } from './interval-probability.ts';

/**
 * Incubation of influenza A, 151 volunteers and passengers: [exposure from, until, symptoms from, until, people], days.
 * Lessler J et al., Lancet Infect Dis 2009, as in R package coarseDataTools (fluA.inc.per).
 */
const INFLUENZA_A: [number, number, number, number, number][] = [
  [0, 0.5, 1, 1.5, 1],
  [0, 0.166666666666667, 1.85416666666667, 1.875, 2],
  [0, 1, 1, 2, 8],
  [0, 0.5, 1.5, 2, 15],
  [0, 0.5, 2, 2.5, 7],
  [0, 1, 2, 3, 5],
  [0, 2, 2, 3, 5],
  [0, 0.5, 2.5, 3, 13],
  [0, 0.5, 3, 3.5, 1],
  [0, 1, 2, 4, 7],
  [0, 1, 3, 4, 4],
  [0, 2, 3, 4, 2],
  [0, 3, 3, 4, 2],
  [0, 1, 4, 5, 2],
  [0, 4, 4, 5, 1],
  [0, 3, 5, 6, 1],
  [0, 0, 0.541666666666667, 1, 30],
  [0, 0, 0.75, 1, 5],
  [0, 0, 1.04166666666667, 1.5, 10],
  [0, 0, 1.125, 1.70833333333333, 1],
  [0, 0, 1.5, 2, 11],
  [0, 0, 1.54166666666667, 2, 13],
  [0, 0, 2.04166666666667, 2.5, 3],
  [0, 0, 1.70833333333333, 1.70833333333333, 1],
  [0, 0, 2.70833333333333, 2.70833333333333, 1],
];

it('influenza A: all three families agree with coarseDataTools; the median is the published 1.4 to 1.5 days [A7]', () => {
  const records = INFLUENZA_A.map(
    ([a, b, c, d, count]): DelayRecord => ({ primary: [a, b], secondary: [c, d], count }),
  );
  const { recordsCount, best, fits } = estimateDelay(records);
  expect(recordsCount).toBe(151);
  const of = (family: DelayFamily) => fits.find((fit) => fit.family === family)!;
  // optim on coarseDataTools:::loglikhd, R 4.2.2; its likelihood is not divided by the width of the exposure window.
  const widths = INFLUENZA_A.reduce(
    (sum, [a, b, , , count]) => sum + (b > a ? count * Math.log(b - a) : 0),
    0,
  );
  const expected = {
    lognormal: [-262.218, { meanLog: 0.3796059, sdLog: 0.4239803 }],
    gamma: [-261.5175, { shape: 5.877607, scale: 0.2712658 }],
    weibull: [-263.775, { shape: 2.664645, scale: 1.796866 }],
  } as const;
  for (const [family, [logLikelihood, parameters]] of Object.entries(expected)) {
    const fit = of(family as DelayFamily);
    expect(fit.logLikelihood + widths).toBeCloseTo(logLikelihood, 3);
    for (const [name, value] of Object.entries(parameters))
      expect(fit.parameters[name]!.estimate! / value).toBeCloseTo(1, 5);
  }
  expect(best!.family).toBe('gamma');
  expect(best!.aic).toBeLessThan(fits[1]!.aic);
  // dic.fit(fluA.inc.per, dist = "L"): meanlog 0.306 to 0.454, p50 1.462 (1.354 to 1.570); Lessler 2009: 1.4 (1.3 to 1.5).
  const { meanLog } = of('lognormal').parameters;
  expect(meanLog!.low).toBeCloseTo(0.306, 3);
  expect(meanLog!.high).toBeCloseTo(0.453, 2);
  expect(of('lognormal').quantiles['0.5']!.estimate).toBeCloseTo(1.462, 3);
});

it('probabilities of all days add up to 1, and to the truncated total, whatever family and windows [A7]', () => {
  const family = fc.constantFrom<DelayFamily>('gamma', 'lognormal', 'weibull');
  const mean = fc.double({ min: 0.5, max: 12, noNaN: true });
  const cv = fc.double({ min: 0.2, max: 1.5, noNaN: true });
  fc.assert(
    fc.property(family, mean, cv, fc.integer({ min: 0, max: 3 }), (name, m, spread, width) => {
      const distribution = DELAY_FAMILIES[name](m, m * spread);
      let sum = 0;
      for (let day = 0; day < 40; day++) sum += intervalProbability(distribution, day, day + 1, width);
      expect(sum).toBeCloseTo(probabilityBefore(distribution, 40, width), 7);
    }),
  );
});

it('the closed form is the integral over the primary window, and far tails keep their digits [A7]', () => {
  const distribution = DELAY_FAMILIES.gamma(5, 3);
  const integrate = (from: number, until: number, width: number) => {
    const n = 20_000;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const u = ((i + 0.5) / n) * width;
      sum += (distribution.cdf(until - u) - distribution.cdf(from - u)) / n;
    }
    return sum;
  };
  for (const [from, until, width] of [
    [0, 1, 1],
    [4, 6, 2],
    [1, 2, 5],
    [10, 11, 1],
  ] as const)
    expect(intervalProbability(distribution, from, until, width)).toBeCloseTo(
      integrate(from, until, width),
      9,
    );
  const far = intervalProbability(distribution, 70, 71, 1);
  // The density there, averaged over the triangle of both windows.
  expect(far / distribution.pdf(70)).toBeGreaterThan(0.9);
  expect(far / distribution.pdf(70)).toBeLessThan(1.2);
});

it('mean, sd and quantiles of each family are those asked for [A7]', () => {
  for (const make of Object.values(DELAY_FAMILIES)) {
    const distribution = make(6, 3);
    const n = 100_000;
    const values = Array.from({ length: n }, (_, i) => distribution.quantile((i + 0.5) / n));
    const mean = values.reduce((a, b) => a + b, 0) / n;
    const sd = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / n);
    expect(mean).toBeCloseTo(6, 2);
    expect(sd).toBeCloseTo(3, 1);
    expect(distribution.partialMean(1e4)).toBeCloseTo(6, 9);
    expect(distribution.cdf(distribution.quantile(0.3))).toBeCloseTo(0.3, 12);
  }
});

it('a discretised delay keeps its mean and grows its variance by 1/6: two events, each somewhere in its day [A7]', () => {
  for (const family of ['gamma', 'lognormal', 'weibull'] as const) {
    const probabilities = discretiseDelay({ family, mean: 6, sd: 3 }, 400);
    const moment = (power: number) => probabilities.reduce((sum, p, day) => sum + p * day ** power, 0);
    expect(moment(0)).toBeCloseTo(1, 6);
    expect(moment(1)).toBeCloseTo(6, 4);
    // The floor of a sum with a uniform adds its variance twice over: 1/12 for each end.
    expect(moment(2) - moment(1) ** 2).toBeCloseTo(9 + 1 / 6, 1);
  }
  expect(() => discretiseDelay({ family: 'gamma', mean: 0, sd: 1 }, 9)).toThrow('mean is 0');
});

it('the family the data came from is chosen by AIC [A7]', () => {
  const random = createRandom(1);
  const samplers = {
    lognormal: () => sampleLognormal(random, 1.4, 0.9),
    weibull: () => sampleWeibull(random, 4, 9),
  };
  for (const [family, sample] of Object.entries(samplers)) {
    const records = Array.from({ length: 600 }, (): DelayRecord => {
      const at = random.uniform();
      const day = Math.floor(at + sample());
      return { primary: [0, 1], secondary: [day, day + 1] };
    });
    expect(estimateDelay(records).best!.family).toBe(family);
  }
});

it('in a growing outbreak the truncated fit covers the true mean and sd in 95 % of 100, the plain one is too short [A7]', () => {
  const random = createRandom(7);
  const cutoff = 30;
  const covered = { mean: 0, sd: 0, plain: 0 };
  const outbreaks = 100;
  for (let outbreak = 0; outbreak < outbreaks; outbreak++) {
    const records: DelayRecord[] = [];
    while (records.length < 120) {
      // Primary days grow exponentially by 0.1 a day up to the cut-off.
      const onset = cutoff + Math.log(random.uniform()) / 0.1;
      const day = Math.floor(onset);
      const second = Math.floor(onset + sampleGamma(random, 4, 1.5));
      if (day >= 0 && second < cutoff)
        records.push({ primary: [day, day + 1], secondary: [second, second + 1], cutoff });
    }
    const truncated = estimateDelay(records, { families: ['gamma'] }).best!;
    const plain = estimateDelay(
      records.map(({ primary, secondary }) => ({ primary, secondary })),
      { families: ['gamma'] },
    ).best!;
    const holds = ({ low, high }: { low: number | null; high: number | null }, value: number) =>
      (low ?? 0) <= value && value <= (high ?? Infinity);
    if (holds(truncated.mean, 6)) covered.mean++;
    if (holds(truncated.sd, 3)) covered.sd++;
    if (holds(plain.mean, 6)) covered.plain++;
  }
  for (const count of [covered.mean, covered.sd]) {
    expect(count / outbreaks).toBeGreaterThan(0.9);
    expect(count / outbreaks).toBeLessThanOrEqual(1);
  }
  expect(covered.plain / outbreaks).toBeLessThan(0.4);
});

it('counts stand for equal records, and moving all dates moves nothing [A7]', () => {
  const record = fc.tuple(fc.nat(5), fc.nat(12), fc.integer({ min: 1, max: 4 }));
  fc.assert(
    fc.property(fc.array(record, { minLength: 3, maxLength: 10 }), fc.nat(20_000), (list, shift) => {
      const grouped = list.map(
        ([day, delay, count]): DelayRecord => ({
          primary: [day, day + 1],
          secondary: [day + delay, day + delay + 1],
          count,
        }),
      );
      const single = grouped.flatMap(({ primary, secondary, count }) =>
        Array.from(
          { length: count! },
          (): DelayRecord => ({
            primary: [primary[0] + shift, primary[1] + shift],
            secondary: [secondary[0] + shift, secondary[1] + shift],
          }),
        ),
      );
      const options = { families: ['weibull' as const] };
      const [a, b] = [estimateDelay(grouped, options), estimateDelay(single, options)];
      expect(b.recordsCount).toBe(a.recordsCount);
      expect(b.best!.logLikelihood).toBeCloseTo(a.best!.logLikelihood, 6);
    }),
    { numRuns: 20 },
  );
});

it('no record gives no fit; one record gives a mean without a false precision [A7]', () => {
  expect(estimateDelay([])).toEqual({ unit: 'day', recordsCount: 0, best: null, fits: [] });
  const one = estimateDelay([{ primary: [0, 1], secondary: [5, 6] }]).best!;
  expect(one.mean.estimate).toBeCloseTo(5, 0);
  expect(one.mean.low!).toBeLessThan(4.5);
  expect(one.mean.high ?? Infinity).toBeGreaterThan(6);
  const same = estimateDelay(Array.from({ length: 30 }, () => delayOfDays('2022-08-01', '2022-08-04'))).best!;
  expect(same.mean.estimate).toBeCloseTo(3, 0);
});

it('records that cannot be are refused by number and value [A7]', () => {
  expect(() =>
    estimateDelay([delayOfDays('2022-08-02', '2022-08-02'), delayOfDays('2022-08-02', '2022-08-01')]),
  ).toThrow('record 1: the second event');
  expect(() => estimateDelay([delayOfDays('2022-08-02', '2022-08-09', '2022-08-08')])).toThrow(
    'after the cutoff',
  );
  expect(() => estimateDelay([{ primary: [1, 0], secondary: [2, 3] }])).toThrow('record 0, primary: 1 to 0');
  expect(() => estimateDelay([{ primary: [0, 1], secondary: [2, 3], count: 0 }])).toThrow('count: 0');
  expect(() => delayOfDays('2022-02-30', '2022-03-01')).toThrow('"2022-02-30"');
});

const mers = readOutbreak('mers_korea_2015_linelist.csv');

it.skipIf(!mers)(
  'MERS Korea 2015, onset to report: 135 cases, mean 5.6 as seen, longer once truncation is allowed for [A7]',
  () => {
    const rows = mers!.filter((row) => row.dt_onset && row.dt_report);
    const delays = rows.map((row) => dayNumber(row.dt_report!) - dayNumber(row.dt_onset!));
    expect(delays).toHaveLength(135);
    expect(delays.reduce((a, b) => a + b, 0) / 135).toBeCloseTo(5.6, 1);
    expect(delays.toSorted((a, b) => a - b)[67]).toBe(5);
    const plain = estimateDelay(rows.map((row) => delayOfDays(row.dt_onset!, row.dt_report!)));
    expect(plain.best!.mean.estimate).toBeCloseTo(5.6, 1);
    expect(plain.best!.mean.low!).toBeLessThan(5.6);
    const truncated = estimateDelay(
      rows.map((row) => delayOfDays(row.dt_onset!, row.dt_report!, '2015-06-16')),
    );
    expect(truncated.best!.mean.estimate!).toBeGreaterThan(plain.best!.mean.estimate! + 0.3);
  },
);

const ebola = readOutbreak('ebola_sim_clean_linelist.csv');

it.skipIf(!ebola)('simulated Ebola, infection to onset: 3742 pairs, mean 10.08, sd 7.70 [A7]', () => {
  const rows = ebola!.filter((row) => row.date_of_infection && row.date_of_onset);
  expect(rows).toHaveLength(3742);
  const { best } = estimateDelay(rows.map((row) => delayOfDays(row.date_of_infection!, row.date_of_onset!)));
  expect(best!.mean.estimate).toBeCloseTo(10.08, 0);
  expect(best!.sd.estimate! / 7.7).toBeCloseTo(1, 0);
  expect(best!.mean.high! - best!.mean.low!).toBeLessThan(0.7);
});
