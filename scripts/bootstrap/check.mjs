import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { capture, root } from './run.mjs';

const bin = (name) => join(root, 'node_modules/.bin', name);

const checks = [
  { name: 'types', program: bin('tsc'), args: ['--noEmit', '-p', 'tsconfig.json'] },
  { name: 'format and lint', program: bin('biome'), args: ['check', '--error-on-warnings'] },
  { name: 'unused code', program: bin('knip'), args: [] },
  { name: 'layers', program: process.execPath, args: ['scripts/check-layers.ts'] },
  {
    name: 'schema',
    program: process.execPath,
    args: ['packages/server/scripts/generate-schema.ts', '--check'],
  },
];

/** Runs every check, prints a line for each and what the failed ones said; exit code 1 when any failed. */
export async function runChecks() {
  const failed = [];
  for (const { name, program, args } of checks) {
    const script = args[0]?.endsWith('.ts') ? args[0] : undefined;
    if (script && !existsSync(join(root, script))) {
      console.log(`skip  ${name}: ${script} is not there yet`);
      continue;
    }
    const { code, output, seconds } = await capture(program, args);
    if (code >= 128) return code;
    console.log(`${code === 0 ? 'ok   ' : 'FAIL '} ${name} (${seconds} s)`);
    if (code === 0) continue;
    failed.push(name);
    console.log(output.trim().replace(/^/gm, '      '));
  }
  console.log(failed.length === 0 ? 'all checks passed' : `failed: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
}
