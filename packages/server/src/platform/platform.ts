/** What every part of the server stands on, made once at start. */
import type pg from 'pg';
import type { Cipher } from './cipher.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './db/pool.ts';
import type { Logger } from './log.ts';
import type { SpaceWatch } from './space/space.ts';

export interface Platform {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly db: Database;
  /** The same connections, for LISTEN and COPY. */
  readonly pool: pg.Pool;
  readonly cipher: Cipher;
  /** Folder for files and audit anchors, outside the database. */
  readonly dataDir: string;
  readonly version: string;
  readonly space: SpaceWatch;
}
