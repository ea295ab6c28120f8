import { loadavg } from 'node:os';
import { preparePrefecture } from '@levee/server/testing';
import { checkDay } from './day/check.ts';
import { Ledger } from './day/ledger.ts';
import { planDay } from './day/plan.ts';
import { setStage } from './day/stage.ts';
import { watch } from './day/watch.ts';
import { sampleAgain, workTheDay } from './day/work.ts';
import { seeded } from './random.ts';
import { equal, measured, type Soak, spread, within } from './soak.ts';
import { makeFolder, removeFolder } from './stage/folder.ts';
import { databaseProcesses, processorSeconds } from './stage/processes.ts';
import { startServer } from './stage/server.ts';

export const name = 'day';
export const title =
  'A full day of the prefecture: everybody sampled ten to a tube at 300 sites, five laboratories, 2 % of the tubes with a planted error';
export const defaults = {
  people: 447_000,
  sites: 300,
  /** Part of the tubes, in per mille. */
  errors: 20,
  positives: 8,
  port: 8144,
  minutes: 15,
};

const FIELD = ['field_worker', 'laboratory'] as const;
const COUNTIES = ['632521', '632522', '632523', '632524', '632525'];

export const run: Soak<typeof defaults>['run'] = async (options) => {
  const { people, sites, errors, positives, port, minutes, seed, print } = options;
  const dataDir = await makeFolder();
  const begun = Date.now();
  const random = seeded(seed);
  const prefecture = await preparePrefecture({
    dataDir,
    headcount: people,
    seed,
    accounts: [
      ...COUNTIES.flatMap((division) => FIELD.map((role) => ({ role, division }))),
      { role: 'security_administrator', division: '6325' },
      { role: 'commander', division: '6325' },
    ],
  });
  print(`${people} people registered`);
  const server = await startServer({ dataDir, port, env: { LEVEE_MLLP_PORT: String(port + 1) } });
  try {
    const ledger = new Ledger();
    const plan = planDay(prefecture, { sites, errors: errors / 1000, positives }, random);
    const stage = await setStage({
      url: server.url,
      mllpPort: port + 1,
      prefecture,
      plan,
      ledger,
      random,
      print,
    });
    const loads = plan.sites.reduce((sum, site) => sum + site.loads.length, 0);
    print(`${plan.sites.length} sites, ${loads} loads`);
    const { seen, stop } = watch(stage, print);
    const worked = Date.now();
    await workTheDay(stage);
    const sampledIn = (Date.now() - worked) / 1000;
    print(`${ledger.acknowledged} records acknowledged, laboratories done`);
    const again = await sampleAgain(stage);
    const counted = await untilCounted();
    const cost = [
      await processorSeconds([server.process.pid!]),
      await processorSeconds(await databaseProcesses(dataDir)),
      process.cpuUsage().user / 1e6,
    ];
    await stop();
    print('holding the server against the ledger');
    const findings = await checkDay(stage, prefecture.adminUrl);
    for (const surprise of ledger.surprises.slice(0, 20)) print(`not foreseen: ${surprise}`);
    const health = await (await fetch(`${server.url}/api/health`)).json();
    const all = (Date.now() - begun) / 1000;
    return [
      measured('people, tubes, boxes', `${ledger.sampled.size}, ${ledger.tubes.length}, ${loads}`),
      measured('records acknowledged', ledger.acknowledged),
      measured(
        'sampling to the last result',
        `${sampledIn.toFixed(0)} s, ${(ledger.acknowledged / sampledIn).toFixed(0)} records/s`,
      ),
      measured(
        'processor seconds: server, database, this load',
        cost.map((one) => one.toFixed(0)).join(', '),
      ),
      measured('machine load at the end (2 cores are 2)', loadavg()[0]!.toFixed(1)),
      measured('calls sent again (503 or no answer)', ledger.resent),
      measured('people sampled again singly, and positive', `${again.people}, ${again.positive}`),
      ...findings,
      measured('round page, median / p95 / slowest', spread(seen.round)),
      measured('accounting strip', spread(seen.accounting)),
      measured('laboratory queue', spread(seen.laboratory)),
      measured('situation', spread(seen.situation)),
      measured('people acknowledged, not yet on the round page, most', Math.max(0, ...seen.behind)),
      within('round counted in full after the last result', `${counted.toFixed(0)} s`, '60 s', counted <= 60),
      equal('screens that failed', seen.failures.length, 0),
      equal('errors the server logged', server.errors().join('; ') || 'none', 'none'),
      equal('health at the end', (health as { ok: boolean }).ok ? 'well' : JSON.stringify(health), 'well'),
      within('the whole day', `${(all / 60).toFixed(1)} min`, `${minutes} min`, all <= minutes * 60),
    ];

    /** Counting is done by reactions, after the fact: waits for the last of them, at most ten minutes. */
    async function untilCounted(): Promise<number> {
      const since = Date.now();
      for (;;) {
        const round = await stage.commander.client.rounds.byId({ params: { roundId: stage.roundId } });
        const positive = ledger.tubes.filter(
          (tube) => tube.capacity === 1 && tube.outcome === 'positive',
        ).length;
        const done = round.counts.sampled === ledger.sampled.size && round.positives === positive;
        const seconds = (Date.now() - since) / 1000;
        if (done || seconds > 600) return seconds;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  } finally {
    for (const error of server.errors()) print(`the server said: ${error}`);
    await server.stop();
    await removeFolder(dataDir);
  }
};
