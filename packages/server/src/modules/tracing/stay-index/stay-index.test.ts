import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '@levee/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inScopedTransaction } from '../../../platform/db/pool.ts';
import { openTestHouse, type TestHouse } from '../../../platform/testing/index.ts';
import { instantOf, type Meeting, type PersonWindow } from '../meeting.ts';
import { findMeetings } from '../meetings.repository.ts';
import { makeWorld } from '../tracing-world.ts';
import { type StayIndex, startStayIndex } from './stay-index.ts';

const START = Date.parse('2022-08-08T00:00:00+08:00') / 1000;
const HOURS = 72;

/** Small and crowded, on a grid of ten minutes, so that touching and equal times are common. */
const tick = fc.integer({ min: 0, max: HOURS * 6 }).map((ticks) => START + 600 * ticks);
const span = fc
  .tuple(tick, fc.integer({ min: 1, max: 30 }))
  .map(([from, ticks]) => ({ from, until: from + 600 * ticks }));

describe('stay index', () => {
  let house: TestHouse;
  let index: StayIndex;
  const people = Array.from({ length: 14 }, () => newId());
  const places: string[] = [];
  const stays: { id: string; person: string; place: string; from: number; until: number }[] = [];

  const stayOf = fc.record({
    person: fc.constantFrom(...people),
    place: fc.integer({ min: 0, max: 3 }),
    span,
  });
  type Drawn = { person: string; place: number; span: { from: number; until: number } };
  const record = async (drawn: Drawn, told: boolean) => {
    const stay = { id: newId(), person: drawn.person, place: places[drawn.place]!, ...drawn.span };
    stays.push(stay);
    await house.asSuperuser(
      `insert into stay (id, person_id, place_id, from_at, until_at, source, division, recorded_at)
       values ($1, $2, $3, to_timestamp($4), to_timestamp($5), 'interview', '632521100', now())`,
      [stay.id, stay.person, stay.place, stay.from, stay.until],
    );
    if (told) await tell('stay.recorded', stay);
  };
  const tell = (kind: string, stay: (typeof stays)[number]) =>
    house.asSuperuser(
      `insert into event (kind, at, division, subject_type, subject_id, data)
       values ($1, now(), '632521100', 'stay', $2, $3)`,
      [
        kind,
        stay.id,
        JSON.stringify({
          stayId: stay.id,
          personId: stay.person,
          placeId: stay.place,
          from: instantOf(stay.from),
          until: instantOf(stay.until),
        }),
      ],
    );
  const both = (windows: PersonWindow[], minMinutes: number, lingeringMinutes: number) =>
    inScopedTransaction(house.platform.db, '6325', async (trx) => {
      const options = { minMinutes, lingeringMinutes };
      const bySql = await findMeetings(trx, windows, options);
      return { bySql, byIndex: await index.meetings(trx, windows, options) };
    });
  const holdEqual = async () => {
    let met = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc
            .tuple(fc.constantFrom(...people, newId()), span)
            .map(([personId, window]) => ({ personId, ...window })),
          { minLength: 1, maxLength: 4 },
        ),
        fc.constantFrom(0, 10, 45),
        fc.constantFrom(0, 0, 30),
        async (windows, minMinutes, lingeringMinutes) => {
          const { bySql, byIndex } = await both(windows, minMinutes, lingeringMinutes);
          met += bySql.length;
          expect(byIndex).toEqual(bySql satisfies Meeting[]);
        },
      ),
      { numRuns: 60 },
    );
    // A property over nothing would hold as well.
    expect(met).toBeGreaterThan(100);
  };

  beforeAll(async () => {
    house = await openTestHouse();
    const world = await makeWorld(house);
    for (let count = 0; count < 4; count += 1) places.push(await world.place('venue', 'market'));
    for (const drawn of fc.sample(stayOf, 150)) await record(drawn, false);
    index = startStayIndex(house.platform, house.appUrl);
    expect((await index.ready).staysCount).toBe(150);
  }, 60_000);
  afterAll(async () => {
    await index.stop();
    await house.close();
  });

  it('the index and SQL give the same meetings for any windows over the same stays [B3]', holdEqual);

  it('stays recorded and removed after it was built are in the very next answer, each once [B3]', async () => {
    for (const drawn of fc.sample(stayOf, 40)) await record(drawn, true);
    for (const gone of stays.filter((_, place) => place % 6 === 0)) {
      await house.asSuperuser(`delete from stay where id = $1`, [gone.id]);
      await tell('stay.removed', gone);
    }
    await holdEqual();
  });

  it('a stay of a transaction that was still running is neither lost nor taken twice [B3]', async () => {
    const windows = people.map((personId) => ({ personId, from: START, until: START + HOURS * 3600 }));
    const slow = await house.platform.pool.connect();
    try {
      await slow.query('begin');
      await slow.query(`select set_config('levee.scope', '6325', true)`);
      const [stay] = fc.sample(stayOf, 1);
      const data = {
        stayId: newId(),
        personId: stay!.person,
        placeId: places[stay!.place],
        from: instantOf(stay!.span.from),
        until: instantOf(stay!.span.until),
      };
      await slow.query(
        `insert into event (kind, at, division, subject_type, subject_id, data)
         values ('stay.recorded', now(), '632521100', 'stay', $1, $2)`,
        [data.stayId, JSON.stringify(data)],
      );
      await slow.query(
        `insert into stay (id, person_id, place_id, from_at, until_at, source, division, recorded_at)
         values ($1, $2, $3, $4, $5, 'interview', '632521100', now())`,
        [data.stayId, data.personId, data.placeId, data.from, data.until],
      );
      // Others commit meanwhile, with higher numbers.
      for (const drawn of fc.sample(stayOf, 5)) await record(drawn, true);
      const before = await both(windows, 0, 0);
      expect(before.byIndex).toEqual(before.bySql);
      await slow.query('commit');
    } finally {
      slow.release();
    }
    for (let times = 0; times < 2; times += 1) {
      const after = await both(windows, 0, 0);
      expect(after.byIndex).toEqual(after.bySql);
    }
  });

  const restart = async (meanwhile: () => Promise<void> | void = () => {}) => {
    await index.stop();
    await meanwhile();
    index = startStayIndex(house.platform, house.appUrl);
    return index.ready;
  };
  const file = () => join(house.platform.dataDir, 'stay-index.snapshot');

  it('started again it reads its snapshot and what was told since, and equals SQL [B3]', async () => {
    const ready = await restart(async () => {
      for (const drawn of fc.sample(stayOf, 20)) await record(drawn, true);
    });
    expect(ready).toMatchObject({ from: 'snapshot', thrownAway: null });
    await holdEqual();
    expect((await restart()).from).toBe('snapshot');
    await holdEqual();
  });

  it('the snapshot is for the account of the server only [B3]', () => {
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('a damaged snapshot is thrown away with its reason, and all stays are read [B3]', async () => {
    const ready = await restart(() => {
      const bytes = readFileSync(file());
      bytes[Math.floor(bytes.length / 2)]! ^= 1;
      writeFileSync(file(), bytes);
    });
    expect(ready.from).toBe('database');
    expect(ready.thrownAway).toContain('damaged');
    await holdEqual();
  });

  it('a snapshot without stays that were loaded past the log is thrown away [B3]', async () => {
    const ready = await restart(() => record(fc.sample(stayOf, 1)[0]!, false));
    expect(ready.from).toBe('database');
    expect(ready.thrownAway).toMatch(/gives \d+ stays, the database has \d+/);
    await holdEqual();
  });

  it('a snapshot from before the database was taken back to an earlier time is thrown away [B3]', async () => {
    await record(fc.sample(stayOf, 1)[0]!, true);
    // A transaction of another test file holds events back: the index has to have heard this one.
    await house.settle();
    await both([{ personId: people[0]!, from: START, until: START + 1 }], 0, 0);
    const ready = await restart(async () => {
      const [last] = await house.asSuperuser<{ id: string }>(
        `select subject_id as id from event order by sequence desc limit 1`,
      );
      await house.asSuperuser(`alter table event disable trigger user`);
      await house.asSuperuser(`delete from event where sequence = (select max(sequence) from event)`);
      await house.asSuperuser(`alter table event enable trigger user`);
      await house.asSuperuser(`delete from stay where id = $1`, [last!.id]);
    });
    expect(ready).toMatchObject({
      from: 'database',
      thrownAway: 'the database has been taken back to an earlier time since',
    });
    await holdEqual();
  });
});
