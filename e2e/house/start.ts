/** Starts the demonstration the way a user does, on a data folder of its own, and stops it without a trace. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { keepHouse, type LogIn } from './log-ins.ts';

const levee = fileURLToPath(new URL('../../packages/server/bin/levee.mjs', import.meta.url));
const READY_WITHIN_MS = 240_000;

export default async function start(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'levee-e2e-'));
  // The database server runs as another user, who has to reach its folder.
  chmodSync(dataDir, 0o755);
  const server = spawn(process.execPath, [levee, 'demo', '--paused', '--people', '20000'], {
    env: { ...process.env, LEVEE_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    keepHouse(await readAnnouncement(server));
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

/** Address and log-ins, from what `levee demo` prints. */
function readAnnouncement(server: ChildProcess): Promise<{ address: string; logIns: LogIn[] }> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const fail = (why: string) => reject(new Error(`${why}:\n${said.join('\n')}`));
    const late = setTimeout(() => fail('the demonstration did not become ready'), READY_WITHIN_MS);
    server.once('exit', (code) => fail(`the demonstration ended with exit code ${code}`));
    server.stderr!.on('data', (bytes: Buffer) => said.push(String(bytes).trimEnd()));
    const logIns: LogIn[] = [];
    let address = '';
    createInterface({ input: server.stdout! }).on('line', (line) => {
      said.push(line);
      address ||= /^ready (\S+)$/.exec(line)?.[1] ?? '';
      const logIn = /^ {2}(\S+)\s+(\S+)\s+(\d{4,12})\s/.exec(line);
      if (logIn) logIns.push({ username: logIn[1]!, password: logIn[2]!, division: logIn[3]! });
      if (!line.includes('/portal/zh')) return;
      clearTimeout(late);
      resolve({ address, logIns });
    });
  });
}
