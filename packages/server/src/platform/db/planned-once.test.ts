import { newId } from '@levee/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../testing/index.ts';
import { plannedOnce } from './planned-once.ts';
import { type OpenDb, openDb } from './pool.ts';

describe('a connection', () => {
  let house: TestHouse;
  let one: OpenDb;

  beforeAll(async () => {
    house = await openTestHouse();
    one = openDb(house.appUrl, { max: 1 });
  });
  afterAll(async () => {
    await one.close();
    await house.close();
  });

  const planned = async () => {
    const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(
      one.db,
    );
    return rows.map(({ statement }) => statement);
  };

  it('keeps the plan of an insert and of what is marked, and of nothing else', async () => {
    const insert = () =>
      one.db
        .insertInto('command')
        .values({
          id: newId(),
          actor_id: newId(),
          route: 'a.b',
          request_hash: 'c',
          at: '2022-08-11T21:00:00+08:00',
        })
        .execute();
    for (const number of [1, 2]) {
      await insert();
      await sql`select ${plannedOnce} ${number}::integer as marked`.execute(one.db);
      await sql`select ${number}::integer as page limit ${number}`.execute(one.db);
    }
    const statements = await planned();
    expect(statements.filter((text) => text.includes('"command"'))).toHaveLength(1);
    expect(statements.filter((text) => text.includes('marked'))).toHaveLength(1);
    expect(statements.filter((text) => text.includes('as page'))).toEqual([]);
  });

  it('does not keep a plan for every number of rows an insert may have', async () => {
    const before = (await planned()).length;
    const values = Array.from({ length: 300 }, () => ({
      id: newId(),
      actor_id: newId(),
      route: 'a.b',
      request_hash: 'c',
      at: '2022-08-11T21:00:00+08:00',
    }));
    await one.db.insertInto('command').values(values).execute();
    expect(await planned()).toHaveLength(before);
  });
});
