import { newId } from '@levee/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemContext } from '../context.ts';
import { inScopedTransaction } from '../db/pool.ts';
import { openTestHouse, type TestHouse } from '../testing/index.ts';
import { cancelJobs, createJobWorker, type JobKind, type JobWorker, orderJob } from './index.ts';
import { holdJob, takeJob } from './jobs.repository.ts';

/** What the steps of the test's kinds write: rows of `setting`, which every house has. */
describe('jobs', () => {
  let house: TestHouse;
  let workers: JobWorker[] = [];
  beforeAll(async () => {
    // The house's own worker knows none of these kinds.
    house = await openTestHouse();
  });
  beforeEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    workers = [];
    await house.asSuperuser('delete from job');
    await house.asSuperuser(`delete from setting where name like 'test %'`);
  });
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    await house.close();
  });

  const start = async (...kinds: JobKind[]) => {
    const worker = createJobWorker(house.platform, kinds);
    workers.push(worker);
    await worker.start();
    return worker;
  };
  const order = (kind: string, totalCount = 10, subjectId = newId(), division = '632521') =>
    inScopedTransaction(house.platform.db, '6325', async (trx) => {
      await orderJob(systemContext(house.platform, trx), { kind, subjectId, division, totalCount });
      return subjectId;
    });
  const jobOf = async (subjectId: string) =>
    (await house.asSuperuser('select * from job where subject_id = $1', [subjectId]))[0]!;
  const written = async () =>
    (await house.asSuperuser(`select name from setting where name like 'test %' order by name`)).map(
      (row) => row['name'] as string,
    );

  /** Counts to the total, one row a step. */
  const counting = (kind: string, more: Partial<JobKind> = {}): JobKind => ({
    kind,
    step: async ({ trx }, job) => {
      const at = ((job.cursor as number | null) ?? 0) + 1;
      await sql`insert into setting values (${`test ${job.kind} ${job.subjectId} ${at}`}, '1')`.execute(trx);
      return { doneCount: at, cursor: at, isLast: at === job.totalCount };
    },
    onFailed: async () => {},
    ...more,
  });

  it('a job runs step by step to its end, each step done once', async () => {
    const worker = await start(counting('count'));
    const subject = await order('count', 5);
    await worker.settle();
    expect(await jobOf(subject)).toMatchObject({ state: 'done', done_count: 5, lease_until: null });
    expect(await written()).toHaveLength(5);
  });

  it('work ordered in a transaction that rolls back was never ordered', async () => {
    const worker = await start(counting('count'));
    await inScopedTransaction(house.platform.db, '6325', async (trx) => {
      const job = { kind: 'count', subjectId: newId(), division: '632521', totalCount: 1 };
      await orderJob(systemContext(house.platform, trx), job);
      throw new Error('changed my mind');
    }).catch(() => {});
    await worker.settle();
    expect(await written()).toEqual([]);
  });

  it('a worker that lost its lease writes nothing [T06]', async () => {
    const subject = await order('count', 3);
    const scoped = <T>(work: Parameters<typeof inScopedTransaction<T>>[2]) =>
      inScopedTransaction(house.platform.db, '6325', work);
    const slow = (await scoped((trx) => takeJob(trx, ['count'])))!;
    expect(await scoped((trx) => takeJob(trx, ['count']))).toBeUndefined();
    await house.asSuperuser(`update job set lease_until = clock_timestamp() - interval '1 second'`);
    const worker = await start(counting('count'));
    await worker.settle();
    expect(await scoped((trx) => holdJob(trx, slow))).toBeUndefined();
    expect(await jobOf(subject)).toMatchObject({ state: 'done', fence: '2' });
    expect(await written()).toHaveLength(3);
  });

  it('a lease never runs longer than a minute', async () => {
    await order('count', 1);
    await inScopedTransaction(house.platform.db, '6325', (trx) => takeJob(trx, ['count']));
    const [row] = await house.asSuperuser(
      `select extract(epoch from lease_until - clock_timestamp())::float8 as seconds from job`,
    );
    expect(row!['seconds']).toBeLessThanOrEqual(60);
  });

  it('a poison job is set aside with its reason, and others pass meanwhile [T07]', async () => {
    let failedOnce = '';
    const poison = counting('poison', {
      step: async () => {
        throw new Error('this row cannot be read');
      },
      onFailed: async (_context, _job, error) => {
        failedOnce = String(error);
      },
    });
    const worker = await start(poison, counting('count'));
    const bad = await order('poison');
    const good = await order('count', 3);
    await worker.settle();
    expect(await jobOf(good)).toMatchObject({ state: 'done' });
    expect(await jobOf(bad)).toMatchObject({
      state: 'failed',
      failures: 5,
      error: 'Error: this row cannot be read',
    });
    expect(failedOnce).toContain('cannot be read');
  });

  it('a step that fails leaves nothing behind, and is tried again where it was', async () => {
    let fails = 2;
    const base = counting('flaky');
    const flaky = counting('flaky', {
      step: async (context, job) => {
        const step = await base.step(context, job);
        if (job.cursor === 2 && fails-- > 0) throw new Error('for the moment');
        return step;
      },
    });
    const worker = await start(flaky);
    const subject = await order('flaky', 4);
    await worker.settle();
    expect(await jobOf(subject)).toMatchObject({ state: 'done', done_count: 4, failures: 0 });
    expect(await written()).toHaveLength(4);
  });

  it('a cancelled job takes no further step', async () => {
    const subject = newId();
    const worker = await start(counting('long'));
    await order('long', 100_000, subject);
    while ((await written()).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    await inScopedTransaction(house.platform.db, '6325', (trx) => cancelJobs(trx, subject));
    const atCancel = (await written()).length;
    await worker.settle();
    expect(await jobOf(subject)).toMatchObject({ state: 'cancelled' });
    expect(await written()).toHaveLength(atCancel);
  });

  it('steps run in the scope of who ordered them, and see nothing beyond it [T38]', async () => {
    let seen: string[] = [];
    const worker = await start(
      counting('look', {
        step: async ({ trx, actor }) => {
          const { rows } = await sql<{ code: string }>`
            select code from place where code ~ '^\\d{6}$'`.execute(trx);
          seen = [actor.scope, ...rows.map(({ code }) => code)];
          return { doneCount: 1, cursor: null, isLast: true };
        },
      }),
    );
    await inScopedTransaction(house.platform.db, '632523', async (trx) => {
      const context = systemContext(house.platform, trx);
      const actor = { ...context.actor, scope: '632523' };
      await orderJob(
        { ...context, actor },
        { kind: 'look', subjectId: newId(), division: '632523', totalCount: 1 },
      );
    });
    await worker.settle();
    expect(seen[0]).toBe('632523');
    expect(seen.slice(1).every((code) => code.startsWith('632523'))).toBe(true);
  });

  it('two workers over one database do each step once', async () => {
    const [worker] = [await start(counting('count')), await start(counting('count'))];
    const subjects = await Promise.all(Array.from({ length: 6 }, () => order('count', 5)));
    await worker.settle();
    expect(await written()).toHaveLength(30);
    for (const subject of subjects) expect(await jobOf(subject)).toMatchObject({ state: 'done' });
  });

  it('a job nobody comes for makes the house unwell, one that failed is only counted', async () => {
    const health = async () =>
      (
        (await (await fetch(`${house.url}/api/health`)).json()) as { checks: { name: string; ok: boolean }[] }
      ).checks.find(({ name }) => name === 'jobs');
    expect(await health()).toMatchObject({ ok: true });
    await order('nobody');
    await house.asSuperuser(`update job set created_at = created_at - interval '10 minutes'`);
    expect(await health()).toMatchObject({ ok: false });
  });
});
