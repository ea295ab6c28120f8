import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHouse } from '../../main.ts';
import { readConfig } from '../config.ts';
import { silentLog } from '../log.ts';
import type { Postgres } from '../postgres/index.ts';
import { startTestCluster } from '../postgres/test-cluster.ts';
import { migrate } from './migrate.ts';

/** A cluster of its own: the settings belong to the whole server, and other tests run beside this one. */
describe('a database that may lose what it acknowledged', () => {
  let postgres: Postgres;
  let remove: () => Promise<void>;
  let dataDir: string;

  beforeAll(async () => {
    ({ postgres, remove } = await startTestCluster());
    await postgres.createDatabase('levee');
    await migrate(postgres.ownerUrl('levee'));
    dataDir = mkdtempSync(join(tmpdir(), 'levee-durability-'));
  });
  afterAll(async () => {
    await remove();
    rmSync(dataDir, { recursive: true });
  });

  const alter = async (statement: string) => {
    const client = new pg.Client({ connectionString: postgres.adminUrl() });
    await client.connect();
    await client.query(`alter system ${statement}`);
    await client.query('select pg_reload_conf()');
    await client.end();
    await new Promise((resolve) => setTimeout(resolve, 300));
  };
  const open = () =>
    openHouse({
      config: readConfig({}),
      log: silentLog(),
      appUrl: postgres.appUrl('levee'),
      dataDir,
      secret: 'a test secret that is long enough to be one',
    });

  for (const [name, value] of [
    ['fsync', 'off'],
    ['full_page_writes', 'off'],
    ['synchronous_commit', 'off'],
    ['synchronous_commit', 'local'],
  ] as const) {
    it(`refuses to start with ${name} = ${value}, and names it [T03]`, async () => {
      await alter(`set ${name} = ${value}`);
      const refused = await open().then(
        async (house) => {
          await house.close();
          return 'started';
        },
        (error: Error) => error.message,
      );
      await alter(`reset ${name}`);
      expect(refused).toContain(`Start refused: ${name} = ${value}`);
    });
  }

  it('starts with safe settings, and turns health red when one is switched off later [T03]', async () => {
    const house = await open();
    const url = await house.listen(0);
    expect((await fetch(`${url}/api/health`)).status).toBe(200);
    await alter('set fsync = off');
    const response = await fetch(`${url}/api/health`);
    await alter('reset fsync');
    await house.close();
    expect(response.status).toBe(503);
    expect(JSON.stringify(await response.json())).toContain('fsync');
  });
});
