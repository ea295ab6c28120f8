import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayOf, daysBetween, startOfDay } from './calendar.ts';
import { getPackOrThrow, packs } from './catalogue.ts';
import { MANAGED_CLASSES } from './pack.ts';
import { isUnderSchedule, quarantineSchedule } from './quarantine-schedule.ts';

const nine = getPackOrThrow('covid19-cn-9');
const twenty = getPackOrThrow('covid19-cn-9-20m');
const plague = getPackOrThrow('plague-cn');

test('E1: a close contact under the 9th edition has 7 + 3 days from last exposure and tests on 1, 2, 3, 5, 7 and 3', () => {
  const schedule = quarantineSchedule(nine, {
    class: 'close',
    anchors: { last_exposure: '2022-08-10' },
    placedAt: '2022-08-11T22:00:00+08:00',
  });
  expect(schedule.phases.map(({ kind, fromDate, untilDate }) => [kind, fromDate, untilDate])).toEqual([
    ['centralised_isolation', '2022-08-11', '2022-08-17'],
    ['home_monitoring', '2022-08-18', '2022-08-20'],
  ]);
  expect(schedule.phases[0]?.tests.map((test) => test.date)).toEqual([
    '2022-08-11',
    '2022-08-12',
    '2022-08-13',
    '2022-08-15',
    '2022-08-17',
  ]);
  expect(schedule.phases[1]?.tests.map((test) => test.date)).toEqual(['2022-08-20']);
  expect(schedule.phases[0]?.endsAt).toBe('2022-08-18T00:00:00+08:00');
  expect(schedule.placedLate).toBeNull();
  expect(schedule.confidence).toBe('sourced');
});

test('E1: a contact placed five days late keeps the period, drops days 5 and 7 and sees the other reading', () => {
  const schedule = quarantineSchedule(nine, {
    class: 'close',
    anchors: { last_exposure: '2022-08-05' },
    placedAt: '2022-08-10T09:00:00+08:00',
  });
  expect(schedule.phases[0]).toMatchObject({
    fromDate: '2022-08-10',
    untilDate: '2022-08-12',
    plannedDays: 7,
  });
  expect(schedule.placedLate).toMatchObject({
    daysBeforePlacement: 5,
    daysLeft: 3,
    plannedTestDays: [1, 2, 3, 5, 7],
    keptTestDays: [1, 2, 3],
    droppedTestDays: [5, 7],
    alternative: { untilDate: '2022-08-16', extraDays: 4 },
  });
});

test('E1: placed four days late, the release test moves to the last day instead of falling away', () => {
  const schedule = quarantineSchedule(nine, {
    class: 'close',
    anchors: { last_exposure: '2022-08-05' },
    placedAt: '2022-08-09T09:00:00+08:00',
  });
  expect(schedule.placedLate).toMatchObject({
    daysLeft: 4,
    keptTestDays: [1, 2, 3, 7],
    droppedTestDays: [5],
  });
  expect(schedule.phases[0]?.tests.at(-1)).toMatchObject({
    day: 7,
    date: '2022-08-12',
    movedFrom: '2022-08-15',
  });
});

test('R6: a contact found after the period has no phase left and may not be held', () => {
  const schedule = quarantineSchedule(nine, {
    class: 'close',
    anchors: { last_exposure: '2022-08-01' },
    placedAt: '2022-08-15T09:00:00+08:00',
  });
  expect(schedule).toMatchObject({ phases: [], untilDate: null, endsAt: null });
  expect(isUnderSchedule(schedule, '2022-08-15T10:00:00+08:00')).toBe(false);
});

test('E1: found on day 9 only the rest of the monitoring remains', () => {
  const schedule = quarantineSchedule(nine, {
    class: 'close',
    anchors: { last_exposure: '2022-08-01' },
    placedAt: '2022-08-10T09:00:00+08:00',
  });
  expect(schedule.phases).toHaveLength(1);
  expect(schedule.phases[0]).toMatchObject({
    kind: 'home_monitoring',
    fromDate: '2022-08-10',
    untilDate: '2022-08-11',
  });
});

test('E1: a child of 14 or under is isolated at home instead of centrally', () => {
  const schedule = quarantineSchedule(nine, {
    class: 'close',
    anchors: { last_exposure: '2022-08-10' },
    placedAt: '2022-08-11T22:00:00+08:00',
    conditions: ['child_14_or_under'],
  });
  expect(schedule.phases[0]?.kind).toBe('home_isolation');
  expect(schedule.notes[0]?.en).toMatch(/takes the place/);
});

test('E1: the twenty measures give 5 + 3 and refuse contacts of contacts', () => {
  const input = { anchors: { last_exposure: '2022-11-12' }, placedAt: '2022-11-12T22:00:00+08:00' };
  const schedule = quarantineSchedule(twenty, { class: 'close', ...input });
  expect(schedule.untilDate).toBe('2022-11-20');
  expect(schedule.phases[1]?.tests.map((test) => test.date)).toEqual(['2022-11-18', '2022-11-20']);
  expect(() => quarantineSchedule(twenty, { class: 'contact_of_contact', ...input })).toThrow(
    /no longer determines/,
  );
});

test('E1: a plague contact is followed 9 days, 12 when vaccinated', () => {
  const input = {
    class: 'close',
    anchors: { last_exposure: '2009-07-30' },
    placedAt: '2009-07-30T20:00:00+08:00',
  } as const;
  expect(quarantineSchedule(plague, input).untilDate).toBe('2009-08-08');
  expect(quarantineSchedule(plague, { ...input, conditions: ['vaccinated'] }).untilDate).toBe('2009-08-11');
});

test('E1: a missing anchor is named together with what to enter', () => {
  expect(() =>
    quarantineSchedule(nine, { class: 'close', anchors: {}, placedAt: '2022-08-11T22:00:00+08:00' }),
  ).toThrow(/anchors.last_exposure is missing.*counts "close" from last_exposure/);
});

test('E1: late evening in Shanghai is the same civil day although UTC is a day behind', () => {
  const schedule = quarantineSchedule(nine, {
    class: 'close',
    anchors: { last_exposure: '2022-08-10T16:30:00Z' },
    placedAt: '2022-08-10T17:00:00Z',
  });
  expect(schedule.anchor.date).toBe('2022-08-11');
  expect(schedule.placedOn).toBe('2022-08-11');
});

test('R6: no schedule of any pack ends later than its rule counts, however late the placement', () => {
  const classes = Object.values(packs).flatMap((pack) =>
    MANAGED_CLASSES.filter((each) => pack.management.classes[each]?.value.determined).map((each) => ({
      pack,
      each,
    })),
  );
  fc.assert(
    fc.property(fc.constantFrom(...classes), fc.integer({ min: 0, max: 40 }), ({ pack, each }, late) => {
      const rule = pack.management.classes[each]!;
      const anchorDay = '2022-08-01';
      const placedAt = startOfDay(addDays(anchorDay, late), pack.tz);
      const schedule = quarantineSchedule(pack, {
        class: each,
        anchors: { [rule.counting.anchor]: anchorDay },
        placedAt,
      });
      const total = rule.value.phases.reduce((sum, phase) => sum + phase.days, 0);
      const latest = addDays(anchorDay, total - rule.counting.anchorIsDay);
      expect(schedule.untilDate === null || schedule.untilDate <= latest).toBe(true);
      for (const phase of schedule.phases) {
        expect(daysBetween(phase.fromDate, phase.untilDate)).toBeGreaterThanOrEqual(0);
        expect(phase.fromDate >= dayOf(placedAt, pack.tz)).toBe(true);
        for (const test of phase.tests) {
          expect(test.date >= phase.fromDate && test.date <= phase.untilDate).toBe(true);
        }
      }
    }),
  );
});

test('E1: kept and dropped test days together are the days the document lists', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 7 }), (late) => {
      const { placedLate, phases } = quarantineSchedule(nine, {
        class: 'close',
        anchors: { last_exposure: '2022-08-01' },
        placedAt: startOfDay(addDays('2022-08-01', late), nine.tz),
      });
      if (!placedLate) return;
      const together = [...placedLate.keptTestDays, ...placedLate.droppedTestDays].sort((a, b) => a - b);
      expect(together).toEqual([1, 2, 3, 5, 7]);
      // Whoever is isolated at all is tested on the last day.
      expect(phases[0]?.tests.at(-1)?.date).toBe(phases[0]?.untilDate);
    }),
  );
});
