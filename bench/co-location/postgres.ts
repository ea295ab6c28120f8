/** PostgreSQL as it ships with the project, on a table of the same stays, indexed as the product's table is. */
import { once } from 'node:events';
import { startTestCluster } from '@levee/server/testing';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { writeBinary } from './copy-binary.ts';
import type { Answer, Engine, Job } from './job.ts';
import { sqlOf } from './job-sql.ts';
import type { WorkloadColumns } from './workload-columns.ts';

export type PostgresEngine = Engine & {
  /** The plan the planner chooses, or nested loops by force. */
  answerWith(job: Job, plan: Plan, limitMilliseconds: number): Promise<Answer>;
};
export type Plan = 'default plan' | 'nested loop';

export async function openPostgres(columns: WorkloadColumns): Promise<PostgresEngine> {
  const { postgres, remove } = await startTestCluster();
  const client = new pg.Client({ connectionString: postgres.adminUrl() });
  await client.connect();
  await client.query(
    'create unlogged table stay (person integer not null, place integer not null, "from" integer not null, "until" integer not null)',
  );
  const stream = client.query(copyFrom('copy stay from stdin (format binary)'));
  await writeBinary(stream, columns);
  await once(stream.end(), 'finish');
  await client.query(`set maintenance_work_mem = '1GB'`);
  await client.query('create index stay_place on stay (place, "from")');
  await client.query('create index stay_person on stay (person)');
  await client.query(
    'create table longest_stay as select place, max("until" - "from") as seconds from stay group by place',
  );
  await client.query('create unique index on longest_stay (place)');
  await client.query('vacuum (analyze) stay');
  await client.query('analyze longest_stay');
  await client.query(`set work_mem = '512MB'`);
  await client.query('set jit = off');

  const answerWith = async (job: Job, plan: Plan, limitMilliseconds: number): Promise<Answer> => {
    const other = plan === 'nested loop' ? 'off' : 'on';
    await client.query(`set enable_hashjoin = ${other}; set enable_mergejoin = ${other};
      set statement_timeout = ${Math.ceil(limitMilliseconds)}`);
    const { rows } = await client.query<Record<keyof Answer, string>>(sqlOf(job, { bound: true }));
    const [row] = rows;
    return { rows: Number(row!.rows), seconds: Number(row!.seconds), checksum: Number(row!.checksum) };
  };
  return {
    name: 'PostgreSQL',
    answerWith,
    answer: (job, limit) => answerWith(job, 'nested loop', limit),
    async close() {
      await client.end();
      await remove();
    },
  };
}
