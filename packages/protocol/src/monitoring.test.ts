import { expect, test } from 'vitest';
import { getPackOrThrow } from './catalogue.ts';
import { nextTestDue, travelDuty } from './monitoring.ts';

const nine = getPackOrThrow('covid19-cn-9');
const twenty = getPackOrThrow('covid19-cn-9-20m');
const now = '2022-08-12T09:00:00+08:00';

test('C6: posts with direct exposure are due daily, crowded services every third day and not within 48 h', () => {
  const sampled = '2022-08-11T08:00:00+08:00';
  expect(nextTestDue(nine, 'direct_exposure_posts', sampled, now)).toMatchObject({
    dueOn: '2022-08-12',
    overdue: false,
  });
  expect(nextTestDue(nine, 'crowded_service_posts', sampled, now)).toMatchObject({
    dueOn: '2022-08-14',
    notBefore: '2022-08-13T08:00:00+08:00',
  });
  expect(nextTestDue(nine, 'direct_exposure_posts', '2022-08-09T08:00:00+08:00', now).overdue).toBe(true);
});

test('C6: whoever was never sampled is due today; a population the pack does not test is refused', () => {
  expect(nextTestDue(nine, 'direct_exposure_posts', null, now)).toMatchObject({
    dueOn: '2022-08-12',
    notBefore: null,
  });
  expect(() => nextTestDue(getPackOrThrow('mers'), 'direct_exposure_posts', null, now)).toThrow(
    /no such population/,
  );
});

test('C6: the duty of a returnee follows travel alone: highest level, then latest departure, within seven days', () => {
  const history = [
    { level: 'low', leftAt: '2022-08-12T08:00:00+08:00' },
    { level: 'medium', leftAt: '2022-08-08T08:00:00+08:00' },
    { level: 'medium', leftAt: '2022-08-10T08:00:00+08:00' },
    { level: 'high', leftAt: '2022-08-04T08:00:00+08:00' },
  ] as const;
  expect(travelDuty(nine, history, now)).toEqual({ class: 'medium_area_history', leftOn: '2022-08-10' });
  expect(travelDuty(twenty, history, now)).toEqual({ class: 'low_area_history', leftOn: '2022-08-12' });
  expect(travelDuty(nine, [], now)).toBeNull();
});
