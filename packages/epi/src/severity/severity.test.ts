import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readOutbreak } from '../../test/outbreak-data.ts';
import { dayNumber } from '../calendar/civil-day.ts';
import { gammaCdf, gammaPdf } from '../distributions/gamma.ts';
import { sampleBeta, sampleGamma } from '../distributions/sample-continuous.ts';
import { sampleBinomial, samplePoisson } from '../distributions/sample-counts.ts';
import { wilsonInterval } from '../interval/wilson-interval.ts';
import { createRandom } from '../random/random.ts';
import { estimateSeverity } from './estimate-severity.ts';
import { secondaryAttackRate } from './secondary-attack-rate.ts';

/** Yambuku 1976, cases by day of onset from 25 August: Camacho A et al., Epidemics 2014, as in R package cfr. */
const EBOLA_1976 = [
  1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 4, 1, 1, 3, 2, 7, 9, 4, 8, 9, 8, 9, 6, 6, 3, 8, 10, 5, 16, 12, 11, 11, 7, 7,
  4, 4, 3, 7, 2, 3, 8, 5, 7, 5, 2, 3, 4, 3, 6, 2, 1, 0, 0, 0, 1, 1, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0,
];
const EBOLA_DEATHS = 234;
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

it('Ebola 1976: naive 0.9551 and delay-adjusted 0.9592 (0.930 to 0.979) as R package cfr has them [A7]', () => {
  expect(sum(EBOLA_1976)).toBe(245);
  // cfr takes the density at whole days; Barry 2018: gamma, shape 2.40, scale 3.33.
  const onsetToDeath = EBOLA_1976.map((_, day) => gammaPdf(day, 2.4, 3.33));
  const severity = estimateSeverity(
    { casesCount: 245, deathsCount: EBOLA_DEATHS },
    { delay: { casesPerDay: EBOLA_1976, onsetToDeath } },
  );
  expect(severity.naive.estimate).toBeCloseTo(0.955102, 6);
  // The documentation prints 0.9211 to 0.9774 (Clopper–Pearson, always a little wider than Wilson).
  expect(severity.naive.low).toBeCloseTo(0.921, 2);
  expect(severity.naive.high).toBeCloseTo(0.977, 2);
  expect(severity.resolved).toBeNull();
  const { estimate, low, high, exceedsKnownOutcomes } = severity.delayAdjusted!;
  expect(exceedsKnownOutcomes).toBe(false);
  // Snapshot of cfr's estimate_ascertainment test, 0.7 / severity: 0.7297748 (0.7147963 to 0.7530931), on a grid of 0.0001.
  expect(0.7 / estimate!).toBeCloseTo(0.7297748, 3);
  expect(0.7 / low!).toBeCloseTo(0.7530931, 2);
  expect(0.7 / high!).toBeCloseTo(0.7147963, 2);
});

it('known outcomes are counted day by day, and with a delay of 0 the adjusted risk is the naive one [A7]', () => {
  const severity = estimateSeverity(
    { casesCount: 30, deathsCount: 3 },
    { delay: { casesPerDay: [10, 20], onsetToDeath: [0.25, 0.5, 0.25] } },
  );
  expect(severity.delayAdjusted!.knownOutcomesCount).toBeCloseTo(10 * 0.75 + 20 * 0.25, 12);
  expect(severity.delayAdjusted!.estimate).toBeCloseTo(3 / 12.5, 12);
  const immediate = estimateSeverity(
    { casesCount: 30, deathsCount: 3 },
    { delay: { casesPerDay: [10, 20], onsetToDeath: [1] } },
  );
  expect(immediate.delayAdjusted!.estimate).toBeCloseTo(immediate.naive.estimate!, 12);
});

it('the profile interval is that of the binomial likelihood, as uniroot finds it in R [A7]', () => {
  // l <- function(p) dbinom(7, 40, p, log = TRUE); uniroot on l - (l(7/40) - qchisq(.95, 1)/2), R 4.2.2
  const { delayAdjusted } = estimateSeverity(
    { casesCount: 40, deathsCount: 7 },
    { delay: { casesPerDay: [40], onsetToDeath: [1] } },
  );
  expect(delayAdjusted!.low).toBeCloseTo(PROFILE_7_OF_40.low, 7);
  expect(delayAdjusted!.high).toBeCloseTo(PROFILE_7_OF_40.high, 7);
});
const PROFILE_7_OF_40 = { low: 0.0792681019, high: 0.3110428575 };

it('no cases, no deaths, all dead, and more deaths than the delay allows each have an answer [A7]', () => {
  const nothing = { estimate: null, low: null, high: null };
  const delay = { casesPerDay: [0, 0], onsetToDeath: [0, 1] };
  expect(estimateSeverity({ casesCount: 0, deathsCount: 0, recoveredCount: 0 }, { delay })).toMatchObject({
    naive: nothing,
    resolved: nothing,
    delayAdjusted: { ...nothing, knownOutcomesProportion: null },
  });
  const none = estimateSeverity(
    { casesCount: 20, deathsCount: 0 },
    { delay: { casesPerDay: [20, 0], onsetToDeath: [0.5, 0.5] } },
  );
  expect(none.delayAdjusted).toMatchObject({ estimate: 0, low: 0 });
  // L(θ) = (1 - θ)^20, so the bound is 1 - exp(-1.92 / 20).
  expect(none.delayAdjusted!.high).toBeCloseTo(1 - Math.exp(-1.9207294 / 20), 6);
  expect(none.naive).toMatchObject({ estimate: 0, low: 0 });
  const all = estimateSeverity(
    { casesCount: 20, deathsCount: 20 },
    { delay: { casesPerDay: [0, 20], onsetToDeath: [0.1, 0.9] } },
  );
  expect(all.delayAdjusted).toMatchObject({ estimate: 1, high: 1, exceedsKnownOutcomes: true });
  const early = estimateSeverity(
    { casesCount: 20, deathsCount: 1 },
    { delay: { casesPerDay: [20], onsetToDeath: [0, 1] } },
  );
  expect(early.delayAdjusted).toMatchObject(nothing);
});

it('counts that contradict each other are refused by name and value [A7]', () => {
  expect(() => estimateSeverity({ casesCount: 3, deathsCount: 4 })).toThrow('deathsCount: 4 is more than 3');
  expect(() => estimateSeverity({ casesCount: 3, deathsCount: 2, recoveredCount: 2 })).toThrow(
    'recoveredCount: 2 is more than 1',
  );
  expect(() => estimateSeverity({ casesCount: 2.5, deathsCount: 0 })).toThrow('casesCount: 2.5');
  const delayed = (casesPerDay: number[], onsetToDeath: number[]) => () =>
    estimateSeverity({ casesCount: 3, deathsCount: 1 }, { delay: { casesPerDay, onsetToDeath } });
  expect(delayed([1, 1], [1])).toThrow('casesPerDay sums to 2, casesCount is 3');
  expect(delayed([3, -1], [1])).toThrow('casesPerDay, day 1: -1');
  expect(delayed([3], [0.7, 0.7])).toThrow('onsetToDeath sums to 1.4');
  expect(delayed([3], [-0.1])).toThrow('onsetToDeath, day 0: -0.1');
});

it('naive ≤ delay-adjusted ≤ 1, and each estimate lies in its interval [A7]', () => {
  const counts = fc.array(fc.nat(30), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(counts, fc.double({ min: 0, max: 1, noNaN: true }), (casesPerDay, share) => {
      const casesCount = sum(casesPerDay);
      const deathsCount = Math.floor(share * casesCount);
      const onsetToDeath = casesPerDay.map((_, day) => gammaCdf(day + 1, 2, 4) - gammaCdf(day, 2, 4));
      const { naive, delayAdjusted } = estimateSeverity(
        { casesCount, deathsCount },
        { delay: { casesPerDay, onsetToDeath } },
      );
      for (const { estimate, low, high } of [naive, delayAdjusted!]) {
        if (estimate === null) continue;
        expect(low!).toBeLessThanOrEqual(estimate);
        expect(high!).toBeGreaterThanOrEqual(estimate);
        expect(high!).toBeLessThanOrEqual(1);
      }
      if (delayAdjusted!.estimate !== null)
        expect(delayAdjusted!.estimate).toBeGreaterThanOrEqual(naive.estimate! - 1e-12);
    }),
  );
});

it('95 % of delay-adjusted intervals hold the true risk in 600 growing epidemics, where the naive one is too low [A7]', () => {
  const random = createRandom(5);
  const days = 30;
  const onsetToDeath = Array.from({ length: days }, (_, d) => gammaCdf(d + 1, 4, 3) - gammaCdf(d, 4, 3));
  const risk = 0.2;
  let covered = 0;
  let naiveCovered = 0;
  for (let epidemic = 0; epidemic < 600; epidemic++) {
    const casesPerDay = Array.from({ length: days }, (_, day) =>
      samplePoisson(random, 1.5 * Math.exp(0.12 * day)),
    );
    let deathsCount = 0;
    casesPerDay.forEach((cases, day) => {
      for (let i = 0; i < cases; i++)
        if (random.uniform() < risk && day + Math.floor(sampleGamma(random, 4, 3)) < days) deathsCount++;
    });
    const { naive, delayAdjusted } = estimateSeverity(
      { casesCount: sum(casesPerDay), deathsCount },
      { delay: { casesPerDay, onsetToDeath } },
    );
    if (delayAdjusted!.low! <= risk && risk <= delayAdjusted!.high!) covered++;
    if (naive.low! <= risk && risk <= naive.high!) naiveCovered++;
  }
  expect(covered / 600).toBeGreaterThan(0.925);
  expect(covered / 600).toBeLessThan(0.985);
  expect(naiveCovered / 600).toBeLessThan(0.05);
});

it('Wilson covers as named on average over p: exact sums for 10, 40 and 200 trials at 90, 95 and 99 % [A7]', () => {
  for (const level of [0.9, 0.95, 0.99]) {
    for (const n of [10, 40, 200]) {
      let coverage = 0;
      for (let i = 0; i < 200; i++) {
        const p = (i + 0.5) / 400; // the other half is its mirror
        let term = (1 - p) ** n;
        for (let x = 0; x <= n; x++) {
          const { low, high } = wilsonInterval(x, n, level);
          if (low! <= p && p <= high!) coverage += term / 200;
          term *= ((n - x) * p) / ((x + 1) * (1 - p));
        }
      }
      expect(Math.abs(coverage - level)).toBeLessThan(n === 10 ? 0.025 : 0.012);
    }
  }
});

it('Wilson equals prop.test without correction in R, and its closed form for no success [A7]', () => {
  // prop.test(7, 40, correct = FALSE)$conf.int, R 4.2.2
  const { low, high } = wilsonInterval(7, 40, 0.95);
  expect(low).toBeCloseTo(0.08745413746, 9);
  expect(high).toBeCloseTo(0.31949990332, 9);
  const z = 1.959963984540054;
  expect(wilsonInterval(0, 10, 0.95).high).toBeCloseTo(z ** 2 / (10 + z ** 2), 12);
  expect(wilsonInterval(0, 10, 0.95).low).toBe(0);
});

it('groups of one contact make the independent rate; one group, none or all infected still have an interval [A7]', () => {
  const singles = Array.from({ length: 400 }, (_, i) => ({
    exposedCount: 1,
    infectedCount: i % 5 === 0 ? 1 : 0,
  }));
  const rate = secondaryAttackRate(singles);
  expect(rate).toMatchObject({ estimate: 0.2, infectedCount: 80, exposedCount: 400, groupsCount: 400 });
  expect(rate.designEffect).toBeCloseTo(400 / 399, 10);
  expect(rate.low).toBeCloseTo(wilsonInterval(80, 400, 0.95).low!, 3);
  expect(secondaryAttackRate([{ exposedCount: 10, infectedCount: 2 }])).toMatchObject({
    designEffect: null,
    ...wilsonInterval(2, 10, 0.95),
  });
  const group = { exposedCount: 5, infectedCount: 0 };
  expect(secondaryAttackRate([group, group])).toMatchObject({ estimate: 0, low: 0, designEffect: null });
  expect(secondaryAttackRate([{ exposedCount: 0, infectedCount: 0 }])).toMatchObject({
    estimate: null,
    groupsCount: 0,
  });
  expect(() => secondaryAttackRate([group, { exposedCount: 2, infectedCount: 3 }])).toThrow(
    'item 1, infectedCount: 3 is more than the 2 exposed',
  );
});

it('every household twice: the same rate, half the variance; the order of households does not matter [A7]', () => {
  const household = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.nat(8)).map(([exposedCount, infected]) => ({
    exposedCount,
    infectedCount: Math.min(exposedCount, infected),
  }));
  fc.assert(
    fc.property(fc.array(household, { minLength: 3, maxLength: 30 }), (households) => {
      const once = secondaryAttackRate(households);
      const twice = secondaryAttackRate([...households, ...households]);
      expect(twice.estimate).toBeCloseTo(once.estimate!, 12);
      expect(twice.high! - twice.low!).toBeLessThan(once.high! - once.low! + 1e-12);
      expect(once.low!).toBeLessThanOrEqual(once.estimate!);
      expect(once.high!).toBeGreaterThanOrEqual(once.estimate!);
      const reversed = secondaryAttackRate(households.toReversed());
      expect(reversed.low).toBeCloseTo(once.low!, 12);
    }),
  );
});

it('95 % of intervals hold the true rate in 800 studies of 60 households that share their luck [A7]', () => {
  const random = createRandom(9);
  let covered = 0;
  let independent = 0;
  for (let study = 0; study < 800; study++) {
    const households = Array.from({ length: 60 }, () => {
      const exposedCount = 1 + random.below(7);
      return {
        exposedCount,
        infectedCount: sampleBinomial(random, exposedCount, sampleBeta(random, 0.5, 1.5)),
      };
    });
    const rate = secondaryAttackRate(households);
    const naive = wilsonInterval(rate.infectedCount, rate.exposedCount, 0.95);
    if (rate.low! <= 0.25 && 0.25 <= rate.high!) covered++;
    if (naive.low! <= 0.25 && 0.25 <= naive.high!) independent++;
  }
  expect(covered / 800).toBeGreaterThan(0.93);
  expect(covered / 800).toBeLessThan(0.98);
  expect(independent / 800).toBeLessThan(0.85);
});

const ebola = readOutbreak('ebola_sim_clean_linelist.csv');

it.skipIf(!ebola)('simulated Ebola: 2564 dead and 1963 recovered of 5829, resolved 56.6 % [A7]', () => {
  const count = (outcome: string) => ebola!.filter((row) => row.outcome === outcome).length;
  const { resolved } = estimateSeverity({
    casesCount: ebola!.length,
    deathsCount: count('Death'),
    recoveredCount: count('Recover'),
  });
  expect([ebola!.length, count('Death'), count('Recover')]).toEqual([5829, 2564, 1963]);
  expect(resolved!.estimate).toBeCloseTo(0.566, 3);
});

const influenza = readOutbreak('fluH7N9_china_2013_linelist.csv');

it.skipIf(!influenza)(
  'H7N9 in China 2013: naive 23.5 %, resolved 40.5 %, 57 of 136 without outcome [A7]',
  () => {
    const count = (outcome: string) => influenza!.filter((row) => row.outcome === outcome).length;
    const { naive, resolved } = estimateSeverity({
      casesCount: influenza!.length,
      deathsCount: count('Death'),
      recoveredCount: count('Recover'),
    });
    expect(influenza!.length - resolved!.resolvedCount).toBe(57);
    expect(naive.estimate).toBeCloseTo(0.235, 3);
    expect(resolved!.estimate).toBeCloseTo(0.405, 3);
  },
);

const mers = readOutbreak('mers_korea_2015_linelist.csv');

it.skipIf(!mers)(
  'MERS Korea 2015 at cut-off: 19 of 162 dead, and the adjusted risk is above the naive 11.7 % [A7]',
  () => {
    const deathsCount = mers!.filter((row) => row.outcome === 'Dead').length;
    const onsets = mers!.filter((row) => row.dt_onset).map((row) => dayNumber(row.dt_onset!));
    const first = Math.min(...onsets);
    const casesPerDay = new Array<number>(dayNumber('2015-06-16') - first + 1).fill(0);
    for (const onset of onsets) casesPerDay[onset - first]!++;
    const deaths = mers!.filter((row) => row.outcome === 'Dead' && row.dt_onset).length;
    expect([mers!.length, deathsCount]).toEqual([162, 19]);
    // Onset to death about 14 days: Mizumoto K et al., Epidemics 2015 (38 of 186 died in the end: 20 %).
    const onsetToDeath = casesPerDay.map((_, d) => gammaCdf(d + 1, 4, 3.5) - gammaCdf(d, 4, 3.5));
    const { naive, delayAdjusted } = estimateSeverity(
      { casesCount: onsets.length, deathsCount: deaths },
      { delay: { casesPerDay, onsetToDeath } },
    );
    expect(delayAdjusted!.estimate!).toBeGreaterThan(naive.estimate!);
    expect(delayAdjusted!.low!).toBeLessThan(0.21);
    expect(delayAdjusted!.high!).toBeGreaterThan(0.2);
  },
);

const norovirus = readOutbreak('norovirus_derbyshire_2001_school.csv');

it.skipIf(!norovirus)(
  'norovirus in a school 2001: 186 of 492 absent, 7.4 % in class 6 to 79.2 % in class 10, classes share their luck [A7]',
  () => {
    const classes = Object.entries(Object.groupBy(norovirus!, (row) => row.class!)).map(([name, rows]) => ({
      name,
      exposedCount: rows!.length,
      infectedCount: rows!.filter((row) => Number(row.day_absent) > 0).length,
    }));
    const rate = secondaryAttackRate(classes);
    expect([rate.infectedCount, rate.exposedCount, rate.groupsCount]).toEqual([186, 492, 15]);
    expect(rate.estimate).toBeCloseTo(0.378, 3);
    expect(rate.designEffect!).toBeGreaterThan(3);
    const ofClass = (name: string) => {
      const one = classes.find((group) => group.name === name)!;
      return one.infectedCount / one.exposedCount;
    };
    expect([ofClass('6'), ofClass('10')].map((share) => Math.round(1000 * share))).toEqual([74, 792]);
    const shares = classes.map((group) => group.infectedCount / group.exposedCount);
    expect([Math.min(...shares), Math.max(...shares)]).toEqual([ofClass('6'), ofClass('10')]);
  },
);
