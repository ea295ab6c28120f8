import { newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AMPLIFIED,
  CLEAN,
  cardOf,
  fillTube,
  type Ground,
  openGround,
  purpose,
} from '../../platform/testing/testing-ground.ts';

describe('testing', () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround();
  });
  afterAll(() => ground.house.close());

  const register = (tube: ReturnType<Ground['tube']>, personId: string, id = newId(), commandId?: string) =>
    ground.desk.client.testing.registerSample({
      purpose,
      body: { ...tube, id, who: { personId }, takenAt: ground.now() },
      ...(commandId && { commandId }),
    });
  const report = async (
    tubeCode: string,
    outcome: 'negative' | 'positive' | 'inconclusive' | 'invalid',
    id = newId(),
  ) => {
    await ground.receive(tubeCode);
    return ground.lab.client.testing.reportResult({
      purpose,
      body: {
        id,
        tubeCode,
        labId: ground.labId,
        outcome,
        targets: outcome === 'positive' ? AMPLIFIED : CLEAN,
        testedAt: ground.now(),
      },
    });
  };

  it('a positive 10:1 pool wants its ten members back singly at once, and tells who they are [C3]', async () => {
    const people = await ground.people(10);
    const tube = await fillTube(ground, 10, people);
    const { desk, lab, labId } = ground;
    await desk.client.testing.sendPools({ body: { poolIds: [tube.poolId], labId, sentAt: ground.now() } });
    await lab.client.testing.receive({ body: { tubeCode: tube.tubeCode, labId, receivedAt: ground.now() } });
    const { resampleCount } = await report(tube.tubeCode, 'positive');
    expect(resampleCount).toBe(10);
    const wanted = await desk.client.testing.resamples({ purpose, query: { poolId: tube.poolId } });
    expect(new Set(wanted.items.map(({ personId }) => personId))).toEqual(new Set(people));
    expect(wanted.items[0]).toMatchObject({ sampleCount: 2, rule: 'covid19-cn-9 pooling.reflex (house)' });
    const [told] = await ground.events('pool.positive');
    expect(new Set(told!.data['memberPersonIds'] as string[])).toEqual(new Set(people));
    expect(await ground.events('result.screening_positive')).toEqual([]);
  });

  it('of the single re-samples one is screening-positive, and that is told with its ground [A1 C3]', async () => {
    const { desk } = ground;
    const { items } = await desk.client.testing.resamples({ purpose, query: {} });
    const [first, second] = items;
    ground.house.clock.advance(1);
    const tubes = [];
    for (const { personId } of [first!, second!]) {
      const tube = ground.tube(1);
      const { sample, pool } = await register(tube, personId);
      expect(sample.resampleOf).toBe(first!.poolId);
      expect(pool.state).toBe('closed');
      tubes.push({ tube, sample });
    }
    await report(tubes[0]!.tube.tubeCode, 'positive');
    await report(tubes[1]!.tube.tubeCode, 'negative');
    const told = await ground.events('result.screening_positive');
    expect(told.map(({ data }) => data)).toMatchObject([
      { sampleId: tubes[0]!.sample.id, personId: first!.personId, foundIn: 'community_screening' },
    ]);
    const left = await desk.client.testing.resamples({ purpose, query: { poolId: first!.poolId } });
    expect(left.total).toBe(8);
    const results = await desk.client.testing.byPerson({ purpose, params: { personId: first!.personId } });
    expect(results.items.map(({ meaning }) => meaning)).toEqual(['screening_positive', 'pool_positive']);
    const other = await desk.client.testing.byPerson({ purpose, params: { personId: second!.personId } });
    expect(other.items.map(({ meaning }) => meaning)).toEqual(['negative', 'pool_positive']);
  });

  it('the duty to sample a pool again has a due time and closes by itself with the last member [A6 C3]', async () => {
    const people = await ground.people(2);
    const tube = await fillTube(ground, 5, people);
    await report(tube.tubeCode, 'positive');
    const duty = async () =>
      (await ground.house.asSuperuser(
        `select state, extract(epoch from due_at - opened_at)::int as seconds from task where source_id = $1`,
        [tube.poolId],
      )) as unknown[];
    expect(await duty()).toEqual([{ state: 'open', seconds: 7200 }]);
    ground.house.clock.advance(0.5);
    for (const personId of people) await register(ground.tube(1), personId);
    expect(await duty()).toEqual([{ state: 'done', seconds: 7200 }]);
  });

  it('a sample sent twice, under the same command or a new one, is one sample [C2 T18]', async () => {
    const [personId] = await ground.people(1);
    const tube = ground.tube(10);
    const id = newId();
    const commandId = newId();
    const first = await register(tube, personId!, id, commandId);
    expect(await register(tube, personId!, id, commandId)).toEqual(first);
    expect(await register(tube, personId!, id)).toEqual(first);
    expect(first.pool.memberCount).toBe(1);
    expect(await ground.house.asSuperuser('select id from sample where pool_id = $1', [tube.poolId])).toEqual(
      [{ id }],
    );
  });

  it('a person cannot be in two open tubes; the refusal names the other tube [C2]', async () => {
    const [personId] = await ground.people(1);
    const [one, two] = [ground.tube(10), ground.tube(10)];
    await register(one, personId!);
    const refused = await register(two, personId!).catch((error) => error);
    expect(refused.code).toBe('rule.refused');
    expect(refused.messages.zh).toContain(one.tubeCode);
    expect(refused.nextStep.zh).not.toBe('');
    await ground.desk.client.testing.closePool({ body: { ...one, closedAt: ground.now() } });
    expect((await register(two, personId!)).pool.memberCount).toBe(1);
  });

  it('two desks that register one person at the same moment leave one sample [C2]', async () => {
    const [personId] = await ground.people(1);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, () => register(ground.tube(10), personId!)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason.code).toBe('rule.refused');
    }
  });

  it('a tube code is used once, a full tube takes nobody, a sealed tube takes nobody [C2]', async () => {
    const people = await ground.people(7);
    const tube = ground.tube(5);
    for (const personId of people.slice(0, 5)) await register(tube, personId);
    await expect(register(tube, people[5]!)).rejects.toMatchObject({ code: 'state.refused' });
    await expect(register({ ...ground.tube(5), tubeCode: tube.tubeCode }, people[5]!)).rejects.toMatchObject({
      code: 'rule.refused',
    });
    const half = ground.tube(5);
    await register(half, people[5]!);
    await ground.desk.client.testing.closePool({ body: { ...half, closedAt: ground.now() } });
    ground.house.clock.advance(0.1);
    await expect(register(half, people[6]!)).rejects.toMatchObject({ code: 'state.refused' });
    const reopened = await ground.desk.client.testing.reopenPool({ params: { poolId: half.poolId } });
    expect(reopened.state).toBe('open');
    expect((await register(half, people[6]!)).pool.memberCount).toBe(2);
  });

  it('a registration is taken back while the tube is open, and the person may be sampled elsewhere [C2]', async () => {
    const [personId] = await ground.people(1);
    const tube = ground.tube(10);
    const { sample } = await register(tube, personId!);
    const withdrawn = await ground.desk.client.testing.withdrawSample({
      purpose,
      params: { sampleId: sample.id },
      body: { reason: '扫错人' },
    });
    expect(withdrawn.pool.memberCount).toBe(0);
    expect((await register(ground.tube(10), personId!)).pool.memberCount).toBe(1);
  });

  it('somebody of another county is served by showing the card, and their record stays shut [C2 T38]', async () => {
    const card = cardOf('19880808', '011');
    const elsewhere = await ground.house.signIn('epidemiologist', '632523');
    const guide = (await elsewhere.client.places.search({ query: { level: ['township'] } })).items[0]!;
    const id = newId();
    await elsewhere.client.people.register({
      purpose: 'case_investigation',
      body: { id, nameZh: '外县人', identityNumber: card, placeId: guide.id },
    });
    const { sample } = await ground.desk.client.testing.registerSample({
      purpose,
      body: { ...ground.tube(10), id: newId(), who: { identityNumber: card }, takenAt: ground.now() },
    });
    expect(sample).toMatchObject({ personId: id, person: null });
    await expect(ground.desk.client.people.byId({ purpose, params: { personId: id } })).rejects.toMatchObject(
      { status: 404 },
    );
  });

  it('a card nobody is registered under is refused with the next step, without its number [C2 T41]', async () => {
    const refused = await ground.desk.client.testing
      .registerSample({
        purpose,
        body: {
          ...ground.tube(10),
          id: newId(),
          who: { identityNumber: cardOf('19700101', '001') },
          takenAt: ground.now(),
        },
      })
      .catch((error) => error);
    expect(refused.messages.zh).toContain('尚未登记');
    expect(JSON.stringify(refused)).not.toContain('19700101');
  });

  it('samples are taken at sampling sites only', async () => {
    const [personId] = await ground.people(1);
    await expect(register({ ...ground.tube(10), siteId: ground.market }, personId!)).rejects.toMatchObject({
      code: 'rule.refused',
    });
  });

  it('outcome and Ct values must tell one story, and a result is reported once [C4]', async () => {
    const tube = await fillTube(ground, 5, await ground.people(2));
    const body = { id: newId(), tubeCode: tube.tubeCode, labId: ground.labId, testedAt: ground.now() };
    const { client } = ground.lab;
    for (const wrong of [
      { outcome: 'positive' as const, targets: CLEAN },
      { outcome: 'negative' as const, targets: AMPLIFIED },
    ]) {
      await expect(
        client.testing.reportResult({ purpose, body: { ...body, ...wrong } }),
      ).rejects.toMatchObject({ code: 'rule.refused' });
    }
    const first = await report(tube.tubeCode, 'negative', body.id);
    expect(await report(tube.tubeCode, 'negative', body.id)).toEqual(first);
    await expect(report(tube.tubeCode, 'negative')).rejects.toMatchObject({ code: 'state.refused' });
    await expect(report('NOSUCHTUBE', 'negative')).rejects.toMatchObject({ code: 'state.refused' });
  });

  it('an invalid run is reported again without an amendment [C4]', async () => {
    const tube = await fillTube(ground, 5, await ground.people(1));
    await report(tube.tubeCode, 'invalid');
    expect((await report(tube.tubeCode, 'negative')).pool.outcome).toBe('negative');
  });

  it('a result is amended by two people, the old one stays, and the person reads the new one at once [C4 R13]', async () => {
    const [personId] = await ground.people(1);
    const tube = await fillTube(ground, 1, [personId!]);
    const { result } = await report(tube.tubeCode, 'negative');
    const amendmentId = newId();
    await ground.lab.client.testing.proposeAmendment({
      purpose,
      params: { resultId: result.id },
      body: { id: amendmentId, outcome: 'positive', targets: AMPLIFIED, reason: '复核曲线，原判读漏看扩增' },
    });
    const decide = (client: Ground['lab']['client']) =>
      client.testing.decideAmendment({
        purpose,
        params: { amendmentId },
        body: { decision: 'confirmed' },
      });
    await expect(decide(ground.lab.client)).rejects.toMatchObject({ code: 'rule.refused' });
    const before = (await ground.events('result.screening_positive')).length;
    await decide(ground.secondLab.client);
    const detail = await ground.lab.client.testing.poolById({ purpose, params: { poolId: tube.poolId } });
    expect(detail.results.map(({ outcome }) => outcome)).toEqual(['positive', 'negative']);
    expect(detail.results[0]!.supersedes).toBe(result.id);
    expect(await ground.events('result.screening_positive')).toHaveLength(before + 1);
    const own = await ground.desk.client.testing.byPerson({ purpose, params: { personId: personId! } });
    expect(own.items[0]!.meaning).toBe('screening_positive');
  });

  it('a pool amended to negative wants nobody back any longer [C3 R13]', async () => {
    const people = await ground.people(3);
    const tube = await fillTube(ground, 5, people);
    const { result, resampleCount } = await report(tube.tubeCode, 'positive');
    expect(resampleCount).toBe(3);
    const amendmentId = newId();
    await ground.lab.client.testing.proposeAmendment({
      purpose,
      params: { resultId: result.id },
      body: { id: amendmentId, outcome: 'negative', targets: CLEAN, reason: '污染，重提核酸复测阴性' },
    });
    await ground.secondLab.client.testing.decideAmendment({
      purpose,
      params: { amendmentId },
      body: { decision: 'confirmed' },
    });
    const own = await ground.desk.client.testing.byPerson({ purpose, params: { personId: people[0]! } });
    expect(own.wanted).toEqual([]);
    expect(own.items[0]!.meaning).toBe('negative');
  });

  it('a rejected tube asks its people back, and its reason is kept [C4]', async () => {
    const tube = await fillTube(ground, 5, await ground.people(2));
    const rejected = await ground.lab.client.testing.receive({
      body: {
        tubeCode: tube.tubeCode,
        labId: ground.labId,
        receivedAt: ground.now(),
        rejectedReason: '管身渗漏',
      },
    });
    expect(rejected).toMatchObject({ state: 'rejected', rejectedReason: '管身渗漏' });
    const wanted = await ground.desk.client.testing.resamples({ purpose, query: { poolId: tube.poolId } });
    expect(wanted.items.map(({ rule }) => rule)).toEqual(['pool.rejected', 'pool.rejected']);
  });

  it('every registered sample is accounted for, with time and source [F25]', async () => {
    const strip = await ground.lab.client.testing.accounting({ query: { within: '632521' } });
    const sum =
      strip.inOpenPools.value! +
      strip.awaitingTransport.value! +
      strip.inTransit.value! +
      strip.received.value! +
      strip.rejected.value! +
      strip.resulted.value!;
    expect(strip.registered.value).toBe(sum);
    expect(strip.registered.value).toBeGreaterThan(30);
    expect(strip.missing.value).toBe(0);
    expect(strip.registered.source.zh).toBe('采样登记');
    const elsewhere = await ground.house.signIn('laboratory', '632522');
    expect((await elsewhere.client.testing.accounting({ query: {} })).registered.value).toBe(0);
  });

  it('a laboratory works with tube codes and is told no names [R2 R15]', async () => {
    const { items } = await ground.lab.client.testing.pools({ query: { outcome: ['positive'] } });
    const detail = await ground.lab.client.testing.poolById({ purpose, params: { poolId: items[0]!.id } });
    expect(detail.members.length).toBeGreaterThan(0);
    expect(detail.members.every(({ person }) => person === null)).toBe(true);
  });

  it('a field nobody asked for is refused in every write [T42]', async () => {
    const { client } = ground.desk;
    const tube = ground.tube(10);
    const [personId] = await ground.people(1);
    const sample = { ...tube, id: newId(), who: { personId: personId! }, takenAt: ground.now() };
    for (const table of ['sample', 'pool', 'result']) {
      const columns = (await ground.house.asSuperuser(
        'select column_name as name from information_schema.columns where table_name = $1',
        [table],
      )) as { name: string }[];
      for (const { name } of columns) {
        const key = name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
        const send = (body: Record<string, unknown>, allowed: readonly string[]) =>
          allowed.includes(key) ? [] : [{ ...body, [key]: 'x' }];
        for (const body of send(sample, ['foundIn', ...Object.keys(sample)])) {
          await expect(client.testing.registerSample({ purpose, body: body as never })).rejects.toMatchObject(
            { code: 'request.invalid' },
          );
        }
        const close = { ...tube, closedAt: ground.now() };
        for (const body of send(close, Object.keys(close))) {
          await expect(client.testing.closePool({ body: body as never })).rejects.toMatchObject({
            code: 'request.invalid',
          });
        }
        const result = {
          id: newId(),
          tubeCode: tube.tubeCode,
          labId: ground.labId,
          outcome: 'negative',
          targets: CLEAN,
          testedAt: ground.now(),
        };
        for (const body of send(result, Object.keys(result))) {
          await expect(
            ground.lab.client.testing.reportResult({ purpose, body: body as never }),
          ).rejects.toMatchObject({ code: 'request.invalid' });
        }
      }
    }
  });
});
