import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from './calendar.ts';
import { getPackOrThrow } from './catalogue.ts';
import { FOUND_IN } from './pack.ts';
import { expectedReflexLoad, poolingRule, poolReflex } from './pooling.ts';
import { type ScreeningRound, screeningNextStep } from './screening.ts';

const nine = getPackOrThrow('covid19-cn-9');

const clean = (sampledOn: string): ScreeningRound => ({ sampledOn, complete: true, positives: [] });
const threeClean = ['2022-08-12', '2022-08-13', '2022-08-14'].map(clean);

test('C1: three clean rounds, three days of pause, one more, stop', () => {
  expect(screeningNextStep(nine, threeClean.slice(0, 2))).toMatchObject({
    step: 'screen',
    nextOn: '2022-08-14',
    cleanRounds: 2,
  });
  expect(screeningNextStep(nine, threeClean)).toMatchObject({
    step: 'pause',
    nextOn: '2022-08-18',
    cleanRounds: 3,
  });
  expect(screeningNextStep(nine, [...threeClean, clean('2022-08-18')])).toMatchObject({
    step: 'stop',
    nextOn: null,
  });
});

test('C1: a round inside the pause, up to its third day, is not the last one', () => {
  for (const day of ['2022-08-15', '2022-08-17']) {
    expect(screeningNextStep(nine, [...threeClean, clean(day)])).toMatchObject({
      step: 'pause',
      nextOn: '2022-08-18',
    });
  }
});

test('C1: positives found in isolation do not break the row, one in the community starts it again', () => {
  const isolated: ScreeningRound = {
    ...threeClean[2]!,
    positives: ['centralised_isolation', 'contact_tracing'],
  };
  expect(screeningNextStep(nine, [...threeClean.slice(0, 2), isolated]).step).toBe('pause');
  const community: ScreeningRound = { ...threeClean[2]!, positives: ['fever_clinic'] };
  expect(screeningNextStep(nine, [...threeClean.slice(0, 2), community])).toMatchObject({
    step: 'screen',
    cleanRounds: 0,
  });
});

test('C1: a positive in the last round starts the row again', () => {
  const last: ScreeningRound = { ...clean('2022-08-18'), positives: ['community_screening'] };
  expect(screeningNextStep(nine, [...threeClean, last])).toMatchObject({
    step: 'screen',
    nextOn: '2022-08-19',
  });
});

test('C1: an unfinished round decides nothing and is to be finished first', () => {
  const open: ScreeningRound = { ...clean('2022-08-14'), complete: false };
  expect(screeningNextStep(nine, [...threeClean.slice(0, 2), open])).toMatchObject({
    step: 'finish_round',
    cleanRounds: 2,
  });
});

test('C1: whoever screens daily without community positives stops, and never stops on a community positive', () => {
  const rounds = fc.array(fc.array(fc.constantFrom(...FOUND_IN), { maxLength: 2 }), { maxLength: 15 });
  fc.assert(
    fc.property(rounds, (positivesByDay) => {
      const given = positivesByDay.map((positives, i) => ({
        sampledOn: addDays('2022-08-12', i),
        complete: true,
        positives,
      }));
      const community = nine.screening.communityFoundIn!.value;
      const { step } = screeningNextStep(nine, given);
      if (given.at(-1)?.positives.some((each) => community.includes(each))) expect(step).toBe('screen');
      const then = Array.from({ length: 7 }, (_, i) => clean(addDays('2022-08-12', given.length + i)));
      expect(screeningNextStep(nine, [...given, ...then]).step).toBe('stop');
    }),
  );
});

test('C1: a pack that screens no areas refuses to plan rounds', () => {
  expect(() => screeningNextStep(getPackOrThrow('plague-cn'), [])).toThrow(/this pack screens no areas/);
});

test('C3: pool sizes follow the population, are all validated, and contacts are tested singly', () => {
  expect(poolingRule(nine, 'large_low_risk').sizes).toEqual([10, 20]);
  expect(poolingRule(nine, 'contacts_in_isolation').sizes).toEqual([1]);
  expect(() => poolingRule(getPackOrThrow('plague-cn'), 'patients')).toThrow(/test singly/);
});

test('C3: a positive pool holds every member, re-samples each singly twice and re-tests the tube', () => {
  const reflex = poolReflex(nine, { tubeId: 'T1', memberIds: ['p1', 'p2'] });
  expect(reflex).toMatchObject({ hold: ['p1', 'p2'], retestTubeId: 'T1' });
  expect(reflex.resample).toEqual([
    { personId: 'p1', tubeSize: 1, samples: 2, assays: 2 },
    { personId: 'p2', tubeSize: 1, samples: 2, assays: 2 },
  ]);
});

test('C3: the expected reflex load is the sum over pools of (1 - (1 - p)^k) k', () => {
  expect(expectedReflexLoad([10], 0.001)).toBeCloseTo(0.0995512, 6);
  expect(expectedReflexLoad([10, 20], 1)).toBe(30);
  expect(() => expectedReflexLoad([10], 5)).toThrow(/not a share/);
});
