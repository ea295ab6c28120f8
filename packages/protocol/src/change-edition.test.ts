import { expect, test } from 'vitest';
import { getPackOrThrow } from './catalogue.ts';
import { changeEdition } from './change-edition.ts';

const nine = getPackOrThrow('covid19-cn-9');
const twenty = getPackOrThrow('covid19-cn-9-20m');
const running = {
  class: 'close',
  anchors: { last_exposure: '2022-11-08' },
  placedAt: '2022-11-09T10:00:00+08:00',
} as const;
const changedAt = '2022-11-11T12:00:00+08:00';

test('E1: isolated on 9 November under 7+3, re-timed on 11 November to 5+3: free two days earlier', () => {
  const effect = changeEdition(nine, twenty, running, changedAt);
  expect(effect.mode).toBe('retime');
  expect(effect.endsAtBefore).toBe('2022-11-19T00:00:00+08:00');
  expect(effect.endsAtAfter).toBe('2022-11-17T00:00:00+08:00');
  expect(effect.daysChanged).toBe(-2);
  expect(effect.testsRemoved.map((test) => test.date)).toEqual(['2022-11-15', '2022-11-18']);
  expect(effect.testsAdded.map((test) => test.date)).toEqual(['2022-11-14', '2022-11-16']);
});

test('E1: a pack that keeps leaves the running schedule as it is', () => {
  const effect = changeEdition(nine, { ...twenty, onEditionChange: 'keep' }, running, changedAt);
  expect(effect).toMatchObject({ mode: 'keep', daysChanged: 0, testsAdded: [], testsRemoved: [] });
  expect(effect.after).toEqual(effect.before);
});

test('E1: a class that is no longer determined ends at the change', () => {
  const effect = changeEdition(nine, twenty, { ...running, class: 'contact_of_contact' }, changedAt);
  expect(effect).toMatchObject({ after: null, endsAtAfter: changedAt, daysChanged: -4 });
});

test('R6: an edition that would hold longer prolongs nobody without a new decision', () => {
  const effect = changeEdition(twenty, nine, running, changedAt);
  expect(effect.needsNewDecision).toBe(true);
  expect(effect.endsAtAfter).toBe(effect.endsAtBefore);
  expect(effect.daysChanged).toBe(0);
});
