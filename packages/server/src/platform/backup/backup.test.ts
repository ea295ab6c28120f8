import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../db/migrate.ts';
import { type Postgres, startPostgres } from '../postgres/index.ts';
import { makeTestFolder, startTestCluster } from '../postgres/test-cluster.ts';
import { backup } from './backup.ts';
import { restore } from './restore.ts';

describe('backup and restore', () => {
  let postgres: Postgres;
  let remove: () => Promise<void>;
  let folder: string;

  beforeAll(async () => {
    ({ postgres, remove } = await startTestCluster());
    await postgres.createDatabase('levee');
    await migrate(postgres.ownerUrl('levee'));
    await writeFile(join(postgres.dataDir, 'field-key'), 'the key\n');
    folder = await mkdtemp(join(tmpdir(), 'levee-backup-'));
  });
  afterAll(async () => {
    await remove();
    await rm(folder, { recursive: true });
  });

  async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end();
    }
  }

  const shape = (url: string) =>
    query(
      url,
      `select (select string_agg(name || value, ',' order by name) from setting) as settings,
              (select count(*)::int from pg_policies) as policies,
              (select count(*)::int from information_schema.role_table_grants where grantee = 'levee_app') as grants,
              (select string_agg(name || checksum, ',' order by name) from migration) as migrations`,
    );

  it('a backup taken while rows are written opens in another cluster with every row committed before its end [T14]', async () => {
    const url = postgres.adminUrl('levee');
    await query(url, `insert into setting select 'row ' || n, to_jsonb(n) from generate_series(1, 20000) n`);
    const into = join(folder, 'one');
    const writing = (async () => {
      for (let n = 0; n < 50; n += 1) await query(url, `insert into setting values ('while ${n}', '1')`);
    })();
    await backup({ adminUrl: postgres.adminUrl(), dataDir: postgres.dataDir, into, version: 'test' });
    await writing;
    const dataDir = await makeTestFolder();
    await rm(dataDir, { recursive: true });
    await restore(into, dataDir);
    const restored = await startPostgres({ dataDir });
    try {
      const [before] = await shape(url);
      const [after] = await shape(restored.adminUrl('levee'));
      expect({ ...after, settings: null }).toEqual({ ...before, settings: null });
      const [{ rows }] = (await query<{ rows: number }>(
        restored.adminUrl('levee'),
        `select count(*)::int as rows from setting where name like 'row %'`,
      )) as [{ rows: number }];
      expect(rows).toBe(20_000);
    } finally {
      await restored.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  });

  it('a damaged file is named and nothing is restored; a folder that holds a database is left alone', async () => {
    const into = join(folder, 'two');
    await backup({ adminUrl: postgres.adminUrl(), dataDir: postgres.dataDir, into, version: 'test' });
    await expect(restore(into, postgres.dataDir)).rejects.toThrow('holds a database already');
    await expect(
      backup({ adminUrl: postgres.adminUrl(), dataDir: postgres.dataDir, into, version: 'test' }),
    ).rejects.toThrow('is there already');
    await appendFile(join(into, 'field-key'), 'x');
    await expect(restore(into, join(folder, 'nowhere'))).rejects.toThrow('field-key is damaged');
    await expect(restore(folder, join(folder, 'nowhere'))).rejects.toThrow('is no backup');
  });
});
