/** DuckDB in memory on two threads, where its package is installed. */
import type { Answer, Engine, Job } from './job.ts';
import { sqlOf } from './job-sql.ts';
import type { WorkloadColumns } from './workload-columns.ts';

const CHUNK = 2048;

/** @returns the reason when it cannot be had */
export async function openDuckDB(columns: WorkloadColumns): Promise<Engine | string> {
  let duckdb: typeof import('@duckdb/node-api');
  try {
    duckdb = await import('@duckdb/node-api');
  } catch (error) {
    return `@duckdb/node-api cannot be loaded here: ${(error as Error).message.split('\n')[0]}`;
  }
  const instance = await duckdb.DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(
    'create table stay (person integer not null, place integer not null, "from" integer not null, "until" integer not null)',
  );
  const appender = await connection.createAppender('stay');
  const { INTEGER } = duckdb;
  const chunk = duckdb.DuckDBDataChunk.create([INTEGER, INTEGER, INTEGER, INTEGER], CHUNK);
  const all = [columns.person, columns.place, columns.from, columns.until];
  for (let start = 0; start < columns.person.length; start += CHUNK) {
    const count = Math.min(CHUNK, columns.person.length - start);
    chunk.rowCount = count;
    for (const [number, column] of all.entries()) {
      const vector = chunk.getColumnVector(number) as InstanceType<typeof duckdb.DuckDBIntegerVector>;
      for (let row = 0; row < count; row++) vector.setItem(row, column[start + row]!);
      vector.flush();
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  return {
    name: 'DuckDB',
    async answer(job: Job, limitMilliseconds: number): Promise<Answer> {
      const timer = setTimeout(() => connection.interrupt(), limitMilliseconds);
      const sql = sqlOf(job, { bound: false });
      const reader = await connection.runAndReadAll(sql).finally(() => clearTimeout(timer));
      const [row] = reader.getRowObjects();
      return {
        rows: Number(row!['rows']),
        seconds: Number(row!['seconds']),
        checksum: Number(row!['checksum']),
      };
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
