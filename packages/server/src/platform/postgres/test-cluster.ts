import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findHolder } from './holder.ts';
import { type Postgres, startPostgres } from './index.ts';

/** What a test file is told about the run's cluster; plain data, since it crosses a process border. */
export type TestCluster = {
  port: number;
  adminUrl: string;
  ownerPassword: string;
  appPassword: string;
};

// /var/tmp, since the folder named by TMPDIR is often closed to the database user.
const PARENT = process.getuid?.() === 0 ? '/var/tmp' : tmpdir();
const PREFIX = 'levee-test-';

/** One real cluster for a whole test run, as safe as in service (fsync on); `remove` leaves nothing behind. */
export async function startTestCluster(): Promise<{
  cluster: TestCluster;
  postgres: Postgres;
  remove(): Promise<void>;
}> {
  await sweepAbandoned();
  const dataDir = await makeTestFolder();
  const removeFolder = () => rm(dataDir, { recursive: true, force: true });
  const postgres = await startPostgres({ dataDir }).catch(async (error) => {
    await removeFolder();
    throw error;
  });
  const passwordIn = (url: string) => new URL(url).password;
  return {
    postgres,
    cluster: {
      port: postgres.port,
      adminUrl: postgres.adminUrl(),
      ownerPassword: passwordIn(postgres.ownerUrl('postgres')),
      appPassword: passwordIn(postgres.appUrl('postgres')),
    },
    remove: async () => {
      await postgres.stop();
      await removeFolder();
    },
  };
}

/** An empty folder the database user can reach. */
export async function makeTestFolder(): Promise<string> {
  const folder = await mkdtemp(join(PARENT, PREFIX));
  await chmod(folder, 0o711);
  return folder;
}

/** Stops and removes what killed test runs left; a folder whose run still lives is left alone. */
async function sweepAbandoned(): Promise<void> {
  for (const name of await readdir(PARENT)) {
    const dataDir = join(PARENT, name);
    if (!name.startsWith(PREFIX) || !(await isAbandoned(dataDir))) continue;
    const left = await startPostgres({ dataDir });
    await left.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** A holder file whose process is gone; a folder without one is new or is being removed by its own run. */
async function isAbandoned(dataDir: string): Promise<boolean> {
  const entries = await readdir(dataDir).catch((): string[] => []);
  return (
    entries.includes('holder.json') && entries.includes('pg') && (await findHolder(dataDir)) === undefined
  );
}
