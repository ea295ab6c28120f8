import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inScopedTransaction } from '../db/pool.ts';
import { openTestHouse, type TestHouse } from '../testing/index.ts';
import { horizon, readAfter, START } from './log.ts';

describe('the log of events', () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await openTestHouse();
    // Transactions on both sides of each power of ten, written out of order.
    for (const transaction of ['100', '9', '99', '10', '101']) {
      await house.asSuperuser(
        `insert into event (transaction, kind, at, division, subject_type, subject_id)
         values ($1::text::xid8, 'place.added', now(), '6325', 'place', gen_random_uuid())`,
        [transaction],
      );
    }
  });
  afterAll(() => house.close());

  const whole = <T>(work: Parameters<typeof inScopedTransaction<T>>[2]) =>
    inScopedTransaction(house.platform.db, '6325', work);

  it('is read in the order of transactions as numbers: 9 before 10, 99 before 100 [T35]', async () => {
    const seen: string[] = [];
    let after = START;
    for (;;) {
      const [next] = await whole((trx) => readAfter(trx, after, 1, ['place.added']));
      if (!next || BigInt(next.logPosition.transaction) > 101n) break;
      seen.push(next.logPosition.transaction);
      after = next.logPosition;
    }
    expect(seen).toEqual(['9', '10', '99', '100', '101']);
  });

  it('ends where the highest transaction ends', async () => {
    const [{ highest }] = (await house.asSuperuser<{ highest: string }>(
      `select max(transaction::text::bigint)::text as highest from event`,
    )) as [{ highest: string }];
    expect((await whole(horizon)).transaction).toBe(highest);
  });
});
