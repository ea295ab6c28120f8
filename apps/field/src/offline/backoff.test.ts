import fc from 'fast-check';
import { expect, test } from 'vitest';
import { waitAfter } from './backoff.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });

test('a wait is never shorter than the server asked for, nor half as long again [T33 K3]', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1000, max: 600_000 }),
      share,
      (failures, asked, random) => {
        const wait = waitAfter(failures, asked, random);
        expect(wait).toBeGreaterThanOrEqual(asked);
        expect(wait).toBeLessThanOrEqual(asked * 1.5 + 1);
      },
    ),
  );
});

test('without an answer the wait doubles, is spread, and ends at forty seconds [K3 T30]', () => {
  expect([1, 2, 3, 4].map((failures) => waitAfter(failures, null, 1))).toEqual([2000, 4000, 8000, 16_000]);
  expect(waitAfter(1, null, 0)).toBe(1000);
  expect(waitAfter(40, null, 1)).toBe(40_000);
});
