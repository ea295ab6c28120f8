import { execFileSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PostgresError } from './postgres-error.ts';

/** The operating-system account the database server runs under; empty = our own account. */
export type Account = { uid?: number; gid?: number };

/**
 * PostgreSQL refuses to run as root. Under root it gets the account `postgres`, made here when the
 * machine has none; otherwise it runs under our own account.
 */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  return lookUp('postgres') ?? create('postgres');
}

/**
 * Refuses a folder that `account` cannot walk to, and names the parent that is in the way.
 *
 * @throws PostgresError with the one command that mends it.
 */
export async function requireReachable(folder: string, account: Account): Promise<void> {
  if (account.uid === undefined) return;
  for (const parent of parentsOf(folder)) {
    if (await mayEnter(parent, account)) continue;
    throw new PostgresError(
      `PostgreSQL runs as the user "postgres", which may not enter ${parent}. ` +
        `Choose another data folder with LEVEE_DATA_DIR (default /var/lib/levee), or run: chmod o+x ${parent}`,
    );
  }
}

async function mayEnter(folder: string, account: Account): Promise<boolean> {
  const { mode, uid, gid } = await stat(folder);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

/** The folder itself and every parent, the root first. */
function parentsOf(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [...parentsOf(parent), folder];
}

function lookUp(name: string): Account | undefined {
  const ask = (flag: string) =>
    Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    return undefined;
  }
}

function create(name: string): Account {
  const flags = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  try {
    execFileSync('useradd', [...flags, name], { stdio: 'pipe' });
  } catch (cause) {
    throw new PostgresError(
      `PostgreSQL cannot run as root, and the user "${name}" could not be made. ` +
        `Make it by hand (useradd ${flags.join(' ')} ${name}) or start Levee under another account.`,
      { cause },
    );
  }
  return lookUp(name) ?? {};
}
