import { seeded } from './random.ts';
import { equal, measured, type Soak } from './soak.ts';
import { openFleet } from './stage/fleet.ts';
import { type Outage, tellOutages, untilServing } from './stage/outage.ts';
import { openProbe } from './stage/probe.ts';
import { databaseProcesses } from './stage/processes.ts';
import { checkSets } from './stage/set-check.ts';
import { openTown } from './stage/town.ts';

export const name = 'database-restart';
export const title =
  'T09: the database is shut down in order (fast shutdown) and started again under load; clients get 503 with Retry-After and are served again within 10 s';
export const defaults = { devices: 100, rounds: 5, people: 300_000, port: 8144 };

export const run: Soak<typeof defaults>['run'] = async ({ devices, rounds, people, port, seed, print }) => {
  const random = seeded(seed);
  const town = await openTown({ port, people, seed });
  try {
    const fleet = await openFleet(town, { devices, seed, pauseMs: 20 });
    const probe = await openProbe(town);
    const outages: Outage[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 2_000 + random.whole(2_000)));
      const [postmaster] = await databaseProcesses(town.dataDir);
      const beganMs = performance.now();
      process.kill(postmaster!, 'SIGINT');
      const backMs = await untilServing(fleet.answers, postmaster!);
      outages.push({ beganMs, backMs });
      print(
        `round ${round}: ${fleet.acknowledged.size} acknowledged, back after ${(backMs - beganMs).toFixed(0)} ms`,
      );
    }
    await fleet.finish();
    await probe.stop();
    return [
      measured('restarts', rounds),
      ...tellOutages(outages, fleet.answers, probe.answers, 10),
      equal('the server itself ended', town.server.process.exitCode ?? 'never', 'never'),
      ...(await checkSets(town.adminUrl, fleet)),
    ];
  } finally {
    for (const error of town.server.errors().slice(0, 8)) print(`the server said: ${error}`);
    await town.close();
  }
};
