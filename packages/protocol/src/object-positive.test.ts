import { expect, test } from 'vitest';
import { getPackOrThrow } from './catalogue.ts';
import { objectPositive } from './object-positive.ts';

test('C5: handlers of a positive object are looked for from the start of the seventh day before it was sampled', () => {
  const answer = objectPositive(getPackOrThrow('covid19-cn-9'), '2022-08-11T23:30:00+08:00');
  expect(answer).toMatchObject({
    from: '2022-08-04T00:00:00+08:00',
    samplesPerPerson: 1,
    rule: 'monitoring.objectPositive',
    confidence: 'unverified',
  });
  expect(answer.source.mark).toBe('levee');
});

test('C5: a pack that says nothing about objects says so by name instead of guessing', () => {
  expect(() => objectPositive(getPackOrThrow('plague-cn'), '2022-08-11T23:30:00+08:00')).toThrow(
    /plague-cn.*monitoring\.objectPositive/,
  );
});
