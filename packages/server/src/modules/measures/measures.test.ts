import { type Client, newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../platform/testing/index.ts';
import { fillTube, type Ground, openGround } from '../../platform/testing/testing-ground.ts';
import { hoursAfter } from './measure.ts';

const AMPLIFIED = [
  { name: 'ORF1ab', ct: 27.3 },
  { name: 'N', ct: 26.1 },
];
const purpose = 'outbreak_command' as const;

const milder = (zh: string, en: string) => ({
  name: { zh, en },
  expectedEffect: { zh: '减少部分接触', en: 'Some contacts avoided' },
  peopleCount: 1,
  burdenPersonDays: 1,
  rejectedBecause: { zh: '同住人无法分开', en: 'The household cannot be kept apart' },
});
const MILDER = [milder('自我健康监测', 'Self-monitoring'), milder('每日检测', 'Daily tests')];

describe('the ledger of measures', () => {
  let ground: Ground;
  let duty: SignedIn;
  let commander: SignedIn;
  let members: string[];
  let poolId: string;

  beforeAll(async () => {
    ground = await openGround();
    duty = await ground.house.signIn('duty_officer', '632521');
    commander = await ground.house.signIn('commander', '632521');
    members = await ground.people(10);
    const tube = await fillTube(ground, 10, members);
    poolId = tube.poolId;
    const { desk, lab, labId } = ground;
    await desk.client.testing.sendPools({ body: { poolIds: [poolId], labId, sentAt: ground.now() } });
    await lab.client.testing.receive({ body: { tubeCode: tube.tubeCode, labId, receivedAt: ground.now() } });
    await lab.client.testing.reportResult({
      purpose: 'testing',
      body: {
        id: newId(),
        tubeCode: tube.tubeCode,
        labId,
        outcome: 'positive',
        targets: AMPLIFIED,
        testedAt: ground.now(),
      },
    });
    await ground.house.settle();
  });
  afterAll(() => ground.house.close());

  const order = (more: Record<string, unknown> = {}) => ({
    id: newId(),
    kind: 'home_isolation' as const,
    subjectType: 'person' as const,
    subjectId: members[0]!,
    incidentId: null,
    packId: 'covid19-cn-9',
    ground: [{ type: 'pool' as const, id: poolId }],
    legalBasis: '传染病防治法授权下的医学观察',
    startsAt: ground.now(),
    endsAt: hoursAfter(ground.now(), 72),
    alternatives: MILDER,
    ...more,
  });
  const draft = (more: Record<string, unknown> = {}, client: Client = duty.client) =>
    client.measures.draft({ purpose, body: order(more) });
  const list = async (query: Parameters<Client['measures']['list']>[0]['query'] = {}) =>
    (await duty.client.measures.list({ query: { limit: 500, ...query } })).items;

  it('a positive pool holds its ten members at once, with ground, end and twelve hours at most [C3 R3 R6]', async () => {
    const holds = await list({ kind: ['pool_hold'] });
    expect(new Set(holds.map(({ subjectId }) => subjectId))).toEqual(new Set(members));
    for (const hold of holds) {
      expect(hold).toMatchObject({ active: true, emergency: true, ground: [{ type: 'pool', id: poolId }] });
      expect(Date.parse(hold.endsAt) - Date.parse(hold.startsAt)).toBeLessThanOrEqual(12 * 3_600_000);
    }
  });

  it('who is negative when sampled again is free at once; found_in goes with a positive [C3 R6]', async () => {
    const { desk, lab, labId } = ground;
    const people = await ground.people(2);
    const tube = await fillTube(ground, 5, people);
    const report = async (tubeCode: string, outcome: 'positive' | 'negative') => {
      await ground.receive(tubeCode);
      return lab.client.testing.reportResult({
        purpose: 'testing',
        body: {
          id: newId(),
          tubeCode,
          labId,
          outcome,
          targets: AMPLIFIED.map(({ name, ct }) => ({ name, ct: outcome === 'positive' ? ct : null })),
          testedAt: ground.now(),
        },
      });
    };
    await report(tube.tubeCode, 'positive');
    await ground.house.settle();
    const held = async () =>
      (await list({ kind: ['pool_hold'] }))
        .filter(({ subjectId, active }) => active && people.includes(subjectId))
        .map(({ subjectId }) => subjectId);
    expect((await held()).sort()).toEqual([...people].sort());
    for (const [index, personId] of people.entries()) {
      const single = ground.tube(1);
      await desk.client.testing.registerSample({
        purpose: 'testing',
        body: { ...single, id: newId(), who: { personId }, takenAt: ground.now() },
      });
      await report(single.tubeCode, index === 0 ? 'negative' : 'positive');
    }
    await ground.house.settle();
    expect(await held()).toEqual([people[1]]);
    const told = (await ground.events('result.screening_positive')).at(-1)!;
    expect(told.data).toMatchObject({ personId: people[1], foundIn: 'community_screening' });
  });

  it('a pool amended to negative frees everybody it held [C3 R6 R13]', async () => {
    const { lab, secondLab, labId } = ground;
    const people = await ground.people(2);
    const tube = await fillTube(ground, 5, people);
    await ground.receive(tube.tubeCode);
    const { result } = await lab.client.testing.reportResult({
      purpose: 'testing',
      body: {
        id: newId(),
        tubeCode: tube.tubeCode,
        labId,
        outcome: 'positive',
        targets: AMPLIFIED,
        testedAt: ground.now(),
      },
    });
    await ground.house.settle();
    const amendmentId = newId();
    await lab.client.testing.proposeAmendment({
      purpose: 'testing',
      params: { resultId: result.id },
      body: {
        id: amendmentId,
        outcome: 'negative',
        targets: AMPLIFIED.map(({ name }) => ({ name, ct: null })),
        reason: '加样污染，重提复测阴性',
      },
    });
    await secondLab.client.testing.decideAmendment({
      purpose: 'testing',
      params: { amendmentId },
      body: { decision: 'confirmed' },
    });
    await ground.house.settle();
    const holds = (await list({ kind: ['pool_hold'] })).filter(({ subjectId }) => people.includes(subjectId));
    expect(holds.map(({ active }) => active)).toEqual([false, false]);
  });

  it('nobody is limited without evidence that concerns them, whoever asks [R3]', async () => {
    await expect(draft({ ground: [] })).rejects.toMatchObject({ status: 422 });
    await expect(draft({ ground: [{ type: 'pool', id: newId() }] })).rejects.toMatchObject({ status: 422 });
    const [stranger] = await ground.people(1);
    await expect(draft({ subjectId: stranger })).rejects.toMatchObject({ status: 422 });
  });

  it('the database refuses it too, for the app role past every service [R3]', async () => {
    const [hold] = await list({ kind: ['pool_hold'] });
    const client = await ground.house.platform.pool.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('levee.scope', '6325', true)`);
      await expect(
        client.query(
          `insert into measure select (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'ground', '[]'::jsonb))).*
             from measure m where id = $1`,
          [hold!.id],
        ),
      ).rejects.toMatchObject({ code: expect.stringMatching(/^(23|42)/) });
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('the author never approves; until another person does, nobody is limited [R4]', async () => {
    const drafted = await draft();
    expect(drafted).toMatchObject({ phase: 'awaiting', active: false });
    const both = await ground.house.signIn('commander', '632521');
    const own = await draft({ subjectId: members[1] }, both.client);
    await expect(
      both.client.measures.approve({ params: { measureId: own.id }, body: { version: own.version } }),
    ).rejects.toMatchObject({ status: 422 });
    await expect(
      duty.client.measures.approve({ params: { measureId: drafted.id }, body: { version: drafted.version } }),
    ).rejects.toMatchObject({ code: 'access.not_permitted' });
    const approved = await commander.client.measures.approve({
      params: { measureId: drafted.id },
      body: { version: drafted.version },
    });
    expect(approved).toMatchObject({ active: true, phase: 'active' });
    expect(approved.approver?.id).not.toBe(approved.author.id);
  });

  it('its notice says what, why, from, until, how to be released, how to appeal and what help there is [R5]', async () => {
    const drafted = await draft({ subjectId: members[2] });
    const detail = await duty.client.measures.byId({ params: { measureId: drafted.id }, purpose });
    expect(detail.noticeMissing).toEqual([]);
    for (const field of Object.values(detail.notice)) {
      expect(field.zh).not.toBe('');
      expect(field.en).not.toBe('');
      expect(field.bo).toBeNull();
    }
    expect(detail.boMissing).toBe(true);
  });

  it('no end, an end before the start, or one beyond the pack is refused [R6 D6]', async () => {
    await expect(draft({ subjectId: members[3], endsAt: undefined })).rejects.toMatchObject({
      code: 'request.invalid',
    });
    await expect(
      draft({ subjectId: members[3], endsAt: hoursAfter(ground.now(), -1) }),
    ).rejects.toMatchObject({ status: 422 });
    await expect(
      draft({ subjectId: members[3], endsAt: hoursAfter(ground.now(), 24 * 30) }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it('an area measure without two milder ways weighed is refused [R7 D1]', async () => {
    await expect(
      draft({
        kind: 'risk_area',
        level: 'high',
        subjectType: 'place',
        subjectId: ground.town,
        alternatives: [],
      }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it('every positive is found in the community or under control by the ledger as it stood at the swab, with the evidence [C5 C1]', async () => {
    const { desk, lab, labId, house } = ground;
    const [personId] = await ground.people(1);
    const report = async (tubeCode: string) => {
      await ground.receive(tubeCode);
      const { result } = await lab.client.testing.reportResult({
        purpose: 'testing',
        body: {
          ...{ id: newId(), tubeCode, labId, outcome: 'positive', targets: AMPLIFIED },
          testedAt: ground.now(),
        },
      });
      await house.settle();
      return result.id;
    };
    const single = async () => {
      const tube = ground.tube(1);
      const id = newId();
      const body = { ...tube, id, who: { personId: personId! }, takenAt: ground.now() };
      await desk.client.testing.registerSample({ purpose: 'testing', body });
      return { id, resultId: await report(tube.tubeCode) };
    };
    const decided = (sampleId: string) => duty.client.testing.foundIn({ purpose, params: { sampleId } });
    const pool = await fillTube(ground, 5, [personId!]);
    await report(pool.tubeCode);
    house.clock.advance(1);
    const order = await draft({ subjectId: personId, ground: [{ type: 'pool', id: pool.poolId }] });
    const approval = { params: { measureId: order.id }, body: { version: order.version } };
    await commander.client.measures.approve(approval);
    house.clock.advance(1);
    // Checked again under the order that the pool itself set off: the pool found them, in the community.
    const again = await single();
    expect(await decided(again.id)).toMatchObject({
      ...{
        stated: 'community_screening',
        foundIn: 'community_screening',
        basis: 'statement',
        recordId: null,
      },
    });
    const isolated = await single();
    expect(await decided(isolated.id)).toMatchObject({
      ...{ stated: 'community_screening', foundIn: 'home_isolation', basis: 'measure' },
      ...{ recordId: order.id, recordKind: 'home_isolation', resultId: isolated.resultId },
    });
    const { items } = await duty.client.incidents.signals({ query: { limit: 500 } });
    const foundIn = new Map(items.map((signal) => [signal.resultId, signal.foundIn]));
    expect(foundIn.get(again.resultId)).toBe('community_screening');
    expect(foundIn.get(isolated.resultId)).toBe('home_isolation');
    const clinic = await house.signIn('field_worker', '632524');
    await expect(
      clinic.client.testing.foundIn({ purpose: 'testing', params: { sampleId: isolated.id } }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lapses by itself: with no job, no sweep and no reaction running, a moved clock is enough [T63 R6 E1]', async () => {
    const before = (await list({ phase: ['active'] })).length;
    expect(before).toBeGreaterThan(0);
    await ground.house.sweeper.stop();
    await ground.house.dispatcher.stop();
    ground.house.clock.advance(13);
    const holds = await list({ kind: ['pool_hold'] });
    expect(holds.every(({ active }) => !active)).toBe(true);
    ground.house.clock.advance(24 * 8);
    expect(await list({ phase: ['active'] })).toEqual([]);
    const stillActive = await ground.house.asSuperuser(`select from measure where ends_at > $1`, [
      ground.now(),
    ]);
    expect(stillActive).toEqual([]);
  });
});
