import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { quietStep, root } from './run.mjs';

/** Builds each app of apps/ whose sources changed since its last build. */
export async function buildApps() {
  for (const app of readdirSync(join(root, 'apps'))) {
    const folder = join(root, 'apps', app);
    if (!readdirSync(folder).some((name) => /^vite\.config\.m?[jt]s$/.test(name))) {
      console.error(`${app}: nothing to build yet (no vite config)`);
      continue;
    }
    const stampFile = join(folder, 'dist/.levee-build');
    const wanted = fingerprint(sourcesOf(app));
    if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) continue;
    await quietStep(`built ${app}`, 'npm', ['run', 'build', '--workspace', `apps/${app}`]);
    mkdirSync(join(folder, 'dist'), { recursive: true });
    writeFileSync(stampFile, wanted);
  }
}

/** Everything a build of the app reads. */
function sourcesOf(app) {
  const own = readdirSync(join(root, 'apps', app)).filter((name) => !/^(dist|node_modules)$/.test(name));
  const packages = ['ui', 'contract', 'protocol', 'epi'].flatMap((name) => [
    `packages/${name}/src`,
    `packages/${name}/package.json`,
  ]);
  return [...own.map((name) => `apps/${app}/${name}`), ...packages, 'package-lock.json'];
}

/** Changes when a file is added, removed, renamed or written; reads no contents, so it takes milliseconds. */
export function fingerprint(paths, base = root) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const full = join(base, path);
    if (!existsSync(full)) return;
    const { mtimeMs, size } = statSync(full);
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) visit(join(path, name));
    } else {
      hash.update(`${path}\0${size}\0${mtimeMs}\n`);
    }
  };
  for (const path of paths) visit(path);
  return hash.digest('hex');
}
