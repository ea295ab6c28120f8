import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foresee } from './overload.ts';

describe('the forecast of a laboratory', () => {
  it('faster than its arrivals it holds; slower it tells when the limit is passed [C4]', () => {
    expect(foresee({ waitingCount: 20, arrivedPerHour: 10, resultedPerHour: 10 }, 6)).toEqual({
      state: 'holds',
      waitHours: 2,
      exceedsInHours: null,
    });
    // 6 h × 10 = 60 may wait; 20 wait; 20 more come each hour than go: after 2 h.
    expect(foresee({ waitingCount: 20, arrivedPerHour: 30, resultedPerHour: 10 }, 6)).toEqual({
      state: 'will_exceed',
      waitHours: 2,
      exceedsInHours: 2,
    });
    expect(foresee({ waitingCount: 61, arrivedPerHour: 0, resultedPerHour: 10 }, 6).state).toBe('exceeded');
    expect(foresee({ waitingCount: 1, arrivedPerHour: 0, resultedPerHour: 0 }, 6).state).toBe('stopped');
    expect(foresee({ waitingCount: 0, arrivedPerHour: 0, resultedPerHour: 0 }, 6).state).toBe('idle');
  });

  it('a line worked off hour by hour passes the limit when it was foretold [C4]', () => {
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 1, max: 60 }),
        (waiting, more, done) => {
          const outlook = foresee(
            { waitingCount: waiting, arrivedPerHour: done + more, resultedPerHour: done },
            6,
          );
          if (outlook.state !== 'will_exceed') return;
          const waitAt = (hours: number) => (waiting + more * hours) / done;
          expect(waitAt(outlook.exceedsInHours!)).toBeCloseTo(6, 6);
        },
      ),
    );
  });
});
