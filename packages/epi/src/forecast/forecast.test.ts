import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readOutbreak } from '../../test/outbreak-data.ts';
import { sampleNegativeBinomial } from '../distributions/sample-counts.ts';
import { probabilityExtinct } from '../offspring/probability-extinct.ts';
import { createRandom } from '../random/random.ts';
import { forecastCases } from './forecast-cases.ts';

const SERIAL_INTERVAL = [0, 0.2, 0.5, 0.3];

/** The renewal equation: what the mean must be. */
function renew(cases: number[], serialInterval: number[], R: number, horizonDays: number): number[] {
  const all = [...cases];
  for (let i = 0; i < horizonDays; i++)
    all.push(serialInterval.reduce((sum, w, delay) => sum + R * w * (all[all.length - delay] ?? 0), 0));
  return all.slice(cases.length);
}

it('the mean of each day is the renewal equation, whatever the dispersion [A7]', () => {
  const casesPerDay = [3, 5, 8, 6];
  for (const k of [0.3, Infinity]) {
    const { days } = forecastCases(
      { casesPerDay, serialInterval: SERIAL_INTERVAL, R: 1.3, k },
      { horizonDays: 8, seed: 1, simulationsCount: 20_000 },
    );
    renew(casesPerDay, SERIAL_INTERVAL, 1.3, 8).forEach((expected, i) => {
      expect(Math.abs(days[i]!.mean - expected)).toBeLessThan((4.5 * days[i]!.sd) / Math.sqrt(20_000));
    });
  }
});

it('one generation has the closed form of the negative binomial: variance m + m²/(n k), P(0) = (1 + R/k)^(-n k) [A7]', () => {
  const n = 6;
  const [R, k] = [1.5, 0.4];
  const { days, noCaseProportion } = forecastCases(
    { casesPerDay: [n], serialInterval: [0, 1], R, k },
    { horizonDays: 1, seed: 2, simulationsCount: 40_000 },
  );
  expect(days[0]!.sd ** 2 / (n * R + (n * R) ** 2 / (n * k))).toBeCloseTo(1, 1);
  expect(noCaseProportion).toBeCloseTo((1 + R / k) ** (-n * k), 2);
});

it('chains die out as often as probabilityExtinct says [A7]', () => {
  const { days } = forecastCases(
    { casesPerDay: [2], serialInterval: [0, 1], R: 1.5, k: 0.5 },
    { horizonDays: 25, seed: 3, level: 0.5, simulationsCount: 2000 },
  );
  // By day 25 what has not died out has grown to tens of thousands.
  expect(days[24]!.median).toBe(0);
  const alive = forecastCases(
    { casesPerDay: [2], serialInterval: [0, 1], R: 1.5, k: 0.5 },
    { horizonDays: 1, seed: 3 },
  );
  expect(alive.noCaseProportion).toBeCloseTo((1 + 3) ** -1, 1);
  expect(probabilityExtinct({ R: 1.5, k: 0.5, initialCasesCount: 2 })).toBeGreaterThan(0.5);
});

it('90 % of simulated futures, drawn case by case, lie in the 90 % interval [A7]', () => {
  const casesPerDay = [4, 9, 12, 10];
  const [R, k] = [1.2, 0.5];
  const forecast = forecastCases(
    { casesPerDay, serialInterval: SERIAL_INTERVAL, R, k },
    { horizonDays: 6, seed: 4, level: 0.9, simulationsCount: 10_000 },
  );
  const random = createRandom(5);
  const delayOf = () => {
    const u = random.uniform();
    return u < 0.2 ? 1 : u < 0.7 ? 2 : 3;
  };
  let inside = 0;
  let insideTotal = 0;
  const futures = 3000;
  for (let future = 0; future < futures; future++) {
    const all = [...casesPerDay, 0, 0, 0, 0, 0, 0];
    for (let day = 0; day < all.length; day++) {
      for (let one = 0; one < all[day]!; one++) {
        const infectees = sampleNegativeBinomial(random, R, k);
        for (let i = 0; i < infectees; i++) {
          const onset = day + delayOf();
          // The past has happened: only infectees still to come are counted.
          if (onset >= casesPerDay.length && onset < all.length) all[onset]!++;
        }
      }
    }
    const last = all.at(-1)!;
    const total = all.slice(casesPerDay.length).reduce((a, b) => a + b, 0);
    if (last >= forecast.days[5]!.low && last <= forecast.days[5]!.high) inside++;
    if (total >= forecast.total.low && total <= forecast.total.high) insideTotal++;
  }
  for (const count of [inside, insideTotal]) {
    expect(count / futures).toBeGreaterThan(0.88);
    expect(count / futures).toBeLessThan(0.94);
  }
});

it('an uncertain R widens the interval; no cases, all zeros and R = 0 stay at zero [A7]', () => {
  const input = { casesPerDay: [10, 10, 10], serialInterval: SERIAL_INTERVAL, k: Infinity };
  const options = { horizonDays: 10, seed: 6 };
  const sure = forecastCases({ ...input, R: 1.2 }, options);
  const unsure = forecastCases({ ...input, R: { mean: 1.2, sd: 0.4 } }, options);
  expect(unsure.total.high - unsure.total.low).toBeGreaterThan(1.5 * (sure.total.high - sure.total.low));
  for (const casesPerDay of [[], [0, 0, 0], [5, 0, 0, 0]]) {
    const forecast = forecastCases({ ...input, casesPerDay, R: 1.2 }, options);
    expect(forecast).toMatchObject({ noCaseProportion: 1, total: { mean: 0, high: 0 } });
  }
  expect(forecastCases({ ...input, R: 0 }, options).total.high).toBe(0);
});

it('the same seed gives the same forecast; days are whole cases in order low, median, high [A7]', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 6 }), fc.nat(1000), (casesPerDay, seed) => {
      const run = () =>
        forecastCases(
          { casesPerDay, serialInterval: SERIAL_INTERVAL, R: 1.1, k: 0.7 },
          { horizonDays: 3, seed, simulationsCount: 50 },
        );
      expect(run()).toEqual(run());
      for (const { low, median, high } of run().days) {
        expect([low, median, high].every(Number.isInteger)).toBe(true);
        expect(low).toBeLessThanOrEqual(median);
        expect(median).toBeLessThanOrEqual(high);
      }
    }),
    { numRuns: 30 },
  );
});

it('input that cannot be is refused by name and value [A7]', () => {
  const input = { casesPerDay: [1], serialInterval: [0, 1], R: 1, k: 1 };
  const options = { horizonDays: 3, seed: 1 };
  expect(() => forecastCases({ ...input, casesPerDay: [1, -2] }, options)).toThrow('casesPerDay, day 1: -2');
  expect(() => forecastCases({ ...input, serialInterval: [0.2, 0.8] }, options)).toThrow('day 0: 0.2');
  expect(() => forecastCases({ ...input, serialInterval: [0, 0.8, 0.9] }, options)).toThrow('sums to 1.7');
  expect(() => forecastCases({ ...input, k: 0 }, options)).toThrow('k: 0');
  expect(() => forecastCases(input, { ...options, horizonDays: 0 })).toThrow('horizonDays: 0');
});

const sars = readOutbreak('sars_canada_2003.csv');

it.skipIf(!sars)(
  'SARS Canada 2003, from day 37 with its published R of 1.29: the week that came lies in the interval [A7]',
  () => {
    const casesPerDay = sars!.map(
      (row) =>
        Number(row.cases_travel) +
        Number(row.cases_household) +
        Number(row.cases_healthcare) +
        Number(row.cases_other),
    );
    expect(casesPerDay.reduce((a, b) => a + b, 0)).toBe(250);
    // EpiEstim, days 31–37: 1.292 (0.923–1.722), SI gamma 8.4, 3.8; k 0.16 from Lloyd-Smith 2005.
    const serialInterval = Array.from({ length: 31 }, (_, d) =>
      d === 0 ? 0 : d ** 3.9 * Math.exp(-d / 1.72),
    );
    const sum = serialInterval.reduce((a, b) => a + b, 0);
    const { total } = forecastCases(
      {
        casesPerDay: casesPerDay.slice(0, 37),
        serialInterval: serialInterval.map((w) => w / sum),
        R: { mean: 1.292, sd: 0.2 },
        k: 0.16,
      },
      { horizonDays: 7, seed: 7 },
    );
    const came = casesPerDay.slice(37, 44).reduce((a, b) => a + b, 0);
    expect(came).toBeGreaterThanOrEqual(total.low);
    expect(came).toBeLessThanOrEqual(total.high);
  },
);
