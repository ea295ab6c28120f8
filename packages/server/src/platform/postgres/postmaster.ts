import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chown, mkdir, open, readFile, readlink, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './account.ts';
import type { Engine } from './engine.ts';
import { isAlive } from './holder.ts';
import { PostgresError } from './postgres-error.ts';
import { readIfThere } from './stored.ts';

/** One cluster's files and the programs and account that serve them. */
export type Cluster = { dataDir: string; pg: string; engine: Engine; account: Account };

/** Settings for a machine with 2 cores; the first three are what "written" means and are never weakened. */
const SETTINGS: Record<string, string> = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  listen_addresses: "'127.0.0.1'",
  unix_socket_directories: "''",
  max_connections: '100',
  shared_buffers: '256MB',
  wal_compression: 'on',
  timezone: "'UTC'",
  log_timezone: "'UTC'",
  // A log without personal data: neither the statement nor the DETAIL line that quotes the row.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  logging_collector: 'on',
  log_filename: "'postgres-%a.log'",
  log_truncate_on_rotation: 'on',
};

/** Makes the cluster's files. A crash half-way leaves `pg.part`, which the next start throws away. */
export async function initialise(cluster: Cluster, superuserPassword: string): Promise<void> {
  const half = `${cluster.pg}.part`;
  const passwordFile = join(cluster.dataDir, 'initdb.password');
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, `${superuserPassword}\n`, { mode: 0o600 });
  await giveTo(cluster.account, half, passwordFile);
  try {
    await run(cluster, cluster.engine.initdb, [
      `--pgdata=${half}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeFile(join(half, 'postgresql.conf'), "\ninclude 'levee.conf'\n", { flag: 'a' });
  await rename(half, cluster.pg);
}

/** Starts the server on `port` and returns when it takes connections (crash recovery included). */
export async function start(cluster: Cluster, port: number): Promise<void> {
  const settings = Object.entries({ ...SETTINGS, port: String(port) });
  const conf = join(cluster.pg, 'levee.conf');
  const text = `# Written at every start by Levee.\n${settings.map(([k, v]) => `${k} = ${v}\n`).join('')}`;
  // A database that stopped because the disk is full is started again: nothing is written that stands there already.
  if ((await readIfThere(conf)) !== text) {
    await writeFile(conf, text);
    await giveTo(cluster.account, conf);
  }
  await run(cluster, cluster.engine.pgCtl, [
    'start',
    '--pgdata',
    cluster.pg,
    '--wait',
    '--timeout=120',
    '--silent',
  ]);
}

/** Fast shutdown: sessions are ended, everything is written, the process is gone when this returns. */
export function stop(cluster: Cluster): void {
  const pidFile = join(cluster.pg, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  const { status, stderr } = spawnSync(
    cluster.engine.pgCtl,
    ['stop', '--pgdata', cluster.pg, '--mode=fast', '--wait', '--timeout=60', '--silent'],
    { ...cluster.account, cwd: '/', encoding: 'utf8' },
  );
  // The file goes a moment before the process does.
  for (let wait = 0; wait < 500 && isAlive(pid); wait++) sleep(10);
  if (isAlive(pid))
    throw new PostgresError(`PostgreSQL in ${cluster.pg} did not stop (${status}): ${stderr.trim()}`);
}

/** Blocks: `stop` also runs while the process exits, when nothing asynchronous happens any more. */
const sleep = (milliseconds: number) =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

/**
 * The port of a server that still runs on our files, left behind by a process that was killed.
 * A `postmaster.pid` whose process is gone, or is something else by now, is cleared away.
 */
export async function findOrphan(cluster: Cluster): Promise<number | undefined> {
  const pidFile = join(cluster.pg, 'postmaster.pid');
  const text = await readIfThere(pidFile);
  if (text === undefined) return undefined;
  const [pid, , , port] = text.split('\n').map(Number);
  if (pid && port && isAlive(pid) && (await servesFiles(pid, cluster.pg))) return port;
  await rm(pidFile, { force: true });
  return undefined;
}

/** A postmaster works from inside its data folder. Without /proc a living process gets the benefit of the doubt. */
async function servesFiles(pid: number, pg: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  return readlink(`/proc/${pid}/cwd`).then(
    (cwd) => cwd === pg,
    () => false,
  );
}

async function giveTo(account: Account, ...paths: string[]): Promise<void> {
  if (account.uid === undefined || account.gid === undefined) return;
  for (const path of paths) await chown(path, account.uid, account.gid);
}

/** Runs one of PostgreSQL's programs; its words go to `<dataDir>/postgres.log`, the last of them into the error. */
async function run(cluster: Cluster, program: string, args: string[]): Promise<void> {
  const logFile = join(cluster.dataDir, 'postgres.log');
  const log = await open(logFile, 'w', 0o600);
  try {
    const code = await exitOf(
      spawn(program, args, {
        ...cluster.account,
        cwd: '/',
        // Not a pipe: the server inherits these and would hold it open, or lose it when we die.
        stdio: ['ignore', log.fd, log.fd],
        // Its own process group: Ctrl-C in the terminal reaches us, and we decide when the database stops.
        detached: true,
      }),
    );
    if (code === 0) return;
  } finally {
    await log.close();
  }
  const said = (await readFile(logFile, 'utf8')).trim().split('\n').slice(-8).join('\n');
  throw new PostgresError(`PostgreSQL could not be prepared or started:\n${said}`);
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}
