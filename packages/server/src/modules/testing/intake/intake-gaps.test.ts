import { newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ground, openGround, purpose } from '../../../platform/testing/testing-ground.ts';
import { HOLD_HOURS } from './hold.ts';
import { intakeOf } from './intake.ts';

type Command = Record<string, unknown> & { id: string; order: number; after?: string };
type End = Record<string, unknown>;
interface Chain {
  readonly commands: Command[];
  readonly end: () => Promise<End>;
  readonly expected: End;
}

const ORDERS = permutations([0, 1, 2, 3]);
const HOLD_MS = HOLD_HOURS * 3_600_000;
/** Which of four never come: every gap but the empty one and the whole. */
const GAPS = Array.from({ length: 14 }, (_, at) => [0, 1, 2, 3].filter((bit) => (at + 1) & (1 << bit)));

describe('records that build on one that has not come', () => {
  let ground: Ground;
  let boxes = 0;
  beforeAll(async () => {
    ground = await openGround();
  });
  afterAll(() => ground.house.close());

  /** Each builds on the one before, as the phone writes it. */
  const chainOf = (records: readonly Record<string, unknown>[]): Command[] => {
    const commands: Command[] = [];
    for (const [order, rest] of records.entries()) {
      const after = commands.at(-1)?.id;
      const command = { id: newId(), order, at: ground.now(), siteId: ground.site, ...rest };
      commands.push(after === undefined ? command : { ...command, after });
    }
    return commands;
  };
  const tubeOf = () => {
    const { siteId: _, ...tube } = ground.tube(5);
    return tube;
  };

  /** Somebody is registered, sampled, taken out of the tube and sampled into another: in any other order it is refused. */
  function personChain() {
    const personId = newId();
    const [first, second] = [tubeOf(), tubeOf()];
    const sampleId = newId();
    const commands = chainOf([
      { kind: 'person', personId, nameZh: '才让', placeId: ground.town },
      { id: sampleId, kind: 'sample', ...first, who: { personId } },
      { kind: 'withdraw', sampleId, reason: '扫错了管' },
      { kind: 'sample', ...second, who: { personId } },
    ]);
    const end = async (): Promise<End> => {
      const rows = await ground.house.asSuperuser(
        `select tube_code, member_count, withdrawn_at is not null as withdrawn
           from sample join pool on pool.id = pool_id where person_id = $1 order by tube_code`,
        [personId],
      );
      return { rows };
    };
    const rows = [
      { tube_code: first.tubeCode, member_count: 0, withdrawn: true },
      { tube_code: second.tubeCode, member_count: 1, withdrawn: false },
    ];
    return { commands, end, expected: { rows } };
  }

  /** A tube is filled, sealed, packed and handed over. */
  async function boxChain() {
    const [personId] = (await ground.people(1)) as [string];
    const tube = tubeOf();
    const boxId = newId();
    boxes += 1;
    const commands = chainOf([
      { kind: 'sample', ...tube, who: { personId } },
      { kind: 'seal', ...tube },
      {
        id: boxId,
        kind: 'pack',
        code: `BOX-${String(boxes).padStart(5, '0')}`,
        labId: ground.labId,
        tubeCodes: [tube.tubeCode],
      },
      { kind: 'hand_over', boxId, courier: '马师傅' },
    ]);
    const end = async (): Promise<End> => {
      const [row] = await ground.house.asSuperuser<End>(
        `select pool.state, member_count, sample_box.sent_at is not null as sent
           from pool join sample_box_tube on pool_id = pool.id join sample_box on sample_box.id = box_id
          where pool.id = $1`,
        [tube.poolId],
      );
      return { ...row };
    };
    return { commands, end, expected: { state: 'sent', member_count: 1, sent: true } };
  }

  const open = async <One extends Chain>(make: () => Promise<One>) => ({
    deviceId: newId(),
    ...(await make()),
  });
  const settle = () => intakeOf(ground.house.platform).settle();
  const send = async (deviceId: string, commands: readonly Command[]) => {
    const { refused } = await ground.desk.client.intake.append({
      purpose,
      body: { deviceId, sentAt: ground.now(), commands: [...commands] },
    });
    expect(refused).toEqual([]);
  };
  const outcomesOf = async (deviceId: string) => {
    const { items } = await ground.desk.client.intake.outcomes({ query: { deviceId } });
    return new Map(items.map((one) => [one.order, one]));
  };

  it.each<[string, () => Promise<Chain>]>([
    ['person, sample, withdrawal, sample', async () => personChain()],
    ['sample, seal, box, hand-over', boxChain],
  ])('%s end as recorded in every order of arrival, one by one or together [T19]', async (_, make) => {
    const oneByOne = await Promise.all(ORDERS.map(async (order) => ({ order, ...(await open(make)) })));
    for (const step of [0, 1, 2, 3]) {
      for (const { order, deviceId, commands } of oneByOne) await send(deviceId, [commands[order[step]!]!]);
      await settle();
      for (const { order, deviceId } of oneByOne) {
        // What has come without its base is held and seen; what has its base is done.
        const come = order.slice(0, step + 1);
        const states = await outcomesOf(deviceId);
        expect(states.size).toBe(come.length);
        for (const at of come) {
          const whole = [0, 1, 2, 3].slice(0, at).every((before) => come.includes(before));
          const state = whole ? 'applied' : 'held';
          expect(states.get(at), `${order} at ${at}`).toMatchObject({ state, withoutBase: false });
        }
      }
    }
    const together = await Promise.all(ORDERS.map(async (order) => ({ order, ...(await open(make)) })));
    for (const { order, deviceId, commands } of together)
      await send(
        deviceId,
        order.map((at) => commands[at]!),
      );
    await settle();
    for (const { order, end, expected } of [...oneByOne, ...together])
      expect(await end(), String(order)).toEqual(expected);
  });

  it('every gap that is never closed: held, seen by the site, let go in order with a mark when the time is over [T19]', async () => {
    const chains = await Promise.all(
      GAPS.map(async (gap) => {
        const chain = await open(async () => personChain());
        return { gap, ...chain, present: chain.commands.filter(({ order }) => !gap.includes(order)) };
      }),
    );
    for (const { deviceId, present } of chains) await send(deviceId, present.toReversed());
    await settle();
    const listed = await ground.desk.client.intake.quarantine({ query: { limit: 500 } });
    for (const { gap, deviceId, present } of chains) {
      const held = present.filter(({ order }) => gap.some((missing) => missing < order));
      const seen = listed.items.filter((one) => one.deviceId === deviceId && one.state === 'held');
      expect(seen.map(({ order }) => order)).toEqual(held.map(({ order }) => order));
      for (const { heldUntil, problem } of seen) {
        expect(Date.parse(heldUntil!) - ground.house.clock.nowMs()).toBe(HOLD_MS);
        expect(problem).not.toBeNull();
      }
    }
    const states = async () =>
      Promise.all(chains.map(async (chain) => ({ ...chain, of: await outcomesOf(chain.deviceId) })));
    const heldNow = async () =>
      (await states()).flatMap(({ of }) => [...of.values()].filter(({ state }) => state === 'held')).length;
    const all = await heldNow();
    expect(all).toBeGreaterThan(0);
    const cameAt = ground.house.clock.nowMs();
    ground.house.clock.set(new Date(cameAt + HOLD_MS - 1_000).toISOString());
    await settle();
    expect(await heldNow()).toBe(all);
    ground.house.clock.set(new Date(cameAt + HOLD_MS).toISOString());
    await settle();
    for (const { gap, present, of } of await states()) {
      expect(of.size).toBe(present.length);
      for (const { order } of present) {
        const one = of.get(order)!;
        expect(['applied', 'quarantined'], `${gap} at ${order}`).toContain(one.state);
        // The mark says whose own base never came: its neighbours only waited for it.
        expect(one.withoutBase, `${gap} at ${order}`).toBe(gap.includes(order - 1));
      }
    }
    expect(await ground.events('intake.released')).not.toEqual([]);

    // The missing ones come after all: nothing was dropped, and what waits for somebody is tried again in order.
    for (const { gap, deviceId, commands } of chains)
      await send(
        deviceId,
        commands.filter(({ order }) => gap.includes(order)),
      );
    await settle();
    for (const { of, commands } of await states()) {
      expect(of.size).toBe(4);
      for (const { id, order } of commands) {
        if (of.get(order)!.state !== 'quarantined') continue;
        const body = { decision: 'retry' as const, reason: '前一条已到' };
        await ground.desk.client.intake
          .resolve({ params: { commandId: id }, purpose, body })
          .catch(() => undefined);
      }
    }
    for (const { gap, end, expected } of chains) {
      // The last sample stands. A first one that comes after it may have to stay with somebody: nobody is in two open tubes.
      const { rows } = await end();
      expect([expected.rows, expected.rows.slice(1)], String(gap)).toContainEqual(rows);
    }
  });

  it('a base that was refused holds nobody up, and a person may decide before the time is over [T19]', async () => {
    const nobody = { personId: newId() };
    const tube = tubeOf();
    const deviceId = newId();
    const [sample, withdrawal, late] = chainOf([
      { kind: 'sample', ...tube, who: nobody },
      { kind: 'withdraw', sampleId: newId(), reason: '撤销' },
      { kind: 'seal', ...tube },
    ]) as [Command, Command, Command];
    await send(deviceId, [sample, withdrawal]);
    await settle();
    const states = await outcomesOf(deviceId);
    expect([states.get(0)!.state, states.get(1)!.state]).toEqual(['quarantined', 'quarantined']);
    const waits = { ...late, after: newId() };
    await send(deviceId, [waits]);
    await settle();
    expect((await outcomesOf(deviceId)).get(2)!.state).toBe('held');
    const decided = await ground.desk.client.intake.resolve({
      params: { commandId: waits.id },
      purpose,
      body: { decision: 'retry', reason: '不再等待' },
    });
    expect(decided).toMatchObject({ state: 'applied', heldUntil: null });
  });
});

function permutations<One>(of: readonly One[]): One[][] {
  if (of.length <= 1) return [[...of]];
  return of.flatMap((one, at) => permutations(of.toSpliced(at, 1)).map((rest) => [one, ...rest]));
}
