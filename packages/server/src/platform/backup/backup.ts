/**
 * An online backup of the embedded database and of what stands beside it, without the server's own tools
 * (they are not in the package): pg_backup_start, copy the files, pg_backup_stop, copy the write-ahead log.
 * PostgreSQL manual, chapter "Continuous Archiving", low-level API.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, cp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';

export interface BackupManifest {
  readonly madeAt: string;
  readonly version: string;
  readonly files: Readonly<Record<string, { bytes: number; sha256: string }>>;
}

export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** Kept beside the cluster: without the key the sealed fields do not open, without the passwords nobody gets in. */
export const BESIDE = ['secrets.json', 'field-key', 'anchors', 'files', 'outlines.geojson'];
/** Belongs to the running server, not to the data. */
const NOT_COPIED =
  /^(postmaster\.(pid|opts)|pg_wal\/.+|pg_replslot\/.+|pg_dynshmem\/.+|pg_notify\/.+|pg_stat_tmp\/.+)$/;
const SLOT = 'levee_backup';

interface BackupInput {
  /** Superuser's address. */
  readonly adminUrl: string;
  readonly dataDir: string;
  /** New folder; it must not exist. */
  readonly into: string;
  readonly version: string;
  readonly progress?: (copied: number, total: number) => void;
}

export async function backup({
  adminUrl,
  dataDir,
  into,
  version,
  progress,
}: BackupInput): Promise<BackupManifest> {
  if (await exists(into)) throw new BackupError(`${into} is there already; name a new folder`);
  const cluster = join(dataDir, 'pg');
  const target = join(into, 'pg');
  await mkdir(target, { recursive: true, mode: 0o700 });
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    // The slot keeps the log from being recycled while we copy.
    await client.query('select pg_create_physical_replication_slot($1, true, true)', [SLOT]);
    await client.query('select pg_backup_start($1, true)', ['levee']);
    const files = (await filesUnder(cluster)).filter((file) => !NOT_COPIED.test(file));
    for (const [index, file] of files.entries()) {
      await copyInto(join(cluster, file), join(target, file));
      if (index % 50 === 0) progress?.(index, files.length);
    }
    for (const folder of await foldersUnder(cluster))
      await mkdir(join(target, folder), { recursive: true, mode: 0o700 });
    const { rows } = await client.query<{ labelfile: string; spcmapfile: string }>(
      'select labelfile, spcmapfile from pg_backup_stop(false)',
    );
    await writeFile(join(target, 'backup_label'), rows[0]!.labelfile, { mode: 0o600 });
    for (const file of await filesUnder(join(cluster, 'pg_wal'))) {
      await copyInto(join(cluster, 'pg_wal', file), join(target, 'pg_wal', file));
    }
    progress?.(files.length, files.length);
  } catch (error) {
    await rm(into, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end();
  }
  for (const name of BESIDE) {
    if (await exists(join(dataDir, name)))
      await cp(join(dataDir, name), join(into, name), { recursive: true });
  }
  const manifest: BackupManifest = { madeAt: new Date().toISOString(), version, files: await digest(into) };
  await writeFile(join(into, 'manifest.json'), JSON.stringify(manifest, null, 1), { mode: 0o600 });
  return manifest;
}

/** Size and SHA-256 of every file below `folder`. */
export async function digest(folder: string): Promise<Record<string, { bytes: number; sha256: string }>> {
  const sums: Record<string, { bytes: number; sha256: string }> = {};
  for (const file of await filesUnder(folder)) {
    if (file === 'manifest.json') continue;
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(folder, file)), hash);
    sums[file] = { bytes: (await stat(join(folder, file))).size, sha256: hash.digest('hex') };
  }
  return sums;
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

async function foldersUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((name) => !/^pg_replslot\/./.test(name));
}

/** A file may go while we copy (a dropped table, a recycled log): the log that is replayed knows. */
async function copyInto(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await copyFile(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
