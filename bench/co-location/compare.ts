/** Every engine asked the same, in turn, and held to the same answer. */
import { type BenchRow, median } from '../bench.ts';
import type { Answer, Engine, Job } from './job.ts';
import type { Plan, PostgresEngine } from './postgres.ts';

/** Repetitions stop when a job has taken so long, or at so many. */
const ENOUGH_MS = 12_000;
const MOST_RUNS = 7;
const WARM_RUNS = 2;
/** A peer that takes longer is told so and not waited for; less when the whole run nears its end. */
const PATIENCE_MS = 150_000;
const patience = (deadline: number) =>
  Math.max(1000, Math.min(PATIENCE_MS, (deadline - performance.now()) / 2));

const GOALS: Record<string, Record<string, number>> = {
  'first order, K=1': { PostgreSQL: 1 / 20 },
  'first order, K=1000': { PostgreSQL: 1 / 30, DuckDB: 1 / 6 },
  'second order, K=1, pairs, 2 threads': { PostgreSQL: 1 / 60, DuckDB: 1 / 8 },
  'second order, K=10, people only': { DuckDB: 1 / 20 },
};

interface Asked {
  readonly name: string;
  readonly note: string;
  readonly ask: () => Promise<Answer>;
  readonly times: number[];
  /** Why there is no (further) answer, and how long the longest attempt had gone on by then. */
  failed?: { readonly reason: string; readonly milliseconds: number };
}

export async function runJobs(
  jobs: readonly (Job & { asks: readonly string[] })[],
  ours: Engine,
  postgres: PostgresEngine | string,
  duckdb: Engine | string,
  deadline: number,
  print: (line: string) => void,
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const job of jobs) {
    const mine: Asked = { name: ours.name, note: '', ask: () => ours.answer(job, PATIENCE_MS), times: [] };
    const peers: Asked[] = [];
    // The first answers also compile the code, as a server that has run for a while has.
    let expected = await ours.answer(job, PATIENCE_MS);
    for (let warm = 0; warm < WARM_RUNS; warm++) expected = await ours.answer(job, PATIENCE_MS);
    if (job.asks.includes('PostgreSQL') && typeof postgres !== 'string')
      peers.push(await betterPlan(postgres, job, expected, deadline));
    if (job.asks.includes('DuckDB') && typeof duckdb !== 'string')
      peers.push({
        name: duckdb.name,
        note: '',
        ask: () => duckdb.answer(job, patience(deadline)),
        times: [],
      });
    await alternate([mine, ...peers], expected, deadline);
    const own = median(mine.times);
    if (peers.length === 0) rows.push(toRow(job, own, mine.times.length, undefined));
    for (const peer of peers) rows.push(toRow(job, own, mine.times.length, peer));
    for (const row of rows.slice(-Math.max(1, peers.length))) print(inWords(row));
  }
  return rows;
}

/** Both plans once, the slower one stopped when it falls behind; the better one goes on, with its first time kept. */
async function betterPlan(
  postgres: PostgresEngine,
  job: Job,
  expected: Answer,
  deadline: number,
): Promise<Asked> {
  let best: { plan: Plan; milliseconds: number } | undefined;
  let failed = { reason: '', milliseconds: 0 };
  for (const plan of ['nested loop', 'default plan'] as const) {
    const limit = best ? Math.max(200, 1.2 * best.milliseconds) : patience(deadline);
    const began = performance.now();
    try {
      const { milliseconds } = await timeOf(() => postgres.answerWith(job, plan, limit), expected);
      if (!best || milliseconds < best.milliseconds) best = { plan, milliseconds };
    } catch (error) {
      // Either plan could be the better one: the bound is the shorter wait.
      const waited = performance.now() - began;
      const milliseconds = failed.milliseconds === 0 ? waited : Math.min(failed.milliseconds, waited);
      failed = { reason: (error as Error).message, milliseconds };
    }
  }
  const name = postgres.name;
  if (!best)
    return { name, note: '', ask: () => Promise.reject(new Error(failed.reason)), times: [], failed };
  const { plan, milliseconds } = best;
  return {
    name,
    note: plan,
    ask: () => postgres.answerWith(job, plan, patience(deadline)),
    times: milliseconds > ENOUGH_MS ? [milliseconds] : [],
  };
}

async function alternate(engines: readonly Asked[], expected: Answer, deadline: number): Promise<void> {
  const started = performance.now();
  for (let run = 0; run < MOST_RUNS; run++) {
    if (run > 0 && (performance.now() - started > ENOUGH_MS || performance.now() > deadline)) return;
    for (const engine of engines) {
      // One long measurement of a peer is enough.
      if (engine.failed || (run === 0 && engine.times.length > 0)) continue;
      const began = performance.now();
      try {
        engine.times.push((await timeOf(engine.ask, expected)).milliseconds);
      } catch (error) {
        engine.failed = { reason: (error as Error).message, milliseconds: performance.now() - began };
      }
    }
  }
}

async function timeOf(ask: () => Promise<Answer>, expected: Answer): Promise<{ milliseconds: number }> {
  const started = performance.now();
  const answer = await ask();
  const milliseconds = performance.now() - started;
  if (JSON.stringify(answer) !== JSON.stringify(expected))
    throw new Error(`answers ${JSON.stringify(answer)} instead of ${JSON.stringify(expected)}`);
  return { milliseconds };
}

function toRow(job: Job, own: number, n: number, peer: Asked | undefined): BenchRow {
  const goalOf = (ratio: number) => {
    const goal = peer && GOALS[job.name]?.[peer.name];
    return goal === undefined ? '' : `goal 1/${Math.round(1 / goal)} ${ratio <= goal ? 'reached' : 'MISSED'}`;
  };
  if (!peer || peer.times.length === 0) {
    // A wrong answer bounds nothing; a time that ran out does.
    const failed = peer?.failed;
    const ranOut = failed && /timeout|interrupt/i.test(failed.reason);
    const bound = ranOut
      ? `: not done after ${Math.round(failed.milliseconds / 1000)} s, so under 1/${Math.floor(failed.milliseconds / own)}; by that bound ${goalOf(own / failed.milliseconds).replace('MISSED', 'not shown') || 'no goal'}`
      : '';
    return {
      job: job.name,
      ours: own,
      peer: null,
      peerName: peer?.name ?? null,
      ratio: null,
      unit: 'ms',
      n,
      note: failed ? `failed: ${failed.reason}${bound}` : 'no peer here',
    };
  }
  const theirs = median(peer.times);
  const note = [
    goalOf(own / theirs),
    peer.note,
    peer.times.length === n ? '' : `peer n=${peer.times.length}`,
    peer.failed?.reason,
  ]
    .filter(Boolean)
    .join(', ');
  return {
    job: job.name,
    ours: own,
    peer: theirs,
    peerName: peer.name,
    ratio: own / theirs,
    unit: 'ms',
    n,
    note,
  };
}

export function inWords({ job, ours, peer, peerName, ratio, unit, n, note }: BenchRow): string {
  const against =
    peer === null || ratio === null
      ? ''
      : ` against ${peerName} ${figure(peer)} ${unit}: 1/${(1 / ratio).toFixed(1)}`;
  return `${job}: ${figure(ours)} ${unit}${against}, n=${n}${note ? `; ${note}` : ''}`;
}

const figure = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
