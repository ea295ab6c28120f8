import { type Client, newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type SignedIn, type TestHouse } from '../../platform/testing/index.ts';

const COUNTY = '632521';
const TOWN = '632521100';

describe('incidents', () => {
  let house: TestHouse;
  let duty: SignedIn;
  let commander: SignedIn;

  beforeAll(async () => {
    house = await openTestHouse('2022-08-11T21:40:00+08:00');
    duty = await house.signIn('duty_officer', COUNTY);
    commander = await house.signIn('commander', COUNTY);
  });
  afterAll(() => house.close());

  const raise = async (client: Client = duty.client, division = TOWN) => {
    const id = newId();
    return client.incidents.raiseSignal({ body: { id, division, note: '单采复核初筛阳性' } });
  };
  const activation = (signalIds: string[], id = newId()) => ({
    id,
    signalIds,
    packId: 'covid19-cn-9',
    level: 'II' as const,
    division: COUNTY,
    name: { zh: '共和县“8·11”疫情', en: 'Gonghe outbreak of 11 August' },
    reason: '社会面发现一名初筛阳性人员',
  });

  it('one action activates: level, pack, jurisdiction; clocks of 2 h and 24 h start, each with a named owner [A1 A2]', async () => {
    const signal = await raise();
    expect(signal).toMatchObject({ state: 'open', division: TOWN });
    const { incident, clocks } = await duty.client.incidents.activate({ body: activation([signal.id]) });
    expect(incident).toMatchObject({ level: 'II', packId: 'covid19-cn-9', division: COUNTY, signalCount: 1 });
    const hours = clocks.map(
      ({ startedAt, dueAt }) => (Date.parse(dueAt) - Date.parse(startedAt)) / 3_600_000,
    );
    expect(hours).toContain(2);
    expect(hours).toContain(24);
    expect(clocks.every(({ state, startedAt }) => state === 'running' && startedAt === signal.at)).toBe(true);
    const { items } = await duty.client.incidents.signals({ query: { incidentId: incident.id } });
    expect(items).toMatchObject([{ id: signal.id, state: 'joined' }]);
    const tasks = await house.asSuperuser<{ kind: string; due_at: string }>(
      `select kind from task where incident_id = $1`,
      [incident.id],
    );
    expect(tasks.filter(({ kind }) => kind === 'incidents.clock')).toHaveLength(clocks.length);
  });

  it('opening late gains no time: the clock runs from when the positive was known [A2]', async () => {
    const signal = await raise();
    house.clock.advance(3);
    const { clocks } = await duty.client.incidents.activate({ body: activation([signal.id]) });
    const report = clocks.find(
      ({ startedAt, dueAt }) => Date.parse(dueAt) - Date.parse(startedAt) === 2 * 3_600_000,
    )!;
    expect(report.state).toBe('late');
    const met = await duty.client.incidents.meetClock({
      params: { clockId: report.id },
      body: { evidence: '网络直报 6325-0811-01' },
    });
    expect(met.state).toBe('met_late');
  });

  it('sent twice, by one or by two people, an activation exists once and a signal joins one incident [A2 T18]', async () => {
    const signal = await raise();
    const body = activation([signal.id]);
    const commandId = newId();
    const first = await duty.client.incidents.activate({ body, commandId });
    expect(await duty.client.incidents.activate({ body, commandId })).toEqual(first);
    const again = await commander.client.incidents.activate({ body });
    expect(again.incident.id).toBe(first.incident.id);
    await expect(
      commander.client.incidents.activate({ body: activation([signal.id]) }),
    ).rejects.toMatchObject({ code: 'state.refused' });
    const events = await house.asSuperuser(
      `select from event where kind = 'incident.activated' and subject_id = $1`,
      [body.id],
    );
    expect(events).toHaveLength(1);
  });

  it('a signal is dismissed only with a reason, and then joins nothing [A1]', async () => {
    const signal = await raise();
    await expect(
      duty.client.incidents.dismissSignal({ params: { signalId: signal.id }, body: { reason: ' ' } }),
    ).rejects.toMatchObject({ code: 'request.invalid' });
    await duty.client.incidents.dismissSignal({
      params: { signalId: signal.id },
      body: { reason: '复核阴性，为样本污染' },
    });
    await expect(duty.client.incidents.activate({ body: activation([signal.id]) })).rejects.toMatchObject({
      code: 'state.refused',
    });
  });

  it('the level changes line by line, and only another person approves [A3]', async () => {
    const { incident } = await duty.client.incidents.activate({ body: activation([(await raise()).id]) });
    const proposal = await duty.client.incidents.levelProposal({
      params: { incidentId: incident.id },
      query: { to: 'I' },
    });
    const adopt = proposal.lines
      .filter(({ effect }) => effect === 'add')
      .slice(0, 2)
      .map(({ id }) => id);
    expect(adopt.length).toBeGreaterThan(0);
    const change = await duty.client.incidents.proposeLevel({
      params: { incidentId: incident.id },
      body: { id: newId(), to: 'I', reason: '代际关系不清', adopt, version: incident.version },
    });
    const decide = (client: Client) =>
      client.incidents.decideLevel({ params: { changeId: change.id }, body: { approve: true } });
    await expect(decide(duty.client)).rejects.toMatchObject({ code: 'rule.refused' });
    expect(await decide(commander.client)).toMatchObject({
      state: 'approved',
      approver: { id: commander.accountId },
    });
    const { incident: raised } = await duty.client.incidents.byId({ params: { incidentId: incident.id } });
    expect(raised.level).toBe('I');
    const { items } = await duty.client.incidents.timeline({ query: { incidentId: incident.id } });
    expect(items.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        'incident.activated',
        'signal.joined',
        'incident.level_proposed',
        'incident.level_changed',
      ]),
    );
    expect(items.find(({ kind }) => kind === 'incident.level_proposed')?.text).toBe('代际关系不清');
  });

  it('an unknown pack is refused by name and nothing is half opened', async () => {
    const signal = await raise();
    await expect(
      duty.client.incidents.activate({ body: { ...activation([signal.id]), packId: 'cholera-2099' } }),
    ).rejects.toMatchObject({
      code: 'rule.refused',
      messages: { en: expect.stringContaining('cholera-2099') },
    });
    const { items } = await duty.client.incidents.signals({ query: { state: ['open'] } });
    expect(items.map(({ id }) => id)).toContain(signal.id);
  });

  it('another county neither sees nor joins what is not its own [T38]', async () => {
    const signal = await raise();
    const other = await house.signIn('duty_officer', '632522');
    expect((await other.client.incidents.signals({ query: {} })).items).toEqual([]);
    await expect(
      other.client.incidents.dismissSignal({ params: { signalId: signal.id }, body: { reason: '不属实' } }),
    ).rejects.toMatchObject({ status: 404 });
    await expect(raise(other.client, TOWN)).rejects.toMatchObject({ code: 'access.outside_scope' });
  });

  it('the situation gives six figures with their time and source, and what a past moment looked like [A1]', async () => {
    const start = new Date(house.clock.nowMs()).toISOString();
    const before = await duty.client.incidents.situation({ query: {} });
    expect(before.figures).toHaveLength(6);
    expect(before.figures.every(({ asOf, source }) => asOf === before.asOf && source.zh !== '')).toBe(true);
    house.clock.advance(1);
    await raise();
    house.clock.advance(1);
    const now = await duty.client.incidents.situation({ query: {} });
    const signalsIn = (situation: typeof now) =>
      situation.places.find(({ division }) => division === TOWN)?.signals ?? 0;
    expect(signalsIn(now)).toBe(signalsIn(before) + 1);
    const then = await duty.client.incidents.situation({ query: { at: start } });
    expect(signalsIn(then)).toBe(signalsIn(before));
    await expect(duty.client.incidents.situation({ query: { within: '6325' } })).rejects.toMatchObject({
      code: 'access.outside_scope',
    });
  });
});
