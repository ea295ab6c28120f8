import { newId, type SpecimenKind } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../../platform/testing/index.ts';
import {
  AMPLIFIED,
  CLEAN,
  type Ground,
  openGround,
  purpose,
} from '../../../platform/testing/testing-ground.ts';
import { intakeOf } from '../intake/intake.ts';

const LOT = { product: '冻带鱼', batchNumber: 'LOT-7', supplier: '海西冷链公司', coldChain: true };

describe('specimens of objects and surroundings', () => {
  let ground: Ground;
  let department: SignedIn;
  let epidemiologist: SignedIn;
  let tubes = 0;
  beforeAll(async () => {
    ground = await openGround();
    department = await ground.house.signIn('department', '632521');
    epidemiologist = await ground.house.signIn('epidemiologist', '632521');
  });
  afterAll(() => ground.house.close());

  const specimen = (kind: SpecimenKind = 'surface', rest: Record<string, unknown> = {}) => {
    tubes += 1;
    return {
      id: newId(),
      poolId: newId(),
      tubeCode: `WH${String(tubes).padStart(6, '0')}`,
      siteId: ground.site,
      placeId: ground.market,
      kind,
      description: kind === 'goods' ? '外包装' : '收银台台面',
      ...(kind === 'goods' && { goods: LOT }),
      takenAt: ground.now(),
      ...rest,
    };
  };
  type Taken = ReturnType<typeof specimen>;
  const register = (one: Taken) => ground.desk.client.specimens.register({ body: one });
  const report = async (one: Taken, outcome: 'negative' | 'positive' | 'inconclusive') => {
    await ground.receive(one.tubeCode);
    return ground.lab.client.testing.reportResult({
      purpose,
      body: {
        id: newId(),
        tubeCode: one.tubeCode,
        labId: ground.labId,
        outcome,
        targets: outcome === 'negative' ? CLEAN : AMPLIFIED,
        testedAt: ground.now(),
      },
    });
  };
  const amend = async (resultId: string, outcome: 'negative' | 'positive') => {
    const amendment = await ground.lab.client.testing.proposeAmendment({
      purpose,
      params: { resultId },
      body: { id: newId(), outcome, targets: outcome === 'negative' ? CLEAN : AMPLIFIED, reason: '复核' },
    });
    await ground.secondLab.client.testing.decideAmendment({
      purpose,
      params: { amendmentId: amendment.id },
      body: { decision: 'confirmed' },
    });
    await ground.house.settle();
  };
  const look = (id: string, who: SignedIn = department) =>
    who.client.specimens.byId({ params: { specimenId: id } });
  const kinds = async (id: string, state: string[] = ['open', 'accepted', 'done']) =>
    (await look(id)).duties
      .filter((duty) => state.includes(duty.state))
      .map(({ kind }) => kind)
      .sort();
  const handlers = (id: string, who: SignedIn = epidemiologist) =>
    who.client.handlers.list({ purpose: 'contact_tracing', params: { specimenId: id }, query: {} });
  /** Somebody registered as working at the market, and somebody who only came by. */
  const worker = async (placeId = ground.town) => {
    const [id] = await ground.people(1);
    await ground.house.asSuperuser(
      'update person set work_id = $1, place_id = $2, division = (select division from place where id = $2) where id = $3',
      [ground.market, placeId, id],
    );
    return id!;
  };
  const visitor = async (hoursAgo: number, placeId = ground.market) => {
    const [id] = await ground.people(1);
    await ground.house.asSuperuser(
      `insert into stay (id, person_id, place_id, from_at, until_at, source, division, recorded_at)
       select gen_random_uuid(), $1, id, $3::timestamptz - make_interval(hours => $4::int),
              $3::timestamptz - make_interval(hours => $4::int) + interval '30 minutes', 'venue_register', division, $3
         from place where id = $2`,
      [id, placeId, ground.now(), hoursAgo],
    );
    return id!;
  };

  it('a surface goes the way of every tube, and a clean one sets off nothing [C5]', async () => {
    const one = specimen();
    const registered = await register(one);
    expect(registered).toMatchObject({ state: 'closed', kind: 'surface', outcome: null, response: null });
    expect(await register(one)).toEqual(registered);
    const box = {
      id: newId(),
      code: 'BOX-C5-1',
      fromId: ground.site,
      labId: ground.labId,
      tubeCodes: [one.tubeCode],
      packedAt: ground.now(),
    };
    await ground.desk.client.laboratory.packBox({ body: box });
    await ground.desk.client.laboratory.sendBox({
      params: { boxId: box.id },
      body: { sentAt: ground.now() },
    });
    await ground.lab.client.laboratory.receiveBox({
      body: { code: box.code, labId: ground.labId, tubeCodes: [one.tubeCode], receivedAt: ground.now() },
    });
    await report(one, 'negative');
    await ground.house.settle();
    const seen = await look(one.id);
    expect(seen).toMatchObject({ state: 'resulted', outcome: 'negative', opened: null, duties: [] });
    expect(seen.box).toMatchObject({ code: 'BOX-C5-1' });
    expect(seen.tube).toMatchObject({ content: 'specimen', memberCount: 1 });
    // People are counted by people: a carton in the laboratory is nobody's swab.
    const strip = await ground.lab.client.testing.accounting({ query: {} });
    expect([strip.registered.value, strip.missing.value]).toEqual([0, 0]);
    const { counts, items } = await department.client.specimens.list({ query: { kind: ['surface'] } });
    expect(counts).toMatchObject({ total: 1, negative: 1, waiting: 0 });
    expect(items.map(({ id }) => id)).toEqual([one.id]);
  });

  it('one tube holds people or a specimen, never both, whoever comes first [C5]', async () => {
    const [person] = await ground.people(1);
    const one = specimen();
    await register(one);
    const { poolId, tubeCode, siteId } = one;
    for (const tube of [
      { poolId, tubeCode, siteId, capacity: 1 as const },
      { poolId: newId(), tubeCode, siteId, capacity: 10 as const },
    ]) {
      await expect(
        ground.desk.client.testing.registerSample({
          purpose,
          body: { ...tube, id: newId(), who: { personId: person! }, takenAt: ground.now() },
        }),
      ).rejects.toMatchObject({ code: 'rule.refused' });
    }
    await expect(register({ ...specimen(), poolId, tubeCode })).rejects.toMatchObject({
      code: 'rule.refused',
    });
    const tube = ground.tube(1);
    await ground.desk.client.testing.registerSample({
      purpose,
      body: { ...tube, id: newId(), who: { personId: person! }, takenAt: ground.now() },
    });
    const taken = { poolId: tube.poolId, tubeCode: tube.tubeCode };
    await expect(register({ ...specimen(), ...taken })).rejects.toMatchObject({ code: 'rule.refused' });
  });

  it('goods name their product, nothing else carries a batch, and a place elsewhere is not found [C5 T38]', async () => {
    await expect(register(specimen('goods', { goods: undefined }))).rejects.toMatchObject({
      code: 'rule.refused',
    });
    await expect(register(specimen('sewage', { goods: LOT }))).rejects.toMatchObject({
      code: 'rule.refused',
    });
    await expect(register(specimen('surface', { placeId: newId() }))).rejects.toMatchObject({
      code: 'not_found',
    });
    const stranger = await ground.house.signIn('field_worker', '632524');
    await expect(stranger.client.specimens.register({ body: specimen() })).rejects.toMatchObject({
      code: 'not_found',
    });
    const mine = specimen();
    await register(mine);
    await expect(look(mine.id, stranger)).rejects.toMatchObject({ code: 'not_found' });
    expect((await stranger.client.specimens.list({ query: {} })).counts.total).toBe(0);
  });

  it('one registered by mistake is withdrawn before it is sent, and its tube stays used up [C5]', async () => {
    const one = specimen();
    await register(one);
    const params = { specimenId: one.id };
    const withdrawn = await ground.desk.client.specimens.withdraw({ params, body: { reason: '扫错管' } });
    expect(withdrawn.withdrawnAt).not.toBeNull();
    const [person] = await ground.people(1);
    await expect(
      ground.desk.client.testing.registerSample({
        purpose,
        body: {
          ...{ poolId: one.poolId, tubeCode: one.tubeCode, siteId: one.siteId, capacity: 1 },
          ...{ id: newId(), who: { personId: person! }, takenAt: ground.now() },
        },
      }),
    ).rejects.toMatchObject({ code: 'rule.refused' });
    await expect(report(one, 'negative')).rejects.toMatchObject({ code: 'state.refused' });
  });

  it('a device records specimens offline: told twice they are one, a tube used twice asks for attention [C5 K3 T18 T22]', async () => {
    const deviceId = newId();
    const record = ({ takenAt, kind, ...one }: Taken, order: number) => ({
      ...one,
      kind: 'specimen' as const,
      specimenKind: kind,
      order,
      at: takenAt,
    });
    const first = specimen('goods');
    const second = { ...specimen(), tubeCode: first.tubeCode };
    const third = specimen('environment');
    const commands = [record(first, 1), record(second, 2), record(third, 3)];
    const send = (some: readonly unknown[]) =>
      ground.desk.client.intake.append({
        purpose,
        body: { deviceId, sentAt: ground.now(), commands: [...some] },
      });
    expect((await send(commands)).refused).toEqual([]);
    await send(commands.slice(0, 2));
    await intakeOf(ground.house.platform).settle();
    await send([
      {
        id: newId(),
        order: 4,
        at: ground.now(),
        siteId: ground.site,
        kind: 'withdraw',
        sampleId: third.id,
        reason: '撤销',
      },
    ]);
    await intakeOf(ground.house.platform).settle();
    const { items } = await ground.desk.client.intake.outcomes({ query: { deviceId } });
    expect(items.map(({ order, state }) => [order, state]).sort()).toEqual([
      [1, 'applied'],
      [2, 'quarantined'],
      [3, 'applied'],
      [4, 'applied'],
    ]);
    expect(items.find(({ order }) => order === 2)!.problem!.zh).toContain(first.tubeCode);
    expect(await look(first.id)).toMatchObject({ kind: 'goods', goods: LOT, state: 'closed' });
    expect((await look(third.id)).withdrawnAt).not.toBeNull();
  });

  it('a positive carton opens recall, disinfection and the search for handlers at once and once [C5]', async () => {
    const [works, elsewhere] = [await worker(), await worker(await townOf('632524100'))];
    const [came, before] = [await visitor(48), await visitor(24 * 9)];
    const one = specimen('goods');
    await register(one);
    const { result } = await report(one, 'positive');
    await ground.house.settle();
    // The same positive told again, and a second carton of the batch with the number typed another way.
    await ground.house.asSuperuser(
      `insert into event (kind, at, division, actor_id, actor_name, subject_type, subject_id, incident_id, data)
       select kind, at, division, actor_id, actor_name, subject_type, subject_id, incident_id, data
         from event where kind = 'specimen.positive'`,
    );
    const other = specimen('goods', { goods: { ...LOT, batchNumber: ' lot-7 ', supplier: '海西 冷链公司' } });
    await register(other);
    await report(other, 'positive');
    await ground.house.settle();

    expect(await kinds(one.id)).toEqual([
      'recall.trace',
      'specimen.disinfect',
      'specimen.seal',
      'testing.resample',
    ]);
    expect(await kinds(other.id)).toContain('specimen.seal');
    const seen = await look(one.id);
    expect(seen.opened).toMatchObject({ rule: { from: 'house', rule: 'monitoring.objectPositive' } });
    expect(seen.recall!.specimens.map(({ id }) => id).sort()).toEqual([one.id, other.id].sort());
    const [{ recalls, traces, searches } = { recalls: 0, traces: 0, searches: 0 }] =
      await ground.house.asSuperuser<{
        recalls: number;
        traces: number;
        searches: number;
      }>(
        `select (select count(*)::int from recall) as recalls,
              (select count(*)::int from task where kind = 'recall.trace') as traces,
              (select count(*)::int from handler_search where specimen_id = $1) as searches`,
        [one.id],
      );
    expect({ recalls, traces, searches }).toEqual({ recalls: 1, traces: 1, searches: 1 });

    const found = await handlers(one.id);
    const people = new Map(found.items.map((row) => [row.personId, row]));
    expect(people.get(works)).toMatchObject({ worksHere: true, state: 'wanted' });
    expect(people.get(came)).toMatchObject({ worksHere: false, staysCount: 1, state: 'wanted' });
    // Nine days ago is before the window; who lives in another county is counted here and asked there.
    expect(people.has(before)).toBe(false);
    expect(people.has(elsewhere)).toBe(false);
    expect(found.search).toMatchObject({ outside: [{ division: '632524', peopleCount: 1 }] });
    const neighbour = await ground.house.signIn('field_worker', '632524');
    const asked = await neighbour.client.testing.resamples({ purpose, query: {} });
    expect(asked.items.map(({ personId }) => personId)).toEqual([elsewhere, elsewhere]);

    const audited = await ground.house.asSuperuser<{ actor: string }>(
      `select actor_name as actor from audit_entry
        where route = 'handlers.search' and purpose = 'contact_tracing' and opened @> $1::jsonb`,
      [JSON.stringify([{ type: 'specimen', ids: [one.id] }])],
    );
    expect(audited).toHaveLength(1);
    await expect(
      epidemiologist.client.handlers.list({
        purpose: 'testing' as never,
        params: { specimenId: one.id },
        query: {},
      }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^access\./) });
    expect(result.outcome).toBe('positive');

    // A handler is asked for a test; no limit on anybody follows from an object (R3).
    expect(await ground.house.asSuperuser('select id from measure')).toEqual([]);

    // A single sample answers the wish, as for a member of a positive pool; the place is disinfected and proved clean.
    const single = ground.tube(1);
    const { sample } = await ground.desk.client.testing.registerSample({
      purpose,
      body: { ...single, id: newId(), who: { personId: works }, takenAt: ground.now() },
    });
    expect(sample).toMatchObject({ resampleOf: one.poolId, foundIn: 'contact_tracing' });
    expect((await handlers(one.id)).items.find(({ personId }) => personId === works)!.state).toBe('sampled');
    const disinfect = (await look(one.id)).duties.find(({ kind }) => kind === 'specimen.disinfect')!;
    await finish(disinfect.taskId);
    expect(await kinds(one.id, ['open'])).toContain('specimen.check');
    ground.house.clock.set('2022-08-11T20:00:00+08:00');
    const clean = specimen('surface');
    await register(clean);
    await report(clean, 'negative');
    await ground.house.settle();
    expect((await look(one.id)).opened).toMatchObject({ checkedBy: clean.id });
    expect(await kinds(one.id, ['open'])).not.toContain('specimen.check');
  });

  it('amended to negative by two persons it takes everything back, keeps what other positives stand on, and releases what was sealed [C5]', async () => {
    const lot = { goods: { ...LOT, batchNumber: 'LOT-8' } };
    const [one, other] = [specimen('goods', lot), specimen('goods', lot)];
    const results = [];
    for (const each of [one, other]) {
      await register(each);
      results.push((await report(each, 'positive')).result);
    }
    await ground.house.settle();
    await finish((await look(one.id)).duties.find(({ kind }) => kind === 'specimen.seal')!.taskId);
    await amend(results[0]!.id, 'negative');
    const first = await look(one.id);
    expect(first).toMatchObject({ outcome: 'negative', response: 'withdrawn' });
    expect(first.handlers.wanted).toBe(0);
    expect(await kinds(one.id, ['open'])).toEqual(['recall.trace', 'specimen.release']);
    expect(first.recall!.withdrawnAt).toBeNull();
    for (const row of (await handlers(one.id)).items) expect(row.state).toBe('withdrawn');

    await amend(results[1]!.id, 'negative');
    const second = await look(other.id);
    expect(second.recall!.withdrawnAt).not.toBeNull();
    expect(await kinds(other.id, ['open'])).toEqual([]);

    // Positive after all: it stands again, and its people are asked again.
    await amend((await look(one.id)).results[0]!.id, 'positive');
    expect(await look(one.id)).toMatchObject({ response: 'open', outcome: 'positive' });
    expect((await look(one.id)).handlers.wanted).toBeGreaterThan(0);
    expect(await kinds(one.id, ['open'])).toEqual(expect.arrayContaining(['recall.trace', 'specimen.seal']));
  });

  it('one batch in two counties is one recall, which each county sees by its own carton and no other county at all [C5 T38]', async () => {
    const lot = { goods: { ...LOT, batchNumber: 'LOT-9' } };
    const here = specimen('goods', lot);
    await register(here);
    await report(here, 'positive');
    await ground.house.settle();

    const [desk, lab, surveyor] = [
      await ground.house.signIn('field_worker', '632524'),
      await ground.house.signIn('laboratory', '632524'),
      await ground.house.signIn('epidemiologist', '632524'),
    ];
    const venue = async (placeClass: 'test_site' | 'laboratory' | 'market') => {
      const parentId = await townOf('632524100');
      const body = {
        id: newId(),
        parentId,
        class: placeClass,
        nameZh: '子科滩',
        lon: null,
        lat: null,
        indoors: true,
      };
      return (await surveyor.client.places.add({ body })).id;
    };
    const [siteId, labId, placeId] = [
      await venue('test_site'),
      await venue('laboratory'),
      await venue('market'),
    ];
    const there = specimen('goods', { ...lot, siteId, placeId });
    await desk.client.specimens.register({ body: there });
    const { tubeCode } = there;
    await lab.client.testing.receive({ body: { tubeCode, labId, receivedAt: ground.now() } });
    await lab.client.testing.reportResult({
      purpose,
      body: { id: newId(), tubeCode, labId, outcome: 'positive', targets: AMPLIFIED, testedAt: ground.now() },
    });
    await ground.house.settle();
    const mine = await look(here.id);
    const theirs = await look(there.id, surveyor);
    expect(theirs.recall!.id).toBe(mine.recall!.id);
    expect(theirs.recall!.specimens.map(({ id }) => id)).toEqual([there.id]);
    expect(mine.recall!.specimens.map(({ id }) => id)).toEqual([here.id]);
    expect(theirs.duties.map(({ kind }) => kind).sort()).toEqual(['specimen.disinfect', 'specimen.seal']);
    await expect(look(here.id, surveyor)).rejects.toMatchObject({ code: 'not_found' });
    const bystander = await ground.house.signIn('department', '632522');
    const { total } = await bystander.client.specimens.list({ query: { recallId: mine.recall!.id } });
    expect(total).toBe(0);
  });

  it('a rejected and a lost specimen are taken again: somebody is asked to [C5 C4]', async () => {
    const [refused, lost] = [specimen('surface'), specimen('surface')];
    for (const one of [refused, lost]) await register(one);
    const { labId } = ground;
    await ground.lab.client.testing.receive({
      body: { tubeCode: refused.tubeCode, labId, receivedAt: ground.now(), rejectedReason: '渗漏' },
    });
    const { id: lossId } = await ground.desk.client.laboratory.proposeLoss({
      params: { poolId: lost.poolId },
      body: { id: newId(), reason: '运输途中丢失', lostAt: ground.now() },
    });
    const body = { decision: 'confirmed' as const };
    await ground.lab.client.laboratory.decideLoss({ params: { lossId }, body });
    expect(await kinds(refused.id)).toEqual(['specimen.repeat']);
    expect(await kinds(lost.id)).toEqual(['specimen.repeat']);
  });

  it('sewage asks for a judgement, not for people; what said nothing is taken again [C5]', async () => {
    const drain = specimen('sewage', { description: '2号井' });
    await register(drain);
    await report(drain, 'positive');
    const unclear = specimen('environment');
    await register(unclear);
    await report(unclear, 'inconclusive');
    await ground.house.settle();
    expect(await kinds(drain.id)).toEqual(['specimen.assess']);
    expect(await kinds(unclear.id)).toEqual(['specimen.repeat']);
    const params = { specimenId: drain.id };
    await expect(
      epidemiologist.client.handlers.search({ purpose: 'contact_tracing', params }),
    ).rejects.toMatchObject({ code: 'state.refused' });
  });

  it('a person searches again when more is known, and adds whom no record names [C5 B4]', async () => {
    const one = specimen('surface');
    await register(one);
    await report(one, 'positive');
    await ground.house.settle();
    const before = (await handlers(one.id)).total;
    await visitor(30);
    const params = { specimenId: one.id };
    const again = await epidemiologist.client.handlers.search({ purpose: 'contact_tracing', params });
    expect(again).toMatchObject({ added: 1, actor: { id: epidemiologist.accountId } });
    const [driver] = await ground.people(1);
    const added = await epidemiologist.client.handlers.add({
      purpose: 'contact_tracing',
      params,
      body: { personId: driver!, reason: '送货司机' },
    });
    expect(added).toMatchObject({ state: 'wanted', addedReason: '送货司机' });
    expect((await handlers(one.id)).total).toBe(before + 2);
  });

  it('a result of a tube nobody received is refused with the next step and changes nothing [T66]', async () => {
    const one = specimen('goods');
    await register(one);
    const body = {
      id: newId(),
      tubeCode: one.tubeCode,
      labId: ground.labId,
      outcome: 'positive' as const,
      targets: AMPLIFIED,
      testedAt: ground.now(),
    };
    const refused = await ground.lab.client.testing.reportResult({ purpose, body }).catch((error) => error);
    expect(refused).toMatchObject({ code: 'state.refused' });
    expect(refused.messages.zh).toContain(one.tubeCode);
    expect(refused.nextStep.zh).toContain('收样');
    expect(await look(one.id)).toMatchObject({ state: 'closed', outcome: null, results: [] });
    await ground.receive(one.tubeCode);
    await ground.lab.client.testing.reportResult({ purpose, body });
    expect(await look(one.id)).toMatchObject({ outcome: 'positive' });
  });

  async function townOf(code: string): Promise<string> {
    const [row] = await ground.house.asSuperuser<{ id: string }>('select id from place where code = $1', [
      code,
    ]);
    return row!.id;
  }

  /** As whoever answers for the duty. */
  async function finish(taskId: string): Promise<void> {
    const commander = await ground.house.signIn('commander', '632521');
    const { task } = await commander.client.tasks.byId({ params: { taskId } });
    await commander.client.tasks.reassign({
      params: { taskId },
      body: { toAccountId: commander.accountId, reason: '测试', version: task.version },
    });
    await commander.client.tasks.done({
      params: { taskId },
      body: { evidence: { text: '已完成', records: [] }, version: task.version + 1 },
    });
    await ground.house.settle();
  }
});
