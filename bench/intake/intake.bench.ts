/**
 * Samples taken in over HTTP, with session, scope, purpose, audit and row-level security, against bare pgbench inserts;
 * a stock of them imported, against COPY; and the people of a prefecture loaded.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startTestCluster, type TestCluster } from '@levee/server/testing';
import pg from 'pg';
import { type Bench, type BenchRow, median } from '../bench.ts';
import { type Answer, type Device, openDevice } from './device.ts';
import { copySamples, importSamples, untilApplied } from './import.ts';
import { comparePeople } from './people.ts';
import { findPgbench, preparePeer, runPgbench } from './pgbench.ts';
import type { Ready } from './server.ts';

export const defaults = {
  seconds: 6,
  rounds: 3,
  overloadSeconds: 30,
  people: 200_000,
  importRows: 100_000,
  headcount: 447_000,
};
/** The least share of COPY's rate that import is to reach. */
const IMPORT_GOAL = 0.8;
const IMPORT_DEVICES = 8;

interface Load {
  readonly perSecond: number;
  readonly answers: readonly Answer[];
}

export const run: Bench<typeof defaults>['run'] = async ({
  seconds,
  rounds,
  overloadSeconds,
  people,
  importRows,
  headcount,
  print,
}) => {
  const { cluster, remove } = await startTestCluster();
  const server = fork(join(import.meta.dirname, 'server.ts'), {
    execArgv: process.env.PROF
      ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof/cpu', '--cpu-prof-interval=500']
      : [],
  });
  try {
    // Whoever is imported must not be in another open tube: that would be no plain record.
    server.send({ cluster, people: people + importRows * rounds, devices: 16 });
    const [ready] = (await once(server, 'message')) as [Ready];
    const peer = findPgbench();
    if (typeof peer === 'string') print(`pgbench skipped: ${peer}`);
    await preparePeer(cluster);
    const acknowledged: string[] = [];
    const drive = async (clients: number, batch: number, milliseconds: number) => {
      const load = await driveClosed(ready, clients, batch, milliseconds);
      for (const { status, ids } of load.answers) if (status === 200) acknowledged.push(...ids);
      return load;
    };
    // The first second of a server is its compiler's.
    await drive(50, 1, 2_000);

    const rows: BenchRow[] = [];
    await untilApplied(ready.adminUrl);
    const imported = await compareImport(ready, cluster, rounds, importRows, print);
    for (const id of imported.ids) acknowledged.push(id);
    rows.push(...imported.rows);
    const compare = async (job: string, ours: [number, number], theirs: [number, number]) => {
      const mine: number[] = [];
      const peers: number[] = [];
      const latencies: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const load = await drive(...ours, seconds * 1000);
        mine.push(load.perSecond);
        latencies.push(...load.answers.map(({ milliseconds }) => milliseconds));
        if (typeof peer !== 'string') peers.push(runPgbench(cluster, ...theirs, seconds));
        print(
          `${job}, round ${round + 1}: ${mine.at(-1)!.toFixed(0)} and ${peers.at(-1)?.toFixed(0) ?? '–'}`,
        );
      }
      rows.push({
        job,
        ours: median(mine),
        peer: peers.length > 0 ? median(peers) : null,
        peerName: typeof peer === 'string' ? null : `${peer.name}, ${theirs[0]} clients`,
        ratio: peers.length > 0 ? median(mine) / median(peers) : null,
        unit: 'samples/s',
        n: rounds,
        note: `${ours[0]} devices; p50 ${quantile(latencies, 0.5)} ms, p99 ${quantile(latencies, 0.99)} ms; applying to tubes goes on beside it`,
      });
      return median(mine);
    };
    const knee = await compare('one sample a request', [50, 1], [16, 1]);
    await compare('batches of 50', [16, 50], [4, 50]);
    const overload = await driveOpen(ready, knee * 10, overloadSeconds * 1000);
    for (const { status, ids } of overload.answers) if (status === 200) acknowledged.push(...ids);
    rows.push(rowOfOverload(overload, knee, overloadSeconds));
    print('looking for every acknowledged sample');
    const lost = await countLost(ready.adminUrl, acknowledged);
    rows.push({
      job: 'acknowledged and not found',
      ours: lost.missing + lost.doubled,
      peer: null,
      peerName: null,
      ratio: null,
      unit: 'samples',
      n: 1,
      note: `${acknowledged.length} acknowledged in the devices' own ledger: ${lost.missing} missing, ${lost.doubled} twice; ${lost.waiting} still waited to be applied`,
    });
    server.send('stop');
    await once(server, 'exit');
    rows.push(await comparePeople({ cluster, headcount, rounds, print }));
    return rows;
  } finally {
    if (server.connected) {
      server.send('stop');
      await once(server, 'exit');
    }
    await remove();
  }
};

/** Two rates of one import: safe and acknowledged, and standing in tubes; COPY knows only the first. */
async function compareImport(
  ready: Ready,
  cluster: TestCluster,
  rounds: number,
  importRows: number,
  print: (line: string) => void,
): Promise<{ rows: BenchRow[]; ids: string[] }> {
  const ids: string[] = [];
  const rates: { committed: number; applied: number; copy: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const devices = openDevices(ready, IMPORT_DEVICES);
    const imported = await importSamples(ready.adminUrl, devices, importRows);
    for (const device of devices) device.close();
    for (const id of imported.ids) ids.push(id);
    const rate = { ...imported, copy: await copySamples(cluster, imported.ids) };
    rates.push(rate);
    print(
      `import, round ${round + 1}: ${rate.committed.toFixed(0)}, applied ${rate.applied.toFixed(0)}, COPY ${rate.copy.toFixed(0)}`,
    );
  }
  const copy = median(rates.map((rate) => rate.copy));
  const toRow = (job: string, ours: number, note: string): BenchRow => ({
    job,
    ours,
    peer: copy,
    peerName: 'COPY, one key',
    ratio: ours / copy,
    unit: 'samples/s',
    n: rounds,
    note,
  });
  const committed = median(rates.map((rate) => rate.committed));
  const goal = `goal ${IMPORT_GOAL} ${committed / copy >= IMPORT_GOAL ? 'reached' : 'missed'}`;
  return {
    ids,
    rows: [
      toRow(
        'import, committed',
        committed,
        `${goal}; ${importRows} samples in batches of 500 from ${IMPORT_DEVICES} devices, checked and acknowledged; COPY of the same rows`,
      ),
      toRow(
        'import, applied',
        median(rates.map((rate) => rate.applied)),
        'until the last stands in its tube: rules, events, audit, five indexes; the peer is the same COPY',
      ),
    ],
  };
}

/** Each device sends the next as soon as it has the answer. */
async function driveClosed(
  ready: Ready,
  clients: number,
  batch: number,
  milliseconds: number,
): Promise<Load> {
  const devices = openDevices(ready, clients);
  const answers: Answer[] = [];
  const started = performance.now();
  await Promise.all(
    devices.map(async (device) => {
      while (performance.now() - started < milliseconds) answers.push(await device.send(batch));
    }),
  );
  const elapsed = (performance.now() - started) / 1000;
  for (const device of devices) device.close();
  const count = answers.reduce((total, { status, ids }) => total + (status === 200 ? ids.length : 0), 0);
  return { perSecond: count / elapsed, answers };
}

/**
 * Arrivals at a fixed rate whatever the server does: people come to the sites whether or not it answers. One that finds
 * no free device of the 500 is turned away at the site and counted.
 */
async function driveOpen(ready: Ready, perSecond: number, milliseconds: number) {
  const idle: Device[] = openDevices(ready, 500);
  const devices = [...idle];
  const answers: Answer[] = [];
  let turnedAway = 0;
  let due = 0;
  const started = performance.now();
  const flying = new Set<Promise<void>>();
  for (;;) {
    const elapsed = performance.now() - started;
    if (elapsed >= milliseconds) break;
    const wanted = Math.floor((elapsed / 1000) * perSecond) - due;
    due += wanted;
    for (let at = 0; at < wanted; at += 1) {
      const device = idle.pop();
      if (!device) {
        turnedAway += wanted - at;
        break;
      }
      const flight: Promise<void> = device.send(1).then((answer) => {
        answers.push(answer);
        idle.push(device);
        flying.delete(flight);
      });
      flying.add(flight);
    }
    // A millisecond, not at once: a generator that spins takes the core the server needs.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(flying);
  const elapsed = (performance.now() - started) / 1000;
  for (const device of devices) device.close();
  return { perSecond: answers.filter(({ status }) => status === 200).length / elapsed, answers, turnedAway };
}

function rowOfOverload(
  { perSecond, answers, turnedAway }: Load & { turnedAway: number },
  knee: number,
  seconds: number,
): BenchRow {
  const accepted = answers.filter(({ status }) => status === 200).map(({ milliseconds }) => milliseconds);
  const refused = answers.filter(({ status }) => status === 503);
  const other = answers.length - accepted.length - refused.length;
  return {
    job: 'goodput under ten times the knee',
    ours: perSecond,
    peer: knee,
    peerName: 'the knee, same run',
    ratio: perSecond / knee,
    unit: 'samples/s',
    n: 1,
    note: `${seconds} s; accepted p99 ${quantile(accepted, 0.99)} ms; ${refused.length} answered 503 (${refused.filter(({ retryAfterSeconds }) => retryAfterSeconds !== null).length} with Retry-After), ${turnedAway} found no free device, ${other} anything else`,
  };
}

const openDevices = ({ url, cookies, siteId, personIds }: Ready, count: number): Device[] =>
  Array.from({ length: count }, (_, at) =>
    openDevice({ url, cookie: cookies[at % cookies.length]!, siteId, personIds }),
  );

async function countLost(adminUrl: string, ids: readonly string[]) {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query('create temporary table ledger (id uuid)');
  for (let at = 0; at < ids.length; at += 50_000)
    await client.query('insert into ledger select unnest($1::uuid[])', [ids.slice(at, at + 50_000)]);
  const { rows } = await client.query<{ missing: number; doubled: number; waiting: number }>(`
    with kept as (select id from intake union all select id from intake_outcome)
    select (select count(*)::int from ledger left join kept using (id) where kept.id is null) as missing,
           (select count(*)::int from (select id from kept group by id having count(*) > 1) as twice) as doubled,
           (select count(*)::int from intake) as waiting`);
  await client.end();
  return rows[0]!;
}

function quantile(values: readonly number[], at: number): string {
  if (values.length === 0) return '–';
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))]!.toFixed(1);
}
