import { seeded } from './random.ts';
import { equal, measured, type Soak } from './soak.ts';
import { faultPoints, killAt } from './stage/fault-points.ts';
import { openFleet } from './stage/fleet.ts';
import { type Outage, tellOutages, untilServing } from './stage/outage.ts';
import { openProbe } from './stage/probe.ts';
import { databaseProcesses } from './stage/processes.ts';
import { openResultLine } from './stage/result-line.ts';
import { checkSets } from './stage/set-check.ts';
import { openTown } from './stage/town.ts';

export const name = 'database-kill';
export const title =
  'T02: every process of the database is killed (SIGKILL) at random moments of intake and at seven named points; it recovers by itself and nothing acknowledged is lost';
export const defaults = { devices: 100, rounds: 20, people: 300_000, port: 8144 };

export const run: Soak<typeof defaults>['run'] = async ({ devices, rounds, people, port, seed, print }) => {
  const random = seeded(seed);
  const mllpPort = port + 1;
  const town = await openTown({ port, people, seed, env: { LEVEE_MLLP_PORT: String(mllpPort) } });
  try {
    const fleet = await openFleet(town, { devices, seed, pauseMs: 20 });
    const probe = await openProbe(town);
    const outages: Outage[] = [];
    let killed = 0;
    const killAll = async () => {
      const processes = await databaseProcesses(town.dataDir);
      const beganMs = performance.now();
      for (const pid of processes) kill(pid);
      killed += processes.length;
      return { beganMs, postmaster: processes[0]! };
    };
    const untilBack = async ({ beganMs, postmaster }: Awaited<ReturnType<typeof killAll>>) => {
      const outage = { beganMs, backMs: await untilServing(fleet.answers, postmaster) };
      outages.push(outage);
      return outage;
    };
    for (let round = 1; round <= rounds; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 300 + random.whole(1_500)));
      const { beganMs, backMs } = await untilBack(await killAll());
      print(
        `round ${round}: ${fleet.acknowledged.size} acknowledged, back after ${(backMs - beganMs).toFixed(0)} ms`,
      );
    }
    const results = await openResultLine(town, mllpPort, print);
    let reached = 0;
    for (const point of faultPoints) {
      let fault: Awaited<ReturnType<typeof killAll>> | undefined;
      await killAt(town.adminUrl, point, async () => {
        fault = await killAll();
      });
      if (fault) reached += 1;
      print(`${point.name}: ${fault ? 'killed' : 'nobody came to it'}`);
      if (fault) await untilBack(fault);
    }
    await results.finish();
    await fleet.finish();
    await probe.stop();
    print('every journal is acknowledged; comparing sets');
    return [
      measured('rounds, processes killed', `${rounds + reached}, ${killed}`),
      equal('named points killed at', reached, faultPoints.length),
      ...tellOutages(outages, fleet.answers, probe.answers, 30),
      equal('the server itself ended', town.server.process.exitCode ?? 'never', 'never'),
      ...(await checkSets(town.adminUrl, fleet)),
      ...(await results.check(town.adminUrl)),
    ];
  } finally {
    for (const error of town.server.errors().slice(0, 8)) print(`the server said: ${error}`);
    await town.close();
  }
};

/** A process of this list may be gone already with its parent. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {}
}
