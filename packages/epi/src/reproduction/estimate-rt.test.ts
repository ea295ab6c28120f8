import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readOutbreak } from '../../test/outbreak-data.ts';
import { simulateEpidemic } from '../../test/simulate-epidemic.ts';
import { dayNumber } from '../calendar/civil-day.ts';
import { createRandom } from '../random/random.ts';
import { estimateRt } from './estimate-rt.ts';
import { overallInfectivity } from './overall-infectivity.ts';
import type { FixedSerialInterval, SerialInterval } from './serial-interval.ts';

const gamma = (mean: number, sd: number): FixedSerialInterval => ({ family: 'gamma', mean, sd, unit: 'day' });
const table = (...probabilities: number[]): FixedSerialInterval => ({
  family: 'empirical',
  probabilities,
  unit: 'day',
});

/** Cases a day from dated rows, days between without a row as 0. */
function dailySeries(dated: { date: string; count: number }[], first?: string): number[] {
  const start = dayNumber(first ?? dated[0]!.date);
  const cases: number[] = [];
  for (const { date, count } of dated) {
    const day = dayNumber(date) - start;
    while (cases.length <= day) cases.push(0);
    cases[day]! += count;
  }
  return cases;
}

const mers = readOutbreak('mers_korea_2015_linelist.csv');
const sars = readOutbreak('sars_canada_2003.csv');
const kikwit = readOutbreak('ebola_kikwit_1995.csv');
const zika = readOutbreak('zika_girardot_2015.csv');
const number = (cell: string | undefined) => Number(cell ?? 0);

const PUBLISHED = [
  {
    name: 'MERS, Korea 2015',
    cases:
      mers &&
      dailySeries(
        mers.flatMap((row) => (row.dt_onset ? [{ date: row.dt_onset, count: 1 }] : [])),
        '2015-05-11',
      ),
    casesCount: 135,
    serialInterval: gamma(12.6, 2.8),
    rows: [
      [18, 4.192, 3.149, 5.382],
      [22, 3.757, 2.929, 4.687],
      [26, 1.567, 1.119, 2.088],
      [30, 0.289, 0.158, 0.459],
      [10, 19.96, null, null],
    ],
  },
  {
    name: 'SARS, Canada 2003',
    cases:
      sars &&
      dailySeries(
        sars.map((row) => ({
          date: row.date!,
          count:
            number(row.cases_travel) +
            number(row.cases_household) +
            number(row.cases_healthcare) +
            number(row.cases_other),
        })),
      ),
    casesCount: 250,
    serialInterval: gamma(8.4, 3.8),
    rows: [
      [17, 3.468, 1.941, 5.432],
      [31, 1.292, 0.923, 1.722],
      [75, 3.034, 1.515, 5.073],
      [104, 0.205, 0.056, 0.449],
    ],
  },
  {
    name: 'Ebola, Kikwit 1995',
    cases: kikwit && dailySeries(kikwit.map((row) => ({ date: row.date!, count: number(row.onset) }))),
    casesCount: 292,
    serialInterval: gamma(15.3, 9.3),
    rows: [
      [107, 2.549, 1.694, 3.576],
      [133, 0.765, 0.526, 1.047],
    ],
  },
  {
    name: 'Zika, Girardot 2015',
    cases: zika && dailySeries(zika.map((row) => ({ date: row.date!, count: number(row.cases) }))),
    casesCount: 1936,
    serialInterval: gamma(14, 2),
    rows: [
      [37, 1.057, 0.937, 1.184],
      [55, 0.261, 0.205, 0.324],
    ],
  },
] as const;

for (const { name, cases, casesCount, serialInterval, rows } of PUBLISHED) {
  it.skipIf(!cases)(`${name}: the reference table is reproduced`, () => {
    expect(cases!.reduce((a, b) => a + b, 0)).toBe(casesCount);
    const { windows } = estimateRt(cases!, { serialInterval });
    for (const [tStart, mean, low, high] of rows) {
      const window = windows.find((candidate) => candidate.tStart === tStart)!;
      expect(window.tEnd).toBe(tStart + 6);
      expect(window.mean).toBeCloseTo(mean, mean > 10 ? 2 : 3);
      if (low !== null) expect(window.quantiles['0.025']).toBeCloseTo(low, 3);
      if (high !== null) expect(window.quantiles['0.975']).toBeCloseTo(high, 3);
    }
  });
}

it('a first case alone has no Rt, and a series shorter than a window has no window', () => {
  expect(estimateRt([1], { serialInterval: gamma(5, 2) }).windows).toEqual([]);
  const early = estimateRt([1, 0, 2, 1], {
    serialInterval: table(0, 0, 0, 0.5, 0.5),
    windows: [{ tStart: 2, tEnd: 3 }],
  });
  expect(early.windows[0]).toMatchObject({ mean: null, sd: null, quantiles: { '0.5': null } });
});

it('with an interval of one day the posterior is the conjugate one, and overall infectivity is yesterday’s cases', () => {
  const cases = [4, 6, 9, 12];
  expect([...overallInfectivity(cases, [0, 1])]).toEqual([Number.NaN, 4, 6, 9]);
  const [window] = estimateRt(cases, {
    serialInterval: table(0, 1),
    windows: [{ tStart: 2, tEnd: 4 }],
    prior: { mean: 2, sd: 1 },
  }).windows;
  // Prior gamma of shape 4 and rate 2; 27 cases from 19.
  expect(window!.mean).toBeCloseTo(31 / 21, 14);
  expect(window!.sd).toBeCloseTo(Math.sqrt(31) / 21, 14);
});

it('the posterior is likelihood times prior, summed numerically', () => {
  const cases = [3, 1, 4, 2, 6, 8, 5];
  const serialInterval = table(0, 0.3, 0.5, 0.2);
  const [window] = estimateRt(cases, { serialInterval, windows: [{ tStart: 3, tEnd: 6 }] }).windows;
  const infectivity = [1, 2, 3, 4, 5].map((day) =>
    [0, 0.3, 0.5, 0.2].reduce((sum, w, back) => sum + (day >= back ? w * cases[day - back]! : 0), 0),
  );
  const density = (r: number) =>
    [2, 3, 4, 5].reduce((log, day) => log + cases[day]! * Math.log(r) - r * infectivity[day - 1]!, -r / 5);
  let [mass, first, median] = [0, 0, 0];
  const step = 1e-4;
  for (let r = step / 2; r < 20; r += step) {
    mass += Math.exp(density(r)) * step;
    first += r * Math.exp(density(r)) * step;
  }
  for (let [r, sum] = [0, 0]; sum < mass / 2; r += step) {
    sum += Math.exp(density(r + step / 2)) * step;
    median = r;
  }
  expect(window!.mean).toBeCloseTo(first / mass, 7);
  expect(window!.quantiles['0.5']).toBeCloseTo(median, 3);
});

const series = fc.array(fc.nat(60), { minLength: 9, maxLength: 40 });

it('quantiles rise, and days after a window do not change it', () => {
  fc.assert(
    fc.property(series, fc.nat(60), (cases, next) => {
      const serialInterval = table(0, 0.2, 0.4, 0.3, 0.1);
      const { windows } = estimateRt(cases, { serialInterval });
      expect(estimateRt([...cases, next], { serialInterval }).windows.slice(0, -1)).toEqual(windows);
      for (const { quantiles } of windows) {
        const values = Object.values(quantiles) as number[];
        expect(values.toSorted((a, b) => a - b)).toEqual(values);
      }
    }),
  );
});

it('cases called imported lower R by exactly their share of the posterior', () => {
  fc.assert(
    fc.property(series, (cases) => {
      const imported = cases.map((count, day) => (day > 0 ? Math.min(count, 2) : 0));
      const serialInterval = gamma(4, 2);
      const all = estimateRt(cases, { serialInterval }).windows;
      const local = estimateRt(cases, { serialInterval, imported }).windows;
      for (const [i, { tStart, tEnd, mean }] of all.entries()) {
        const sum = (counts: number[]) => counts.slice(tStart - 1, tEnd).reduce((a, b) => a + b, 0);
        expect(local[i]!.mean! / mean!).toBeCloseTo(1 - sum(imported) / (1 + sum(cases)), 12);
      }
    }),
  );
});

it('90 % and 95 % intervals hold the true R as often as they say (600 epidemics)', () => {
  const random = createRandom(11);
  const interval = [0, 0.1, 0.3, 0.3, 0.2, 0.1];
  const held = { '0.9': 0, '0.95': 0 };
  for (let i = 0; i < 600; i++) {
    const trueR = 0.8 + random.uniform();
    const { cases } = simulateEpidemic(random, {
      r: () => trueR,
      serialInterval: interval,
      first: 40,
      daysCount: 21,
    });
    const [window] = estimateRt(cases, {
      serialInterval: table(...interval),
      windows: [{ tStart: 12, tEnd: 18 }],
    }).windows;
    const { quantiles } = window!;
    if (quantiles['0.05']! <= trueR && trueR <= quantiles['0.95']!) held['0.9']++;
    if (quantiles['0.025']! <= trueR && trueR <= quantiles['0.975']!) held['0.95']++;
  }
  // Three standard errors of a share out of 600.
  expect(Math.abs(held['0.9'] / 600 - 0.9)).toBeLessThan(0.037);
  expect(Math.abs(held['0.95'] / 600 - 0.95)).toBeLessThan(0.027);
});

const uncertain = (spread: number): SerialInterval => ({
  family: 'uncertain-gamma',
  mean: 5,
  meanSd: spread,
  meanBounds: [Math.max(2, 5 - 3 * spread), 5 + 3 * spread],
  sd: 2.5,
  sdSd: spread / 3,
  sdBounds: [Math.max(0.5, 2.5 - spread), 2.5 + spread],
  unit: 'day',
});
const wave = [3, 2, 4, 5, 4, 8, 9, 12, 15, 14, 22, 25, 31, 28, 40, 44, 39, 51, 60, 55, 70];

it('an uncertain serial interval widens the posterior, and without spread gives the certain one', () => {
  const certain = estimateRt(wave, { serialInterval: gamma(5, 2.5) }).windows;
  const narrow = estimateRt(wave, { serialInterval: uncertain(1e-7) }).windows;
  const wide = estimateRt(wave, { serialInterval: uncertain(1), seed: 3 }).windows;
  for (const [i, window] of certain.entries()) {
    expect(narrow[i]!.mean!).toBeCloseTo(window.mean!, 5);
    expect(narrow[i]!.quantiles['0.975']!).toBeCloseTo(window.quantiles['0.975']!, 5);
    expect(wide[i]!.sd!).toBeGreaterThan(window.sd!);
  }
  expect(estimateRt(wave, { serialInterval: uncertain(1), seed: 3 }).windows).toEqual(wide);
  expect(estimateRt(wave, { serialInterval: uncertain(1), seed: 4 }).windows).not.toEqual(wide);
});

it('an uncertain serial interval gives what EpiEstim samples (uncertain_si, n1 = 20000, n2 = 25, seed 2)', () => {
  const { windows } = estimateRt(wave, {
    serialInterval: uncertain(1),
    drawsCount: 4000,
  });
  for (const [tStart, mean, sd, low, median, high] of [
    [2, 4.14035, 1.83002, 1.84801, 3.74294, 8.86281],
    [6, 2.82218, 0.764149, 1.68599, 2.70276, 4.68006],
    [10, 2.25683, 0.469909, 1.50905, 2.19709, 3.35814],
    [15, 1.76091, 0.252662, 1.33976, 1.73581, 2.33306],
  ] as const) {
    const window = windows.find((candidate) => candidate.tStart === tStart)!;
    expect(window.mean! / mean!).toBeCloseTo(1, 1.6);
    expect(window.sd! / sd!).toBeCloseTo(1, 1.2);
    expect(window.quantiles['0.025']! / low!).toBeCloseTo(1, 1.5);
    expect(window.quantiles['0.5']! / median!).toBeCloseTo(1, 1.6);
    expect(window.quantiles['0.975']! / high!).toBeCloseTo(1, 1.5);
  }
});

it('draws given are mixed with equal weight; a draw whose mean has not passed is left out', () => {
  const short = [0, 0.5, 0.5];
  const long = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
  const sample = (...draws: number[][]): SerialInterval => ({ family: 'sample', draws, unit: 'day' });
  const of = (serialInterval: SerialInterval) => estimateRt(wave, { serialInterval }).windows;
  expect(of(sample(short, long))[0]!.mean).toBeCloseTo(of(sample(short))[0]!.mean!, 13);
  const [a, b, both] = [sample(short), sample(long), sample(short, long)].map((s) => of(s)[9]!);
  expect(both!.mean).toBeCloseTo((a!.mean! + b!.mean!) / 2, 12);
  expect(of(sample(short))[3]!.quantiles['0.25']).toBeCloseTo(of(table(...short))[3]!.quantiles['0.25']!, 12);
});

it('what the reader should know comes as warnings', () => {
  const options = { serialInterval: gamma(12.6, 2.8) };
  expect(estimateRt([1, null, 0, 2, 1, 0, 0, 1, 3], options).warnings).toMatchObject([
    { code: 'missing_counted_as_zero', days: [2] },
    { code: 'first_window_has_few_cases', casesCount: 4, neededCount: 11 },
    { code: 'serial_interval_longer_than_series' },
  ]);
  expect(estimateRt(wave, { serialInterval: table(0, 0.5, 0.496) }).warnings).toEqual([]);
});

it('input that cannot be is refused by row, day or window and value', () => {
  const serialInterval = gamma(5, 2);
  const refused = (cases: (number | null)[], options: Partial<Parameters<typeof estimateRt>[1]>) =>
    expect(() => estimateRt(cases, { serialInterval, ...options }));
  refused([1, -2], {}).toThrow('row 1, cases: -2');
  refused([1, Number.NaN], {}).toThrow('row 1, cases: NaN');
  refused([1, 2], { imported: [0, 3] }).toThrow('row 1: 3 imported of 2 cases');
  refused([1, 2], { imported: [0] }).toThrow('imported has 1 rows, cases has 2');
  refused(wave, { windows: [{ tStart: 1, tEnd: 7 }] }).toThrow('window 0 is day 1 to day 7');
  refused(wave, { windows: [{ tStart: 9, tEnd: 99 }] }).toThrow('within day 2 to day 21');
  refused(wave, { windowDays: 0 }).toThrow('windowDays is 0');
  refused(wave, { prior: { mean: 5, sd: 0 } }).toThrow('the sd of the prior is 0');
  refused(wave, { serialInterval: gamma(1, 2) }).toThrow('mean serial interval is 1 days');
  refused(wave, { serialInterval: gamma(3, 0) }).toThrow('is 0 days; it must be above 0');
  refused(wave, { serialInterval: table(0.1, 0.9) }).toThrow('day 0: 0.1');
  refused(wave, { serialInterval: table(0, 1.2, -0.2) }).toThrow('day 1: 1.2');
  refused(wave, { serialInterval: table(0, 0.5, 0.4) }).toThrow('sums to 0.9');
  refused(wave, { serialInterval: { ...uncertain(1), meanBounds: [6, 8] } as SerialInterval }).toThrow(
    '5 within 6 to 8',
  );
  refused(wave, { serialInterval: { family: 'sample', draws: [], unit: 'day' } }).toThrow('no draws');
});
