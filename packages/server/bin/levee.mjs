#!/usr/bin/env node
// The command `levee`. The program itself is TypeScript, so Node is checked first.
import { onRightNode } from '../../../scripts/bootstrap/node.mjs';

process.exitCode = await onRightNode(async () => {
  const { run } = await import('../src/cli/main.ts');
  return run(process.argv.slice(2));
});
