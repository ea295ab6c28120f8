import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { type Import, importsOf } from './imports.ts';

/** An import with the file of ours it leads to, when it leads to one. */
export type Link = Import & { to: string | undefined };
/** Every source file of the workspaces by its path in the checkout, with its imports. */
export type SourceTree = Map<string, Link[]>;

const FILES = '{packages,apps}/*/{src,bin,scripts}/**/*.{ts,tsx}';

/** Reads all sources under `root`. */
export function readSources(root: string): SourceTree {
  const files = globSync(FILES, { cwd: root, exclude: (name) => name === 'node_modules' || name === 'dist' });
  return new Map(
    files.sort().map((file) => {
      const imports = importsOf(readFileSync(join(root, file), 'utf8'));
      return [file, imports.map((found) => ({ ...found, to: resolve(root, file, found.specifier) }))];
    }),
  );
}

/** The workspace a path belongs to: `packages/epi`, `apps/console`. */
export function workspaceOf(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

function resolve(root: string, from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) {
    const path = posix.join(dirname(from), specifier.replace(/\?.*$/, ''));
    return (
      [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find((file) => isFile(join(root, file))) ?? path
    );
  }
  const own = specifier.match(/^@levee\/([^/]+)/)?.[1];
  if (own === undefined) return undefined;
  return existsSync(join(root, 'apps', own)) ? `apps/${own}` : `packages/${own}`;
}

const isFile = (path: string) => existsSync(path) && statSync(path).isFile();
