import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { quietStep, root } from './run.mjs';

const stampFile = join(root, 'node_modules/.levee-install');

/** Installs what package-lock.json names, unless that was done already. */
export async function installDependencies() {
  const wanted = lockHash();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  // `npm install`, because `npm ci` refuses a lock file that lacks other platforms' optional packages.
  // `--no-save` keeps the lock file as it was committed.
  await quietStep('installed dependencies', 'npm', ['install', '--no-save', '--no-audit', '--no-fund']);
  writeFileSync(stampFile, wanted);
}

/** The lock file decides what is installed; the Node line decides which native files fit. */
function lockHash() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`;
}
