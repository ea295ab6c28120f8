import fc from 'fast-check';
import { expect, test } from 'vitest';
import { getPackOrThrow } from './catalogue.ts';
import { quarantineSchedule } from './quarantine-schedule.ts';
import { type ReleaseFacts, releaseCheck, type SiteSampleFact, type TestFact } from './release-check.ts';

const nine = getPackOrThrow('covid19-cn-9');
const plague = getPackOrThrow('plague-cn');

const negative = (sampledAt: string): TestFact => ({ sampledAt, result: 'negative' });
const at = (day: number, time = '08:00') => `2022-08-${String(day).padStart(2, '0')}T${time}:00+08:00`;

const close = quarantineSchedule(nine, {
  class: 'close',
  anchors: { last_exposure: '2022-08-10' },
  placedAt: at(11),
});
const ownTests = [11, 12, 13, 15, 17].map((day) => negative(at(day, '09:00')));
const site: SiteSampleFact[] = [
  { kind: 'environment', sampledAt: at(17), result: 'negative' },
  { kind: 'goods', sampledAt: at(17), result: 'negative' },
];
const complete: ReleaseFacts = { tests: ownTests, siteSamples: site };
const check = (facts: Partial<ReleaseFacts>, now = at(17, '20:00')) =>
  releaseCheck(nine, { kind: 'contact', schedule: close }, { ...complete, ...facts }, now);

test('E1: a contact with all tests, goods and environment negative on the last day may leave', () => {
  expect(check({})).toEqual({ releasable: true, blocking: [], missedTests: [] });
});

test('E1: before the last day the period blocks, and says when it clears by itself', () => {
  const answer = check({}, at(16, '20:00'));
  expect(answer.releasable).toBe(false);
  expect(answer.blocking[0]).toMatchObject({ rule: 'management.classes.close', clearsAt: at(17, '00:00') });
});

test('E1: a result that arrives on day 7 of a sample taken on day 6 is no day-7 test', () => {
  const early = [...ownTests.slice(0, 4), negative(at(16, '23:59'))];
  const answer = check({ tests: early });
  expect(answer.blocking.map((block) => block.why.en)).toEqual([
    'no negative result of a sample taken on 2022-08-17 (day 7) or later',
  ]);
});

test('E1: a sample whose result is out only later blocks until it is answered', () => {
  const pending: TestFact = { sampledAt: at(17, '09:00'), result: 'pending' };
  expect(
    check({ tests: [...ownTests.slice(0, 4), pending] }).blocking.map((block) => block.why.en),
  ).toContain(`result of the sample of ${pending.sampledAt} is not out`);
});

test('E1: an earlier test day the authority missed is named and does not hold the person', () => {
  const answer = check({ tests: ownTests.filter((_, index) => index !== 2) });
  expect(answer.releasable).toBe(true);
  expect(answer.missedTests).toEqual([{ day: 3, date: '2022-08-13' }]);
});

test('E1: missing and positive goods or environment samples block, the second until infection is excluded', () => {
  expect(check({ siteSamples: [site[0]!] }).blocking[0]?.why.en).toMatch(/no result of a goods sample/);
  const old = site.map((sample) => ({ ...sample, sampledAt: at(15) }));
  expect(check({ siteSamples: old }).blocking).toHaveLength(2);
  const positive: SiteSampleFact[] = [site[0]!, { ...site[1]!, result: 'positive' }];
  expect(check({ siteSamples: positive }).blocking[0]?.why.en).toMatch(/first exclude infection/);
  expect(check({ siteSamples: positive, siteExposureExcluded: true }).releasable).toBe(true);
});

test('E1: any positive of the person since placement blocks without an end by time', () => {
  const answer = check({ tests: [{ sampledAt: at(12), result: 'positive' }, ...ownTests] });
  expect(answer.blocking).toMatchObject([
    { why: { en: 'a result is positive: manage as an infected person' } },
  ]);
  expect(answer.blocking[0]).not.toHaveProperty('clearsAt');
});

test('E1: a contact of contact hangs on the first two tests of the close contact by sampling time', () => {
  const schedule = quarantineSchedule(nine, {
    class: 'contact_of_contact',
    anchors: { last_exposure: '2022-08-10' },
    placedAt: at(11),
  });
  const tests = [11, 14, 17].map((day) => negative(at(day, '09:00')));
  const ask = (closeContactTests: TestFact[]) =>
    releaseCheck(nine, { kind: 'contact', schedule }, { tests, closeContactTests }, at(17, '20:00'));
  expect(ask([negative(at(12)), negative(at(11))]).releasable).toBe(true);
  expect(ask([negative(at(11))]).blocking[0]?.why.en).toMatch(/only 1 of the close contact's first 2/);
  expect(ask([{ sampledAt: at(12), result: 'positive' }, negative(at(11))]).blocking[0]?.why.en).toMatch(
    /becomes a close contact/,
  );
  // The third test of the close contact is another matter: the rule names the first two.
  expect(
    ask([negative(at(11)), negative(at(12)), { sampledAt: at(13), result: 'positive' }]).releasable,
  ).toBe(true);
});

const infected = (facts: Partial<ReleaseFacts>, now = at(20)) =>
  releaseCheck(nine, { kind: 'infected' }, { tests: [], severity: 'mild', ...facts }, now);

test('E2: two tests 24 h apart by sampling time release a mild case; 23 h 59 min do not', () => {
  expect(infected({ tests: [negative(at(18, '08:00')), negative(at(19, '08:00'))] }).releasable).toBe(true);
  const short = infected({ tests: [negative(at(18, '08:00')), negative(at(19, '07:59'))] });
  expect(short.blocking[0]?.why.en).toMatch(
    /less than 24 h apart: sample again after 2022-08-19T08:00:00\+08:00/,
  );
});

test('E2: a positive passes only with Ct of at least 35 in both targets', () => {
  const weak = (ORF1ab: number, N: number): TestFact => ({
    sampledAt: at(19),
    result: 'positive',
    ct: { ORF1ab, N },
  });
  expect(infected({ tests: [negative(at(18)), weak(35, 36.4)] }).releasable).toBe(true);
  expect(infected({ tests: [negative(at(18)), weak(34.9, 38)] }).releasable).toBe(false);
  const oneTarget: TestFact = { sampledAt: at(19), result: 'positive', ct: { N: 38 } };
  expect(infected({ tests: [negative(at(18)), oneTarget] }).releasable).toBe(false);
});

test('E2: a failing test between two good ones breaks the pair', () => {
  const between: TestFact = { sampledAt: at(18, '20:00'), result: 'positive', ct: { ORF1ab: 30, N: 31 } };
  expect(infected({ tests: [negative(at(18)), between, negative(at(19))] }).releasable).toBe(false);
});

test('E2: a moderate case also needs temperature normal for more than three days and improvement', () => {
  const tests = [negative(at(18)), negative(at(19))];
  const sick = infected({ tests, severity: 'moderate', temperatureNormalSince: at(18) });
  expect(sick.blocking.map((block) => block.why.en)).toEqual([
    'temperature not normal for more than 3 days',
    'clear improvement of symptoms and imaging not recorded',
  ]);
  const well = {
    tests,
    severity: 'moderate',
    temperatureNormalSince: at(15),
    clinicalImprovement: true,
  } as const;
  expect(infected(well).releasable).toBe(true);
});

test('E2: pneumonic plague needs six negative cultures in a row, bubonic seven days after the node', () => {
  const culture = (day: number): TestFact => ({ ...negative(at(day)), method: 'sputum_culture' });
  const tests = [10, 11, 12, 13, 14, 15].map(culture);
  const pneumonic = (given: TestFact[]) =>
    releaseCheck(plague, { kind: 'infected', form: 'pneumonic' }, { tests: given }, at(20)).releasable;
  expect(pneumonic(tests)).toBe(true);
  expect(pneumonic(tests.slice(1))).toBe(false);
  const bubonic = releaseCheck(
    plague,
    { kind: 'infected', form: 'bubonic' },
    { tests: [], nodeResolvedOn: '2022-08-14' },
    at(20),
  );
  expect(bubonic.blocking[0]?.clearsAt).toBe(at(21, '00:00'));
  expect(() => releaseCheck(plague, { kind: 'infected' }, { tests: [] }, at(20))).toThrow(
    /choose one of pneumonic, bubonic/,
  );
});

test('E1: the order in which results reach us never changes the answer', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(ownTests, { minLength: 0 }), (tests) => {
      const sorted = [...tests].sort((a, b) => a.sampledAt.localeCompare(b.sampledAt));
      expect(check({ tests })).toEqual(check({ tests: sorted }));
    }),
  );
});
