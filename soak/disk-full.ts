import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '@levee/contract';
import pg from 'pg';
import { equal, type Finding, measured, type Soak, within } from './soak.ts';
import { signIn } from './stage/client.ts';
import { type Answered, openFleet } from './stage/fleet.ts';
import { makeFolder, removeFolder } from './stage/folder.ts';
import { openProbe } from './stage/probe.ts';
import { checkSets } from './stage/set-check.ts';
import { mountSmallDisk, type SmallDisk } from './stage/small-disk.ts';
import { openTown, type Town } from './stage/town.ts';

export const name = 'disk-full';
export const title =
  'T11: database, log and files on a small disk that fills step by step and then at once; refused before it is acknowledged, read all the while, alarms at 80 and 90 %, and nobody starts anything again';
export const defaults = { devices: 40, megabytes: 2_500, hold: 15, people: 250_000, port: 8214 };

interface Phase {
  readonly name: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

export const run: Soak<typeof defaults>['run'] = async (options) => {
  const { devices, megabytes, hold, people, port, seed, print } = options;
  const disk = await mountSmallDisk(megabytes);
  if (typeof disk === 'string') {
    print(`skipped: ${disk}`);
    return [within('the run', 'SKIPPED', disk, false)];
  }
  const journals = await makeFolder();
  try {
    const town = await openTown({ port, people, seed, dataDir: disk.folder });
    try {
      return await fillAndFree(town, disk, { devices, journals, holdMs: hold * 1_000, seed, print });
    } finally {
      await disk.free();
      for (const error of town.server.errors().slice(0, 12)) print(`the server said: ${error}`);
      await town.close();
    }
  } finally {
    await disk.remove();
    await removeFolder(journals);
  }
};

async function fillAndFree(
  town: Town,
  disk: SmallDisk,
  given: { devices: number; journals: string; holdMs: number; seed: number; print: (line: string) => void },
): Promise<Finding[]> {
  const { devices, journals, holdMs, seed, print } = given;
  const pid = town.server.process.pid!;
  const database = new pg.Client({ connectionString: town.adminUrl });
  database.on('error', () => {});
  const fleet = await openFleet(town, { devices, seed, pauseMs: 150, journals });
  const probe = await openProbe(town);
  const bulk = await bulkCaller(town);
  const phases: Phase[] = [];
  const phase = async (name: string, work: () => Promise<void>) => {
    const fromMs = performance.now();
    await work();
    phases.push({ name, fromMs, untilMs: performance.now() });
    print(
      `${name}: ${fleet.acknowledged.size} acknowledged, ${(await disk.freeMegabytes()).toFixed(0)} MB free`,
    );
  };

  await phase('calm', () => pause(holdMs));
  const free = (proportion: number) => proportion * disk.totalMegabytes;
  const alarmSeconds: string[] = [];
  await phase('82 % used', async () => {
    await disk.leave(free(0.18));
    alarmSeconds.push(await untilAlarm(town, 'warning'));
  });
  await phase('92 % used', async () => {
    await disk.leave(free(0.08));
    alarmSeconds.push(await untilAlarm(town, 'critical'));
  });
  const owners = await ownersOfDuties(town);
  const refusedBulk: Answer[] = [];
  await phase('100 MB left', async () => {
    await disk.hold(100, 3_000);
    refusedBulk.push(await bulk.exportCases(), await bulk.upload());
    await disk.hold(100, holdMs);
  });
  await phase('48 MB left', () => disk.hold(48, holdMs));
  await phase('20 MB left', () => disk.hold(20, holdMs));
  await phase('nothing left', () => disk.hold(0, holdMs));
  await disk.free();
  const freed = performance.now();
  await phase('freed', () => untilAcknowledged(fleet.answers, freed));
  const backMs = performance.now() - freed;
  await phase('after', () => pause(holdMs));
  const openBulk = await bulk.exportCases();
  await phase('filled at once', () => disk.hold(0, holdMs));
  await disk.free();
  const freedAgain = performance.now();
  await phase('freed again', () => untilAcknowledged(fleet.answers, freedAgain));
  const backAgainMs = performance.now() - freedAgain;
  await phase('before the log', () => pause(holdMs));
  let stopped = 'went on';
  await phase('log filled', async () => {
    const filling = disk.hold(0, holdMs);
    stopped = await fillLog(town.adminUrl, holdMs);
    await filling;
  });
  await disk.free();
  const freedLast = performance.now();
  await phase('freed at last', () => untilAcknowledged(fleet.answers, freedLast));
  const backLastMs = performance.now() - freedLast;
  await fleet.finish();
  const drainedMs = performance.now() - freedLast;
  await probe.stop();
  await pause(20_000);
  await database.connect();
  const { rows: alarms } = await database.query<{ severity: string; raised: number; standing: number }>(
    `select severity, count(*)::int as raised, count(*) filter (where cleared_at is null)::int as standing
       from space_alarm group by severity order by severity`,
  );
  const { rows: duties } = await database.query<{ state: string }>(
    `select distinct state from task where kind = 'system.space'`,
  );
  await database.end();

  const during = (answers: readonly Answered[], name: string) => {
    const { fromMs, untilMs } = phases.find((one) => one.name === name)!;
    // What was sent before the disk stood as the phase says, a second for the look included, is not its.
    return answers.filter(({ atMs, milliseconds }) => atMs - milliseconds > fromMs + 1_500 && atMs < untilMs);
  };
  const reads = probe.answers.filter(({ path }) => path !== '/api/sign-in');
  const all = [...fleet.answers, ...probe.answers];
  const refused = all.filter(({ status }) => status === 503 || status === 507);
  const other = all.filter(({ status }) => ![200, 503, 507].includes(status));
  const good = (answers: readonly Answered[]) => answers.filter(({ status }) => status === 200).length;
  const ofAll = (answers: readonly Answered[]) => `${good(answers)} of ${answers.length}`;
  const told = (name: string) =>
    measured(
      `${name}: intake and reads answered 200`,
      `${ofAll(during(fleet.answers, name))}, ${ofAll(during(reads, name))}`,
    );
  const intakeAt = (name: string) => during(fleet.answers, name);
  return [
    measured('alarm after 80 and after 90 % were passed', alarmSeconds.join(', ')),
    equal('owner of both duties', owners, 'a duty officer of 6325 × 2'),
    equal(
      'export and upload with 100 MB left',
      refusedBulk.map(textOf).join(', '),
      '507 again in 60 s, 507 again in 60 s',
    ),
    ...phases.map(({ name }) => told(name)),
    within(
      'intake with 100 and 48 MB left',
      `${ofAll([...intakeAt('100 MB left'), ...intakeAt('48 MB left')])} kept`,
      'all',
      [...intakeAt('100 MB left'), ...intakeAt('48 MB left')].every(({ status }) => status === 200),
    ),
    equal('acknowledged with 20 MB left', good(intakeAt('20 MB left')), 0),
    within(
      'reads with 20 MB left',
      ofAll(during(reads, '20 MB left')),
      'all',
      during(reads, '20 MB left').every(({ status }) => status === 200),
    ),
    equal('refused without Retry-After', refused.filter(({ retryAfter }) => !retryAfter).length, 0),
    equal('answers other than 200, 503, 507', other.length, 0),
    ...(other.length > 0
      ? [
          measured(
            'which',
            [...Map.groupBy(other, ({ status }) => status)]
              .map(([status, { length }]) => `${status} × ${length}`)
              .join(', '),
          ),
        ]
      : []),
    measured(
      'first acknowledgement after room was made',
      [backMs, backAgainMs, backLastMs].map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', '),
    ),
    measured('all journals empty after', `${(drainedMs / 1000).toFixed(1)} s`),
    equal('export once there is room', textOf(openBulk), '200'),
    equal('the database, its log with no room', stopped, 'stopped, and came back by itself'),
    equal(
      'the server is the same process',
      town.server.process.exitCode ?? town.server.process.pid ?? 'none',
      pid,
    ),
    equal(
      'alarms raised, still standing',
      alarms.map(({ severity, raised, standing }) => `${severity} ${raised} ${standing}`).join(', '),
      'critical 3 0, warning 3 0',
    ),
    equal('their duties', duties.map(({ state }) => state).join(', '), 'done'),
    ...(await checkSets(town.adminUrl, fleet)),
  ];
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
}
const textOf = ({ status, retryAfter }: Answer) =>
  `${status}${retryAfter ? ` again in ${retryAfter} s` : ''}`;

/** Somebody who exports and uploads. */
async function bulkCaller(town: Town) {
  const cookie = (await signIn(town.url, town.accountOf('epidemiologist', '6325'))).cookie();
  const call = async (path: string, body?: object): Promise<Answer> => {
    const response = await fetch(town.url + path, {
      method: body ? 'POST' : 'GET',
      headers: {
        cookie,
        'levee-purpose': 'case_investigation',
        ...(body && { 'content-type': 'application/json', 'levee-command': newId() }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    await response.arrayBuffer();
    return { status: response.status, retryAfter: response.headers.get('retry-after') };
  };
  return {
    exportCases: () => call('/api/cases/export'),
    upload: () => call('/api/cases/imports', { cases: { name: 'a.csv', base64: 'aWQK' } }),
  };
}

/** @returns seconds until the health of the house tells of it @throws after a minute */
async function untilAlarm(town: Town, wanted: 'warning' | 'critical'): Promise<string> {
  const from = performance.now();
  while (performance.now() - from < 60_000) {
    const { checks } = (await (await fetch(`${town.url}/api/health`)).json()) as {
      checks: { name: string; alarm?: string }[];
    };
    if (checks.some(({ name, alarm }) => name === 'space' && alarm === wanted))
      return `${((performance.now() - from) / 1000).toFixed(1)} s`;
    await pause(100);
  }
  throw new Error(`no ${wanted} within a minute`);
}

async function ownersOfDuties(town: Town): Promise<string> {
  const { client } = await signIn(town.url, town.accountOf('commander', '6325'));
  for (let turn = 0; ; turn += 1) {
    const { items } = await client.tasks.list({ query: { limit: 200, within: '6325' } });
    const owned = items.filter(({ kind, owner }) => kind === 'system.space' && owner !== null);
    const officer = town.accountOf('duty_officer', '6325');
    const right = owned.filter(({ owner }) => owner?.id === officer.id).length;
    if (right === 2 || turn === 50) return `a duty officer of 6325 × ${right}`;
    await pause(200);
  }
}

/** Writes into the log alone until the database stops: it cannot begin a segment, which is the one thing it does not survive. */
async function fillLog(adminUrl: string, forMs: number): Promise<string> {
  const database = new pg.Client({ connectionString: adminUrl });
  let gone = false;
  database.on('error', () => {
    gone = true;
  });
  await database.connect();
  try {
    for (const until = performance.now() + forMs; performance.now() < until && !gone; ) {
      await database.query(`select pg_logical_emit_message(true, 'soak', repeat('x', 1000000))`);
    }
  } catch {
    gone = true;
  }
  await database.end().catch(() => {});
  return gone ? 'stopped, and came back by itself' : 'went on';
}

/** Resolves with the first acknowledgement of something sent after `fromMs`. @throws after two minutes */
async function untilAcknowledged(answers: readonly Answered[], fromMs: number): Promise<void> {
  let from = answers.length;
  for (const until = performance.now() + 120_000; performance.now() < until; await pause(20)) {
    if (
      answers
        .slice(from)
        .some(({ status, atMs, milliseconds }) => status === 200 && atMs - milliseconds > fromMs)
    )
      return;
    from = Math.max(from, answers.length - 500);
  }
  throw new Error('nothing was acknowledged within two minutes after room was made');
}
