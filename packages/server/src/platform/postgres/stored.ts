import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PostgresError } from './postgres-error.ts';

/** Passwords of the three database accounts; made once per data folder, never shown, never in the code. */
export type Secrets = { superuserPassword: string; ownerPassword: string; appPassword: string };

/**
 * Reads `<dataDir>/secrets.json`, or makes it (mode 0600) when the data folder is new.
 *
 * @throws PostgresError when the file is gone or unreadable but a cluster exists: new passwords would lock us out.
 */
export async function keepSecrets(dataDir: string, clusterExists: boolean): Promise<Secrets> {
  const file = join(dataDir, 'secrets.json');
  const text = await readIfThere(file);
  if (text !== undefined) return JSON.parse(text) as Secrets;
  if (clusterExists) {
    throw new PostgresError(
      `${file} is missing, and ${dataDir}/pg cannot be opened without it. Restore the file from a backup.`,
    );
  }
  const secrets: Secrets = {
    superuserPassword: newPassword(),
    ownerPassword: newPassword(),
    appPassword: newPassword(),
  };
  await writeWhole(file, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
  return secrets;
}

/** The port the cluster had last time, or undefined when it never ran. */
export async function lastPort(dataDir: string): Promise<number | undefined> {
  const text = await readIfThere(join(dataDir, 'postgres.port'));
  return text === undefined ? undefined : Number(text);
}

export async function keepPort(dataDir: string, port: number): Promise<void> {
  await writeWhole(join(dataDir, 'postgres.port'), `${port}\n`, 0o644);
}

/** Text of a file, or undefined when there is no such file. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a small file so that a crash leaves either the old or the new text, never half. */
export async function writeWhole(file: string, text: string, mode: number): Promise<void> {
  const half = `${file}.part`;
  const handle = await open(half, 'w', mode);
  await handle.writeFile(text);
  await handle.sync();
  await handle.close();
  await rename(half, file);
  const folder = await open(dirname(file));
  await folder.sync();
  await folder.close();
}

const newPassword = () => randomBytes(24).toString('base64url');
