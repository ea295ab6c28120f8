import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { equal, measured, quantile, type Soak, within } from './soak.ts';
import { signIn } from './stage/client.ts';
import { type Answered, openFleet } from './stage/fleet.ts';
import { databaseProcesses, processorSeconds, watchMemory } from './stage/processes.ts';
import { checkSets } from './stage/set-check.ts';
import { openTown, type Town } from './stage/town.ts';

export const name = 'exports';
export const title =
  'T37: a hundred people’s scripts want every case, unfiltered, again and again, beside the intake of samples; each person has a quota, and intake does not feel it';
export const defaults = {
  devices: 40,
  wanting: 100,
  users: 10,
  cases: 40_000,
  seconds: 30,
  rounds: 4,
  people: 400_000,
  port: 8215,
};

/** What two files under way and a page of each may hold, with what the collector leaves lying. */
const MEGABYTES = 150;

export const run: Soak<typeof defaults>['run'] = async (options) => {
  const { devices, wanting, users, cases, seconds, rounds, people, port, seed, print } = options;
  const town = await openTown({ port, people, seed, epidemiologists: users });
  try {
    await addCases(town.adminUrl, cases);
    const cookies: string[] = [];
    for (const account of town.accountsOf('epidemiologist', '6325'))
      cookies.push((await signIn(town.url, account)).cookie());
    const fleet = await openFleet(town, { devices, seed, pauseMs: 100 });
    const pid = town.server.process.pid!;
    await pause(10_000);
    const alone: Answered[] = [];
    const beside: Answered[] = [];
    const ratios: number[] = [];
    const cost = { alone: 0, beside: 0 };
    const spent = async () => processorSeconds([pid, ...(await databaseProcesses(town.dataDir))]);
    const told: Told = {
      complete: 0,
      bytes: 0,
      cutShort: 0,
      refused: new Map(),
      withoutRetryAfter: 0,
      other: 0,
    };
    const memory: { alone: number; beside: number }[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const from = await spent();
      const aloneMost = watchMemory(pid);
      const one = await during(fleet.answers, seconds);
      const mostAlone = aloneMost();
      cost.alone += (await spent()) - from;
      const gone = new AbortController();
      const wants = Array.from({ length: wanting }, (_, at) =>
        keepWanting(town, cookies[at % cookies.length]!, cases, told, gone.signal),
      );
      const besideMost = watchMemory(pid);
      // The rush of the first moment is no part of either.
      await pause(1_000);
      const then = await spent();
      const other = await during(fleet.answers, seconds);
      cost.beside += (await spent()) - then;
      memory.push({ alone: mostAlone, beside: besideMost() });
      gone.abort();
      await Promise.all(wants);
      await pause(1_000);
      alone.push(...one);
      beside.push(...other);
      ratios.push(p99(other) / p99(one));
      print(
        `round ${round}: p99 ${p99(one).toFixed(0)} ms alone, ${p99(other).toFixed(0)} ms beside; ${told.complete} files`,
      );
    }
    await fleet.finish();
    const ratio = p99(beside) / p99(alone);
    // The intake warms the server too: against the same round without files.
    const grown = Math.max(...memory.map((one) => one.beside - one.alone));
    const share = (busy: number) => (busy / rounds / seconds).toFixed(2);
    const perSecond = (answers: readonly Answered[]) => (answers.length / rounds / seconds).toFixed(0);
    return [
      measured('requests of the intake a second: alone, beside', `${perSecond(alone)}, ${perSecond(beside)}`),
      measured(
        'intake p50: alone, beside',
        `${p(alone, 0.5).toFixed(0)} ms, ${p(beside, 0.5).toFixed(0)} ms`,
      ),
      measured(
        'processors busy with server and database: alone, beside',
        `${share(cost.alone)}, ${share(cost.beside)}`,
      ),
      measured('intake p99: alone, beside', `${p99(alone).toFixed(0)} ms, ${p99(beside).toFixed(0)} ms`),
      measured('beside against alone, p99 of each round', ratios.map((one) => one.toFixed(2)).join(', ')),
      within('beside against alone, p99', ratio.toFixed(2), '1.20', ratio <= 1.2),
      measured('megabytes of files handed over', (told.bytes / 2 ** 20).toFixed(0)),
      within(`files of ${cases} rows complete`, told.complete, 'some', told.complete > 0),
      equal('files with fewer rows, or cut short and taken for whole', told.cutShort, 0),
      measured(
        'told to come again',
        [...told.refused].map(([status, count]) => `${status} × ${count}`).join(', ') || 'nobody',
      ),
      equal('without Retry-After', told.withoutRetryAfter, 0),
      equal('answers other than 200, 429, 503', told.other, 0),
      within(
        `memory grown with ${wanting} who want a file`,
        `${grown} MB`,
        `${MEGABYTES} MB`,
        grown <= MEGABYTES,
      ),
      measured(
        'resident megabytes at most, alone / beside, by round',
        memory.map((one) => `${one.alone} / ${one.beside}`).join(', '),
      ),
      equal('records refused or unanswered', fleet.answers.filter(({ status }) => status !== 200).length, 0),
      ...(await checkSets(town.adminUrl, fleet)),
    ];
  } finally {
    for (const error of town.server.errors().slice(0, 8)) print(`the server said: ${error}`);
    await town.close();
  }
};

const p = (answers: readonly Answered[], at: number) =>
  quantile(
    answers.map(({ milliseconds }) => milliseconds),
    at,
  );
const p99 = (answers: readonly Answered[]) => p(answers, 0.99);

/** What is answered from now on for so long. */
async function during(answers: readonly Answered[], seconds: number): Promise<Answered[]> {
  const from = answers.length;
  await pause(seconds * 1_000);
  return answers.slice(from);
}

interface Told {
  complete: number;
  bytes: number;
  cutShort: number;
  refused: Map<number, number>;
  withoutRetryAfter: number;
  other: number;
}

/** One script: a file, and another, and another; it waits as long as it is told to. */
async function keepWanting(
  town: Town,
  cookie: string,
  cases: number,
  told: Told,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await fetch(`${town.url}/api/cases/export`, {
        headers: { cookie, 'levee-purpose': 'case_investigation' },
        signal,
      });
      let end = '';
      for await (const chunk of response.body!) {
        if (response.status === 200) told.bytes += (chunk as Uint8Array).length;
        end = (end + Buffer.from(chunk as Uint8Array).toString('latin1')).slice(-40);
      }
      if (response.status === 200) {
        if (end.endsWith(`"rowsCount":${cases}}`)) told.complete += 1;
        else told.cutShort += 1;
        continue;
      }
      // Node's word to a line on which nothing was asked for twenty seconds: one that was kept open here.
      if (response.status === 408) continue;
      const retryAfter = Number(response.headers.get('retry-after') ?? 0);
      if (response.status !== 429 && response.status !== 503) told.other += 1;
      told.refused.set(response.status, (told.refused.get(response.status) ?? 0) + 1);
      if (!retryAfter) told.withoutRetryAfter += 1;
      await until(signal, (retryAfter || 1) * 1_000 * (1 + Math.random() / 2));
    } catch {
      if (!signal.aborted) await until(signal, 1_000);
    }
  }
}

const until = (signal: AbortSignal, ms: number) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });

async function addCases(adminUrl: string, count: number): Promise<void> {
  const database = new pg.Client({ connectionString: adminUrl });
  await database.connect();
  try {
    await database.query(
      `insert into case_file (id, external_id, classification, division, opened_at, changed_at, date_onset, note)
       select gen_random_uuid(), 'N-' || lpad(n::text, 7, '0'), 'suspected', '632521', now(), now(), current_date, repeat('备注', 20)
         from generate_series(1, $1::int) n`,
      [count],
    );
    await database.query('analyze case_file');
  } finally {
    await database.end();
  }
}
