/** `levee serve` as a process of its own, which a run may pause, kill and start again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const LEVEE = join(import.meta.dirname, '../../packages/server/bin/levee.mjs');

export interface ServerSettings {
  readonly dataDir: string;
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Server {
  readonly url: string;
  readonly process: ChildProcess;
  /** SIGKILL to this process alone, and its end awaited. */
  kill(): Promise<void>;
  /** SIGTERM, and an orderly end awaited. */
  stop(): Promise<void>;
  /** What it logged as an error since the folder was made, without times: kinds with their count. */
  errors(): string[];
}

/** Resolves when it says "ready". @throws with what it said when it ends before */
export async function startServer({ dataDir, port, env = {} }: ServerSettings): Promise<Server> {
  const log = openSync(join(dataDir, 'server.log'), 'a');
  const child = spawn(process.execPath, [LEVEE, 'serve'], {
    env: {
      ...process.env,
      LEVEE_DATA_DIR: dataDir,
      LEVEE_PORT: String(port),
      LEVEE_LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', log],
  });
  // The child has its own by now; ours would hold the disk it lies on.
  closeSync(log);
  const ended = once(child, 'exit');
  const ready = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const url = /^ready (http\S+)/.exec(line)?.[1];
      if (url) resolve(url);
    });
    void ended.then(([code, signal]) =>
      reject(
        new Error(`the server ended with ${code ?? signal} before it was ready; see ${dataDir}/server.log`),
      ),
    );
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  // A run that is stopped leaves no server behind.
  const orphan = () => child.kill('SIGTERM');
  process.once('exit', orphan);
  void ended.then(() => process.off('exit', orphan));
  return {
    url: await ready,
    process: child,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    errors: () => errorsIn(join(dataDir, 'server.log')),
  };
}

interface Line {
  readonly level?: string;
  readonly msg?: string;
  readonly route?: string;
  readonly reaction?: string;
  readonly err?: { readonly type?: string; readonly code?: string; readonly message?: string };
}

function errorsIn(file: string): string[] {
  const said = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text) => {
      try {
        return [JSON.parse(text) as Line];
      } catch {
        return [];
      }
    })
    .filter(({ level }) => level === 'error' || level === 'fatal')
    .map(({ msg, route, reaction, err }) =>
      [msg, route ?? reaction, err?.code, err?.message?.slice(0, 160)].filter(Boolean).join(' · '),
    );
  return [...Map.groupBy(said, (text) => text)].map(([text, { length }]) => `${length} × ${text}`);
}
