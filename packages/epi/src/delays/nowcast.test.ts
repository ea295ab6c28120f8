import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readOutbreak } from '../../test/outbreak-data.ts';
import { samplePoisson } from '../distributions/sample-counts.ts';
import { createRandom } from '../random/random.ts';
import { nowcast } from './nowcast.ts';
import { reportedProportions } from './reported-proportions.ts';
import { reportingTriangle } from './reporting-triangle.ts';

/** Taylor and Ashe 1983, incremental claims of 10 years: the triangle every reserving paper is checked on. */
const TAYLOR_ASHE = [
  [357848, 766940, 610542, 482940, 527326, 574398, 146342, 139950, 227229, 67948],
  [352118, 884021, 933894, 1183289, 445745, 320996, 527804, 266172, 425046],
  [290507, 1001799, 926219, 1016654, 750816, 146923, 495992, 280405],
  [310608, 1108250, 776189, 1562400, 272482, 352053, 206286],
  [443160, 693190, 991983, 769488, 504851, 470639],
  [396132, 937085, 847498, 805037, 705960],
  [440832, 847631, 1131398, 1063269],
  [359480, 1061648, 1443370],
  [376686, 986608],
  [344014],
].map((row) => [...row, ...new Array<null>(10 - row.length).fill(null)]);

it('chain-ladder gives the published reserves of Taylor and Ashe: 18 680 856 in all [A7]', () => {
  const { days, total, overdispersion } = nowcast(TAYLOR_ASHE, { seed: 1, drawsCount: 1000 });
  // Mack T, ASTIN Bull 1993, table 1, in thousands.
  const reserves = days.map((day) => (day.estimate! - day.reportedCount) / 1000);
  [0, 95, 470, 710, 985, 1419, 2178, 3920, 4279, 4626].forEach((published, row) => {
    expect(reserves[row]).toBeCloseTo(published, -0.31);
  });
  expect(total.estimate! - total.reportedCount).toBeCloseTo(18_680_856, -1);
  // England and Verrall 1999: φ = 52 601 (Pearson); bootstrap prediction error 16 % of the reserve.
  expect(overdispersion).toBeCloseTo(52_601, -1);
  const sd = (total.high - total.low) / (2 * 1.96);
  expect(sd / 18_680_856).toBeGreaterThan(0.12);
  expect(sd / 18_680_856).toBeLessThan(0.22);
});

it('the shares reported are those the nowcast divides by, without its draws [A7]', () => {
  const { days } = nowcast(TAYLOR_ASHE, { seed: 1, drawsCount: 1 });
  expect(reportedProportions(TAYLOR_ASHE)).toEqual(days.map((day) => day.reportedProportion));
  expect(
    reportedProportions([
      [6, 4],
      [5, null],
    ]),
  ).toEqual([1, 0.6]);
  expect(reportedProportions([[0, null]])).toEqual([null]);
});

it('95 % of intervals hold the cases that came, each day and in all, in 200 outbreaks of 25 days [A7]', () => {
  const random = createRandom(3);
  const delays = [0.1, 0.2, 0.25, 0.2, 0.1, 0.08, 0.05, 0.02];
  let cells = 0;
  let inside = 0;
  let totals = 0;
  const outbreaks = 200;
  for (let outbreak = 0; outbreak < outbreaks; outbreak++) {
    const full = Array.from({ length: 25 }, (_, t) =>
      delays.map((p) => samplePoisson(random, 15 * Math.exp(0.05 * t) * p)),
    );
    const seen = full.map((row, t) => row.map((count, d) => (t + d <= 24 ? count : null)));
    const all = full.map((row) => row.reduce((a, b) => a + b, 0));
    const { days, total } = nowcast(seen, { seed: outbreak, drawsCount: 400 });
    for (const { index, low, high } of days.slice(-7)) {
      cells++;
      if (low <= all[index]! && all[index]! <= high) inside++;
    }
    const sum = all.reduce((a, b) => a + b, 0);
    if (total.low <= sum && sum <= total.high) totals++;
  }
  expect(inside / cells).toBeGreaterThan(0.93);
  expect(inside / cells).toBeLessThan(0.985);
  expect(totals / outbreaks).toBeGreaterThan(0.9);
  expect(totals / outbreaks).toBeLessThan(0.99);
});

it('complete days stay what they are; the estimate times the reported share is what is reported [A7]', () => {
  const cell = fc.nat(20);
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 4, maxLength: 9 }), (full) => {
      const last = full.length - 1;
      const seen = full.map((row, t) => row.map((count, d) => (t + d <= last ? count : null)));
      const { days, total, delayProbabilities } = nowcast(seen, { seed: 1, drawsCount: 50 });
      for (const { index, reportedCount, estimate, reportedProportion, low, high } of days) {
        expect(low).toBeGreaterThanOrEqual(reportedCount);
        expect(high).toBeGreaterThanOrEqual(low);
        if (estimate !== null) expect(estimate * reportedProportion!).toBeCloseTo(reportedCount, 6);
        if (index <= last - 3)
          expect([low, high, estimate]).toEqual([reportedCount, reportedCount, reportedCount]);
      }
      expect(total.low).toBeGreaterThanOrEqual(total.reportedCount);
      if (days.every((day) => day.reportedProportion !== null))
        expect(delayProbabilities.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1 + 1e-9);
    }),
  );
});

it('the estimate is the maximum likelihood of independent Poisson cells: row and column totals fit [A7]', () => {
  const seen = [
    [4, 3, 2],
    [6, 2, null],
    [5, null, null],
  ];
  const { days, delayProbabilities } = nowcast(seen, { seed: 1, drawsCount: 50 });
  const fitted = (t: number, d: number) => days[t]!.estimate! * delayProbabilities[d]!;
  for (let t = 0; t < 3; t++) {
    const row = seen[t]!.flatMap((count, d) => (count === null ? [] : [fitted(t, d)]));
    expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(days[t]!.reportedCount, 10);
  }
  for (let d = 0; d < 3; d++) {
    const column = seen.flatMap((row, t) => (row[d] === null ? [] : [[row[d]!, fitted(t, d)] as const]));
    expect(column.reduce((a, [, fit]) => a + fit, 0)).toBeCloseTo(
      column.reduce((a, [count]) => a + count, 0),
      10,
    );
  }
});

it('no days, one day and all zeros have an answer; a delay of 0 leaves nothing to add [A7]', () => {
  expect(nowcast([], { seed: 1 })).toMatchObject({ days: [], total: { reportedCount: 0, low: 0, high: 0 } });
  expect(nowcast([[3, null]], { seed: 1 }).days[0]).toMatchObject({ reportedCount: 3, estimate: null });
  const zeros = nowcast(
    [
      [0, 0],
      [0, null],
    ],
    { seed: 1 },
  );
  expect(zeros.days[1]).toMatchObject({ reportedCount: 0, estimate: null, low: 0 });
  expect(nowcast([[3], [4]], { seed: 1 }).days[1]).toMatchObject({ estimate: 4, low: 4, high: 4 });
  expect(
    nowcast(
      [
        [3, 1],
        [4, null],
      ],
      { seed: 8 },
    ),
  ).toEqual(
    nowcast(
      [
        [3, 1],
        [4, null],
      ],
      { seed: 8 },
    ),
  );
});

it('a triangle that cannot be is refused by row, delay and value [A7]', () => {
  expect(() => nowcast([[1, 2], [3]], { seed: 1 })).toThrow('row 1 has 1 delays, row 0 has 2');
  expect(() => nowcast([[1, -2]], { seed: 1 })).toThrow('row 0, delay 1: -2');
  expect(() => nowcast([[1, null, 2]], { seed: 1 })).toThrow('row 0, delay 2: 2 after an unknown count');
  expect(() =>
    nowcast(
      [
        [1, 1],
        [null, null],
      ],
      { seed: 1 },
    ),
  ).toThrow('row 1, delay 0 is unknown');
});

it('a triangle counts each case once: in a cell, beyond the longest delay, or not known yet [A7]', () => {
  const triangle = reportingTriangle(
    [
      { dateOnset: '2022-08-01', dateReporting: '2022-08-01', casesCount: 2 },
      { dateOnset: '2022-08-01', dateReporting: '2022-08-03' },
      { dateOnset: '2022-08-02', dateReporting: '2022-08-05' },
      { dateOnset: '2022-08-03', dateReporting: '2022-08-04' },
    ],
    { until: '2022-08-04', maxDelayDays: 1 },
  );
  expect(triangle).toEqual({
    dates: ['2022-08-01', '2022-08-02', '2022-08-03', '2022-08-04'],
    counts: [
      [2, 0],
      [0, 0],
      [0, 1],
      [0, null],
    ],
    beyondCount: 1,
    afterCount: 1,
  });
  expect(() =>
    reportingTriangle([{ dateOnset: '2022-08-02', dateReporting: '2022-08-01' }], { until: '2022-08-04' }),
  ).toThrow('row 0: reported on 2022-08-01, before the onset on 2022-08-02');
});

const mers = readOutbreak('mers_korea_2015_linelist.csv');

it.skipIf(!mers)(
  'MERS Korea 2015, nowcast on 6 June: what was known ten days later lies in the intervals [A7]',
  () => {
    const rows = mers!
      .filter((row) => row.dt_onset && row.dt_report)
      .map((row) => ({ dateOnset: row.dt_onset!, dateReporting: row.dt_report! }));
    const { dates, counts, afterCount } = reportingTriangle(rows, { until: '2015-06-06' });
    const { days, total } = nowcast(counts, { seed: 1 });
    const known = (date: string) => rows.filter((row) => row.dateOnset === date).length;
    const inside = days.filter(
      ({ index, low, high }) => known(dates[index]!) >= low && known(dates[index]!) <= high,
    );
    expect(total.reportedCount + afterCount).toBe(135);
    expect(inside.length / days.length).toBeGreaterThan(0.85);
  },
);
