import { expect, it } from 'vitest';
import { superspreadingThreshold } from './superspreading-threshold.ts';

it('a superspreader infects more than 99 % of cases would by chance [B6]', () => {
  // Poisson quantiles of R: qpois(0.99, c(0, 0.6, 1, 2.5)) = 0, 3, 4, 7
  expect([0, 0.6, 1, 2.5].map((mean) => superspreadingThreshold(mean))).toEqual([1, 4, 5, 8]);
  expect(() => superspreadingThreshold(-1)).toThrow('mean -1');
  expect(() => superspreadingThreshold(Number.NaN)).toThrow('mean NaN');
});
