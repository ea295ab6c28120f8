import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cycleProblems } from './cycles.ts';
import { ladderProblems, listProblems, moduleProblems } from './rules.ts';
import { readSources } from './source-tree.ts';

export type LayerReport = { fileCount: number; moduleCount: number; problems: string[] };

/** Checks the ladder of packages, the order of server modules and import cycles under `root`. */
export async function checkLayers(root: string): Promise<LayerReport> {
  const tree = readSources(root);
  const order = await readModuleOrder(root);
  const folders = foldersIn(join(root, 'packages/server/src/modules'));
  const problems = [
    ...(tree.size === 0 ? ['saw no source file: nothing was checked'] : []),
    ...(order.length === 0 ? ['saw no module in packages/server/src/modules.ts: nothing was checked'] : []),
    ...listProblems(order, folders),
    ...ladderProblems(tree),
    ...moduleProblems(tree, order),
    ...cycleProblems(tree),
  ];
  return { fileCount: tree.size, moduleCount: order.length, problems };
}

async function readModuleOrder(root: string): Promise<readonly string[]> {
  const file = join(root, 'packages/server/src/modules.ts');
  if (!existsSync(file)) return [];
  const { moduleOrder } = (await import(pathToFileURL(file).href)) as { moduleOrder?: readonly string[] };
  return moduleOrder ?? [];
}

function foldersIn(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}
