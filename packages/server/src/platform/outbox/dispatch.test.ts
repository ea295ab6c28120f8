import type { EventKind } from '@levee/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemContext } from '../context.ts';
import { inScopedTransaction } from '../db/pool.ts';
import { openTestHouse, type TestHouse } from '../testing/index.ts';
import { createDispatcher, type Reaction } from './dispatch.ts';
import { emitMany } from './emit.ts';

const KIND: EventKind = 'place.added';

describe('reactions to events', () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await openTestHouse();
  });
  afterAll(() => house.close());

  /** Writes `count` events of one transaction, numbered. */
  const write = (count: number) =>
    inScopedTransaction(house.platform.db, '6325', (trx) =>
      emitMany(
        systemContext(house.platform, trx),
        Array.from({ length: count }, (_, number) => ({
          kind: KIND,
          division: '6325',
          subject: { type: 'place', id: crypto.randomUUID() },
          data: { number },
        })),
      ),
    );

  /** Keeps in the database which numbers it handled, in order; throws at those that `isBad`. */
  const recorder = (name: string, isBad: (number: number) => boolean): Reaction => ({
    name,
    kinds: [KIND],
    async handle({ trx }, { data }) {
      const number = data['number'] as number;
      await sql`insert into setting (name, value) values (${name}, ${JSON.stringify([number])}::jsonb)
        on conflict (name) do update set value = setting.value || excluded.value`.execute(trx);
      if (isBad(number)) throw new RangeError(`no good: ${number}`);
    },
  });
  const handled = async (name: string) => {
    const rows = await house.asSuperuser<{ value: number[] }>('select value from setting where name = $1', [
      name,
    ]);
    return rows[0]?.value;
  };
  const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);

  it('handle each event once and in order, however many wait', async () => {
    const reaction = recorder('test.all', () => false);
    const dispatcher = createDispatcher(house.platform, [reaction]);
    await dispatcher.start();
    await write(250);
    await dispatcher.settle();
    await dispatcher.stop();
    expect(await handled(reaction.name)).toEqual(numbers(250));
  });

  it('one event that keeps failing is set aside with its reason; those before and after it are handled once', async () => {
    const bad = recorder('test.bad', (number) => number === 7);
    const good = recorder('test.good', () => false);
    const dispatcher = createDispatcher(house.platform, [bad, good]);
    await house.asSuperuser(`insert into reaction_checkpoint (name, transaction, sequence)
      select name, max(transaction::text::bigint)::text::xid8, max(sequence) from event, unnest(array['test.bad', 'test.good']) name
       group by name`);
    await dispatcher.start();
    await write(20);
    await dispatcher.settle();
    await dispatcher.stop();
    expect(await handled(bad.name)).toEqual(numbers(20).filter((number) => number !== 7));
    expect(await handled(good.name)).toEqual(numbers(20));
    const failures = await house.asSuperuser(
      `select kind, error from reaction_failure where name = 'test.bad'`,
    );
    expect(failures).toEqual([{ kind: KIND, error: 'RangeError: no good: 7' }]);
  });

  it('two servers over one database handle each event once between them', async () => {
    const reaction = recorder('test.two', () => false);
    const dispatchers = [1, 2].map(() => createDispatcher(house.platform, [reaction]));
    await house.asSuperuser(`insert into reaction_checkpoint (name, transaction, sequence)
      select 'test.two', max(transaction::text::bigint)::text::xid8, max(sequence) from event`);
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.start()));
    for (let burst = 0; burst < 5; burst += 1) await write(30);
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.settle()));
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.stop()));
    expect(await handled(reaction.name)).toEqual(Array.from({ length: 5 }, () => numbers(30)).flat());
  });

  /** The same, many at once; remembers how many came together. */
  const together = (name: string, isBad: (number: number) => boolean) => {
    const one = recorder(name, isBad);
    const sizes: number[] = [];
    const reaction: Reaction = {
      ...one,
      async handleAll(context, events) {
        sizes.push(events.length);
        for (const event of events) await one.handle(context, event);
      },
    };
    return { reaction, sizes };
  };
  const run = async (reaction: Reaction, count: number) => {
    const dispatcher = createDispatcher(house.platform, [reaction]);
    await house.asSuperuser(
      `insert into reaction_checkpoint (name, transaction, sequence)
       select $1, max(transaction::text::bigint)::text::xid8, max(sequence) from event`,
      [reaction.name],
    );
    await write(count);
    await dispatcher.start();
    await dispatcher.settle();
    await dispatcher.stop();
  };

  it('that can take many at once get them so, each once and in order', async () => {
    const { reaction, sizes } = together('test.together', () => false);
    await run(reaction, 450);
    expect(await handled(reaction.name)).toEqual(numbers(450));
    expect(sizes).toEqual([200, 200, 50]);
  });

  it('of many at once one that fails stands alone in the end: its neighbours are handled, it is set aside [T07]', async () => {
    const { reaction } = together('test.poison', (number) => number === 137);
    await run(reaction, 300);
    expect(await handled(reaction.name)).toEqual(numbers(300).filter((number) => number !== 137));
    const failures = await house.asSuperuser(`select error from reaction_failure where name = 'test.poison'`);
    expect(failures).toEqual([{ error: 'RangeError: no good: 137' }]);
  });

  it('that hear of nothing read the log once and stand at its end', async () => {
    const reaction = { ...recorder('test.idle', () => false), kinds: ['bulletin.published' as EventKind] };
    await write(3);
    const dispatcher = createDispatcher(house.platform, [reaction]);
    await dispatcher.start();
    await dispatcher.settle();
    await dispatcher.stop();
    const [{ behind } = { behind: null }] = await house.asSuperuser<{ behind: number }>(
      `select (select max(sequence) from event)::int - sequence::int as behind
         from reaction_checkpoint where name = 'test.idle'`,
    );
    expect(behind).toBe(0);
  });
});
