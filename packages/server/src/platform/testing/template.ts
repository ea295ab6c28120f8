/** One migrated database with the places of the prefecture, cloned for each test file: 50 ms instead of seconds. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { seedDivisions } from '../../modules/places/index.ts';
import { migrate } from '../db/migrate.ts';
import { openDb } from '../db/pool.ts';
import type { TestCluster } from '../postgres/test-cluster.ts';

const TEMPLATE = 'levee_template';

const withDatabase = (url: string, database: string, user?: [string, string]) => {
  const parsed = new URL(url);
  parsed.pathname = `/${database}`;
  if (user) [parsed.username, parsed.password] = user;
  return parsed.href;
};

async function asAdmin<T>(cluster: TestCluster, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: cluster.adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the template unless another test file has; files run in parallel processes, so the cluster holds the lock. */
export async function prepareTemplate(cluster: TestCluster): Promise<void> {
  await asAdmin(cluster, async (client) => {
    await client.query('select pg_advisory_lock(1)');
    const { rowCount } = await client.query('select from pg_database where datname = $1', [TEMPLATE]);
    if (rowCount) return;
    const making = `${TEMPLATE}_making`;
    await client.query(`drop database if exists ${making}`);
    await client.query(`create database ${making} owner levee_owner`);
    await migrate(withDatabase(cluster.adminUrl, making, ['levee_owner', cluster.ownerPassword]));
    const app = openDb(withDatabase(cluster.adminUrl, making, ['levee_app', cluster.appPassword]), {
      max: 1,
    });
    await seedDivisions(app.db, '6325');
    await app.close();
    await client.query(`alter database ${making} rename to ${TEMPLATE}`);
  });
}

export async function databaseUrls(cluster: TestCluster) {
  const name = `levee_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  await asAdmin(cluster, async (client) => {
    await client.query('select pg_advisory_lock(1)');
    await client.query(`create database ${name} owner levee_owner template ${TEMPLATE}`);
  });
  return {
    app: withDatabase(cluster.adminUrl, name, ['levee_app', cluster.appPassword]),
    owner: withDatabase(cluster.adminUrl, name, ['levee_owner', cluster.ownerPassword]),
    admin: withDatabase(cluster.adminUrl, name),
    drop: () =>
      asAdmin(cluster, async (client) => void (await client.query(`drop database ${name} with (force)`))),
  };
}
