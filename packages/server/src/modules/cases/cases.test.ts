import { newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type SignedIn, type TestHouse } from '../../platform/testing/index.ts';
import { placeIdOfCode } from '../places/index.ts';

const TOWN = placeIdOfCode('632521100');
const purpose = 'case_investigation' as const;

describe('cases', () => {
  let house: TestHouse;
  let duty: SignedIn;
  let investigator: SignedIn;
  let desk: SignedIn;

  beforeAll(async () => {
    house = await openTestHouse('2022-08-11T21:40:00+08:00');
    duty = await house.signIn('duty_officer', '632521');
    investigator = await house.signIn('epidemiologist', '632521');
    desk = await house.signIn('field_worker', '632521');
  });
  afterAll(() => house.close());

  async function openFromSignal() {
    const personId = newId();
    await desk.client.people.register({
      purpose: 'testing',
      body: { id: personId, nameZh: '居民甲', placeId: TOWN },
    });
    const signal = await duty.client.incidents.raiseSignal({
      body: { id: newId(), division: '632521100', personId, note: '初筛阳性' },
    });
    const incidentId = newId();
    await duty.client.incidents.activate({
      body: {
        id: incidentId,
        signalIds: [signal.id],
        packId: 'covid19-cn-9',
        level: 'II',
        division: '632521',
        name: { zh: '共和县疫情', en: 'Gonghe outbreak' },
        reason: '发现初筛阳性',
      },
    });
    await house.settle();
    const { items } = await investigator.client.cases.list({ query: { incidentId }, purpose });
    return { personId, incidentId, caseFile: items[0]! };
  }
  const venue = async (nameZh: string) =>
    investigator.client.places.add({
      body: {
        id: newId(),
        parentId: TOWN,
        class: 'catering',
        nameZh,
        lon: 100.62,
        lat: 36.28,
        indoors: true,
      },
    });

  it('a signal that joins an incident is a case in the line list, once [B1 A2]', async () => {
    const { caseFile, incidentId, personId } = await openFromSignal();
    expect(caseFile).toMatchObject({ incidentId, classification: 'suspected', person: { id: personId } });
    await house.settle();
    expect((await investigator.client.cases.list({ query: { incidentId }, purpose })).total).toBe(1);
  });

  it('every change stands in the history with old, new, who, when and why [B1]', async () => {
    const { caseFile } = await openFromSignal();
    const params = { caseId: caseFile.id };
    const changed = await investigator.client.cases.change({
      params,
      purpose,
      body: { version: caseFile.version, values: { dateOnset: '2022-08-10' }, reason: '电话流调' },
    });
    await investigator.client.cases.classify({
      params,
      purpose,
      body: { version: changed.version, classification: 'confirmed', reason: '复核阳性并有症状' },
    });
    const { items } = await investigator.client.cases.history({ params, purpose });
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: 'dateOnset', new: '2022-08-10', reason: '电话流调' }),
        expect.objectContaining({ field: 'classification', old: 'suspected', new: 'confirmed' }),
      ]),
    );
    expect(items.every(({ by }) => by.name !== '')).toBe(true);
  });

  it('an edit on an old version is a clash that shows both, and loses neither [B1]', async () => {
    const { caseFile } = await openFromSignal();
    const params = { caseId: caseFile.id };
    const edit = (dateOnset: string) =>
      investigator.client.cases.change({
        params,
        purpose,
        body: { version: caseFile.version, values: { dateOnset }, reason: '更正' },
      });
    await edit('2022-08-09');
    await expect(edit('2022-08-10')).rejects.toMatchObject({ code: 'edit.clash' });
    expect((await investigator.client.cases.byId({ params, purpose })).dateOnset).toBe('2022-08-09');
  });

  it('an onset after the outcome is refused with the field named [B1]', async () => {
    const { caseFile } = await openFromSignal();
    await expect(
      investigator.client.cases.change({
        params: { caseId: caseFile.id },
        purpose,
        body: {
          version: caseFile.version,
          values: { dateOnset: '2022-08-10', dateOutcome: '2022-08-01' },
          reason: '录入',
        },
      }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it('a stay is on the trajectory; a gap and two places at once are pointed out [B2]', async () => {
    const { caseFile } = await openFromSignal();
    const params = { caseId: caseFile.id };
    const [first, second] = [await venue('城北面馆'), await venue('人民商场')];
    const record = (placeId: string, from: string, until: string) =>
      investigator.client.cases.recordStay({
        params,
        purpose,
        body: {
          id: newId(),
          placeId,
          placeText: null,
          from,
          until,
          source: 'interview',
          certainty: 'certain',
        },
      });
    await record(first.id, '2022-08-10T12:00:00+08:00', '2022-08-10T13:00:00+08:00');
    await record(second.id, '2022-08-10T18:00:00+08:00', '2022-08-10T19:00:00+08:00');
    const trajectory = await investigator.client.cases.trajectory({ params, purpose, query: {} });
    expect(trajectory.stays.map(({ place }) => place?.id)).toEqual([first.id, second.id]);
    expect(trajectory.gaps.length).toBeGreaterThan(0);
  });

  it('a stay that ends before it starts is kept as a draft that says why [B2]', async () => {
    const { caseFile } = await openFromSignal();
    const params = { caseId: caseFile.id };
    const place = await venue('城北茶馆');
    await investigator.client.cases.recordStay({
      params,
      purpose,
      body: {
        id: newId(),
        placeId: place.id,
        placeText: null,
        from: '2022-08-10T13:00:00+08:00',
        until: '2022-08-10T12:00:00+08:00',
        source: 'interview',
        certainty: 'certain',
      },
    });
    const { stays, drafts } = await investigator.client.cases.trajectory({ params, purpose, query: {} });
    expect(stays).toEqual([]);
    expect(drafts).toHaveLength(1);
    expect(drafts[0]!.faults.length).toBeGreaterThan(0);
  });

  it('a draft that is mended becomes a stay; an edit on its old version is a clash; taken away it can be put back [B2]', async () => {
    const { caseFile } = await openFromSignal();
    const params = { caseId: caseFile.id };
    const place = await venue('城北网吧');
    const stayId = newId();
    const given = {
      placeId: null,
      placeText: '没有这个地方',
      from: '2022-08-10T12:00:00+08:00',
      until: '2022-08-10T13:00:00+08:00',
      source: 'interview' as const,
      certainty: 'certain' as const,
    };
    const { cases } = investigator.client;
    const { draft } = await cases.recordStay({ params, purpose, body: { id: stayId, ...given } });
    expect(draft).toMatchObject({ version: 1, faults: [{ fault: 'unknown_place' }] });
    const stayParams = { ...params, stayId };
    const mended = { version: 1, stay: { ...given, placeId: place.id, placeText: null } };
    const { stay } = await cases.editStay({ params: stayParams, purpose, body: mended });
    expect(stay).toMatchObject({ version: 2, place: { id: place.id } });
    await expect(cases.editStay({ params: stayParams, purpose, body: mended })).rejects.toMatchObject({
      code: 'edit.clash',
    });
    await cases.removeStay({ params: stayParams, purpose, body: { reason: '误录' } });
    expect((await cases.trajectory({ params, purpose, query: {} })).stays).toEqual([]);
    await cases.recordStay({ params, purpose, body: { id: stayId, ...given, placeId: place.id } });
    expect((await cases.trajectory({ params, purpose, query: {} })).stays).toHaveLength(1);
  });

  it('a trajectory reaches back fourteen days before the onset [B2]', async () => {
    const { caseFile } = await openFromSignal();
    const params = { caseId: caseFile.id };
    const body = { version: caseFile.version, values: { dateOnset: '2022-08-05' }, reason: '流调' };
    await investigator.client.cases.change({ params, purpose, body });
    const { from } = await investigator.client.cases.trajectory({ params, purpose, query: {} });
    expect(from).toBe('2022-07-21T16:00:00.000Z');
  });

  it('an investigator records who infected whom; the chain shows it and the history says why [B6]', async () => {
    const { caseFile: infectee, incidentId } = await openFromSignal();
    const { cases } = investigator.client;
    const open = (values: object, incident: string | null = incidentId) =>
      cases.open({
        purpose,
        body: {
          id: newId(),
          incidentId: incident,
          personId: null,
          classification: 'confirmed',
          division: '632521100',
          values,
          reason: '流调',
        },
      });
    const infector = await open({ dateOnset: '2022-08-02' });
    const params = { caseId: infectee.id };
    const body = { version: infectee.version, values: { dateOnset: '2022-08-05' }, reason: '流调' };
    await cases.change({ params, purpose, body });
    const add = (infectorId: string) =>
      cases.addInfector({ params, purpose, body: { infectorId, exposure: '同桌就餐', reason: '双方确认' } });
    const links = await add(infector.id);
    expect(links.infectors).toMatchObject([{ id: infector.id, exposure: '同桌就餐', serialIntervalDays: 3 }]);
    await add(infector.id);
    const chains = await cases.chains({ purpose, query: { incidentId } });
    expect(chains).toMatchObject({ linksCount: 1, generationsCount: 2, largestCluster: 2 });
    expect(chains.serialInterval).toMatchObject({ pairsCount: 1, meanDays: 3, sdDays: null });
    // Two days before onset people infect already (the pack): the other may fall ill first, by five days at most.
    const late = await open({ dateOnset: '2022-08-10' });
    const later = await open({ dateOnset: '2022-08-11' });
    await add(late.id);
    await add(later.id);
    const negative = await cases.chains({ purpose, query: { incidentId } });
    expect(negative.onsetBeforeInfector).toMatchObject({ days: 5, pack: { id: 'covid19-cn-9' } });
    expect(negative.links.map(({ serialIntervalDays }) => serialIntervalDays)).toEqual([3, -5]);
    expect(negative.impossible).toEqual([
      { from: later.externalId, to: infectee.externalId, reason: 'onset_before_infector' },
    ]);
    expect(negative.serialInterval).toMatchObject({ pairsCount: 3, negativeCount: 2 });
    for (const { id } of [late, later])
      await cases.removeInfector({ params, purpose, body: { infectorId: id, reason: '排除' } });
    await expect(add(infectee.id)).rejects.toMatchObject({ status: 422 });
    const elsewhere = await open({}, null);
    await expect(add(elsewhere.id)).rejects.toMatchObject({ status: 422 });
    await cases.removeInfector({ params, purpose, body: { infectorId: infector.id, reason: '排除' } });
    expect((await cases.links({ params, purpose })).infectors).toEqual([]);
    const { items } = await cases.history({ params, purpose });
    expect(items.filter(({ field }) => field === 'infector').map(({ reason }) => reason)).toEqual([
      ...['排除', '排除', '排除'],
      ...['双方确认', '双方确认', '双方确认'],
    ]);
  });

  it('the list is found by name, pinyin and initials, and narrowed by what a case is [B1 F03]', async () => {
    const { caseFile, incidentId } = await openFromSignal();
    const params = { caseId: caseFile.id };
    const { cases } = investigator.client;
    const body = { version: caseFile.version, values: { severity: 'mild' as const }, reason: '入院评估' };
    await cases.change({ params, purpose, body });
    const count = async (query: object) =>
      (await cases.list({ purpose, query: { incidentId, ...query } })).total;
    for (const q of ['居民甲', 'jumin', 'jmj', caseFile.externalId]) expect(await count({ q })).toBe(1);
    expect(await count({ q: '无此人' })).toBe(0);
    expect(await count({ severity: ['mild', 'severe'] })).toBe(1);
    expect(await count({ severity: ['severe'] })).toBe(0);
    expect(await count({ reportingFrom: '2022-08-11', reportingUntil: '2022-08-11' })).toBe(1);
    expect(await count({ reportingUntil: '2022-08-10' })).toBe(0);
  });

  it('whether a case was found in the community is asked of the pack; the area is named so that people know it [B1]', async () => {
    const { caseFile } = await openFromSignal();
    expect(caseFile).toMatchObject({
      foundInCommunity: null,
      divisionName: { zh: '共和县恰卜恰镇', en: 'Qiabuqia Town, Gonghe County' },
    });
    const params = { caseId: caseFile.id };
    const { cases } = investigator.client;
    const found = async (foundIn: 'community_screening' | 'home_isolation') => {
      const { version } = await cases.byId({ params, purpose });
      const body = { version, values: { foundIn }, reason: '核实' };
      return (await cases.change({ params, purpose, body })).foundInCommunity;
    };
    expect(await found('community_screening')).toBe(true);
    expect(await found('home_isolation')).toBe(false);
  });

  it('a case opened without a person is given one, once, with a line in the history and in the audit [B1]', async () => {
    const { incidentId, personId: known } = await openFromSignal();
    const { cases } = investigator.client;
    const personId = newId();
    await desk.client.people.register({
      purpose: 'testing',
      body: { id: personId, nameZh: '居民乙', placeId: TOWN },
    });
    const opened = await cases.open({
      purpose,
      body: {
        ...{ id: newId(), incidentId, personId: null, classification: 'suspected', division: '632521100' },
        ...{ values: {}, reason: '医院电话报告，姓名待查' },
      },
    });
    const params = { caseId: opened.id };
    const identify = (who: string) =>
      cases.identify({ params, purpose, body: { personId: who, reason: '医院补报身份证号' } });
    // Somebody who is a case of this incident already is not a second one.
    await expect(identify(known)).rejects.toMatchObject({ code: 'rule.refused' });
    const named = await identify(personId);
    expect(named).toMatchObject({ person: { id: personId, nameZh: '居民乙' }, version: opened.version + 1 });
    expect((await identify(personId)).version).toBe(named.version);
    await expect(identify(known)).rejects.toMatchObject({ code: 'state.refused' });
    const { items } = await cases.history({ params, purpose });
    expect(items.filter(({ field }) => field === 'person')).toEqual([
      expect.objectContaining({ old: null, new: personId, reason: '医院补报身份证号' }),
    ]);
    const [entry] = (await house.asSuperuser(
      `select purpose, opened from audit_entry where actor_id = $1 and route = 'cases.identify' and opened @> $2`,
      [investigator.accountId, JSON.stringify([{ type: 'person', ids: [personId] }])],
    )) as { purpose: string; opened: unknown }[];
    expect(entry?.purpose).toBe(purpose);
  });

  it('nobody says who a case of another county is [B1 T38]', async () => {
    const { caseFile, personId } = await openFromSignal();
    const stranger = await house.signIn('epidemiologist', '632523');
    await expect(
      stranger.client.cases.identify({
        params: { caseId: caseFile.id },
        purpose,
        body: { personId, reason: '核实' },
      }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('the curve stacks by what is asked and counts the cases without the day [B6 F16]', async () => {
    const { caseFile, incidentId } = await openFromSignal();
    const params = { caseId: caseFile.id };
    const { cases } = investigator.client;
    const curve = (basis: 'onset' | 'report') => cases.curve({ query: { incidentId, basis, by: 'county' } });
    expect(await curve('onset')).toMatchObject({ totalCount: 1, missingCount: 1 });
    const body = { version: caseFile.version, values: { dateOnset: '2022-08-05' }, reason: '流调' };
    await cases.change({ params, purpose, body });
    const drawn = await curve('onset');
    expect(drawn.groupNames).toEqual([
      { key: '632521', name: { zh: '共和县', en: 'Gonghe County' }, count: 1 },
    ]);
    expect(drawn.days[0]).toMatchObject({ day: '2022-08-05', groups: { '632521': 1 }, incomplete: false });
    expect(drawn.days.filter(({ incomplete }) => incomplete)).toHaveLength(3);
    expect(drawn.incompleteBy).toBe('rule');
  });

  it('the last days of the curve are incomplete by the delay as measured, not by a rule [B6 F16]', async () => {
    const { incidentId } = await openFromSignal();
    const { cases } = investigator.client;
    // Half are reported the day after onset, half three days after; today is the 11th.
    const reports = [1, 2, 3, 4, 5, 6, 7].flatMap((day) => [
      [day, day + 1],
      [day, day + 3],
    ]);
    for (const [onset, report] of [...reports, [8, 9], [9, 10]]) {
      const values = {
        dateOnset: `2022-08-0${onset}`,
        dateReporting: `2022-08-${String(report).padStart(2, '0')}`,
      };
      const body = { id: newId(), incidentId, personId: null, division: '632521100', values, reason: '流调' };
      await cases.open({ purpose, body: { ...body, classification: 'confirmed' } });
    }
    const { days, incompleteBy } = await cases.curve({ query: { incidentId } });
    expect(incompleteBy).toBe('delay');
    // Three days have passed since the 8th: all its cases are in. Of the 9th on they are not.
    expect(days.filter(({ incomplete }) => incomplete).map(({ day }) => day.slice(-2))).toEqual([
      '09',
      '10',
      '11',
    ]);
    const byReport = await cases.curve({ query: { incidentId, basis: 'report' } });
    expect(byReport.days.filter(({ incomplete }) => incomplete).map(({ day }) => day.slice(-2))).toEqual([
      '11',
    ]);
  });

  it('another county does not find the case, by list, id or history [T38]', async () => {
    const { caseFile } = await openFromSignal();
    const other = await house.signIn('epidemiologist', '632522');
    expect((await other.client.cases.list({ query: {}, purpose })).total).toBe(0);
    await expect(other.client.cases.byId({ params: { caseId: caseFile.id }, purpose })).rejects.toMatchObject(
      { status: 404 },
    );
    await expect(
      other.client.cases.history({ params: { caseId: caseFile.id }, purpose }),
    ).rejects.toMatchObject({ status: 404 });
  });
});
