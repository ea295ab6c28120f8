/** Tells one life of the database from the next: after a restore, what devices were told is committed may be gone. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { EPOCH_FILE } from '../../platform/backup/restore.ts';
import type { Trx } from '../../platform/db/pool.ts';

/** The mark our own restore leaves, and PostgreSQL's timeline, which a point-in-time recovery or a promotion changes. */
export async function epochOf(trx: Trx, dataDir: string): Promise<string> {
  const { rows } = await sql<{ timeline: string }>`
    select left(pg_walfile_name(pg_current_wal_lsn()), 8) as timeline`.execute(trx);
  const restored = await readFile(join(dataDir, EPOCH_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return 'first';
    throw error;
  });
  return `${rows[0]!.timeline}-${restored.trim()}`;
}
