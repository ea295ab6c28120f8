import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, addHours, instantMs, startOfDay } from './calendar.ts';
import { getPackOrThrow } from './catalogue.ts';
import { type ScreeningFact, stepDown } from './step-down.ts';

const nine = getPackOrThrow('covid19-cn-9');
const twenty = getPackOrThrow('covid19-cn-9-20m');

const clean = (sampledOn: string): ScreeningFact => ({ sampledOn, complete: true, allNegative: true });
const high = { level: 'high', since: '2022-08-11T23:00:00+08:00' } as const;

test('D1: high goes to medium after seven full days and a clean full round sampled on day 7', () => {
  const facts = { lastNewCaseAt: '2022-08-12T15:00:00+08:00', screenings: [clean('2022-08-19')] };
  expect(stepDown(nine, high, facts, '2022-08-20T00:00:00+08:00')).toMatchObject({
    nextLevel: 'medium',
    ready: true,
    clockFrom: '2022-08-12',
    daysWithout: 7,
    rule: 'areas.steps.highToMedium',
  });
  const before = stepDown(nine, high, facts, '2022-08-19T23:59:00+08:00');
  expect(before.ready).toBe(false);
  expect(before.blocking[0]?.clearsAt).toBe('2022-08-20T00:00:00+08:00');
});

test('D1: the day-7 screening is not dropped: no round, an early round, an open or partial one all block', () => {
  const blocked = (screenings: ScreeningFact[]) =>
    stepDown(
      nine,
      high,
      { lastNewCaseAt: '2022-08-12T15:00:00+08:00', screenings },
      '2022-08-25T00:00:00+08:00',
    ).blocking.map((block) => block.why.en);
  expect(blocked([])).toEqual(['no full round of the area sampled on 2022-08-19 or later']);
  expect(blocked([clean('2022-08-18')])).toEqual([
    'no full round of the area sampled on 2022-08-19 or later',
  ]);
  expect(blocked([{ ...clean('2022-08-19'), allNegative: null }])).toEqual([
    'results of the screening round are not out',
  ]);
  expect(blocked([{ ...clean('2022-08-19'), complete: false }])).toEqual([
    'the screening round has not reached everybody',
  ]);
  expect(blocked([{ ...clean('2022-08-19'), allNegative: false }])[0]).toMatch(/has a positive/);
});

test('D1: medium that came from high needs three more days, medium of its own seven and a round', () => {
  const medium = { level: 'medium', since: '2022-08-20T00:00:00+08:00' } as const;
  const facts = { lastNewCaseAt: '2022-08-12T15:00:00+08:00', screenings: [] };
  expect(stepDown(nine, { ...medium, cameFrom: 'high' }, facts, '2022-08-24T00:00:00+08:00')).toMatchObject({
    nextLevel: 'low',
    ready: true,
    earliestAt: '2022-08-24T00:00:00+08:00',
  });
  expect(stepDown(nine, medium, facts, '2022-08-24T00:00:00+08:00')).toMatchObject({
    daysNeeded: 7,
    ready: false,
  });
});

test('D1: a new case after the step down takes the short way back and asks for a new judgement', () => {
  const area = { level: 'medium', since: '2022-08-20T00:00:00+08:00', cameFrom: 'high' } as const;
  const answer = stepDown(
    nine,
    area,
    { lastNewCaseAt: '2022-08-21T10:00:00+08:00', screenings: [clean('2022-08-28')] },
    '2022-08-29T00:00:00+08:00',
  );
  expect(answer.daysNeeded).toBe(7);
  expect(answer.blocking.map((block) => block.why.en)).toEqual([
    'a new case since the step down: judge the level again',
  ]);
});

test('D1: under the twenty measures high goes to low after five days, and medium is to be judged anew', () => {
  const facts = { lastNewCaseAt: '2022-11-12T15:00:00+08:00', screenings: [] };
  expect(
    stepDown(
      twenty,
      { level: 'high', since: '2022-11-11T00:00:00+08:00' },
      facts,
      '2022-11-18T00:00:00+08:00',
    ),
  ).toMatchObject({ nextLevel: 'low', ready: true, earliestAt: '2022-11-18T00:00:00+08:00' });
  const medium = stepDown(
    twenty,
    { level: 'medium', since: '2022-11-11T00:00:00+08:00' },
    facts,
    '2022-11-18T00:00:00+08:00',
  );
  expect(medium.blocking[0]?.why.en).toMatch(/no longer knows the level "medium"/);
});

test('D1: low returns to routine when no high or medium area stands in the county', () => {
  const low = { level: 'low', since: '2022-08-24T00:00:00+08:00' } as const;
  const ask = (otherAreasAbove: number) =>
    stepDown(nine, low, { screenings: [], otherAreasAbove }, '2022-08-24T10:00:00+08:00');
  expect(ask(0)).toMatchObject({ nextLevel: 'routine', ready: true });
  expect(ask(2).blocking[0]?.why.en).toBe('2 high or medium areas still stand in the county');
});

test('D1: a last case in the future is refused', () => {
  expect(() =>
    stepDown(
      nine,
      high,
      { lastNewCaseAt: '2022-08-30T00:00:00+08:00', screenings: [] },
      '2022-08-20T00:00:00+08:00',
    ),
  ).toThrow(/lies after now/);
});

test('D1: a later last case never makes the step down earlier, and time alone never makes it later', () => {
  const now = '2022-09-30T00:00:00+08:00';
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 600 }), (a, b) => {
      const start = startOfDay(addDays('2022-08-11', 1), nine.tz);
      const [first, second] = [Math.min(a, b), Math.max(a, b)];
      const earliest = (hours: number) =>
        stepDown(nine, high, { lastNewCaseAt: addHours(start, hours, nine.tz), screenings: [] }, now)
          .earliestAt!;
      expect(instantMs(earliest(first))).toBeLessThanOrEqual(instantMs(earliest(second)));
      // Seven complete days always lie between the case and the step.
      expect(instantMs(earliest(first)) - instantMs(addHours(start, first, nine.tz))).toBeGreaterThan(
        7 * 86_400_000,
      );
    }),
  );
});
