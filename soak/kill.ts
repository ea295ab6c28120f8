import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { seeded } from './random.ts';
import { equal, type Finding, measured, type Soak } from './soak.ts';
import { faultPoints, killAt } from './stage/fault-points.ts';
import { openFleet } from './stage/fleet.ts';
import { openResultLine } from './stage/result-line.ts';
import { checkSets } from './stage/set-check.ts';
import { openTown } from './stage/town.ts';

export const name = 'kill';
export const title =
  'T01: the server is killed (SIGKILL) at random moments of intake, half of them while records are being applied, then at seven named points, of results too; the journals of the devices and of a laboratory decide what must be there';
export const defaults = { devices: 200, rounds: 10, people: 300_000, port: 8144, turns: 2 };

export const run: Soak<typeof defaults>['run'] = async ({
  devices,
  rounds,
  people,
  port,
  turns,
  seed,
  print,
}) => {
  const random = seeded(seed);
  const mllpPort = port + 1;
  const town = await openTown({ port, people, seed, env: { LEVEE_MLLP_PORT: String(mllpPort) } });
  try {
    // A breath between two batches: where two hundred send without one, commands are shed and no result comes to its point.
    const fleet = await openFleet(town, { devices, seed, pauseMs: 20 });
    const downMs: number[] = [];
    let inSettling = 0;
    for (let round = 1; round <= rounds; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 500 + random.whole(2_000)));
      if (round % 2 === 0 && (await untilSettling(town.adminUrl))) inSettling += 1;
      const killed = performance.now();
      await town.server.kill();
      await town.start();
      downMs.push(performance.now() - killed);
      print(
        `round ${round}: ${fleet.acknowledged.size} acknowledged, back after ${downMs.at(-1)!.toFixed(0)} ms`,
      );
    }
    const results = await openResultLine(town, mllpPort, print);
    const reached = new Map(faultPoints.map(({ name }) => [name, 0]));
    for (let turn = 1; turn <= turns; turn += 1) {
      for (const point of faultPoints) {
        await new Promise((resolve) => setTimeout(resolve, 300 + random.whole(700)));
        const there = await killAt(town.adminUrl, point, () => town.server.kill());
        if (there) {
          reached.set(point.name, reached.get(point.name)! + 1);
          await town.start();
        }
        print(`${point.name}, turn ${turn}: ${there ? 'killed' : 'nobody came to it'}`);
      }
    }
    await results.finish();
    await fleet.finish();
    print('every journal is acknowledged; comparing sets');
    const lost = fleet.answers.filter(({ status }) => status === 0).length;
    return [
      measured('kills, of them while records were being applied', `${rounds}, ${inSettling}`),
      measured('sendings without an answer, sent again', lost),
      measured('back after a kill, slowest', `${Math.max(...downMs).toFixed(0)} ms`),
      ...[...reached].map(([name, times]) => equal(`killed at: ${name}`, times, turns)),
      ...(await checkSets(town.adminUrl, fleet)),
      ...(await results.check(town.adminUrl)),
      ...(await checkLogs(town.adminUrl, town.dataDir)),
    ];
  } finally {
    for (const error of town.server.errors().slice(0, 8)) print(`the server said: ${error}`);
    await town.close();
  }
};

const SETTLED_WITHIN_MS = 60_000;

/** The audit chain is whole and covers every entry; every event was handled by every reaction. */
async function checkLogs(adminUrl: string, dataDir: string): Promise<Finding[]> {
  const database = new pg.Client({ connectionString: adminUrl });
  await database.connect();
  try {
    const unsealed = async () => {
      const { rows } = await database.query<{ count: number }>(
        `select count(*)::int as count from audit_entry
          where not exists (select from audit_link where entry_sequence = audit_entry.sequence)`,
      );
      return rows[0]!.count;
    };
    const until = Date.now() + SETTLED_WITHIN_MS;
    while ((await unsealed()) > 0 && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 500));
    const { rows } = await database.query<{ failures: number }>(
      'select count(*)::int as failures from reaction_failure',
    );
    const levee = join(import.meta.dirname, '../packages/server/bin/levee.mjs');
    const verified = spawnSync(process.execPath, [levee, 'audit', 'verify'], {
      encoding: 'utf8',
      env: { ...process.env, LEVEE_DATA_DIR: dataDir, LEVEE_LOG_LEVEL: 'error' },
    });
    return [
      measured('audit', verified.stdout.trim().split('\n')[0] ?? ''),
      equal('audit entries not sealed a minute after', await unsealed(), 0),
      equal('levee audit verify ends with', verified.status ?? 'no code', 0),
      equal('events a reaction gave up on', rows[0]!.failures, 0),
    ];
  } finally {
    await database.end();
  }
}

/** Waits until the settler is between two statements of a round, or gives up after two seconds. */
async function untilSettling(adminUrl: string): Promise<boolean> {
  const database = new pg.Client({ connectionString: adminUrl });
  await database.connect();
  try {
    const until = Date.now() + 2_000;
    while (Date.now() < until) {
      const { rows } = await database.query(
        `select 1 from pg_locks where locktype = 'advisory' and objsubid = 1
            and (classid::bigint << 32) + objid::bigint = hashtextextended('intake settle', 0)`,
      );
      if (rows.length > 0) return true;
    }
    return false;
  } finally {
    await database.end();
  }
}
