/** A data folder for one run: reachable by the database's own user, removed afterwards, never the system's. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PARENT = process.getuid?.() === 0 ? '/var/tmp' : tmpdir();

export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(PARENT, 'levee-soak-'));
  await chmod(folder, 0o711);
  return folder;
}

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });
