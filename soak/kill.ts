import pg from 'pg';
import { seeded } from './random.ts';
import { measured, type Soak } from './soak.ts';
import { openFleet } from './stage/fleet.ts';
import { checkSets } from './stage/set-check.ts';
import { openTown } from './stage/town.ts';

export const name = 'kill';
export const title =
  'T01: the server is killed (SIGKILL) at random moments of intake, half of them while records are being applied; 200 journals decide what must be there';
export const defaults = { devices: 200, rounds: 10, people: 300_000, port: 8144 };

export const run: Soak<typeof defaults>['run'] = async ({ devices, rounds, people, port, seed, print }) => {
  const random = seeded(seed);
  const town = await openTown({ port, people, seed });
  try {
    const fleet = await openFleet(town, { devices, seed });
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
    await fleet.finish();
    print('every journal is acknowledged; comparing sets');
    const lost = fleet.answers.filter(({ status }) => status === 0).length;
    return [
      measured('kills, of them while records were being applied', `${rounds}, ${inSettling}`),
      measured('sendings without an answer, sent again', lost),
      measured('back after a kill, slowest', `${Math.max(...downMs).toFixed(0)} ms`),
      ...(await checkSets(town.adminUrl, fleet)),
    ];
  } finally {
    for (const error of town.server.errors().slice(0, 8)) print(`the server said: ${error}`);
    await town.close();
  }
};

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
