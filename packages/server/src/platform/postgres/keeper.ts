/** Starts the database again when it went away by itself: killed, crashed, out of memory. Requests get 503 meanwhile. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from './holder.ts';
import { type Cluster, start } from './postmaster.ts';

const LOOK_EVERY_MS = 500;

export interface Keeper {
  /** Looks no more; a start under way is awaited. */
  stop(): Promise<void>;
}

/** Watches the postmaster of `cluster`; `log` is told when it was gone, why it did not start, and when it is back. */
export function keepRunning(cluster: Cluster, port: number, log: (message: string) => void): Keeper {
  let stopped = false;
  let starting: Promise<void> | null = null;
  let complained = '';

  const look = async () => {
    if (await isRunning(cluster)) return;
    if (stopped) return;
    log('PostgreSQL is gone; starting it again');
    try {
      // Waits for crash recovery. Children of a killed postmaster may hold its memory a moment longer: then it is tried again.
      await start(cluster, port);
      complained = '';
      log(`PostgreSQL is back on port ${port}`);
    } catch (error) {
      const reason = String(error);
      if (reason !== complained) log(`PostgreSQL did not start, tried again: ${reason}`);
      complained = reason;
    }
  };
  const timer = setInterval(() => {
    starting ??= look().finally(() => {
      starting = null;
    });
  }, LOOK_EVERY_MS);
  // Only a server that listens keeps the process alive.
  timer.unref();

  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await starting;
    },
  };
}

async function isRunning({ pg }: Cluster): Promise<boolean> {
  const text = await readFile(join(pg, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return pid > 0 && isAlive(pid);
}
