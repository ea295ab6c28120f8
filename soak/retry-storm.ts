import pg from 'pg';
import { equal, type Finding, measured, type Soak, within } from './soak.ts';
import { checkSets } from './stage/set-check.ts';
import { openStorm, type Second, type Storm } from './stage/storm.ts';
import { openTown } from './stage/town.ts';

export const name = 'retry-storm';
export const title =
  'T32: 5,000 phones with the field app’s own policy of trying again, the server gone for 30 s, and back; once spread at random as the app does it, once without';
export const defaults = {
  clients: 5_000,
  outage: 30,
  rest: 3_000,
  before: 30,
  after: 75,
  people: 700_000,
  port: 8216,
};

/** Goodput counts as back when it stays there so long. */
const STEADY_SECONDS = 5;
const BACK_WITHIN_SECONDS = 60;
const BACK_AT = 0.9;

export const run: Soak<typeof defaults>['run'] = async (options) => {
  const { clients, outage, rest, before, after, people, port, seed, print } = options;
  const town = await openTown({ port, people, seed });
  try {
    const findings: Finding[] = [];
    const all = { sent: new Set<string>(), acknowledged: new Set<string>() };
    const rounds = [
      { name: 'spread', random: Math.random },
      // What the app would do without it: the shortest wait, everybody’s the same.
      { name: 'not spread', random: () => 0 },
    ];
    for (const { name, random } of rounds) {
      const storm = await openStorm(town, { clients, restMs: rest, random });
      await pause(before * 1_000);
      const knee = rateOf(storm, performance.now() / 1000 - STEADY_SECONDS * 3, STEADY_SECONDS * 3);
      print(`${name}: ${knee.toFixed(0)} records a second before`);
      const killed = performance.now();
      await town.server.kill();
      await pause(outage * 1_000 - (performance.now() - killed));
      const started = performance.now();
      await town.start();
      const back = performance.now();
      print(`${name}: back after ${((back - killed) / 1000).toFixed(1)} s`);
      await pause(after * 1_000);
      findings.push(...tell(name, storm, { knee, killed, started, back, after }));
      await storm.finish();
      print(`${name}: ${storm.acknowledged.size} acknowledged`);
      const appliedMs = await untilApplied(town.adminUrl);
      findings.push(
        measured(`${name}: all applied to their tubes after`, `${(appliedMs / 1000).toFixed(0)} s`),
        equal(`${name}: held by a phone at the end`, storm.sent.size - storm.acknowledged.size, 0),
      );
      for (const id of storm.sent) all.sent.add(id);
      for (const id of storm.acknowledged) all.acknowledged.add(id);
    }
    return [...findings, ...(await checkSets(town.adminUrl, all))];
  } finally {
    for (const error of town.server.errors().slice(0, 8)) print(`the server said: ${error}`);
    await town.close();
  }
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

function tell(
  name: string,
  storm: Storm,
  at: { knee: number; killed: number; started: number; back: number; after: number },
): Finding[] {
  const backAt = at.back / 1000;
  const wanted = at.knee * BACK_AT;
  let recovered: number | null = null;
  for (let second = 0; second + STEADY_SECONDS <= at.after && recovered === null; second += 1)
    if (rateOf(storm, backAt + second, STEADY_SECONDS) >= wanted) recovered = second;
  const sum = (from: number, seconds: number, of: (second: Second) => number) =>
    secondsOf(storm, from, seconds).reduce((total, second) => total + of(second), 0);
  const most = Math.max(...secondsOf(storm, backAt, at.after).map(({ sent }) => sent));
  const curve = [0, 5, 10, 20, 30, 45, 60]
    .filter((second) => second + STEADY_SECONDS <= at.after)
    .map((second) => `${second} s ${rateOf(storm, backAt + second, STEADY_SECONDS).toFixed(0)}`);
  const gone = (at.started - at.killed) / 1000;
  return [
    measured(
      `${name}: the process was gone, ready after`,
      `${gone.toFixed(1)} s, ${((at.back - at.killed) / 1000).toFixed(1)} s`,
    ),
    measured(`${name}: records a second before`, at.knee.toFixed(0)),
    measured(`${name}: records a second after it was back`, curve.join(', ')),
    measured(
      `${name}: tries in vain while it was gone`,
      sum(at.killed / 1000, gone, ({ unanswered }) => unanswered),
    ),
    measured(`${name}: most requests in one second after`, most),
    measured(
      `${name}: after it was back: refused with 503, unanswered`,
      `${sum(backAt, at.after, ({ refused }) => refused)}, ${sum(backAt, at.after, ({ unanswered }) => unanswered)}`,
    ),
    ...(storm.strange.size > 0
      ? [equal(`${name}: answers other than 200 and 503`, [...storm.strange].join(', '), 'none')]
      : []),
    recoveredFact(name, recovered, at.after),
  ];
}

/** Without the spread it is shown, not promised. */
function recoveredFact(name: string, recovered: number | null, after: number): Finding {
  const what = `${name}: ${BACK_AT * 100} % of it again for ${STEADY_SECONDS} s, begun after`;
  const found = recovered === null ? `not within ${after} s` : `${recovered} s`;
  return name === 'spread'
    ? within(what, found, `${BACK_WITHIN_SECONDS} s`, recovered !== null && recovered <= BACK_WITHIN_SECONDS)
    : measured(what, found);
}

const secondsOf = (storm: Storm, from: number, seconds: number): Second[] =>
  Array.from({ length: Math.floor(seconds) }, (_, at) => storm.seconds.get(Math.floor(from) + at)).filter(
    (second) => second !== undefined,
  );

const rateOf = (storm: Storm, from: number, seconds: number): number =>
  secondsOf(storm, from, seconds).reduce((total, { kept }) => total + kept, 0) / seconds;

/** At full load applying lags behind what is safe. @returns how long it took @throws after ten minutes */
async function untilApplied(adminUrl: string): Promise<number> {
  const database = new pg.Client({ connectionString: adminUrl });
  await database.connect();
  const from = performance.now();
  try {
    while (performance.now() - from < 600_000) {
      const { rows } = await database.query<{ count: number }>('select count(*)::int as count from intake');
      if (rows[0]!.count === 0) return performance.now() - from;
      await pause(200);
    }
    throw new Error('records were still waiting to be applied after ten minutes');
  } finally {
    await database.end();
  }
}
