import { chmod, mkdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { requireReachable, serverAccount } from './account.ts';
import { asAdmin, type Databases, databasesOf, ensureRoles } from './databases.ts';
import { locateEngine } from './engine.ts';
import { findHolder, hold, letGo } from './holder.ts';
import { keepRunning } from './keeper.ts';
import { findPort } from './ports.ts';
import { PostgresError } from './postgres-error.ts';
import { type Cluster, findOrphan, initialise, start, stop } from './postmaster.ts';
import { keepPort, keepSecrets, lastPort, readIfThere } from './stored.ts';

export { serverAccount } from './account.ts';
export type { Databases } from './databases.ts';
export { PostgresError } from './postgres-error.ts';

export type Postgres = Databases & {
  port: number;
  dataDir: string;
  /** As superuser: for making databases only, never for serving requests. */
  adminUrl(database?: string): string;
  /** As `levee_owner`: for migrations. */
  ownerUrl(database: string): string;
  /** As `levee_app`: for requests. */
  appUrl(database: string): string;
  /** True when a server was already running on our files and was taken over. */
  adopted: boolean;
  /** Fast shutdown, also of an adopted server; leaves it alone when it belongs to another living Levee (`share`). */
  stop(): Promise<void>;
};

export type StartOptions = {
  dataDir: string;
  /** Fixed port; by default a free one is chosen once and kept. */
  port?: number;
  /** Use the server of another living Levee on the same folder instead of refusing: for one-off commands. */
  share?: boolean;
  log?: (message: string) => void;
};

/** `/var/lib/levee` for root (its database user must be able to walk there), else a folder in the home. */
export function defaultDataDir(): string {
  return process.getuid?.() === 0 ? '/var/lib/levee' : join(homedir(), '.local/share/levee');
}

/**
 * Makes or opens the PostgreSQL cluster in `<dataDir>/pg` and returns when it answers.
 *
 * A server that a killed process left running on these files is adopted, not fought; one that dies is started again.
 * The caller stops it at SIGTERM and SIGINT; an ordinary end of the process stops it here.
 *
 * @throws PostgresError naming the folder or the process that is in the way, and what to do.
 */
export async function startPostgres(options: StartOptions): Promise<Postgres> {
  const log = options.log ?? (() => {});
  const account = serverAccount();
  const dataDir = await openFolder(options.dataDir);
  await requireReachable(dataDir, account);
  const cluster: Cluster = {
    dataDir,
    pg: join(dataDir, 'pg'),
    engine: await locateEngine(dataDir, account),
    account,
  };
  const isNew = (await readIfThere(join(cluster.pg, 'PG_VERSION'))) === undefined;
  const secrets = await keepSecrets(dataDir, !isNew);
  const address = (user: string, password: string, port: number, database: string) =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;

  const holder = await findHolder(dataDir);
  if (holder !== undefined && !options.share) {
    throw new PostgresError(
      `Levee is already running on ${dataDir} (process ${holder}). ` +
        'Stop it first, or choose another data folder with LEVEE_DATA_DIR.',
    );
  }
  if (holder === undefined) await hold(dataDir);

  try {
    if (isNew) {
      log(`making a new PostgreSQL cluster in ${cluster.pg}`);
      await initialise(cluster, secrets.superuserPassword);
    }
    const orphanPort = await findOrphan(cluster);
    if (holder !== undefined && orphanPort === undefined) {
      throw new PostgresError(
        `Levee (process ${holder}) is still starting on ${dataDir}. Try again in a moment.`,
      );
    }
    const port = orphanPort ?? (await startOnFreePort(cluster, options.port, log));
    const adminUrl = (database = 'postgres') =>
      address('postgres', secrets.superuserPassword, port, database);
    await requireOurFiles(adminUrl(), cluster);
    if (orphanPort !== undefined) log(`PostgreSQL was still running on port ${port}: adopted`);
    await ensureRoles(adminUrl(), secrets);
    await keepPort(dataDir, port);

    const keeper = holder === undefined ? keepRunning(cluster, port, log) : undefined;
    const end = once(() => {
      process.off('exit', end);
      stop(cluster);
      letGo(dataDir);
    });
    if (holder === undefined) process.on('exit', end);
    return {
      ...databasesOf(adminUrl()),
      port,
      dataDir,
      adminUrl,
      ownerUrl: (database) => address('levee_owner', secrets.ownerPassword, port, database),
      appUrl: (database) => address('levee_app', secrets.appPassword, port, database),
      adopted: orphanPort !== undefined,
      stop: async () => {
        await keeper?.stop();
        if (holder === undefined) end();
      },
    };
  } catch (error) {
    if (holder === undefined) letGo(dataDir);
    throw error;
  }
}

/** Another program may take the port between our look and PostgreSQL's; then the next free one is tried. */
async function startOnFreePort(
  cluster: Cluster,
  wanted: number | undefined,
  log: (message: string) => void,
): Promise<number> {
  const kept = wanted ?? (await lastPort(cluster.dataDir));
  for (let attempt = 1; ; attempt++) {
    const port = await findPort(attempt === 1 ? kept : undefined);
    if (wanted !== undefined && port !== wanted) {
      throw new PostgresError(
        `Port ${wanted} for the database is taken. Free it, or leave the choice to Levee.`,
      );
    }
    if (kept !== undefined && port !== kept) log(`port ${kept} is taken; the database moves to ${port}`);
    try {
      await start(cluster, port);
      return port;
    } catch (error) {
      if (attempt === 5 || !/address already in use/i.test(String(error))) throw error;
    }
  }
}

async function requireOurFiles(adminUrl: string, cluster: Cluster): Promise<void> {
  const directory = await asAdmin(adminUrl, async (client) => {
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return rows[0]?.data_directory;
  });
  if (directory !== cluster.pg) {
    throw new PostgresError(
      `The server that answers serves ${directory}, not ${cluster.pg}. Stop it, then start again.`,
    );
  }
}

async function openFolder(path: string): Promise<string> {
  const isNew = (await mkdir(path, { recursive: true })) !== undefined;
  const folder = await realpath(path);
  // The database user walks through here to its own files; secrets.json keeps its own lock.
  if (isNew) await chmod(folder, 0o711);
  return folder;
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}
