import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readOutbreak } from '../../test/outbreak-data.ts';
import { buildChains } from '../chains/build-chains.ts';
import { negativeBinomialLogPmf } from '../distributions/negative-binomial.ts';
import { sampleNegativeBinomial } from '../distributions/sample-counts.ts';
import { createRandom } from '../random/random.ts';
import { estimateOffspring } from './estimate-offspring.ts';
import { probabilityContain } from './probability-contain.ts';
import { probabilityExtinct } from './probability-extinct.ts';
import { proportionOfCases } from './proportion-of-cases.ts';

it('extinction agrees with the published values of superspreading, which are a grid of 0.001 [B6]', () => {
  const R = 1.5;
  const k = 0.5;
  const published: [number, Parameters<typeof probabilityExtinct>[0]][] = [
    [0.768, { R, k }],
    [1 - 0.583, { R, k: Infinity }],
    [1 - 0.091, { R, k, individualControlProportion: 0.2 }],
    [1 - 0.113, { R, k, populationControlProportion: 0.2 }],
    [1 - 0.108, { R, k, individualControlProportion: 0.1, populationControlProportion: 0.1 }],
    // SARS, Lloyd-Smith 2005: R 1.63, k 0.16, one introduction.
    [1 - 0.12, { R: 1.63, k: 0.16 }],
    [1, { R: 0.5, k: 0.1, initialCasesCount: 50 }],
  ];
  for (const [value, assumption] of published)
    expect(Math.abs(probabilityExtinct(assumption) - value)).toBeLessThan(0.001);
});

it('extinction has its closed form for k = 1: min(1, 1/R) for each first case [B6]', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 20, noNaN: true }), fc.integer({ min: 1, max: 9 }), (R, cases) => {
      const q = probabilityExtinct({ R, k: 1, initialCasesCount: cases });
      expect(q).toBeCloseTo(Math.min(1, 1 / R) ** cases, 7);
    }),
  );
});

it('containment falls with R and with first cases, rises with control, and ends in extinction [B6]', () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  const args = fc.tuple(
    fc.double({ min: 0, max: 6, noNaN: true }),
    fc.double({ min: 0.05, max: 50, noNaN: true }),
  );
  fc.assert(
    fc.property(args, unit, fc.integer({ min: 1, max: 5 }), ([R, k], control, cases) => {
      const contain = (more: object) =>
        probabilityContain({ R, k, initialCasesCount: cases, caseThreshold: 30, ...more });
      const none = contain({});
      expect(contain({ R: R * 1.1 })).toBeLessThanOrEqual(none + 1e-12);
      expect(contain({ initialCasesCount: cases + 1 })).toBeLessThanOrEqual(none + 1e-12);
      expect(contain({ populationControlProportion: control })).toBeGreaterThanOrEqual(none - 1e-12);
      expect(contain({ individualControlProportion: control })).toBeGreaterThanOrEqual(none - 1e-12);
      expect(none).toBeLessThanOrEqual(probabilityExtinct({ R, k, initialCasesCount: cases }) + 1e-9);
    }),
  );
  expect(probabilityContain({ R: 1.5, k: 0.5, caseThreshold: 5000 })).toBeCloseTo(
    probabilityExtinct({ R: 1.5, k: 0.5 }),
    9,
  );
});

it('containment below 100 and 50 cases is what superspreading simulates, and what we simulate [B6]', () => {
  expect(probabilityContain({ R: 1.5, k: 0.5 })).toBeCloseTo(0.7672, 2);
  expect(probabilityContain({ R: 1.5, k: 0.5, caseThreshold: 50 })).toBeCloseTo(0.7626, 2);
  const assumption = { R: 2, k: 0.3, individualControlProportion: 0.3, populationControlProportion: 0.2 };
  const random = createRandom(1);
  const simulationsCount = 20_000;
  let contained = 0;
  for (let simulation = 0; simulation < simulationsCount; simulation++) {
    let open = 2;
    let total = 2;
    while (open > 0 && total < 20) {
      open--;
      const infectees = random.uniform() < 0.3 ? 0 : sampleNegativeBinomial(random, 2 * (1 - 0.2), 0.3);
      open += infectees;
      total += infectees;
    }
    if (total < 20) contained++;
  }
  const exact = probabilityContain({ ...assumption, initialCasesCount: 2, caseThreshold: 20 });
  const sd = Math.sqrt((exact * (1 - exact)) / simulationsCount);
  expect(Math.abs(contained / simulationsCount - exact)).toBeLessThan(4 * sd);
});

it('a huge k is Poisson, full control contains for certain, too many first cases never [B6]', () => {
  const poisson = probabilityContain({ R: 1.5, k: Infinity });
  expect(probabilityContain({ R: 1.5, k: 1e12 })).toBeCloseTo(poisson, 10);
  expect(probabilityContain({ R: 9, k: 0.1, individualControlProportion: 1 })).toBe(1);
  expect(probabilityContain({ R: 9, k: 0.1, populationControlProportion: 1 })).toBe(1);
  expect(probabilityContain({ R: 0.1, k: 1, initialCasesCount: 100 })).toBe(0);
  expect(() => probabilityExtinct({ R: -1, k: 1 })).toThrow('R: -1');
  expect(() => probabilityExtinct({ R: 1, k: 0 })).toThrow('k: 0');
  expect(() => probabilityContain({ R: 1, k: 1, individualControlProportion: 1.2 })).toThrow(
    'individualControlProportion: 1.2',
  );
});

it('the share of cases that causes 80 % agrees with superspreading to ten digits [B6]', () => {
  // proportion_transmission(R, k, 0.8, method = "p_80"), R 4.2.2
  expect(proportionOfCases({ R: 2, k: 0.5 })).toBeCloseTo(0.2644190247267, 10);
  expect(proportionOfCases({ R: 2, k: 0.1 })).toBeCloseTo(0.0920882035256, 10);
  expect(proportionOfCases({ R: 3, k: 1 })).toBeCloseTo(0.378125, 10);
  expect(proportionOfCases({ R: 2.5, k: 0.1 })).toBeCloseTo(0.09305149919, 10);
  expect(proportionOfCases({ R: 2, k: 1e9 })).toBeCloseTo(proportionOfCases({ R: 2, k: Infinity })!, 7);
  expect(proportionOfCases({ R: 0, k: 1 })).toBeNull();
  expect(proportionOfCases({ R: 900, k: Infinity })).toBeCloseTo(0.79, 1);
});

it('the share of cases is the one counted in a simulated million cases [B6]', () => {
  const random = createRandom(4);
  const counts = Float64Array.from({ length: 400_000 }, () => sampleNegativeBinomial(random, 1.4, 0.4));
  const largestFirst = counts.toSorted().reverse();
  const needed = 0.8 * largestFirst.reduce((sum, count) => sum + count, 0);
  let found = 0;
  const cases = largestFirst.findIndex((count) => {
    found += count;
    return found >= needed;
  });
  expect(cases / counts.length).toBeCloseTo(proportionOfCases({ R: 1.4, k: 0.4 })!, 2);
});

it('counts no more unequal than Poisson have k = infinity; without infectees R has no upper bound [B6]', () => {
  expect(estimateOffspring([1, 1, 1])).toMatchObject({ k: { estimate: Infinity, high: Infinity } });
  expect(estimateOffspring([3])).toMatchObject({ R: { estimate: 3 }, k: { estimate: Infinity } });
  expect(estimateOffspring([0, 0])).toMatchObject({
    R: { estimate: 0, low: 0, high: Infinity },
    k: { estimate: null, low: null, high: null },
    casesProportion: null,
  });
  expect(estimateOffspring([])).toMatchObject({
    casesCount: 0,
    R: { estimate: null },
    k: { estimate: null },
  });
  expect(() => estimateOffspring([0, 1.5])).toThrow('item 1: 1.5');
  expect(() => estimateOffspring([1], { level: 1 })).toThrow('level: 1');
});

it('no R and k near the estimate are likelier, in any order of the counts [B6]', () => {
  const counts = fc.array(fc.oneof(fc.constant(0), fc.nat(30)), { minLength: 2, maxLength: 60 });
  fc.assert(
    fc.property(counts, (list) => {
      const { R, k, logLikelihood } = estimateOffspring(list);
      if (k.estimate === null) return;
      const likelihood = (mean: number, size: number) =>
        list.reduce((sum, count) => sum + negativeBinomialLogPmf(count, mean, size), 0);
      expect(likelihood(R.estimate!, k.estimate)).toBeCloseTo(logLikelihood, 6);
      for (const [a, b] of [
        [1.02, 1],
        [0.98, 1],
        [1, 1.05],
        [1, 0.95],
      ] as const)
        expect(likelihood(R.estimate! * a, k.estimate * b)).toBeLessThanOrEqual(logLikelihood + 1e-9);
      expect(R.low!).toBeLessThanOrEqual(R.estimate!);
      expect(R.high!).toBeGreaterThanOrEqual(R.estimate!);
      expect(k.low!).toBeLessThanOrEqual(k.estimate);
      expect(k.high!).toBeGreaterThanOrEqual(k.estimate);
      expect(estimateOffspring(list.toReversed())).toEqual(estimateOffspring(list));
    }),
    { numRuns: 60 },
  );
});

it('95 % profile intervals of R and k cover as named in 400 simulated outbreaks of 150 cases [B6]', () => {
  const random = createRandom(11);
  const covered = { R: 0, k: 0 };
  for (let outbreak = 0; outbreak < 400; outbreak++) {
    const counts = Array.from({ length: 150 }, () => sampleNegativeBinomial(random, 1.2, 0.4));
    const { R, k } = estimateOffspring(counts);
    if (R.low! <= 1.2 && 1.2 <= R.high!) covered.R++;
    if (k.low! <= 0.4 && 0.4 <= k.high!) covered.k++;
  }
  for (const count of Object.values(covered)) {
    expect(count / 400).toBeGreaterThan(0.92);
    expect(count / 400).toBeLessThan(0.98);
  }
});

it('Ebola in Guinea 2014, cases that infected others only as index (Faye 2015): R 7, k 1.6 [B6]', () => {
  const { R, k } = estimateOffspring([2, 17, 5, 1, 8, 2, 14]);
  expect(R.estimate).toBe(7);
  expect(k.estimate).toBeCloseTo(1.597, 3);
});

const cases = readOutbreak('mers_korea_2015_linelist.csv');
const contacts = readOutbreak('mers_korea_2015_contacts.csv');

it.skipIf(!cases || !contacts)(
  'MERS Korea 2015: R and k with intervals as from dnbinom in R, 2 % of the cases caused 80 % [B6]',
  () => {
    const chains = buildChains(
      cases!.map((row) => ({ id: row.id!, dateOnset: row.dt_onset })),
      contacts!.map((row) => ({ from: row.from!, to: row.to! })),
    );
    const { R, k, logLikelihood, casesProportion } = estimateOffspring(
      chains.nodes.map((node) => node.infecteesCount),
    );
    // uniroot on the profiles of dnbinom(log = TRUE), R 4.2.2
    expect(R.estimate).toBeCloseTo(98 / 162, 12);
    expect(R.low).toBeCloseTo(0.2260071, 6);
    expect(R.high).toBeCloseTo(2.510367, 5);
    expect(k.estimate).toBeCloseTo(0.02040071, 7);
    expect(k.low).toBeCloseTo(0.009570757, 7);
    expect(k.high).toBeCloseTo(0.03934993, 7);
    expect(logLikelihood).toBeCloseTo(-69.775579, 5);
    expect(casesProportion).toBeCloseTo(0.0213, 4);
  },
);
