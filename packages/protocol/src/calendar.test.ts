import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayOf, daysBetween, instantMs, startOfDay, toInstant } from './calendar.ts';

test('a civil day of Shanghai starts at 16:00 UTC of the day before', () => {
  expect(startOfDay('2022-08-11', 'Asia/Shanghai')).toBe('2022-08-11T00:00:00+08:00');
  expect(dayOf('2022-08-10T16:00:00Z', 'Asia/Shanghai')).toBe('2022-08-11');
  expect(dayOf('2022-08-10T15:59:59Z', 'Asia/Shanghai')).toBe('2022-08-10');
});

test('days are counted as days in a zone that changes its clocks', () => {
  expect(startOfDay('2022-03-28', 'Europe/Zurich')).toBe('2022-03-28T00:00:00+02:00');
  expect(daysBetween('2022-03-26', '2022-03-28')).toBe(2);
  // China itself kept summer time until 1991.
  expect(startOfDay('1989-07-01', 'Asia/Shanghai')).toBe('1989-07-01T00:00:00+09:00');
});

test('an instant survives being written in any zone, and a day survives its own start', () => {
  const zones = fc.constantFrom(
    'Asia/Shanghai',
    'Europe/Zurich',
    'America/New_York',
    'Asia/Kathmandu',
    'UTC',
  );
  const seconds = fc.integer({ min: Date.UTC(1995, 0) / 1000, max: Date.UTC(2035, 0) / 1000 });
  fc.assert(
    fc.property(seconds, zones, (second, tz) => {
      expect(instantMs(toInstant(second * 1000, tz))).toBe(second * 1000);
      const day = dayOf(toInstant(second * 1000, tz), tz);
      expect(dayOf(startOfDay(day, tz), tz)).toBe(day);
    }),
  );
});

test('adding days and counting them are inverse', () => {
  fc.assert(
    fc.property(fc.integer({ min: -5000, max: 5000 }), (days) => {
      expect(daysBetween('2022-08-11', addDays('2022-08-11', days))).toBe(days);
    }),
  );
});
