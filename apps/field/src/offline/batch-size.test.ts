import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBatchSize } from './batch-size.ts';

/** A line that takes `wayMs` there and back, and `eachMs` a record. */
function sizesOn(line: { wayMs: number; eachMs: number }, batches: number): number[] {
  const size = createBatchSize();
  return Array.from({ length: batches }, () => {
    const count = size.now;
    size.carried(count, line.wayMs + count * line.eachMs);
    return count;
  });
}

test('a good line is given fifty at once after the first batch; one of 20 kbit/s what it carries in about four seconds [T29 K3]', () => {
  expect(sizesOn({ wayMs: 20, eachMs: 0.2 }, 4)).toEqual([25, 50, 50, 50]);
  // A record is some 100 bytes packed: 40 ms there, as much again for its acknowledgement at worst.
  const settled = sizesOn({ wayMs: 1_600, eachMs: 80 }, 12).at(-1)!;
  expect(1_600 + settled * 80).toBeGreaterThan(3_000);
  expect(1_600 + settled * 80).toBeLessThan(5_000);
});

test('no line is given less than ten or more than fifty; a break halves, the rest of a queue changes nothing [T29]', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constant('break' as const), fc.integer({ min: 0, max: 120_000 })), {
        maxLength: 60,
      }),
      (history) => {
        const size = createBatchSize();
        for (const one of history) {
          const before = size.now;
          if (one === 'break') size.broke();
          else size.carried(before, one);
          expect(size.now).toBeGreaterThanOrEqual(10);
          expect(size.now).toBeLessThanOrEqual(Math.min(50, before * 2));
          size.carried(size.now - 1, 60_000);
          if (one === 'break') expect(size.now).toBe(Math.max(10, Math.round(before / 2)));
        }
      },
    ),
  );
});
