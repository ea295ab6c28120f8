import { newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type SignedIn, type TestHouse } from '../../platform/testing/index.ts';
import { placeIdOfCode } from '../places/index.ts';
import { hoursAfter } from './measure.ts';

const TOWN = placeIdOfCode('632521100');
const purpose = 'outbreak_command' as const;

describe('composing an area measure', () => {
  let house: TestHouse;
  let duty: SignedIn;
  let commander: SignedIn;
  let communityId: string;
  let incidentId: string;
  let caseId: string;
  const now = () => new Date(house.clock.nowMs()).toISOString();

  beforeAll(async () => {
    house = await openTestHouse('2022-08-11T21:40:00+08:00');
    duty = await house.signIn('duty_officer', '632521');
    commander = await house.signIn('commander', '632521');
    const { items } = await duty.client.places.children({ params: { placeId: TOWN }, query: {} });
    communityId = items.find(({ level }) => level === 'community')!.id;
    incidentId = newId();
    caseId = await caseLivingIn(communityId);
    await duty.client.incidents.activate({
      body: {
        id: incidentId,
        signalIds: [],
        packId: 'covid19-cn-9',
        level: 'II',
        division: '632521',
        name: { zh: '共和县疫情', en: 'Gonghe outbreak' },
        reason: '发现初筛阳性',
      },
    });
  });
  afterAll(() => house.close());

  async function caseLivingIn(placeId: string) {
    const personId = newId();
    const desk = await house.signIn('field_worker', '632521');
    await desk.client.people.register({
      purpose: 'testing',
      body: { id: personId, nameZh: '居民甲', placeId },
    });
    const id = newId();
    await duty.client.cases.open({
      purpose: 'case_investigation',
      body: {
        id,
        incidentId: null,
        personId,
        classification: 'confirmed',
        division: '632521100',
        values: {},
        reason: '确诊',
      },
    });
    return id;
  }
  const area = (more: Record<string, unknown> = {}) => ({
    id: newId(),
    kind: 'risk_area' as const,
    level: 'high' as const,
    subjectType: 'place' as const,
    subjectId: TOWN,
    incidentId,
    packId: 'covid19-cn-9',
    ground: [{ type: 'case' as const, id: caseId }],
    legalBasis: '县指挥部依据防控方案划定',
    startsAt: now(),
    endsAt: hoursAfter(now(), 72),
    alternatives: [],
    ...more,
  });
  const preview = (more: Record<string, unknown> = {}) => duty.client.measures.preview({ body: area(more) });

  it('what may be cited for a place is found by the place, in words and without a name [R3 D1]', async () => {
    const query = { subjectType: 'place', subjectId: TOWN, kind: 'risk_area', level: 'high' } as const;
    const { items } = await duty.client.measures.evidence({ purpose, query });
    expect(items).toContainEqual(
      expect.objectContaining({ type: 'case', id: caseId, stands: true, used: false }),
    );
    expect(JSON.stringify(items)).not.toContain('居民甲');
    const elsewhere = { ...query, subjectId: placeIdOfCode('632521101') };
    expect((await duty.client.measures.evidence({ purpose, query: elsewhere })).items).toEqual([]);
  });

  it('a preview names the smallest sufficient area, two milder ways, the longest end and what is missing [R6 R7]', async () => {
    const answer = await preview();
    expect(answer.smallest?.id).toBe(communityId);
    expect(answer.milder.length).toBeGreaterThanOrEqual(2);
    expect(answer.milder[0]!.name.zh).toContain('仅限');
    expect(answer.faults).toEqual([]);
    expect(answer.unready.map(({ en }) => en)).toEqual([expect.stringContaining('two milder ways')]);
    expect(Date.parse(answer.latestEnd)).toBeGreaterThan(Date.parse(now()) + 7 * 24 * 3_600_000);
    const wordsOnly = await preview({ ground: [] });
    expect(wordsOnly.faults.map(({ zh }) => zh)).toEqual([expect.stringContaining('没有与该对象相关')]);
    const stranger = await preview({
      ground: [
        { type: 'case', id: caseId },
        { type: 'case', id: newId() },
      ],
    });
    expect(stranger.faults.map(({ en }) => en)).toEqual([expect.stringContaining('does not concern')]);
  });

  it('a risk area drafted without naming its smallest records it and can be approved; its extension too [R7 R6]', async () => {
    const { milder } = await preview();
    const drafted = await duty.client.measures.draft({ purpose, body: area({ alternatives: milder }) });
    const own = await duty.client.measures.byId({ params: { measureId: drafted.id }, purpose });
    expect(own.smallest?.nameZh).toBe(own.smallest && (await placeName(communityId)));
    expect(own.evidence).toEqual([expect.objectContaining({ id: caseId, stands: true })]);
    expect(own.mayApprove).toBe(false);
    expect(own.approvalBlocked.map(({ en }) => en)).toEqual([
      expect.stringContaining('author does not approve'),
      expect.stringContaining('a commander approves'),
    ]);
    const params = { measureId: drafted.id };
    await commander.client.measures.approve({ params, body: { version: drafted.version } });

    const again = await preview();
    expect(again.faults.map(({ en }) => en)).toEqual([expect.stringContaining('new evidence')]);
    const fresh = await caseLivingIn(communityId);
    const extension = await duty.client.measures.extend({
      params,
      body: { id: newId(), ground: [{ type: 'case', id: fresh }], endsAt: hoursAfter(drafted.endsAt, 48) },
    });
    expect(extension).toMatchObject({ phase: 'awaiting', startsAt: drafted.endsAt });
    const seen = await commander.client.measures.byId({ params: { measureId: extension.id }, purpose });
    expect(seen.approvalBlocked).toEqual([]);
    expect(seen.mayApprove).toBe(true);
  });

  it('what holds, waits, ends soon and is overdue for review is counted and listed alike [D6 R18]', async () => {
    const before = await duty.client.measures.counts({ query: {} });
    expect(before).toMatchObject({ active: { value: 1 }, awaiting: { value: 1 }, endsSoon: { value: 0 } });
    house.clock.advance(50);
    const later = await duty.client.measures.counts({ query: {} });
    expect(later.endsSoon.value).toBe(1);
    const soon = await duty.client.measures.list({
      query: { phase: ['active'], endsBefore: hoursAfter(now(), 24) },
    });
    expect(soon.total).toBe(1);
    expect(soon.items[0]!.place).toMatchObject({
      id: TOWN,
      lon: expect.any(Number),
      lat: expect.any(Number),
    });
    expect((await duty.client.measures.list({ query: { reviewOverdue: true } as never })).total).toBe(
      later.reviewOverdue.value,
    );
  });

  it('the number a person reads from the notice finds the measure [R5 R11]', async () => {
    const [active] = (await duty.client.measures.list({ query: { phase: ['active'] } })).items;
    const params = { measureId: active!.id };
    const { number } = await duty.client.measures.notice({ params, purpose });
    const found = await duty.client.measures.list({ query: { number } });
    expect(found.items.map(({ id }) => id)).toEqual([active!.id]);
    const wrong = { number: `${number.slice(0, -6)}000000` };
    expect((await duty.client.measures.list({ query: wrong })).items).toEqual([]);
  });

  it('who may not decide an appeal is told why [R11]', async () => {
    const [active] = (await duty.client.measures.list({ query: { phase: ['active'] } })).items;
    const lodged = await duty.client.measures.lodgeAppeal({
      params: { measureId: active!.id },
      body: { id: newId(), channel: 'phone', statement: '范围过大' },
    });
    expect(lodged.decisionBlocked?.en).toContain('author and approver');
    const inspector = await house.signIn('inspector', '632521');
    const query = { open: 'true' } as never;
    const seen = await inspector.client.measures.appeals({ purpose: 'oversight', query });
    expect(seen.items[0]).toMatchObject({ id: lodged.id, mayDecide: true, decisionBlocked: null });
    const author = await duty.client.measures.appeals({ purpose, query });
    expect(author.items[0]).toMatchObject({ mayDecide: false });
  });

  const placeName = async (placeId: string) =>
    (await duty.client.places.byId({ params: { placeId } })).nameZh;
});
