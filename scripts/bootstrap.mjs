#!/usr/bin/env node
// The one door of the checkout: `node scripts/bootstrap.mjs demo|start|test|check|bench|soak [args…]`.
// Plain JavaScript without dependencies, so that it runs on any Node from 18 on before anything is installed.
import { join } from 'node:path';
import { buildApps } from './bootstrap/build.mjs';
import { runChecks } from './bootstrap/check.mjs';
import { installDependencies } from './bootstrap/install.mjs';
import { onRightNode } from './bootstrap/node.mjs';
import { root, run, StepFailed } from './bootstrap/run.mjs';
import { runTests } from './bootstrap/test.mjs';

const levee = (...args) => run(process.execPath, [join(root, 'packages/server/bin/levee.mjs'), ...args]);

const commands = {
  demo: prepared((args) => levee('demo', ...args)),
  start: prepared((args) => levee('serve', ...args)),
  test: prepared(runTests),
  check: async () => {
    await installDependencies();
    return runChecks();
  },
  bench: async (args) => {
    await installDependencies();
    return run(process.execPath, [join(root, 'bench/run.ts'), ...args]);
  },
  // Phones are driven through the built field app.
  soak: prepared((args) => run(process.execPath, [join(root, 'soak/run.ts'), ...args])),
};

function prepared(work) {
  return async (args) => {
    await installDependencies();
    await buildApps();
    return work(args);
  };
}

async function main([name = '', ...args]) {
  const command = commands[name];
  if (!command) {
    console.error(`usage: node scripts/bootstrap.mjs ${Object.keys(commands).join('|')} [args…]`);
    return 2;
  }
  return onRightNode(() => command(args));
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
