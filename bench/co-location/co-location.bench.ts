/** Who met whom over tens of millions of stays: CoLocationIndex against PostgreSQL and DuckDB. */
import type { Bench } from '../bench.ts';
import { runJobs } from './compare.ts';
import { openDuckDB } from './duckdb.ts';
import type { Job } from './job.ts';
import { measureIndex } from './measure-index.ts';
import { openOurs } from './ours.ts';
import { openPostgres } from './postgres.ts';
import { chooseCases, makeWorkload } from './workload.ts';
import { toColumns } from './workload-columns.ts';

/** Peers are waited for until `minutes` have passed since the start, and cells not reached by then are told as failed. */
export const defaults = { stays: 10_000_000, seed: 1, minutes: 4.5 };

export const run: Bench<typeof defaults>['run'] = async ({ stays, seed, minutes, print }) => {
  const deadline = performance.now() + 60_000 * minutes;
  const workload = makeWorkload(stays, seed);
  print(
    `${workload.staysCount} stays of ${workload.personsCount} people at ${workload.placesCount} places, seed ${seed}`,
  );
  const columns = toColumns(workload);
  const timed = async <T>(what: string, work: () => T | Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await work();
    print(`${what}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return result;
  };
  const ours = await timed('CoLocationIndex built', () => openOurs(workload, columns));
  const duckdb = await timed('DuckDB loaded', () => openDuckDB(columns));
  if (typeof duckdb === 'string') print(`DuckDB skipped: ${duckdb}`);
  const postgres = await timed('PostgreSQL loaded and indexed', () => openPostgres(columns)).catch(
    (error: Error) => `${error.message}`,
  );
  if (typeof postgres === 'string') print(`PostgreSQL skipped: ${postgres}`);
  const cases = (count: number) => chooseCases(workload, count, seed + count);
  const jobs: (Job & { asks: ('PostgreSQL' | 'DuckDB')[] })[] = [
    { name: 'first order, K=1', kind: 'first', cases: cases(1), asks: ['PostgreSQL', 'DuckDB'] },
    { name: 'first order, K=10', kind: 'first', cases: cases(10), asks: ['PostgreSQL', 'DuckDB'] },
    { name: 'first order, K=1000', kind: 'first', cases: cases(1000), asks: ['PostgreSQL', 'DuckDB'] },
    {
      name: 'second order, K=1, pairs, 2 threads',
      kind: 'second pairs',
      cases: cases(1),
      asks: ['PostgreSQL', 'DuckDB'],
    },
    { name: 'second order, K=10, people only', kind: 'second people', cases: cases(10), asks: ['DuckDB'] },
  ];
  try {
    const rows = await runJobs(jobs, ours, postgres, duckdb, deadline, print);
    return [...rows, ...(await measureIndex(ours, print))];
  } finally {
    await ours.close();
    if (typeof duckdb !== 'string') await duckdb.close();
    if (typeof postgres !== 'string') await postgres.close();
  }
};
