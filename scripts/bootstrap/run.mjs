import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A step that went wrong in a way its message explains; no stack trace is wanted. */
export class StepFailed extends Error {}

/**
 * Runs a program (no shell between us, so signals arrive) and returns its exit code; a program ended by a
 * signal counts as 128 + its number, as in a shell. SIGTERM and SIGINT to us are passed on, and we wait.
 */
export function run(program, args, { cwd = root, env = process.env, stdio = 'inherit' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio });
    const pass = (signal) => {
      // Ctrl-C in a terminal reaches the child by itself; a second one would read as "at once".
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    const settle = (finish) => (value, signal) => {
      for (const name of signals) process.off(name, pass);
      finish(signal ? 128 + constants.signals[signal] : value);
    };
    child.once('error', settle(reject));
    child.once('exit', settle(resolve));
  });
}

/** Runs a program in silence: one line with its seconds; when it fails, the end of what it said. */
export async function quietStep(title, program, args, options = {}) {
  const { code, output, seconds } = await capture(program, args, options);
  if (code === 0) return console.error(`${title}: ${seconds} s`);
  if (code >= 128) throw new StepFailed(`${title}: interrupted`);
  const tail = output.trim().split('\n').slice(-25).join('\n');
  throw new StepFailed(`${tail}\n\n${title} failed after ${seconds} s (exit code ${code}).`);
}

/** Runs a program to its end and returns exit code, everything it said, and how long it took. */
export async function capture(program, args, options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'levee-step-'));
  const file = join(folder, 'log');
  const log = openSync(file, 'w');
  const began = performance.now();
  try {
    const code = await run(program, args, { ...options, stdio: ['ignore', log, log] });
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    return { code, output: readFileSync(file, 'utf8'), seconds };
  } catch (error) {
    throw new StepFailed(`${program} cannot be run: ${error.message}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
