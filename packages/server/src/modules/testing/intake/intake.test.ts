import { gzipSync } from 'node:zlib';
import { newId } from '@levee/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardOf, type Ground, openGround, purpose } from '../../../platform/testing/testing-ground.ts';
import { intakeOf } from './intake.ts';

type Recorded = Record<string, unknown> & { id: string };

describe('what a device hands over', () => {
  let ground: Ground;
  const deviceId = newId();
  let order = 0;
  beforeAll(async () => {
    ground = await openGround();
  });
  afterAll(() => ground.house.close());

  const record = (rest: Record<string, unknown>): Recorded => {
    order += 1;
    return { id: newId(), order, at: ground.now(), siteId: ground.site, ...rest };
  };
  const tubeOf = (capacity: 1 | 5 | 10 | 20 = 10) => {
    const { siteId: _, ...tube } = ground.tube(capacity);
    return tube;
  };
  const sample = (tube: object, personId: string, rest: object = {}) =>
    record({ kind: 'sample', ...tube, who: { personId }, ...rest });
  const seal = (tube: object, rest: object = {}) => record({ kind: 'seal', ...tube, ...rest });
  const send = (commands: readonly unknown[], device = deviceId, sentAt = ground.now()) =>
    ground.desk.client.intake.append({
      purpose,
      body: { deviceId: device, sentAt, commands: [...commands] },
    });
  const settle = () => intakeOf(ground.house.platform).settle();
  const outcomes = async (device = deviceId) => {
    const { items } = await ground.desk.client.intake.outcomes({ query: { deviceId: device, limit: 500 } });
    return new Map(items.map((one) => [one.id, one]));
  };
  const poolOf = (poolId: string) => ground.desk.client.testing.poolById({ params: { poolId }, purpose });

  it('what is acknowledged is committed, and applied a moment later [C2 K3]', async () => {
    const people = await ground.people(3);
    const tube = tubeOf();
    const commands = [...people.map((person) => sample(tube, person)), seal(tube)];
    const { accepted, refused } = await send(commands);
    expect(accepted).toEqual(commands.map(({ id }) => id));
    expect(refused).toEqual([]);
    const kept = await ground.house.asSuperuser(
      'select id from intake union all select id from intake_outcome',
    );
    expect(kept.length).toBeGreaterThanOrEqual(4);
    await settle();
    expect(await poolOf(tube.poolId)).toMatchObject({ state: 'closed', memberCount: 3 });
    const states = await outcomes();
    for (const { id } of commands) expect(states.get(id)).toMatchObject({ state: 'applied', problem: null });
    expect(await ground.house.asSuperuser('select id from intake')).toEqual([]);
  });

  it('a batch whose answer was lost, sent again, whole or in part, is applied once [T18 T20]', async () => {
    const people = await ground.people(4);
    const tube = tubeOf();
    const commands = people.map((person) => sample(tube, person));
    await Promise.all([send(commands), send(commands), send(commands.slice(1, 3))]);
    await settle();
    await send(commands);
    await settle();
    expect(await poolOf(tube.poolId)).toMatchObject({ memberCount: 4 });
    const [{ count } = { count: 0 }] = await ground.house.asSuperuser<{ count: number }>(
      'select count(*)::int as count from intake_outcome where id = any($1)',
      [commands.map(({ id }) => id)],
    );
    expect(count).toBe(4);
  });

  it('a queue written by the first version of the phone is taken as it is, whatever later versions add [T24]', async () => {
    const [one] = await ground.people(1);
    const newcomer = newId();
    const device = newId();
    const [first, second] = [tubeOf(), tubeOf()];
    // Frozen: every field the first version wrote, and none that came later. Never edit, only add below.
    const written = [
      { kind: 'sample', order: 1, ...first, who: { personId: one } },
      { kind: 'person', order: 2, personId: newcomer, nameZh: '才让', placeId: ground.town },
      { kind: 'sample', order: 3, ...first, who: { personId: newcomer }, foundIn: 'community_screening' },
      {
        kind: 'sample',
        order: 4,
        ...second,
        who: { identityNumber: '632599199001010017' },
        paperNumber: '7',
      },
      { kind: 'seal', order: 5, ...first },
      { kind: 'send', order: 6, poolIds: [first.poolId], labId: ground.labId },
    ].map((command) => ({ id: newId(), at: ground.now(), siteId: ground.site, ...command }));
    const { accepted, refused } = await send(written, device);
    expect(refused).toEqual([]);
    expect(accepted).toEqual(written.map(({ id }) => id));
    await settle();
    const states = await outcomes(device);
    // Nobody is registered under that card: kept with its reason, as then.
    expect(written.map(({ id }) => states.get(id)!.state)).toEqual([
      'applied',
      'applied',
      'applied',
      'quarantined',
      'applied',
      'applied',
    ]);
    expect(await poolOf(first.poolId)).toMatchObject({ state: 'sent', memberCount: 2 });
  });

  it('the same id with another content is kept apart and shown, not taken for a second sending [T20]', async () => {
    const [one, two] = await ground.people(2);
    const tube = tubeOf();
    const first = sample(tube, one!);
    const device = newId();
    await send([first], device);
    await settle();
    const other = { ...first, who: { personId: two! } };
    await send([other], device);
    await settle();
    // Its own second sending, alone or twice in a batch, is nothing new.
    await send([other, other], device);
    await settle();
    const states = [...(await outcomes(device)).values()];
    expect(states.map(({ state }) => state).sort()).toEqual(['applied', 'quarantined']);
    expect(await poolOf(tube.poolId)).toMatchObject({ memberCount: 1 });
  });

  it('a packed batch is the same batch; one that unpacks to more than the door takes, or to nothing, is refused, and the rest of it not unpacked [T29 T53]', async () => {
    const [person] = await ground.people(1);
    const post = async (body: Buffer) => {
      const response = await fetch(`${ground.house.url}/api/intake`, {
        method: 'POST',
        headers: {
          cookie: ground.desk.cookie(),
          'content-type': 'application/json',
          'content-encoding': 'gzip',
          'levee-purpose': 'testing',
          'levee-command': newId(),
        },
        body: new Uint8Array(body),
      });
      return { status: response.status, answer: await response.json() };
    };
    const command = sample(tubeOf(), person!);
    const batch = { deviceId: newId(), sentAt: ground.now(), commands: [command] };
    const packed = gzipSync(JSON.stringify(batch));
    expect(await post(packed)).toMatchObject({ status: 200, answer: { accepted: [command.id] } });
    // 64 kB that would unpack to 64 MB.
    const unpacked = { status: 413, answer: { error: { code: 'request.too_large' } } };
    expect(await post(gzipSync(Buffer.alloc(64 * 2 ** 20)))).toMatchObject(unpacked);
    expect(await post(packed.subarray(0, 40))).toMatchObject({ status: 400 });
    await settle();
    expect((await outcomes(batch.deviceId)).get(command.id)).toMatchObject({ state: 'applied' });
  });

  it('one bad command is refused by name and place; its neighbours go through [T28]', async () => {
    const [person] = await ground.people(1);
    const tube = tubeOf();
    const good = sample(tube, person!);
    const bad = { ...sample(tube, person!), capacity: 7 };
    const elsewhere = { ...sample(tubeOf(), person!), siteId: newId() };
    const { accepted, refused } = await send([bad, good, elsewhere, 'not a command']);
    expect(accepted).toEqual([good.id]);
    expect(refused.map(({ index, id, code }) => [index, id, code])).toEqual([
      [0, bad.id, 'request.invalid'],
      [2, elsewhere.id, 'not_found'],
      [3, null, 'request.invalid'],
    ]);
    expect(refused[0]!.problem.zh).toContain('capacity');
    expect(refused[0]!.nextStep.zh).not.toBe('');
  });

  it('one person and one tube recorded by two devices: both records are kept, one is applied, one asks for attention [T22]', async () => {
    const [shared, other] = await ground.people(2);
    const [here, there] = [tubeOf(), tubeOf()];
    const [mine, theirs] = [newId(), newId()];
    const samples = [sample(here, shared!), sample(there, shared!)];
    await send([samples[0]], mine);
    await send([samples[1], sample({ ...here, poolId: newId() }, other!)], theirs);
    await settle();
    expect([...(await outcomes(mine)).values()].map(({ state }) => state)).toEqual(['applied']);
    const kept = [...(await outcomes(theirs)).values()];
    expect(kept.map(({ state }) => state)).toEqual(['quarantined', 'quarantined']);
    expect(kept[0]!.problem!.zh).toContain(here.tubeCode);
    const tasks = await ground.house.asSuperuser<{ kind: string }>(
      `select kind from task where kind = 'testing.quarantine' and state = 'open'`,
    );
    expect(tasks.length).toBe(1);
    // The first tube sealed, the second record goes through on another try.
    await send([seal(here)], mine);
    await settle();
    const again = await ground.desk.client.intake.resolve({
      params: { commandId: samples[1]!.id },
      purpose,
      body: { decision: 'retry', reason: '已核对' },
    });
    expect(again).toMatchObject({ state: 'applied', problem: null });
  });

  it('a clock two days wrong either way, and one that jumps, leaves the order and the moments right [T21]', async () => {
    for (const hours of [48, -48]) {
      const device = newId();
      const people = await ground.people(2);
      const tube = tubeOf();
      const shift = (at: string) => new Date(Date.parse(at) + hours * 3_600_000).toISOString();
      const wrong = [...people.map((person) => sample(tube, person)), seal(tube)].map((one) => ({
        ...one,
        at: shift(ground.now()),
      }));
      await send(wrong, device, shift(ground.now()));
      await settle();
      const pool = await poolOf(tube.poolId);
      expect(pool).toMatchObject({ state: 'closed', memberCount: 2 });
      expect(Date.parse(pool.closedAt!)).toBe(Date.parse(ground.now()));
      for (const outcome of (await outcomes(device)).values()) {
        expect(outcome).toMatchObject({ state: 'applied', clockAheadSeconds: hours * 3600 });
      }
    }
  });

  it('somebody written down at the site is registered and sampled; their values never lie open in the database [K3 R15]', async () => {
    const personId = newId();
    const number = cardOf('19800101', '231');
    const tube = tubeOf();
    const commands = [
      record({ kind: 'person', personId, nameZh: '扎西措', identityNumber: number, placeId: ground.town }),
      sample(tube, personId),
      record({ kind: 'sample', ...tubeOf(), who: { identityNumber: number } }),
    ];
    await send(commands);
    const waiting = await ground.house.asSuperuser<{ body: unknown }>('select body from intake');
    expect(JSON.stringify(waiting)).not.toMatch(/扎西措|\d{17}/);
    await settle();
    const states = await outcomes();
    expect(states.get(commands[0]!.id)!.state).toBe('applied');
    expect(states.get(commands[1]!.id)!.state).toBe('applied');
    // In one open tube already, found by the card.
    expect(states.get(commands[2]!.id)!.state).toBe('quarantined');
    const kept = await ground.house.asSuperuser('select body from intake_outcome');
    expect(JSON.stringify(kept)).not.toMatch(/扎西措|\d{17}/);
  });

  it('a county can neither write into another nor learn what its devices handed over [T38 T39]', async () => {
    const stranger = await ground.house.signIn('field_worker', '632524');
    const [person] = await ground.people(1);
    const command = sample(tubeOf(), person!);
    const body = { deviceId, sentAt: ground.now(), commands: [command] };
    const { accepted, refused } = await stranger.client.intake.append({ purpose, body });
    expect(accepted).toEqual([]);
    expect(refused[0]!.code).toBe('not_found');
    expect((await stranger.client.intake.outcomes({ query: { deviceId } })).total).toBe(0);
  });

  it('who recorded what is in the audit trail, by id and purpose [T60 I4]', async () => {
    const [person] = await ground.people(1);
    const command = sample(tubeOf(), person!);
    await send([command]);
    await settle();
    const entries = await ground.house.asSuperuser<{ actor_id: string; purpose: string }>(
      `select actor_id, purpose from audit_entry where route = 'intake.append' and opened @> $1::jsonb`,
      [JSON.stringify([{ type: 'intake', ids: [command.id] }])],
    );
    expect(entries).toEqual([{ actor_id: ground.desk.accountId, purpose: 'testing' }]);
  });

  it('any order and any splitting of the same records comes to the same tubes [T18 C2]', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(), { minLength: 14, maxLength: 14 }),
        fc.integer({ min: 1, max: 14 }),
        async (keys, size) => {
          const people = await ground.people(5);
          const [one, two] = [tubeOf(5), tubeOf(10)];
          const commands = [
            ...people.slice(0, 3).map((person) => sample(one, person)),
            ...people.slice(3).map((person) => sample(two, person)),
            seal(one),
            seal(two),
          ];
          const sent = [...commands, ...commands].map((command, place) => ({ command, key: keys[place]! }));
          const shuffled = sent.toSorted((a, b) => a.key - b.key).map(({ command }) => command);
          const device = newId();
          for (let at = 0; at < shuffled.length; at += size)
            await send(shuffled.slice(at, at + size), device);
          await settle();
          expect(await poolOf(one.poolId)).toMatchObject({ state: 'closed', memberCount: 3 });
          expect(await poolOf(two.poolId)).toMatchObject({ state: 'closed', memberCount: 2 });
          for (const { state } of (await outcomes(device)).values()) expect(state).toBe('applied');
        },
      ),
      { numRuns: 25 },
    );
  }, 180_000);
});
