import { newId } from '@levee/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AMPLIFIED, CLEAN, type Ground, openGround, purpose } from '../../platform/testing/testing-ground.ts';

/** One thing a device or a laboratory sends; sending it again must change nothing. */
interface Command {
  readonly name: string;
  readonly send: () => Promise<unknown>;
}

/** What must stand in the database, whatever the order of arrival. */
interface Oracle {
  readonly pools: readonly { tube: string; state: string; members: number; outcome: string | null }[];
  readonly sampleIds: readonly string[];
  readonly wanted: readonly string[];
}

describe('samples that arrive in any order, twice or late', () => {
  let ground: Ground;
  let people: string[];
  beforeAll(async () => {
    ground = await openGround();
    people = await ground.people(5);
  });
  afterAll(() => ground.house.close());

  /** A morning at the desk: a pool of three that comes out positive, a pool of two that does not. */
  function morning(): { commands: Command[]; oracle: Oracle } {
    const { desk, lab, labId } = ground;
    const tubes = [ground.tube(10), ground.tube(5)] as const;
    const members = [people.slice(0, 3), people.slice(3)] as const;
    const at = (minute: number) =>
      new Date(ground.house.clock.nowMs() - (60 - minute) * 60_000).toISOString();
    const sampleIds: string[] = [];
    const commands: Command[] = [];
    // Duplicates come under the same command id (a reply was lost) or under a new one (the app was started again).
    const add = (name: string, send: (commandId: string) => Promise<unknown>) => {
      const commandId = newId();
      commands.push(
        { name, send: () => send(commandId) },
        { name: `${name} again`, send: () => send(newId()) },
      );
    };
    tubes.forEach((tube, index) => {
      members[index]!.forEach((personId, minute) => {
        const body = { ...tube, id: newId(), who: { personId }, takenAt: at(minute) };
        sampleIds.push(body.id);
        add(`register ${index}.${minute}`, (commandId) =>
          desk.client.testing.registerSample({ purpose, body, commandId }),
        );
      });
      const close = { ...tube, closedAt: at(20) };
      add(`close ${index}`, (commandId) => desk.client.testing.closePool({ body: close, commandId }));
      const receipt = { tubeCode: tube.tubeCode, labId, receivedAt: at(40) };
      add(`receive ${index}`, (commandId) => lab.client.testing.receive({ body: receipt, commandId }));
      const outcome = index === 0 ? ('positive' as const) : ('negative' as const);
      const report = {
        id: newId(),
        tubeCode: tube.tubeCode,
        labId,
        outcome,
        targets: index === 0 ? AMPLIFIED : CLEAN,
        testedAt: at(50),
      };
      add(`result ${index}`, (commandId) =>
        lab.client.testing.reportResult({ purpose, body: report, commandId }),
      );
    });
    return {
      commands,
      oracle: {
        pools: [
          { tube: tubes[0].tubeCode, state: 'resulted', members: 3, outcome: 'positive' },
          { tube: tubes[1].tubeCode, state: 'resulted', members: 2, outcome: 'negative' },
        ],
        sampleIds: sampleIds.sort(),
        wanted: [...members[0]].sort(),
      },
    };
  }

  /** As an offline queue does: what is refused as too early is kept and sent again. */
  async function deliver(commands: readonly Command[]): Promise<void> {
    let queue = [...commands];
    while (queue.length > 0) {
      const kept: Command[] = [];
      for (const command of queue) {
        try {
          await command.send();
        } catch (error) {
          if ((error as { code?: string }).code !== 'state.refused') throw error;
          kept.push(command);
        }
      }
      if (kept.length === queue.length) throw new Error(`stuck: ${kept.map(({ name }) => name).join(', ')}`);
      queue = kept;
    }
  }

  async function state(tubes: readonly string[]): Promise<Oracle> {
    const pools = (await ground.house.asSuperuser(
      `select tube_code as tube, state, member_count as members, outcome
         from pool left join result on pool_id = pool.id and current
        where tube_code = any($1) order by tube_code`,
      [tubes],
    )) as Oracle['pools'];
    const ids = async (text: string) =>
      ((await ground.house.asSuperuser(text, [tubes])) as { id: string }[]).map(({ id }) => id).sort();
    return {
      pools,
      sampleIds: await ids(
        `select sample.id from sample join pool on pool.id = pool_id where tube_code = any($1)`,
      ),
      wanted: await ids(
        `select person_id as id from resample_request join pool on pool.id = pool_id
          where tube_code = any($1) and met_at is null`,
      ),
    };
  }

  it('end in the state the oracle says, for every order with duplicates [T18 C2]', async () => {
    const order = fc.array(fc.nat(), { minLength: 22, maxLength: 22 });
    await fc.assert(
      fc.asyncProperty(order, async (keys) => {
        const { commands, oracle } = morning();
        expect(commands).toHaveLength(22);
        const shuffled = commands
          .map((command, index) => ({ command, key: keys[index]! }))
          .sort((a, b) => a.key - b.key)
          .map(({ command }) => command);
        await deliver(shuffled);
        expect(await state(oracle.pools.map(({ tube }) => tube))).toEqual(oracle);
      }),
      { numRuns: 32 },
    );
    const strip = await ground.lab.client.testing.accounting({ query: {} });
    expect(strip.missing.value).toBe(0);
    // 700 requests one after the other: half a minute alone, longer beside other work.
  }, 240_000);

  it('end in the same state when they arrive all at once [T18 C2]', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { commands, oracle } = morning();
      const settled = await Promise.allSettled(commands.map(({ send }) => send()));
      const early = commands.filter((_, index) => settled[index]!.status === 'rejected');
      await deliver(early);
      expect(await state(oracle.pools.map(({ tube }) => tube))).toEqual(oracle);
    }
  });
});
