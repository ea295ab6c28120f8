import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandom } from '../random/random.ts';
import { poolSize } from './pool-size.ts';
import { reflexLoad } from './reflex-load.ts';

it('a perfect assay gives the table of Dorfman 1943: best size and relative cost [C3]', () => {
  const table: [number, number, number][] = [
    [0.01, 11, 20],
    [0.02, 8, 27],
    [0.03, 6, 33],
    [0.04, 6, 38],
    [0.05, 5, 43],
    [0.06, 5, 47],
    [0.07, 5, 50],
    [0.08, 4, 53],
    [0.09, 4, 56],
    [0.1, 4, 59],
    [0.12, 4, 65],
    [0.13, 3, 67],
    [0.15, 3, 72],
    [0.2, 3, 82],
    [0.25, 3, 91],
    [0.3, 3, 99],
  ];
  for (const [prevalence, size, cost] of table) {
    const { best, designs } = poolSize(prevalence);
    expect([prevalence, Math.round(100 * designs[size - 1]!.testsPerPerson)]).toEqual([prevalence, cost]);
    expect([prevalence, Math.round(100 * best!.testsPerPerson)]).toEqual([prevalence, cost]);
    // At 7 % the table prints 5; 4 is cheaper by 0.2 tests per hundred people.
    if (prevalence !== 0.07) expect([prevalence, best!.size]).toEqual([prevalence, size]);
  }
  expect(poolSize(0.31).best).toMatchObject({ size: 1, testsPerPerson: 1 });
});

it('dilution makes large pools miss more, and a demand on sensitivity makes pools smaller or forbids them [C3]', () => {
  const assay = { sensitivity: 0.95, specificity: 0.999, dilution: 0.1 };
  const { designs } = poolSize(0.005, { ...assay, sizes: [1, 5, 10, 20] });
  expect(designs.map((design) => design.sensitivity)).toEqual(
    designs.map((design) => design.sensitivity).toSorted((a, b) => b - a),
  );
  const demanding = poolSize(0.005, { ...assay, sizes: [5, 10, 20], minimumSensitivity: 0.75 });
  expect(demanding.best!.size).toBeLessThan(poolSize(0.005, { ...assay, sizes: [5, 10, 20] }).best!.size);
  expect(poolSize(0.005, { ...assay, sizes: [5, 10], minimumSensitivity: 0.94 }).best).toBeNull();
});

it('nobody positive: the largest pool is cheapest; everybody: singly; Hwang at full dilution finds p [C3]', () => {
  expect(poolSize(0).best).toMatchObject({ size: 32, positivePoolProportion: 0 });
  expect(poolSize(1).best).toMatchObject({ size: 1 });
  const { designs } = poolSize(0.03, { dilution: 1, sizes: [10] });
  expect(designs[0]!.positivePoolProportion).toBeCloseTo(0.03, 12);
});

it('a value out of range is named [C3]', () => {
  expect(() => poolSize(1.2)).toThrow('prevalence: 1.2');
  expect(() => poolSize(0.1, { sizes: [5, 2.5] })).toThrow('sizes, item 1: 2.5');
  expect(() => poolSize(0.1, { sensitivity: 0 })).toThrow('sensitivity: 0');
  expect(() => reflexLoad([{ size: 0, poolsCount: 1 }], 0.1)).toThrow('item 0, size: 0');
  expect(() => reflexLoad([{ size: 5, poolsCount: -1 }], 0.1)).toThrow('item 0, poolsCount: -1');
});

it('tests, sensitivity and specificity are those of a simulated round with all its errors [C3]', () => {
  const assay = { sensitivity: 0.9, specificity: 0.97, dilution: 0.15 };
  const size = 8;
  const prevalence = 0.06;
  const design = poolSize(prevalence, { ...assay, sizes: [size] }).designs[0]!;
  const detection = (0.9 * prevalence) / (1 - (1 - prevalence) ** (size ** 0.15));
  const random = createRandom(2);
  const pools = 60_000;
  const counts = { tests: 0, positives: 0, found: 0, negatives: 0, cleared: 0 };
  for (let pool = 0; pool < pools; pool++) {
    const members = Array.from({ length: size }, () => random.uniform() < prevalence);
    const isPositive = random.uniform() < (members.some(Boolean) ? detection : 0.03);
    counts.tests += isPositive ? 1 + size : 1;
    for (const member of members) {
      const called = isPositive && random.uniform() < (member ? 0.9 : 0.03);
      if (member) {
        counts.positives++;
        if (called) counts.found++;
      } else {
        counts.negatives++;
        if (!called) counts.cleared++;
      }
    }
  }
  expect(counts.tests / (pools * size)).toBeCloseTo(design.testsPerPerson, 2);
  expect(counts.found / counts.positives).toBeCloseTo(design.sensitivity, 2);
  expect(counts.cleared / counts.negatives).toBeCloseTo(design.specificity, 3);
});

it('the reflex load of one kind of tube is a binomial times its size; of several their sum [C3]', () => {
  const load = reflexLoad([{ size: 10, poolsCount: 45_000 }], 0.0001);
  expect(load.peopleCount).toBeCloseTo(45_000 * 10 * (1 - 0.9999 ** 10), 8);
  expect([load.low % 10, load.high % 10]).toEqual([0, 0]);
  fc.assert(
    fc.property(
      fc.array(fc.record({ size: fc.integer({ min: 1, max: 20 }), poolsCount: fc.nat(50) }), {
        maxLength: 4,
      }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (batches, prevalence) => {
        const { peopleCount, low, high, sd } = reflexLoad(batches, prevalence);
        const people = batches.reduce((sum, { size, poolsCount }) => sum + size * poolsCount, 0);
        expect(peopleCount).toBeLessThanOrEqual(people + 1e-6);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(people);
        expect(low).toBeLessThanOrEqual(peopleCount + 1e-6 + 2 * sd);
        expect(high).toBeGreaterThanOrEqual(peopleCount - 1e-6 - 2 * sd);
      },
    ),
  );
  expect(reflexLoad([], 0.1)).toMatchObject({ peopleCount: 0, low: 0, high: 0 });
});

it('95 % of 2000 simulated rounds of mixed tubes lie in the interval [C3]', () => {
  const batches = [
    { size: 5, poolsCount: 40 },
    { size: 10, poolsCount: 120 },
    { size: 20, poolsCount: 30 },
  ];
  const { low, high, peopleCount } = reflexLoad(batches, 0.01);
  const random = createRandom(3);
  let inside = 0;
  let sum = 0;
  for (let round = 0; round < 2000; round++) {
    let people = 0;
    for (const { size, poolsCount } of batches) {
      for (let pool = 0; pool < poolsCount; pool++) if (random.uniform() < 1 - 0.99 ** size) people += size;
    }
    sum += people;
    if (people >= low && people <= high) inside++;
  }
  expect(inside / 2000).toBeGreaterThan(0.935);
  expect(inside / 2000).toBeLessThan(0.985);
  expect(sum / 2000 / peopleCount).toBeCloseTo(1, 1);
});
