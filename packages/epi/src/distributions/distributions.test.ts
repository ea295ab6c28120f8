import fc from 'fast-check';
import { expect, it } from 'vitest';
import { erf, erfc } from '../special-functions/erfc.ts';
import { lowerGamma, upperGamma } from '../special-functions/incomplete-gamma.ts';
import { logGamma } from '../special-functions/log-gamma.ts';
import { betaCdf, betaPdf, betaQuantile } from './beta.ts';
import { chiSquaredQuantile, chiSquaredTail } from './chi-squared.ts';
import { gammaCdf, gammaPdf, gammaQuantile, gammaTail } from './gamma.ts';
import { expandedGammaQuantile } from './gamma-quantile-expansion.ts';
import { lognormalCdf, lognormalPdf, lognormalQuantile } from './lognormal.ts';
import {
  negativeBinomialCdf,
  negativeBinomialLogPmf,
  negativeBinomialPmf,
  negativeBinomialQuantile,
} from './negative-binomial.ts';
import { normalCdf, normalPdf, normalQuantile } from './normal.ts';
import { poissonCdf, poissonPmf, poissonQuantile } from './poisson.ts';
import { studentTCdf, studentTQuantile } from './student-t.ts';
import { weibullCdf, weibullPdf, weibullQuantile } from './weibull.ts';

/** Relative distance, for pairs [ours, reference]. */
const distance = (ours: number, reference: number) =>
  ours === reference ? 0 : Math.abs(ours / reference - 1);

it('values agree with R 4.2.2 to 13 digits', () => {
  const pairs: [number, number][] = [
    [gammaQuantile(0.975, 0.2, 3), 4.5333089279657441],
    [gammaQuantile(0.025, 23), 14.58002703704468],
    [gammaCdf(210, 200), 0.76396967450115394],
    [gammaTail(40, 7.5, 2), 0.00045349813510223462],
    [gammaPdf(3, 2.5, 1.5), 0.19196788093577974],
    [normalCdf(-8), 6.2209605742717849e-16],
    [normalQuantile(0.975), 1.9599639845400536],
    [studentTQuantile(0.975, 7), 2.3646242515927844],
    [studentTCdf(-3.2, 12), 0.0038162694004053961],
    [betaQuantile(0.975, 4, 17), 0.37892682654531396],
    [betaCdf(0.2, 0.5, 9), 0.95196247225905284],
    [poissonPmf(30, 25), 0.045412785130118892],
    [poissonCdf(3, 11), 0.0049158672659289724],
    [negativeBinomialPmf(7, 2.5, 0.4), 0.022086806805281384],
    [negativeBinomialCdf(7, 2.5, 0.4), 0.90190328188283431],
    [weibullQuantile(0.9, 1.7, 4), 6.5332314421272555],
    [lognormalQuantile(0.9, 1.2, 0.5), 6.3014249021756195],
    [chiSquaredQuantile(0.95, 1), 3.841458820694124],
    [logGamma(0.3), 1.0957979948180756],
  ];
  for (const [ours, reference] of pairs) expect(distance(ours, reference)).toBeLessThan(1e-13);
});

it('special cases have their closed forms', () => {
  for (const x of [1e-8, 0.1, 1, 7.5, 30]) {
    expect(distance(gammaTail(x, 1), Math.exp(-x))).toBeLessThan(1e-14);
    expect(distance(gammaCdf(x, 1), -Math.expm1(-x))).toBeLessThan(1e-14);
    expect(distance(gammaCdf(x, 0.5), erf(Math.sqrt(x)))).toBeLessThan(1e-14);
    expect(distance(gammaTail(x, 3), Math.exp(-x) * (1 + x + (x * x) / 2))).toBeLessThan(1e-14);
    expect(distance(chiSquaredTail(x, 1), erfc(Math.sqrt(x / 2)))).toBeLessThan(1e-14);
    expect(distance(weibullCdf(x, 1, 2), gammaCdf(x, 1, 2))).toBeLessThan(1e-14);
    expect(distance(studentTCdf(-x, 1), Math.atan2(1, x) / Math.PI)).toBeLessThan(1e-14);
  }
  for (const p of [0.01, 0.3, 0.8]) {
    expect(distance(gammaQuantile(p, 1), -Math.log1p(-p))).toBeLessThan(1e-14);
    expect(distance(betaQuantile(p, 3, 1), Math.cbrt(p))).toBeLessThan(1e-14);
    expect(distance(negativeBinomialCdf(4, 2, 1), 1 - (2 / 3) ** 5)).toBeLessThan(1e-14);
  }
  for (let n = 1, factorial = 1; n < 20; n++, factorial *= n) {
    expect(Math.abs(logGamma(n + 1) - Math.log(factorial))).toBeLessThan(1e-14 * n);
  }
});

const p = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
const positive = (min: number, max: number) =>
  fc.double({ min: Math.log10(min), max: Math.log10(max), noNaN: true }).map((log) => 10 ** log);

it('P(X ≤ quantile(p)) is p, for every continuous distribution', () => {
  fc.assert(
    fc.property(p, positive(0.05, 1e4), positive(0.05, 1e3), (p, a, b) => {
      const back = [
        gammaCdf(gammaQuantile(p, a, b), a, b),
        1 - gammaTail(gammaQuantile(p, a, b), a, b),
        betaCdf(betaQuantile(p, a, b), a, b),
        weibullCdf(weibullQuantile(p, b, a), b, a),
        lognormalCdf(lognormalQuantile(p, Math.log(a), b / 1000), Math.log(a), b / 1000),
        normalCdf(normalQuantile(p, a, b), a, b),
        studentTCdf(studentTQuantile(p, b), b),
      ];
      // A beta quantile next to 1 cannot be written with more than 16 digits.
      if (betaQuantile(p, a, b) > 1 - 1e-9) back[2] = p;
      for (const value of back) expect(distance(value, p)).toBeLessThan(1e-10);
    }),
    { seed: 1 },
  );
});

it('a discrete quantile is the smallest count that reaches p', () => {
  fc.assert(
    fc.property(p, positive(0.01, 500), positive(0.05, 1e4), (p, mean, size) => {
      for (const [count, cdf] of [
        [poissonQuantile(p, mean), (x: number) => poissonCdf(x, mean)],
        [negativeBinomialQuantile(p, mean, size), (x: number) => negativeBinomialCdf(x, mean, size)],
      ] as const) {
        expect(cdf(count)).toBeGreaterThanOrEqual(p * (1 - 1e-13));
        expect(cdf(count - 1)).toBeLessThan(p);
      }
    }),
    { seed: 2 },
  );
});

it('the two tails sum to 1 and each density is the slope of its probability', () => {
  fc.assert(
    fc.property(positive(0.3, 1e4), fc.double({ min: -3, max: 3, noNaN: true }), (shape, z) => {
      const x = shape * Math.exp(z / Math.sqrt(shape + 1));
      expect(lowerGamma(shape, x) + upperGamma(shape, x)).toBeCloseTo(1, 13);
      const h = x * 1e-4 * Math.min(1, 1 / Math.sqrt(shape));
      const slope = (cdf: (x: number) => number, at: number, h: number) =>
        (8 * (cdf(at + h) - cdf(at - h)) - (cdf(at + 2 * h) - cdf(at - 2 * h))) / (12 * h);
      expect(
        distance(
          slope((x) => gammaCdf(x, shape), x, h),
          gammaPdf(x, shape),
        ),
      ).toBeLessThan(1e-6);
      expect(slope((x) => normalCdf(x), z, 1e-3)).toBeCloseTo(normalPdf(z), 10);
      expect(slope((x) => betaCdf(x, 2, shape % 7), 0.3, 1e-4)).toBeCloseTo(betaPdf(0.3, 2, shape % 7), 7);
      expect(slope((x) => lognormalCdf(x, 0, 1), 1.7, 1e-3)).toBeCloseTo(lognormalPdf(1.7, 0, 1), 9);
      expect(slope((x) => weibullCdf(x, 2, 3), 1.7, 1e-3)).toBeCloseTo(weibullPdf(1.7, 2, 3), 9);
    }),
    { seed: 3 },
  );
});

it('probabilities of counts sum to their cumulative ones, and their logarithms reach beyond underflow', () => {
  fc.assert(
    fc.property(positive(0.01, 60), positive(0.05, 1e5), (mean, size) => {
      let poisson = 0;
      let negativeBinomial = 0;
      for (let count = 0; count < 40; count++) {
        poisson += poissonPmf(count, mean);
        negativeBinomial += negativeBinomialPmf(count, mean, size);
        expect(distance(poissonCdf(count, mean), poisson)).toBeLessThan(1e-11);
        expect(distance(negativeBinomialCdf(count, mean, size), negativeBinomial)).toBeLessThan(1e-11);
      }
    }),
    { seed: 4, numRuns: 50 },
  );
  expect(negativeBinomialLogPmf(10_000, 1, 5)).toBeCloseTo(-17884.8419926, 6);
  expect(negativeBinomialLogPmf(3, 2, 0.7)).toBeCloseTo(Math.log(negativeBinomialPmf(3, 2, 0.7)), 13);
  expect(negativeBinomialPmf(3, 2, 1e12)).toBeCloseTo(poissonPmf(3, 2), 11);
});

it('the expansion for large shapes agrees with the iteration on the incomplete gamma function', () => {
  for (const shape of [15, 22.5, 80, 1e3, 1e6]) {
    for (const p of [0.001, 0.025, 0.25, 0.5, 0.75, 0.975, 0.999]) {
      const x = expandedGammaQuantile(normalQuantile(p), shape);
      const error = (gammaCdf(x, shape) - p) / (gammaPdf(x, shape) * x);
      expect(Math.abs(error)).toBeLessThan(2e-14);
    }
  }
});

it('what is no probability or no parameter is refused by name and value', () => {
  expect(() => gammaQuantile(1.2, 1)).toThrow('p is 1.2');
  expect(() => gammaQuantile(0.5, -1)).toThrow('shape is -1');
  expect(() => betaQuantile(0.5, 1, 0)).toThrow('b is 0');
  expect(() => chiSquaredQuantile(Number.NaN, 1)).toThrow('p is NaN');
  expect([gammaQuantile(0, 2), gammaQuantile(1, 2), normalQuantile(0)]).toEqual([0, Infinity, -Infinity]);
});
