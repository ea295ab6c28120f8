import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleNegativeBinomial, samplePoisson } from '../distributions/sample-counts.ts';
import { createRandom } from '../random/random.ts';
import { solveLeastSquares } from './least-squares.ts';
import { regressCounts } from './log-linear-counts.ts';

const ones = (n: number) => new Float64Array(n).fill(1);

it('least squares gives the textbook line, its error and leverages', () => {
  const x = Float64Array.from([1, 2, 4, 7]);
  const y = [2, 3, 5, 4];
  const { coefficients, leverages, varianceAt } = solveLeastSquares([ones(4), x], y);
  // x̄ = 3.5, Sxx = 21, Sxy = 7; ȳ = 3.5
  expect(coefficients[1]).toBeCloseTo(7 / 21, 14);
  expect(coefficients[0]).toBeCloseTo(3.5 - 3.5 / 3, 14);
  expect(varianceAt([1, 5])).toBeCloseTo(1 / 4 + 1.5 ** 2 / 21, 14);
  expect([...leverages()].reduce((a, b) => a + b)).toBeCloseTo(2, 14);
  expect(leverages()[3]).toBeCloseTo(1 / 4 + 3.5 ** 2 / 21, 14);
});

it('a column that others make up is dropped and told', () => {
  const x = Float64Array.from([1, 2, 4, 7]);
  const double = x.map((value) => 3 * value - 1);
  const { coefficients, kept } = solveLeastSquares([ones(4), x, double], [2, 3, 5, 4]);
  expect([kept, coefficients[2]]).toEqual([[0, 1], null]);
});

it('counts in groups are fitted by their group means, with error 1 / √(cases)', () => {
  const group = Float64Array.from([0, 0, 0, 1, 1]);
  const fit = regressCounts([ones(5), group], [2, 4, 6, 1, 2], { tolerance: 1e-14 })!;
  expect(Math.exp(fit.linearPredictor([1, 0]))).toBeCloseTo(4, 8);
  expect(Math.exp(fit.linearPredictor([1, 1]))).toBeCloseTo(1.5, 8);
  expect(fit.varianceAt([1, 0])).toBeCloseTo(1 / 12, 8);
  expect(fit.varianceAt([1, 1])).toBeCloseTo(1 / 3, 8);
  expect([fit.converged, fit.residualDegreesOfFreedom]).toEqual([true, 3]);
});

it('fitted and observed counts agree in sum and in sum over days (the score is 0)', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { minLength: 4, maxLength: 30 }), (counts) => {
      fc.pre(counts.filter((count) => count > 0).length > 2);
      const day = Float64Array.from(counts, (_, i) => i);
      const fit = regressCounts([ones(counts.length), day], counts, { tolerance: 1e-14 })!;
      fc.pre(fit.converged);
      const score = fit.fitted.reduce((sum, mu, i) => sum + counts[i]! - mu, 0);
      const slopeScore = fit.fitted.reduce((sum, mu, i) => sum + i * (counts[i]! - mu), 0);
      expect(Math.abs(score) + Math.abs(slopeScore)).toBeLessThan(1e-4);
    }),
    { seed: 6 },
  );
});

it('a weight of 2 counts a row twice', () => {
  const day = Float64Array.from([0, 1, 2, 3]);
  const twice = regressCounts([ones(5), Float64Array.from([0, 1, 1, 2, 3])], [1, 3, 3, 4, 9], {
    tolerance: 1e-14,
  })!;
  const weighted = regressCounts([ones(4), day], [1, 3, 4, 9], { weights: [1, 2, 1, 1], tolerance: 1e-14 })!;
  expect(weighted.coefficients[1]).toBeCloseTo(twice.coefficients[1]!, 10);
});

it('true coefficients lie within 1.96 errors 95 times in 100 (Poisson, and negative binomial of known size)', () => {
  const random = createRandom(9);
  const day = Float64Array.from({ length: 40 }, (_, i) => i / 40);
  for (const size of [Number.POSITIVE_INFINITY, 4]) {
    let held = 0;
    for (let i = 0; i < 800; i++) {
      const counts = Array.from(day, (x) =>
        size === 4
          ? sampleNegativeBinomial(random, Math.exp(2 + x), 4)
          : samplePoisson(random, Math.exp(2 + x)),
      );
      const fit = regressCounts([ones(40), day], counts, { size })!;
      if (Math.abs(fit.coefficients[1]! - 1) < 1.96 * Math.sqrt(fit.varianceAt([0, 1]))) held++;
    }
    expect(Math.abs(held / 800 - 0.95)).toBeLessThan(0.024);
  }
});
