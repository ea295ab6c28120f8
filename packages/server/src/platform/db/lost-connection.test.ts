import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../testing/index.ts';
import { again } from './again.ts';
import { inScopedTransaction } from './pool.ts';
import { isUnreachable } from './unreachable.ts';

describe('a database that ends connections', () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await openTestHouse();
  });
  afterAll(() => house.close());

  const endAll = () =>
    house.asSuperuser(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and application_name like 'levee%'`,
    );

  it('does not take the server with it, also between two statements of a transaction [T09 T12]', async () => {
    const cut = inScopedTransaction(house.platform.db, '6325', async (trx) => {
      await sql`select 1`.execute(trx);
      await endAll();
      // The end arrives while no statement is under way.
      await new Promise((resolve) => setTimeout(resolve, 100));
      await sql`select 2`.execute(trx);
    });
    await expect(cut).rejects.toSatisfy(isUnreachable);
    expect((await fetch(`${house.url}/api/health`)).status).toBe(200);
  });

  it('is heard again: what happens afterwards reaches those who watch [T09]', async () => {
    const officer = await house.signIn('duty_officer', '632521');
    await endAll();
    const seen: string[] = [];
    const leave = house.dispatcher.watch(({ kind }) => seen.push(kind));
    await officer.client.incidents.raiseSignal({
      body: { id: crypto.randomUUID(), division: '632521', note: '断线后' },
    });
    await house.dispatcher.settle();
    leave();
    expect(seen).toContain('signal.raised');
  });

  it('two transactions that lock crosswise are both done: the one that lost is done again [T13]', async () => {
    await house.asSuperuser(`insert into setting values ('test a', '0'), ('test b', '0')`);
    const add = async (first: string, second: string, met: Promise<void>, meet: () => void) => {
      let tries = 0;
      await again(() =>
        inScopedTransaction(house.platform.db, '6325', async (trx) => {
          tries += 1;
          const plus = (name: string) =>
            sql`update setting set value = to_jsonb((value::text)::int + 1) where name = ${name}`.execute(
              trx,
            );
          await plus(first);
          if (tries === 1) {
            meet();
            await met;
          }
          await plus(second);
        }),
      );
      return tries;
    };
    const [one, two] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const tries = await Promise.all([
      add('test a', 'test b', two.promise, one.resolve),
      add('test b', 'test a', one.promise, two.resolve),
    ]);
    expect(tries.sort()).toEqual([1, 2]);
    const rows = await house.asSuperuser(`select value from setting where name like 'test _' order by name`);
    expect(rows).toEqual([{ value: 2 }, { value: 2 }]);
  });
});
