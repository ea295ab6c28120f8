/** Puts a backup into an empty data folder. PostgreSQL replays the log at the next start and is as of the backup's end. */
import { randomUUID } from 'node:crypto';
import { chown, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serverAccount } from '../postgres/index.ts';
import { BackupError, type BackupManifest, BESIDE, digest, exists } from './backup.ts';

/** Holds a new name for each life of the database, so that devices learn that what they handed over may be gone. */
export const EPOCH_FILE = 'epoch';

/**
 * @throws BackupError when the folder is no backup, a file's sum differs (named), or the data folder is not empty
 */
export async function restore(from: string, dataDir: string): Promise<BackupManifest> {
  if (!(await exists(join(from, 'manifest.json'))))
    throw new BackupError(`${from} is no backup: it has no manifest.json`);
  const manifest = JSON.parse(await readFile(join(from, 'manifest.json'), 'utf8')) as BackupManifest;
  const found = await digest(from);
  for (const [file, { sha256 }] of Object.entries(manifest.files)) {
    if (found[file]?.sha256 !== sha256)
      throw new BackupError(`${file} is damaged or missing; take another backup`);
  }
  if (await exists(join(dataDir, 'pg'))) {
    throw new BackupError(`${dataDir} holds a database already; name an empty folder with LEVEE_DATA_DIR`);
  }
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  await cp(join(from, 'pg'), join(dataDir, 'pg'), { recursive: true });
  for (const name of BESIDE) {
    if (await exists(join(from, name))) await cp(join(from, name), join(dataDir, name), { recursive: true });
  }
  await writeFile(join(dataDir, EPOCH_FILE), `${randomUUID()}\n`);
  await giveTo(join(dataDir, 'pg'));
  return manifest;
}

/** The server's account owns the cluster's files, and nobody else may read them. */
async function giveTo(folder: string): Promise<void> {
  const { uid, gid } = serverAccount();
  if (uid === undefined || gid === undefined) return;
  await chown(folder, uid, gid);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await chown(join(entry.parentPath, entry.name), uid, gid);
  }
}
