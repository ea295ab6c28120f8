import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { quietStep, StepFailed } from './run.mjs';

const packages = ['chromium', 'fonts-noto-cjk'];

/**
 * Path of a Chromium for the browser tests. On Debian as root a missing one is installed; elsewhere the one
 * command is printed and nothing returned.
 */
export async function findOrInstallChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    console.error(
      `No Chromium found. Install one (Debian: sudo apt-get install ${packages.join(' ')}) or set CHROMIUM_PATH.`,
    );
    return undefined;
  }
  // Another apt run may hold the lock for a while.
  const wait = ['-o', 'DPkg::Lock::Timeout=400'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await quietStep('read package lists', 'apt-get', [...wait, 'update'], { env });
    const install = [...wait, 'install', '--yes', '--no-install-recommends', ...packages];
    await quietStep('installed Chromium', 'apt-get', install, { env });
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    console.error(error.message);
  }
  return findChromium();
}

function findChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env.CHROMIUM_PATH, ...candidates].find((path) => path && isExecutable(path));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
