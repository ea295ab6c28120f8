import { type Client, newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemContext } from '../../platform/context.ts';
import { inScopedTransaction } from '../../platform/db/pool.ts';
import { emit } from '../../platform/outbox/emit.ts';
import {
  findOutbreakFile,
  openTestHouse,
  type SignedIn,
  type TestHouse,
} from '../../platform/testing/index.ts';
import { placeIdOfCode } from '../places/index.ts';
import { importOutbreak, sarsList } from './outbreak-ground.ts';

const purpose = 'case_investigation' as const;
const given = (mean: number, sd: number) =>
  ({ serialInterval: 'given', intervalMean: mean, intervalSd: sd }) as const;

describe('analysis of real outbreaks', () => {
  let house: TestHouse;
  let epidemiologist: SignedIn;
  let client: Client;
  let mers: string;

  beforeAll(async () => {
    house = await openTestHouse('2022-08-12T09:00:00+08:00');
    epidemiologist = await house.signIn('epidemiologist', '6325');
    client = epidemiologist.client;
    const [cases, contacts] = [
      findOutbreakFile('mers_korea_2015_linelist.csv'),
      findOutbreakFile('mers_korea_2015_contacts.csv'),
    ];
    if (cases && contacts)
      mers = await importOutbreak(house, client, {
        cases,
        contacts,
        packId: 'mers',
      });
  });
  afterAll(() => house.close());

  const needsMers = { reason: 'no shared/data/outbreaks folder above the checkout' };

  it('Rt of MERS in Korea 2015 by onset equals the published windows to the digit [B6 A7]', async (test) => {
    if (!mers) return test.skip(needsMers.reason);
    const answer = await client.analysis.reproduction({ purpose, query: { lineListId: mers } });
    expect(answer.lacking).toEqual([]);
    // The interval is the pack's, and says so.
    expect(answer.interval).toMatchObject({ from: 'pack', mean: 12.6, sd: 2.8, pack: { id: 'mers' } });
    expect(answer).toMatchObject({ firstDay: '2015-05-11', missingCount: 27 });
    expect(answer.about).toMatchObject({ casesCount: 162, cutoffFrom: 'last_record' });
    const inWindow = (tStart: number) => {
      const { mean, quantiles } = answer.windows.find((one) => one.tStart === tStart)!;
      return [mean, quantiles['0.025'], quantiles['0.975']].map((value) => value!.toFixed(3));
    };
    expect(inWindow(18)).toEqual(['4.192', '3.149', '5.382']);
    expect(inWindow(22)).toEqual(['3.757', '2.929', '4.687']);
    expect(inWindow(26)).toEqual(['1.567', '1.119', '2.088']);
    expect(inWindow(30)).toEqual(['0.289', '0.158', '0.459']);
    // Wild before one serial interval has passed: marked, not hidden in the answer.
    expect(answer.windows.find(({ tStart }) => tStart === 10)!.marks).toContain('early');
    expect(answer.windows.find(({ tStart }) => tStart === 18)!.marks).not.toContain('early');
  });

  it('Rt of SARS in Canada 2003 holds for the windows of the record [B6]', async (test) => {
    const file = findOutbreakFile('sars_canada_2003.csv');
    if (!file) return test.skip(needsMers.reason);
    const lineListId = await importOutbreak(house, client, { cases: sarsList(file) });
    const query = { lineListId, ...given(8.4, 3.8) };
    const { windows, about } = await client.analysis.reproduction({ purpose, query });
    expect(about.casesCount).toBe(250);
    const means = [17, 31, 75, 104].map((day) => {
      const { mean, quantiles } = windows.find(({ tStart }) => tStart === day)!;
      return [mean, quantiles['0.025'], quantiles['0.975']].map((value) => value!.toFixed(3)).join(' ');
    });
    expect(means).toEqual([
      '3.468 1.941 5.432',
      '1.292 0.923 1.722',
      '3.034 1.515 5.073',
      '0.205 0.056 0.449',
    ]);
    expect(windows.find(({ tStart }) => tStart === 104)!.marks).toContain('few');
    // A list without a pack has no interval until somebody chooses one.
    const without = await client.analysis.reproduction({ purpose, query: { lineListId } });
    expect(without).toMatchObject({ interval: null, windows: [] });
    expect(without.lacking.map(({ what }) => what)).toEqual(['serial_interval']);
  });

  it('severity of the Ebola list: 56.6 % of resolved cases died, the naive share beside it is lower [B6]', async (test) => {
    const file = findOutbreakFile('ebola_sim_clean_linelist.csv');
    if (!file) return test.skip(needsMers.reason);
    // Read without its day of outcome: the door refuses 197 rows whose outcome lies before their onset.
    const lineListId = await importOutbreak(house, client, { cases: file, leaveOut: 'dateOutcome' });
    const answer = await client.analysis.severity({ purpose, query: { lineListId } });
    expect(answer).toMatchObject({ deathsCount: 2564, recoveredCount: 1963, unresolvedCount: 1302 });
    expect((100 * answer.resolved!.estimate!).toFixed(1)).toBe('56.6');
    expect(answer.naive!.estimate).toBeCloseTo(2564 / 5829, 10);
    // Without a day of death there is no delay to adjust by, and that is said.
    expect(answer).toMatchObject({
      adjusted: null,
      adjustedLacking: [{ what: 'deaths_with_days', have: 0 }],
    });
    const { delays } = await client.analysis.delays({ purpose, query: { lineListId } });
    const incubation = delays.find(({ name }) => name === 'incubation')!;
    expect(incubation.pairsCount).toBe(3742);
    expect([incubation.observed!.mean, incubation.observed!.sd!].map((value) => value.toFixed(2))).toEqual([
      '10.08',
      '7.70',
    ]);
    // No report dates in this list: said, not guessed.
    expect(delays.find(({ name }) => name === 'report')).toMatchObject({
      fits: [],
      lacking: [{ what: 'pairs', have: 0, need: 10 }],
    });
  });

  it('offspring and serial interval of MERS: few cases caused most, 98 pairs of 14.47 days [B6]', async (test) => {
    if (!mers) return test.skip(needsMers.reason);
    const answer = await client.analysis.offspring({ purpose, query: { lineListId: mers } });
    expect(answer).toMatchObject({ linksCount: 98, ambiguousCount: 2, leftOutCount: 0, countedCases: 3 });
    expect(answer.R!.estimate!).toBeCloseTo(98 / 162, 10);
    expect(answer.k!.estimate!).toBeCloseTo(0.02, 2);
    expect(answer.fittedProportion!).toBeLessThan(0.03);
    expect(answer.table.reduce((sum, { casesCount }) => sum + casesCount, 0)).toBe(162);
    expect(answer.serialInterval.mean!.toFixed(2)).toBe('14.47');
    expect(answer.serialInterval.sd!.toFixed(2)).toBe('5.20');
    // The same pairs as the interval of Rt.
    const query = { lineListId: mers, serialInterval: 'chains' as const };
    const { interval } = await client.analysis.reproduction({ purpose, query });
    expect(interval).toMatchObject({ from: 'chains', pairsCount: 98 });
    expect(interval!.mean.toFixed(2)).toBe('14.47');
  });

  it('a nowcast as of a past day expects what was reported later and counts nothing twice [A7]', async (test) => {
    if (!mers) return test.skip(needsMers.reason);
    const query = { lineListId: mers, until: '2015-06-08' };
    const past = await client.analysis.curve({ purpose, query });
    const now = await client.analysis.curve({ purpose, query: { lineListId: mers } });
    expect(past.about).toMatchObject({ cutoffDay: '2015-06-08', cutoffFrom: 'chosen' });
    expect(past.about.casesCount + past.about.afterCutoffCount).toBe(162);
    expect(past.incompleteBy).toBe('delay');
    const incomplete = past.days.filter((day) => day.incomplete);
    expect(incomplete.length).toBeGreaterThan(3);
    for (const { day, count, reportedProportion, nowcast } of incomplete) {
      expect(now.days.find((one) => one.day === day)!.count).toBeGreaterThanOrEqual(count);
      // Of a day of which hardly anything is in, nothing is told: ten times a handful is no estimate.
      if (reportedProportion! < 1 / 3) expect(nowcast).toBeNull();
      else {
        expect(nowcast!.low).toBeGreaterThanOrEqual(count);
        expect(nowcast!.estimate! * reportedProportion!).toBeCloseTo(count, 8);
      }
    }
    expect(incomplete.some(({ nowcast }) => nowcast !== null)).toBe(true);
    expect(incomplete.at(-1)).toMatchObject({ day: '2015-06-08', nowcast: null });
    expect(past.days.every((day) => day.incomplete || day.nowcast === null)).toBe(true);
  });

  it('fatality adjusted for deaths to come is above the naive share, and needs ten dated deaths [B6 A7]', async (test) => {
    const file = findOutbreakFile('ebola_sim_clean_linelist.csv');
    if (!mers || !file) return test.skip(needsMers.reason);
    const lineListId = await importOutbreak(house, client, { cases: file });
    const ebola = await client.analysis.severity({ purpose, query: { lineListId, until: '2014-10-01' } });
    expect(ebola.adjusted!.low!).toBeGreaterThan(ebola.naive!.estimate!);
    expect(ebola.onsetToDeath!.pairsCount).toBeGreaterThan(100);
    expect(ebola.knownOutcomesCount!).toBeLessThan(ebola.about.casesCount);
    // MERS names a day for 10 of 19 deaths, and an onset for 7 of those.
    const few = await client.analysis.severity({ purpose, query: { lineListId: mers } });
    expect(few.naive!.estimate).toBeCloseTo(19 / 162, 10);
    // Nobody wrote down a recovery: 19 of 19 resolved cases dead is no fatality.
    expect(few).toMatchObject({
      resolved: null,
      resolvedLacking: [{ what: 'recovered_cases', have: 0, need: 5 }],
      adjusted: null,
      adjustedLacking: [{ what: 'deaths_with_days', have: 7, need: 10 }],
    });
  });

  it('the case reproduction number looks back: it equals EpiEstim’s, and windows whose infectees are to come are marked [A7]', async (test) => {
    if (!mers) return test.skip(needsMers.reason);
    const query = { lineListId: mers, ...given(12.6, 2.8) };
    const whole = await client.analysis.caseReproduction({ purpose, query });
    // wallinga_teunis of EpiEstim 2.2-4 on the 36 days from 11 May by onset.
    const published = { 2: 4.576987383311, 8: 3.744959554142, 18: 0.318737204752 };
    for (const [tStart, mean] of Object.entries(published)) {
      const one = whole.windows.find((window) => window.tStart === Number(tStart))!;
      expect(one.mean).toBeCloseTo(mean, 9);
      expect(Object.keys(one.quantiles)).toHaveLength(7);
    }
    // The list ends in the middle of the outbreak: its last week says nothing of whom they infected.
    expect(whole.windows.at(-1)!.marks).toContain('truncated');
    const past = await client.analysis.caseReproduction({
      purpose,
      query: { ...query, until: '2015-06-05' },
    });
    const cut = past.windows.filter(({ marks }) => marks.includes('truncated'));
    expect(cut.length).toBeGreaterThan(5);
    expect(cut.at(-1)!.until).toBe('2015-06-05');
  });

  it('a forecast from a past day holds what came, says what it rests on and believes no day still filling up [A7]', async (test) => {
    if (!mers) return test.skip(needsMers.reason);
    const query = { lineListId: mers, until: '2015-06-12', horizonDays: 3 };
    const told = await client.analysis.forecast({ purpose, query });
    expect(told).toMatchObject({ lacking: [], kFrom: 'links', level: 0.95 });
    expect(told.k!).toBeLessThan(0.1);
    expect(told.R!.until <= told.lastCompleteDay!).toBe(true);
    const days = told.days.filter(({ forecast }) => forecast !== null);
    expect(days[0]!.day > told.lastCompleteDay!).toBe(true);
    expect(days.at(-1)!.day).toBe('2015-06-15');
    expect(told.days.filter(({ incomplete }) => incomplete).every(({ forecast }) => forecast !== null)).toBe(
      true,
    );
    const now = await client.analysis.curve({ purpose, query: { lineListId: mers } });
    const came = now.days.filter(({ day }) => day >= days[0]!.day && day <= '2015-06-15');
    const total = came.reduce((sum, { count }) => sum + count, 0);
    expect(told.total!.low).toBeLessThanOrEqual(total);
    expect(told.total!.high).toBeGreaterThanOrEqual(total);
    expect(await client.analysis.forecast({ purpose, query })).toMatchObject({ total: told.total });
    // Five days in June with what was known on the fifth: no complete window beyond one serial interval, so no forecast.
    const early = await client.analysis.forecast({ purpose, query: { ...query, until: '2015-06-05' } });
    expect(early).toMatchObject({
      R: null,
      total: null,
      k: 0.3,
      kFrom: 'assumed',
      lacking: [{ what: 'days_since_first_case' }],
    });
  });

  it('growth: doubling while the outbreak rose, halving at its end, with the R they mean [A7]', async (test) => {
    if (!mers) return test.skip(needsMers.reason);
    const rise = await client.analysis.growth({
      purpose,
      query: { lineListId: mers, from: '2015-05-18', to: '2015-06-01' },
    });
    expect(rise.growthRate!.low!).toBeGreaterThan(0);
    expect(rise.halvingTimeDays?.estimate ?? -1).toBeLessThan(0);
    expect(rise.doublingTimeDays!.estimate).toBeCloseTo(Math.LN2 / rise.growthRate!.estimate!, 10);
    expect(rise.reproduction!.estimate!).toBeGreaterThan(1);
    const fitted = rise.days.filter((day) => day.fitted !== null);
    expect(fitted.at(0)!.day).toBe('2015-05-18');
    expect(fitted.at(-1)!.day).toBe('2015-06-01');
    await expect(
      client.analysis.growth({ purpose, query: { lineListId: mers, from: '2015-06-02', to: '2015-06-01' } }),
    ).rejects.toMatchObject({ code: 'rule.refused' });
  });

  it('more cases than chance explains raise one signal a place and day, with what it rests on, and become nobody’s case [A1 A7]', async () => {
    const duty = await house.signIn('duty_officer', '632522');
    const report = async (dateReporting: string) => {
      await client.cases.open({
        purpose,
        body: {
          id: newId(),
          incidentId: null,
          personId: null,
          classification: 'confirmed',
          division: '632522100',
          values: { dateReporting },
          reason: '报告',
        },
      });
      await house.settle();
    };
    const open = async () => (await duty.client.incidents.signals({ query: { state: ['open'] } })).items;
    await report('2022-07-20');
    await report('2022-08-05');
    // A week with one case: expected 1/7, bound 3.2 with a least deviation of one case.
    for (let i = 0; i < 3; i += 1) await report('2022-08-12');
    expect(await open()).toEqual([]);
    for (let i = 0; i < 3; i += 1) await report('2022-08-12');
    const [signal, ...others] = await open();
    expect(others).toEqual([]);
    expect(signal).toMatchObject({
      kind: 'aberration',
      division: '632522',
      personId: null,
      evidence: { series: 'cases', method: 'c2', day: '2022-08-12', observed: 4 },
    });
    expect(signal!.evidence!.expected).toBeCloseTo(1 / 7, 10);
    const body = {
      id: newId(),
      signalIds: [signal!.id],
      packId: 'covid19-cn-9',
      level: 'IV' as const,
      division: '632522',
      name: { zh: '同德县疫情', en: 'Tongde outbreak' },
      reason: '病例数异常',
    };
    await duty.client.incidents.activate({ body });
    await house.settle();
    expect((await client.cases.list({ purpose, query: { incidentId: body.id } })).total).toBe(0);
    // Where a response runs, the next day's alarm is no news.
    house.clock.set('2022-08-13T09:00:00+08:00');
    for (let i = 0; i < 9; i += 1) await report('2022-08-13');
    expect(await open()).toEqual([]);
  });

  it('more positives than chance explains raise one too, once the county has sampled long enough to know [A1 A7]', async () => {
    const duty = await house.signIn('duty_officer', '632523');
    const day = new Date(house.clock.nowMs() + 8 * 3_600_000).toISOString().slice(0, 10);
    const positive = async () => {
      await inScopedTransaction(house.platform.db, '6325', (trx) =>
        emit(systemContext(house.platform, trx), {
          kind: 'result.screening_positive',
          division: '632523100',
          subject: { type: 'result', id: newId() },
          data: { resultId: newId() },
        }),
      );
      await house.settle();
    };
    const found = async () =>
      (await duty.client.incidents.signals({ query: { state: ['open'] } })).items.filter(
        ({ kind }) => kind === 'aberration',
      );
    for (let i = 0; i < 4; i += 1) await positive();
    // Nobody there was ever sampled, as far as the counters know: four of how many?
    expect(await found()).toEqual([]);
    await house.asSuperuser(
      `insert into situation_counter (name, division, day, value, as_of)
       values ('samples', '632523100', $1::date - 20, 900, now())`,
      [day],
    );
    await positive();
    await positive();
    expect(await found()).toMatchObject([
      { division: '632523', evidence: { series: 'positives', day, observed: 5, expected: 0 } },
    ]);
  });

  it('who read a list for its figures, and why, stands in the audit [I4]', async (test) => {
    if (!mers) return test.skip(needsMers.reason);
    await client.analysis.severity({ purpose, query: { lineListId: mers } });
    const auditor = await house.signIn('auditor', '6325');
    const { items } = await auditor.client.audit.list({
      purpose: 'oversight',
      query: { subjectId: mers },
    });
    expect(items[0]).toMatchObject({
      route: 'analysis.severity',
      purpose,
      actor: { id: epidemiologist.accountId },
    });
  });
});

describe('analysis of an incident', () => {
  let house: TestHouse;
  let prefecture: SignedIn;
  let county: SignedIn;
  let incidentId: string;
  const other = '632523';

  beforeAll(async () => {
    house = await openTestHouse('2022-08-11T21:40:00+08:00');
    prefecture = await house.signIn('epidemiologist', '6325');
    county = await house.signIn('epidemiologist', '632521');
    const duty = await house.signIn('duty_officer', '6325');
    incidentId = newId();
    const desk = await house.signIn('field_worker', '632521');
    const personId = newId();
    await desk.client.people.register({
      purpose: 'testing',
      body: { id: personId, nameZh: '居民甲', placeId: placeIdOfCode('632521100') },
    });
    const signal = await duty.client.incidents.raiseSignal({
      body: { id: newId(), division: '632521100', personId, note: '初筛阳性' },
    });
    await duty.client.incidents.activate({
      body: {
        id: incidentId,
        signalIds: [signal.id],
        packId: 'covid19-cn-9',
        level: 'II',
        division: '6325',
        name: { zh: '海南州疫情', en: 'Hainan outbreak' },
        reason: '发现初筛阳性',
      },
    });
    await house.settle();
  });
  afterAll(() => house.close());

  const open = (division: string, dateOnset: string, dateReporting: string) =>
    prefecture.client.cases.open({
      purpose,
      body: {
        id: newId(),
        incidentId,
        personId: null,
        classification: 'confirmed',
        division,
        values: { dateOnset, dateReporting },
        reason: '报告',
      },
    });

  it('a first case has no Rt, no growth and no fatality, and the answer says what is lacking [A7]', async () => {
    await open('632521100', '2022-08-10', '2022-08-11');
    const query = { incidentId };
    const rt = await prefecture.client.analysis.reproduction({ purpose, query });
    expect(rt.windows).toEqual([]);
    expect(rt.lacking).toEqual([
      { what: 'dated_cases', have: 1, need: 10 },
      { what: 'days_with_cases', have: 1, need: 5 },
      { what: 'days_since_first_case', have: 2, need: 8 },
    ]);
    const growth = await prefecture.client.analysis.growth({ purpose, query });
    expect(growth).toMatchObject({ growthRate: null, doublingTimeDays: null, reproduction: null });
    const severity = await prefecture.client.analysis.severity({ purpose, query });
    expect(severity).toMatchObject({ naive: null, resolved: null, adjusted: null });
    const forecast = await prefecture.client.analysis.forecast({ purpose, query });
    expect(forecast).toMatchObject({ R: null, total: null, lacking: rt.lacking });
    const cohort = await prefecture.client.analysis.caseReproduction({ purpose, query });
    expect(cohort).toMatchObject({ windows: [], lacking: rt.lacking });
    const offspring = await prefecture.client.analysis.offspring({ purpose, query });
    expect(offspring).toMatchObject({ R: null, k: null, fittedProportion: null });
    const curve = await prefecture.client.analysis.curve({ purpose, query });
    // In a running incident the last days are incomplete by rule until a delay can be measured.
    expect(curve).toMatchObject({ incompleteBy: 'rule', days: [{ count: 1, nowcast: null }, { count: 0 }] });
  });

  it('a county reads its own cases only, and is refused the area beside it [A7 I4]', async () => {
    const before = await county.client.analysis.curve({ purpose, query: { incidentId } });
    for (let day = 1; day <= 6; day += 1) await open(other, `2022-08-0${day}`, `2022-08-0${day + 1}`);
    const all = await prefecture.client.analysis.curve({ purpose, query: { incidentId } });
    const own = await county.client.analysis.curve({ purpose, query: { incidentId } });
    expect(all.about).toMatchObject({ casesCount: 8, within: '6325' });
    expect(own.about).toMatchObject({ casesCount: 2, within: '632521' });
    // Six cases elsewhere leave no trace in it.
    expect(own).toEqual(before);
    await expect(
      county.client.analysis.curve({ purpose, query: { incidentId, within: other } }),
    ).rejects.toMatchObject({ code: 'access.outside_scope' });
    const beside = await prefecture.client.analysis.curve({ purpose, query: { incidentId, within: other } });
    expect(beside.about.casesCount).toBe(6);
    // Below a county numbers point at people.
    await expect(
      prefecture.client.analysis.curve({ purpose, query: { incidentId, within: '632521100' } }),
    ).rejects.toMatchObject({ code: 'request.invalid' });
  });

  it('neither or both sources are refused, and so is a purpose that is not named [I4]', async () => {
    await expect(prefecture.client.analysis.curve({ purpose, query: {} })).rejects.toMatchObject({
      code: 'rule.refused',
    });
    await expect(
      prefecture.client.analysis.curve({ purpose: 'testing' as never, query: { incidentId } }),
    ).rejects.toMatchObject({ code: 'access.purpose_refused' });
  });

  it('too few days of tests give no alarm and say so [A7]', async () => {
    const query = { incidentId, series: 'positives' as const };
    const answer = await prefecture.client.analysis.aberrations({ purpose, query });
    expect(answer).toMatchObject({ alarmsCount: 0, lacking: [{ what: 'history_days', need: 12 }] });
  });
});
