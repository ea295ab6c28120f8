import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readOutbreak } from '../../test/outbreak-data.ts';
import { civilDay, dayNumber } from '../calendar/civil-day.ts';
import { epiCurve } from './epi-curve.ts';

it('days without cases are on the curve, undated cases are counted, the tail is marked incomplete', () => {
  const cases = [{ dateOnset: '2022-08-09' }, { dateOnset: '2022-08-11' }, { dateOnset: '2022-08-11' }, {}];
  expect(epiCurve(cases, { by: 'onset', incompleteDays: 2, until: '2022-08-12' })).toEqual({
    by: 'onset',
    days: [
      { date: '2022-08-09', count: 1, incomplete: false },
      { date: '2022-08-10', count: 0, incomplete: false },
      { date: '2022-08-11', count: 2, incomplete: true },
      { date: '2022-08-12', count: 0, incomplete: true },
    ],
    countedCount: 3,
    undatedCount: 1,
    beforeCount: 0,
    afterCount: 0,
  });
});

it('each date of the line list draws its own curve', () => {
  const caseFile = { dateOnset: '2022-08-09', dateSample: '2022-08-10', dateReporting: '2022-08-11' };
  expect(epiCurve([caseFile], { by: 'sample' }).days[0]?.date).toBe('2022-08-10');
  expect(epiCurve([caseFile], { by: 'report' }).days[0]?.date).toBe('2022-08-11');
  expect(epiCurve([caseFile], { by: 'death' })).toMatchObject({ days: [], undatedCount: 1 });
});

it('a date that cannot be is refused by row and value; a mistyped century is refused whole', () => {
  expect(() => epiCurve([{}, { dateOnset: '2022-8-9' }], { by: 'onset' })).toThrow(
    'row 1, dateOnset: "2022-8-9"',
  );
  expect(() => epiCurve([{ dateOnset: '0202-08-09' }, { dateOnset: '2022-08-09' }], { by: 'onset' })).toThrow(
    'longer than a century',
  );
  expect(() => epiCurve([], { by: 'onset', from: '2022-08-09', until: '2022-08-08' })).toThrow(
    'is before from',
  );
});

it('every case is counted once: on the curve, undated, before or after it', () => {
  const dates = fc.option(fc.integer({ min: 19_000, max: 19_040 }).map(civilDay), { nil: null });
  const shown = fc.option(fc.integer({ min: 19_010, max: 19_030 }).map(civilDay), { nil: undefined });
  fc.assert(
    fc.property(fc.array(dates), shown, fc.nat(12), (onsets, until, incompleteDays) => {
      const curve = epiCurve(
        onsets.map((dateOnset) => ({ dateOnset })),
        { by: 'onset', until, incompleteDays },
      );
      const { countedCount, undatedCount, beforeCount, afterCount, days } = curve;
      expect(countedCount + undatedCount + beforeCount + afterCount).toBe(onsets.length);
      expect(undatedCount).toBe(onsets.filter((onset) => onset === null).length);
      for (const { date, count } of days) expect(count).toBe(onsets.filter((onset) => onset === date).length);
      for (let i = 1; i < days.length; i++) {
        expect(dayNumber(days[i]!.date)).toBe(dayNumber(days[i - 1]!.date) + 1);
      }
      expect(days.filter((day) => day.incomplete)).toHaveLength(Math.min(incompleteDays, days.length));
    }),
  );
});

const mers = readOutbreak('mers_korea_2015_linelist.csv');

it.skipIf(!mers)('MERS Korea 2015 by onset: 36 days from 11 May, 135 cases, 27 without onset', () => {
  const curve = epiCurve(
    mers!.map((row) => ({ dateOnset: row.dt_onset })),
    { by: 'onset' },
  );
  expect(curve.days).toHaveLength(36);
  expect(curve.days[0]?.date).toBe('2015-05-11');
  expect([curve.countedCount, curve.undatedCount]).toEqual([135, 27]);
});
