import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { quietStep, run } from './run.mjs';

/** Whether a Node version satisfies `^22.18 || >=24.2`, the engines that run TypeScript files as they are. */
export function isRightNode(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return (major === 22 && minor >= 18) || (major === 24 && minor >= 2) || major > 24;
}

/**
 * Runs `work` when this Node is new enough; otherwise fetches Node 24 from npm into a private folder (once)
 * and runs this same command again with it. Children find it first on PATH.
 *
 * @returns exit code
 */
export async function onRightNode(work) {
  if (isRightNode(process.version)) return work();
  const node = await privateNode();
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  return run(node, process.argv.slice(1), { cwd: process.cwd(), env });
}

async function privateNode() {
  const folder = process.env.LEVEE_CACHE_DIR || join(homedir(), '.cache/levee/node-24');
  const node = join(folder, 'node_modules/node/bin/node');
  if (works(node)) return node;
  mkdirSync(folder, { recursive: true });
  const title = `Node ${process.version} is too old; fetching Node 24 into ${folder}`;
  await quietStep(title, 'npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', 'node@24'], {
    cwd: folder,
  });
  return node;
}

const works = (node) => existsSync(node) && spawnSync(node, ['--version']).status === 0;
