#!/usr/bin/env node
// The command `levee`. The program itself is TypeScript, so Node is checked first.
import module from 'node:module';
import { onRightNode } from '../../../scripts/bootstrap/node.mjs';

// What was compiled once is kept in the system's temporary folder: a command starts in a third of the time.
module.enableCompileCache?.();

process.exitCode = await onRightNode(async () => {
  const argv = process.argv.slice(2);
  // Estimators need no server: without it they start in a fraction of the time.
  if (argv[0] === 'estimate') return (await import('../src/cli/estimate/run.ts')).runEstimate(argv);
  return (await import('../src/cli/main.ts')).run(argv);
});
