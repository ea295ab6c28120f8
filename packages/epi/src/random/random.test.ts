import { expect, it } from 'vitest';
import { createRandom } from './random.ts';

it('the same seed gives the same numbers, neighbouring seeds unrelated ones', () => {
  const draw = (seed: number) => {
    const random = createRandom(seed);
    return Array.from({ length: 2000 }, () => random.uniform());
  };
  expect(draw(7)).toEqual(draw(7));
  const [a, b] = [draw(7), draw(8)];
  const correlation = a.reduce((sum, x, i) => sum + (x - 0.5) * (b[i]! - 0.5), 0) / (2000 / 12);
  expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(2000));
});

it('the first numbers of seed 1 stay what they are, so that stored simulations can be repeated', () => {
  const random = createRandom(1);
  expect([random.uniform(), random.uniform(), random.below(1000)]).toMatchInlineSnapshot(`
    [
      0.091569531755133,
      0.8881928137485324,
      434,
    ]
  `);
});

it('uniform numbers fill (0, 1) evenly, at every scale', () => {
  const random = createRandom(2);
  const n = 100_000;
  const cells = new Float64Array(64);
  const fine = new Float64Array(64);
  for (let i = 0; i < n; i++) {
    const u = random.uniform();
    expect(u > 0 && u < 1).toBe(true);
    cells[Math.floor(u * 64)]!++;
    fine[Math.floor(u * 2 ** 40) % 64]!++;
  }
  // 63 degrees of freedom: 104 is passed once in a thousand.
  for (const counts of [cells, fine]) {
    expect(counts.reduce((sum, count) => sum + (count - n / 64) ** 2 / (n / 64), 0)).toBeLessThan(104);
  }
});

it('a seed that is no whole number from 0 on is refused by its value', () => {
  for (const seed of [-1, 1.5, Number.NaN, 2 ** 60])
    expect(() => createRandom(seed)).toThrow(`seed is ${seed}`);
});
