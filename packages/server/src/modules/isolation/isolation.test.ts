import { newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { care, type IsolationWorld, openIsolationWorld } from './isolation-world.ts';

const purpose = care;

describe('the closed loop of an accepted contact', () => {
  let world: IsolationWorld;
  let rooms: string[];

  beforeAll(async () => {
    world = await openIsolationWorld(8);
    rooms = await world.rooms(['101', '102']);
  });
  afterAll(() => world.house.close());

  const detail = async (personId: string) => {
    const order = (await world.orderOf(personId))!;
    return world.field.client.isolation.orderById({ purpose, params: { orderId: order.id } });
  };

  it('a contact nobody has accepted is isolated by nobody: there is no evidence yet [R3]', async () => {
    const contact = await world.contactOf(world.contacts[7]!);
    expect(contact.state).toBe('proposed');
    await expect(
      world.surveyor.client.isolation.draft({
        purpose,
        body: { id: newId(), contactId: contact.id },
      }),
    ).rejects.toMatchObject({
      status: 422,
      messages: { en: expect.stringMatching(/without that evidence/) },
    });
    expect(await world.orderOf(world.contacts[7]!)).toBeUndefined();
  });

  it('an accepted close contact gets one order with test days, phases and the rule they come from, each phase a measure [E1 B4 R3 R7]', async () => {
    await world.decide(world.contacts[0]!);
    const order = await detail(world.contacts[0]!);
    expect(order).toMatchObject({
      class: 'close',
      state: 'awaiting',
      stage: 'found',
      untilDate: '2022-08-20',
      anchor: { date: '2022-08-10' },
      rule: 'management.classes.close',
      confidence: 'sourced',
    });
    expect(order.source).not.toBe('');
    expect(
      order.phases.map(({ kind, untilDate, tests }) => [kind, untilDate, tests.map(({ day }) => day)]),
    ).toEqual([
      ['centralised_isolation', '2022-08-17', [1, 2, 3, 5, 7]],
      ['home_monitoring', '2022-08-20', [3]],
    ]);
    for (const { measure } of order.phases) {
      expect(measure).toMatchObject({ phase: 'awaiting', active: false, approver: null });
      expect(measure!.author.id).toBe(world.surveyor.accountId);
      const kept = await world.duty.client.measures.byId({
        purpose: 'outbreak_command',
        params: { measureId: measure!.id },
      });
      expect(kept.ground[0]).toEqual({ type: 'contact', id: order.contactId });
      expect(kept.ground.length).toBeGreaterThan(1);
      expect(kept.alternatives.length).toBeGreaterThanOrEqual(2);
      expect(kept.noticeMissing).toEqual([]);
    }
    // The news comes again: still one order.
    await world.surveyor.client.isolation.draft({
      purpose,
      body: { id: newId(), contactId: order.contactId },
    });
    const all = await world.field.client.isolation.orders({
      purpose,
      query: { personId: world.contacts[0]! },
    });
    expect(all.total).toBe(1);
    expect(all.items[0]?.state).toBe('awaiting');
  });

  it('nobody is told, moved or admitted before a second person approves; the author’s role cannot [R4]', async () => {
    const order = (await world.orderOf(world.contacts[0]!))!;
    const params = { orderId: order.id };
    await expect(
      world.field.client.isolation.notify({
        purpose,
        params,
        body: { channel: 'phone', version: order.version },
      }),
    ).rejects.toMatchObject({ status: 422, messages: { en: expect.stringMatching(/no second person/) } });
    await expect(
      world.surveyor.client.isolation.approve({ purpose, params, body: { version: order.version } }),
    ).rejects.toMatchObject({ code: 'access.not_permitted' });
    const approved = await world.commander.client.isolation.approve({
      purpose,
      params,
      body: { version: order.version },
    });
    expect(approved.state).toBe('in_force');
    expect(approved.phases.map(({ measure }) => measure!.phase)).toEqual(['active', 'scheduled']);
    expect(approved.phases.every(({ measure }) => measure!.approver!.id !== measure!.author.id)).toBe(true);
  });

  it('the loop goes found, notified, transferred, admitted, in that order and each once [D4 E1 R14]', async () => {
    const order = (await world.orderOf(world.contacts[0]!))!;
    const params = { orderId: order.id };
    await expect(
      world.field.client.isolation.admit({
        purpose,
        params,
        body: { roomId: rooms[0]!, version: order.version },
      }),
    ).rejects.toMatchObject({ status: 422 });
    const told = await world.field.client.isolation.notify({
      purpose,
      params,
      body: { channel: 'paper', version: order.version },
    });
    expect(told.loop.find(({ step }) => step === 'notified')).toMatchObject({
      channel: 'paper',
      late: false,
    });
    await expect(
      world.field.client.isolation.notify({
        purpose,
        params,
        body: { channel: 'phone', version: told.version },
      }),
    ).rejects.toMatchObject({ code: 'state.refused' });
    world.house.clock.advance(1);
    const moved = await world.field.client.isolation.transfer({
      purpose,
      params,
      body: { version: told.version },
    });
    await expect(
      world.field.client.isolation.admit({
        purpose,
        params,
        body: { roomId: rooms[0]!, version: moved.version, at: '2022-08-11T18:30:00+08:00' },
      }),
    ).rejects.toMatchObject({ status: 422, messages: { en: expect.stringMatching(/step before/) } });
    const admitted = await world.field.client.isolation.admit({
      purpose,
      params,
      body: { roomId: rooms[0]!, version: moved.version },
    });
    expect(admitted).toMatchObject({ stage: 'admitted', room: { name: '101' } });
    expect(admitted.day).toMatchObject({ kind: 'centralised_isolation', n: 1, of: 7 });
    const rows = await world.house.asSuperuser<{ isolated_at: Date }>(
      'select isolated_at from contact where id = $1',
      [admitted.contactId],
    );
    expect(rows[0]?.isolated_at.toISOString()).toBe(admitted.admittedAt);
  });

  it('a room never holds more than its beds, past every service too [E1]', async () => {
    await world.approved(world.contacts[1]!);
    await expect(world.settledIn(world.contacts[1]!, rooms[0]!)).rejects.toMatchObject({
      status: 422,
      messages: { en: '101 is full (1 of 1 beds)'.replace(/^/, 'A rule refuses this: ') },
    });
    const waiting = (await world.orderOf(world.contacts[1]!))!;
    const client = await world.house.platform.pool.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('levee.scope', '6325', true)`);
      await expect(
        client.query('update isolation_order set room_id = $1, admitted_at = $2 where id = $3', [
          rooms[0],
          world.now(),
          waiting.id,
        ]),
      ).rejects.toMatchObject({ constraint: 'isolation_room_full' });
    } finally {
      await client.query('rollback');
      client.release();
    }
    const admitted = await world.field.client.isolation.admit({
      purpose,
      params: { orderId: waiting.id },
      body: { roomId: rooms[1]!, version: waiting.version },
    });
    expect(admitted.room?.name).toBe('102');
  });

  it('the forecast counts the beds of the next seven nights and who still has to be admitted [E1]', async () => {
    await world.approved(world.contacts[2]!);
    const answer = await world.field.client.isolation.facilities({ query: {} });
    expect(answer.items).toMatchObject([{ bedCount: 2, occupiedCount: 2, freeCount: 0 }]);
    expect(answer.toAdmit).toBe(1);
    expect(
      answer.nights.map(({ date, occupied, expected, short }) => [date, occupied, expected, short]),
    ).toEqual([
      ['2022-08-11', 2, 1, 1],
      ['2022-08-12', 2, 1, 1],
      ['2022-08-13', 2, 1, 1],
      ['2022-08-14', 2, 1, 1],
      ['2022-08-15', 2, 1, 1],
      ['2022-08-16', 2, 1, 1],
      ['2022-08-17', 0, 0, 0],
    ]);
  });

  it('a daily follow-up is on record once; symptoms open a duty of a named person [E1]', async () => {
    const order = (await world.orderOf(world.contacts[0]!))!;
    expect(order.followUpDueToday).toBe(true);
    const entry = { id: newId(), temperature: 38.1, symptoms: ['cough' as const] };
    const params = { orderId: order.id };
    await world.field.client.isolation.followUp({ purpose, params, body: entry });
    const again = await world.field.client.isolation.followUp({ purpose, params, body: entry });
    expect(again.followUps).toHaveLength(1);
    expect(again).toMatchObject({ followUpDueToday: false, symptomatic: true });
    const tasks = await world.duty.client.tasks.list({ query: { sourceId: order.id } });
    expect(tasks.items).toMatchObject([{ kind: 'isolation.symptomatic', overdue: false }]);
    expect(tasks.items[0]?.owner).not.toBeNull();
  });

  it('a seam longer than the pack allows is flagged to a named owner by time alone, then becomes their task, and closes with the step [D4]', async () => {
    const personId = world.contacts[2]!;
    const before = (await world.orderOf(personId))!;
    expect(before.late).toEqual([]);
    world.house.clock.advance(2);
    const late = (await world.orderOf(personId))!;
    expect(late.late).toMatchObject([{ step: 'notified', owner: { id: expect.any(String) } }]);
    const found = await world.field.client.isolation.orders({ purpose, query: { late: 'true' } });
    expect(found.items.map(({ id }) => id)).toContain(late.id);
    await world.house.sweeper.round();
    await world.house.sweeper.round();
    const open = async () =>
      (await world.duty.client.tasks.list({ query: { sourceId: late.id, state: ['open', 'accepted'] } }))
        .items;
    expect(await open()).toMatchObject([
      { kind: 'isolation.seam_notified', overdue: true, owner: { id: late.late[0]!.owner!.id } },
    ]);
    await world.field.client.isolation.notify({
      purpose,
      params: { orderId: late.id },
      body: { channel: 'in_person', version: late.version },
    });
    expect(await open()).toEqual([]);
    expect((await world.orderOf(personId))!.late).toEqual([]);
    const counts = await world.field.client.isolation.counts({ query: {} });
    expect(counts.late.value).toBe(0);
  });

  it('an order waiting for its second person too long is the commander’s to answer for [D4 R4]', async () => {
    await world.decide(world.contacts[3]!);
    world.house.clock.advance(2.1);
    const late = (await world.orderOf(world.contacts[3]!))!;
    expect(late).toMatchObject({ state: 'awaiting', late: [{ step: 'notified' }] });
    expect(late.late[0]!.owner!.id).toBe(world.commander.accountId);
  });

  it('release is refused while a test is missing, and says which; with everything negative it ends the measure and frees the room [E1]', async () => {
    const personId = world.contacts[0]!;
    const read = () => detail(personId);
    for (const day of ['11', '12', '13', '15']) {
      world.house.clock.set(`2022-08-${day}T23:30:00+08:00`);
      await world.test(personId);
    }
    world.house.clock.set('2022-08-17T09:00:00+08:00');
    const blocked = await read();
    expect(blocked.release.releasable).toBe(false);
    expect(blocked.testsDueToday).toBe(1);
    expect(blocked.phases[0]!.tests.map(({ state }) => state)).toEqual([
      'negative',
      'negative',
      'negative',
      'negative',
      'due',
    ]);
    await expect(
      world.field.client.isolation.release({
        purpose,
        params: { orderId: blocked.id },
        body: { version: blocked.version },
      }),
    ).rejects.toMatchObject({
      status: 422,
      messages: { zh: expect.stringContaining('缺第7天（2022-08-17）采样的阴性结果') },
      faults: expect.arrayContaining([{ where: 'management.classes.close', problem: expect.anything() }]),
    });
    await expect(
      world.field.client.isolation.certificate({ purpose, params: { orderId: blocked.id } }),
    ).rejects.toMatchObject({ code: 'state.refused' });
    await world.test(personId);
    for (const kind of ['environment', 'goods'] as const) {
      await world.field.client.isolation.siteSample({
        purpose,
        params: { orderId: blocked.id },
        body: { id: newId(), kind, sampledAt: world.now(), result: 'negative' },
      });
    }
    const ready = await read();
    expect(ready.release).toMatchObject({ releasable: true, blocking: [] });
    expect(ready.stage).toBe('tested');
    const freed = await world.field.client.isolation.release({
      purpose,
      params: { orderId: ready.id },
      body: { version: ready.version },
    });
    expect(freed).toMatchObject({ state: 'released', stage: 'released' });
    expect(freed.phases.map(({ measure }) => measure!.phase)).toEqual(['withdrawn', 'scheduled']);
    const certificate = await world.field.client.isolation.certificate({
      purpose,
      params: { orderId: freed.id },
    });
    expect(certificate).toMatchObject({
      kind: 'centralised_isolation',
      fromDate: '2022-08-11',
      untilDate: '2022-08-17',
      byTime: false,
      next: { fromDate: '2022-08-18', untilDate: '2022-08-20', mayGoOut: true },
    });
    expect(certificate.tests.every(({ result }) => result === 'negative')).toBe(true);
    const { rooms: now } = await world.field.client.isolation.rooms({
      purpose,
      params: { placeId: world.facility },
    });
    expect(now.find(({ name }) => name === '101')?.occupants).toEqual([]);
  });

  it('rejecting the contact ends its order through the ledger the same moment [R6 E1 B4]', async () => {
    const personId = world.contacts[1]!;
    expect((await world.orderOf(personId))!.state).toBe('in_force');
    await world.decide(personId, { decision: 'reject', reason: '核实未同桌' });
    const order = await detail(personId);
    expect(order).toMatchObject({ state: 'withdrawn', withdrawnReason: '接触判定已排除' });
    expect(order.phases.every(({ measure }) => measure!.phase === 'withdrawn')).toBe(true);
    expect((await world.field.client.isolation.facilities({ query: {} })).items[0]?.occupiedCount).toBe(0);
  });

  it('lapses by itself: no job, no sweep, no reaction, a moved clock is enough, and the certificate says so [T63 R6 E1]', async () => {
    const order = (await world.orderOf(world.contacts[2]!))!;
    expect(order.state).toBe('in_force');
    await world.house.sweeper.stop();
    await world.house.dispatcher.stop();
    world.house.clock.set('2022-08-18T00:00:01+08:00');
    const ended = await detail(world.contacts[2]!);
    expect(ended).toMatchObject({ state: 'ended', late: [] });
    expect(ended.phases.map(({ measure }) => measure!.active)).toEqual([false, true]);
    const certificate = await world.field.client.isolation.certificate({
      purpose,
      params: { orderId: order.id },
    });
    expect(certificate).toMatchObject({ byTime: true, untilDate: '2022-08-17' });
    world.house.clock.set('2022-08-21T00:00:01+08:00');
    expect((await detail(world.contacts[2]!)).phases.some(({ measure }) => measure!.active)).toBe(false);
  });
});

describe('a changed contact and another county', () => {
  let world: IsolationWorld;

  beforeAll(async () => {
    world = await openIsolationWorld(4);
  });
  afterAll(() => world.house.close());

  it('a milder class frees at once from what it no longer asks; what it asks waits for a second person [R4 R6 B4]', async () => {
    const personId = world.contacts[0]!;
    await world.approved(personId);
    await world.decide(personId, { class: 'general', reason: '全程戴口罩' });
    const order = (await world.orderOf(personId))!;
    expect(order).toMatchObject({ class: 'general', kind: 'self_monitoring', state: 'awaiting' });
    const { earlier } = await world.field.client.isolation.orderById({
      purpose,
      params: { orderId: order.id },
    });
    expect(earlier.map(({ kind, measure }) => [kind, measure!.active])).toEqual([
      ['centralised_isolation', false],
      ['home_monitoring', false],
    ]);
  });

  it('a stricter class goes on as it was until the second person approves, then the old ends [R4 R6 B4]', async () => {
    const personId = world.contacts[1]!;
    await world.decide(personId, { class: 'general', reason: '待核实' });
    const first = (await world.orderOf(personId))!;
    const params = { orderId: first.id };
    const mild = await world.commander.client.isolation.approve({
      purpose,
      params,
      body: { version: first.version },
    });
    await world.house.settle();
    await world.decide(personId, { class: 'close' });
    const strict = await world.field.client.isolation.orderById({ purpose, params });
    expect(strict).toMatchObject({ class: 'close', state: 'awaiting' });
    expect(strict.earlier).toMatchObject([{ measure: { id: mild.phases[0]!.measure!.id, active: true } }]);
    const approved = await world.commander.client.isolation.approve({
      purpose,
      params,
      body: { version: strict.version },
    });
    expect(approved.state).toBe('in_force');
    expect(approved.earlier.map(({ measure }) => measure!.active)).toEqual([false]);
  });

  it('age in the register leads home instead of to a facility, by the pack; a person adds what the register does not know [E1 R7]', async () => {
    await world.house.asSuperuser(`update person set date_birth = '2012-05-01' where id = $1`, [
      world.contacts[3],
    ]);
    await world.decide(world.contacts[3]!);
    expect((await world.orderOf(world.contacts[3]!))!.kind).toBe('home_isolation');
    const personId = world.contacts[2]!;
    await world.decide(personId);
    const order = (await world.orderOf(personId))!;
    expect(order.kind).toBe('centralised_isolation');
    const home = await world.surveyor.client.isolation.setConditions({
      purpose,
      params: { orderId: order.id },
      body: { conditions: ['pregnant'], version: order.version },
    });
    expect(home).toMatchObject({ kind: 'home_isolation', conditions: ['pregnant'], state: 'awaiting' });
    expect(home.loop.find(({ step }) => step === 'transferred')).toMatchObject({ applies: false });
    const approved = await world.commander.client.isolation.approve({
      purpose,
      params: { orderId: order.id },
      body: { version: home.version },
    });
    const params = { orderId: order.id };
    await expect(
      world.field.client.isolation.admit({
        purpose,
        params,
        body: { roomId: null, version: approved.version },
      }),
    ).rejects.toMatchObject({ messages: { en: expect.stringMatching(/has not been told/) } });
    const told = await world.field.client.isolation.notify({
      purpose,
      params,
      body: { channel: 'sms', version: approved.version },
    });
    const settled = await world.field.client.isolation.admit({
      purpose,
      params,
      body: { roomId: null, version: told.version },
    });
    expect(settled).toMatchObject({ stage: 'admitted', room: null });
  });

  it('a county never sees another county’s orders, follow-ups or rooms [T38 T39]', async () => {
    const order = (await world.orderOf(world.contacts[0]!))!;
    const neighbour = await world.house.signIn('field_worker', '632523');
    const params = { orderId: order.id };
    expect((await neighbour.client.isolation.orders({ purpose, query: {} })).total).toBe(0);
    await expect(neighbour.client.isolation.orderById({ purpose, params })).rejects.toMatchObject({
      status: 404,
    });
    await expect(
      neighbour.client.isolation.followUp({
        purpose,
        params,
        body: { id: newId(), temperature: 36.5, symptoms: [] },
      }),
    ).rejects.toMatchObject({ status: 404 });
    expect((await neighbour.client.isolation.facilities({ query: {} })).items).toEqual([]);
    await expect(
      neighbour.client.isolation.rooms({ purpose, params: { placeId: world.facility } }),
    ).rejects.toMatchObject({ status: 404 });
    await expect(
      neighbour.client.isolation.orderById({ purpose: 'testing' as never, params }),
    ).rejects.toMatchObject({ code: 'access.purpose_refused' });
  });
});
