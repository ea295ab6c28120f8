/**
 * Things written down some seconds after they became true by time. Nothing may depend on a sweep having run: what
 * holds and what is overdue are questions about the clock, asked by the reader.
 */
import { sql } from 'kysely';
import { type Context, systemContext } from './context.ts';
import { inScopedTransaction } from './db/pool.ts';
import type { Platform } from './platform.ts';

export interface Sweep {
  /** `<module>.<what it records>`, e.g. `tasks.climb`. Also names the lock. */
  readonly name: string;
  /** One round, in one transaction over the whole jurisdiction. Doing it twice changes nothing. */
  readonly run: (context: Context) => Promise<void>;
}

export interface Sweeper {
  start(): void;
  stop(): Promise<void>;
  /** One round now; resolves when it is over. */
  round(): Promise<void>;
}

const EVERY_MS = 3_000;

/** Runs `sweeps` every few seconds. Of several servers on one database, one runs each (an advisory lock decides). */
export function createSweeper(platform: Platform, sweeps: readonly Sweep[]): Sweeper {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;

  async function runAll(): Promise<void> {
    for (const { name, run } of sweeps) {
      try {
        await inScopedTransaction(platform.db, platform.config.LEVEE_JURISDICTION, async (trx) => {
          const { rows } = await sql<{ leader: boolean }>`
            select pg_try_advisory_xact_lock(hashtextextended(${`sweep ${name}`}, 0)) as leader`.execute(trx);
          if (rows[0]?.leader) await run(systemContext(platform, trx));
        });
      } catch (err) {
        platform.log.error({ err, sweep: name }, 'sweep failed; tried again in the next round');
      }
    }
  }

  const round = () => {
    running ??= runAll().finally(() => {
      running = null;
    });
    return running;
  };

  return {
    start() {
      timer = setInterval(() => void round(), EVERY_MS);
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
    round,
  };
}
