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
