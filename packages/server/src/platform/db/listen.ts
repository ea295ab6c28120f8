/** Hearing a channel of the database for as long as the server runs, however often the connection is lost. */
import type pg from 'pg';
import type { Logger } from '../log.ts';

const AGAIN_MS = 1_000;

export interface Listener {
  /** Resolves when it hears. @throws when the database cannot be reached at the first try */
  start(): Promise<void>;
  stop(): void;
}

/** `heard` is called at each notification, and once whenever the line is back: something may have been missed. */
export function createListener(pool: pg.Pool, channel: string, heard: () => void, log: Logger): Listener {
  let client: pg.PoolClient | null = null;
  let stopped = true;
  let again: NodeJS.Timeout | undefined;

  const leave = () => {
    client?.removeAllListeners('notification');
    client?.removeAllListeners('error');
    // What is torn down may still complain; nobody listens any more.
    client?.on('error', () => {});
    client?.release(true);
    client = null;
  };

  async function open(): Promise<void> {
    const opened = await pool.connect();
    client = opened;
    opened.on('notification', heard);
    opened.on('error', (err) => {
      log.warn({ err, channel }, 'listener lost; polling until it is back');
      leave();
      retry();
    });
    try {
      await opened.query(`listen ${channel}`);
    } catch (error) {
      if (client === opened) leave();
      throw error;
    }
    if (stopped) leave();
  }

  function retry(): void {
    if (stopped) return;
    clearTimeout(again);
    again = setTimeout(() => {
      if (stopped || client) return;
      open().then(heard, retry);
    }, AGAIN_MS);
    again.unref();
  }

  return {
    start() {
      stopped = false;
      return open();
    },
    stop() {
      stopped = true;
      clearTimeout(again);
      leave();
    },
  };
}
