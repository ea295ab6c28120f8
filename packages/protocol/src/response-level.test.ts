import { expect, test } from 'vitest';
import { getPackOrThrow, packs } from './catalogue.ts';
import { RESPONSE_LEVELS } from './pack.ts';
import { compareLevels, proposeLevel, responseLevel, type SituationCase } from './response-level.ts';

const plague = getPackOrThrow('plague-cn');
const nine = getPackOrThrow('covid19-cn-9');
const cases = (count: number, over: Partial<SituationCase> = {}): SituationCase[] =>
  Array.from({ length: count }, () => ({ county: '632524', date: '2009-08-01', form: 'pneumonic', ...over }));

test('A2 golden: Ziketan 2009, 12 pneumonic cases in one county within 6 days, is Level II', () => {
  const proposal = proposeLevel(plague, [
    ...cases(1, { date: '2009-07-30' }),
    ...cases(7, { date: '2009-08-01' }),
    ...cases(4, { date: '2009-08-03' }),
  ]);
  expect(proposal.level).toBe('II');
  expect(proposal.met[0]).toMatchObject({ count: 12, atLeast: 5, rule: 'response.criteria.pneumonicFive' });
  expect(proposal.authority?.zh).toBe('省级人民政府');
});

test('A2: four pneumonic cases are Level III, five Level II, and cases outside 6 days do not add up', () => {
  expect(proposeLevel(plague, cases(4)).level).toBe('III');
  expect(proposeLevel(plague, cases(5)).level).toBe('II');
  expect(proposeLevel(plague, [...cases(3), ...cases(3, { date: '2009-08-07' })]).level).toBe('III');
  expect(proposeLevel(plague, [...cases(3), ...cases(2, { date: '2009-08-06' })]).level).toBe('II');
});

test('A2: bubonic plague is IV below ten, III from ten or in two counties, II from twenty', () => {
  const form = 'bubonic';
  expect(proposeLevel(plague, cases(9, { form })).level).toBe('IV');
  expect(proposeLevel(plague, cases(10, { form })).level).toBe('III');
  expect(proposeLevel(plague, [...cases(1, { form }), ...cases(1, { form, county: '632521' })]).level).toBe(
    'III',
  );
  expect(proposeLevel(plague, cases(20, { form })).level).toBe('II');
});

test('A2: pneumonic plague in two provinces is Level I', () => {
  expect(proposeLevel(plague, [...cases(1), ...cases(1, { county: '540102' })]).level).toBe('I');
});

test('A2: no case is ungraded, and a criterion of our own is shown as unverified', () => {
  expect(proposeLevel(nine, [])).toEqual({ level: null, authority: null, met: [] });
  expect(proposeLevel(nine, cases(1)).met[0]).toMatchObject({ level: 'IV', confidence: 'unverified' });
});

test('A3: raising the level adds lines to adopt, lowering it ends the same lines', () => {
  const raised = compareLevels(nine, 'IV', 'III');
  expect(raised.measuresAdded.map((line) => line.id)).toEqual(['limit-gatherings', 'risk-areas']);
  expect(raised.tasksEnded).toEqual([]);
  const lowered = compareLevels(nine, 'III', 'IV');
  expect(lowered.measuresEnded).toEqual(raised.measuresAdded);
  expect(lowered.tasksEnded).toEqual(raised.tasksAdded);
});

test('R6: every standing measure of every level has a review time, and ids are unique', () => {
  for (const pack of Object.values(packs)) {
    for (const level of RESPONSE_LEVELS) {
      const { measures, tasks } = responseLevel(pack, level);
      expect(measures.every((measure) => measure.reviewHours <= 72)).toBe(true);
      const ids = [...measures, ...tasks].map((line) => line.id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  }
});
