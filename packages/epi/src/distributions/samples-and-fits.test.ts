import { expect, it } from 'vitest';
import { createRandom } from '../random/random.ts';
import { betaTerm } from '../special-functions/incomplete-beta.ts';
import { betaCdf } from './beta.ts';
import { fitGamma } from './fit-gamma.ts';
import { fitLognormal } from './fit-lognormal.ts';
import { fitNegativeBinomial } from './fit-negative-binomial.ts';
import { fitWeibull } from './fit-weibull.ts';
import { gammaCdf } from './gamma.ts';
import { lognormalCdf } from './lognormal.ts';
import { negativeBinomialPmf } from './negative-binomial.ts';
import { normalCdf } from './normal.ts';
import { poissonPmf } from './poisson.ts';
import {
  sampleBeta,
  sampleGamma,
  sampleLognormal,
  sampleNormal,
  sampleWeibull,
} from './sample-continuous.ts';
import { sampleBinomial, sampleNegativeBinomial, samplePoisson } from './sample-counts.ts';
import { weibullCdf } from './weibull.ts';

const random = createRandom(20_261_124);

it('samples follow their distribution (Kolmogorov–Smirnov, 10,000 draws each)', () => {
  const n = 10_000;
  const cases: [() => number, (x: number) => number][] = [
    [() => sampleNormal(random, 2, 3), (x) => normalCdf(x, 2, 3)],
    [() => sampleGamma(random, 0.3, 2), (x) => gammaCdf(x, 0.3, 2)],
    [() => sampleGamma(random, 40, 0.1), (x) => gammaCdf(x, 40, 0.1)],
    [() => sampleBeta(random, 2, 5), (x) => betaCdf(x, 2, 5)],
    [() => sampleLognormal(random, 1, 0.5), (x) => lognormalCdf(x, 1, 0.5)],
    [() => sampleWeibull(random, 1.7, 4), (x) => weibullCdf(x, 1.7, 4)],
  ];
  for (const [draw, cdf] of cases) {
    const sorted = Array.from({ length: n }, draw).sort((a, b) => a - b);
    const distance = sorted.reduce((d, x, i) => Math.max(d, Math.abs(cdf(x) - (i + 0.5) / n)), 0);
    expect(distance * Math.sqrt(n)).toBeLessThan(1.95); // once in a thousand
  }
});

it('sampled counts follow their distribution (chi-squared, 20,000 draws each)', () => {
  const n = 20_000;
  const binomialPmf = (k: number, n: number, p: number) =>
    k > n ? 0 : k === 0 ? (1 - p) ** n : k === n ? p ** n : (betaTerm(k, n - k, p) / k) * (n / (n - k));
  const cases: [() => number, (count: number) => number][] = [
    [() => samplePoisson(random, 2.5), (k) => poissonPmf(k, 2.5)],
    [() => samplePoisson(random, 33), (k) => poissonPmf(k, 33)],
    [() => sampleNegativeBinomial(random, 3, 0.5), (k) => negativeBinomialPmf(k, 3, 0.5)],
    [() => sampleNegativeBinomial(random, 3, Infinity), (k) => poissonPmf(k, 3)],
    [() => sampleBinomial(random, 12, 0.2), (k) => binomialPmf(k, 12, 0.2)],
    [() => sampleBinomial(random, 90, 0.7), (k) => binomialPmf(k, 90, 0.7)],
  ];
  for (const [draw, pmf] of cases) {
    const counts = new Map<number, number>();
    for (let i = 0; i < n; i++) {
      const count = draw();
      counts.set(count, (counts.get(count) ?? 0) + 1);
    }
    let statistic = 0;
    let cells = 0;
    for (let count = 0; count <= 90; count++) {
      const expected = n * pmf(count);
      if (expected < 8) continue;
      cells++;
      statistic += ((counts.get(count) ?? 0) - expected) ** 2 / expected;
    }
    // Wilson–Hilferty's bound, passed once in a thousand.
    const bound = cells * (1 - 2 / (9 * cells) + 3.09 * Math.sqrt(2 / (9 * cells))) ** 3;
    expect(statistic).toBeLessThan(bound);
  }
  expect([
    sampleBinomial(random, 0, 0.5),
    sampleBinomial(random, 5, 0),
    sampleBinomial(random, 5, 1),
  ]).toEqual([0, 0, 5]);
});

const R_SAMPLE = [
  2.004, 0.299, 7.931, 1.333, 0.679, 7.831, 2.729, 1.134, 5.146, 1.985, 1.16, 2.954, 0.517, 8.919, 3.42,
  2.249, 5.389, 2.116, 3.891, 2.41, 4.15, 4.508, 2.265, 5.812, 3.308, 3.248, 0.642, 6.527, 3.089, 3.098, 7.68,
  2.137, 0.826, 10.58, 4.29, 5.558, 0.79, 3.547, 0.876, 3.035,
];
const R_COUNTS = [
  1, 2, 1, 1, 6, 0, 2, 0, 0, 5, 0, 0, 0, 5, 4, 1, 5, 0, 11, 3, 3, 0, 3, 3, 0, 2, 5, 3, 0, 0, 5, 5, 0, 5, 0, 1,
  0, 3, 8, 0, 0, 3, 1, 0, 0, 1, 0, 0, 2, 5, 5, 3, 2, 25, 0, 1, 0, 4, 0, 0,
];

it('fits agree with fitdistr of the R package MASS', () => {
  // fitdistr searches numerically: its parameters are right to about 6 digits, its log-likelihoods to 10.
  const near = (ours: number, reference: number, digits: number) =>
    expect(Math.abs(ours / reference - 1)).toBeLessThan(10 ** -digits);
  const gamma = fitGamma(R_SAMPLE);
  near(gamma.shape, 1.82011773972667, 5);
  near(1 / gamma.scale, 0.519803542009058, 5);
  near(gamma.logLikelihood, -86.5368383654428, 9);
  const weibull = fitWeibull(R_SAMPLE);
  near(weibull.shape, 1.43455529723917, 5);
  near(weibull.scale, 3.86378710905323, 5);
  near(weibull.logLikelihood, -86.5434304948577, 9);
  const lognormal = fitLognormal(R_SAMPLE);
  near(lognormal.meanLog, 0.954016693688117, 12);
  near(lognormal.sdLog, 0.844454931444456, 12);
  near(lognormal.logLikelihood, -88.1556526235018, 12);
  const negativeBinomial = fitNegativeBinomial(R_COUNTS);
  near(negativeBinomial.size, 0.585423264678911, 5);
  near(negativeBinomial.mean, 2.41666691584349, 6);
  near(negativeBinomial.logLikelihood, -122.059587886526, 9);
});

it('counts that vary no more than Poisson counts have size Infinity', () => {
  expect(fitNegativeBinomial([2, 2, 3, 2])).toMatchObject({ mean: 2.25, size: Infinity });
  expect(fitNegativeBinomial([0, 0])).toMatchObject({ mean: 0, size: Infinity, logLikelihood: 0 });
});

it('fits find again what was sampled', () => {
  const draw = (sample: () => number) => Array.from({ length: 20_000 }, sample);
  const gamma = fitGamma(draw(() => sampleGamma(random, 3, 2)));
  expect(gamma.shape).toBeCloseTo(3, 0.7);
  expect(gamma.shape * gamma.scale).toBeCloseTo(6, 0.7);
  const weibull = fitWeibull(draw(() => sampleWeibull(random, 0.8, 5)));
  expect(weibull.shape).toBeCloseTo(0.8, 1);
  expect(weibull.scale).toBeCloseTo(5, 0.5);
  const negativeBinomial = fitNegativeBinomial(draw(() => sampleNegativeBinomial(random, 1.5, 0.2)));
  expect(negativeBinomial.size).toBeCloseTo(0.2, 1.3);
});

it('a value that cannot be fitted is refused by row and value', () => {
  expect(() => fitGamma([1, 0])).toThrow('row 1: 0 is not');
  expect(() => fitWeibull([1, Number.NaN])).toThrow('row 1: NaN');
  expect(() => fitLognormal([2, 2])).toThrow('2 equal to 2');
  expect(() => fitNegativeBinomial([1, 1.5])).toThrow('row 1: 1.5');
  expect(() => fitNegativeBinomial([])).toThrow('no values');
});
