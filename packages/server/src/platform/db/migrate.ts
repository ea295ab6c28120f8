/** Forward-only SQL files, each in one transaction, in order, once. A changed file is refused: history does not move. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const folder = fileURLToPath(new URL('../../../migrations/', import.meta.url));
const LOCK = 0x1e7ee;

export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** Applies what is missing as the database's owner. Returns the names applied. Safe to run from several starts at once. */
export async function migrate(
  ownerUrl: string,
  report: (name: string) => void = () => {},
): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'levee migrate' });
  await client.connect();
  const applied: string[] = [];
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(
      `create table if not exists migration (
         name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
    );
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from migration',
    );
    const known = new Map(rows.map((row) => [row.name, row.checksum]));
    for (const name of readdirSync(folder)
      .filter((file) => file.endsWith('.sql'))
      .sort()) {
      const text = readFileSync(`${folder}${name}`, 'utf8');
      const checksum = createHash('sha256').update(text).digest('hex');
      const before = known.get(name);
      if (before === checksum) continue;
      if (before !== undefined) {
        throw new MigrationError(
          `${name} was changed after it had been applied; put it back and write a new file`,
        );
      }
      await applyOne(client, name, text, checksum);
      report(name);
      applied.push(name);
    }
  } finally {
    await client.end();
  }
  return applied;
}

async function applyOne(client: pg.Client, name: string, text: string, checksum: string): Promise<void> {
  try {
    await client.query('begin');
    await client.query(text);
    await client.query('insert into migration (name, checksum) values ($1, $2)', [name, checksum]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => {});
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError(`${name} failed and was rolled back: ${reason}`, { cause });
  }
}
