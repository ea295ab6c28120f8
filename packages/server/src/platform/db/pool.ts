/** The pool, and the only way in for requests: a transaction with its scope set at the start. */
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { PlanningClient, plannedOnce } from './planned-once.ts';
import type { DB } from './schema.gen.ts';

export type Database = Kysely<DB>;
export type Trx = Transaction<DB>;

// Instants and civil days stay text: a Date would lose the difference between the two.
const instant = (text: string) => new Date(text).toISOString();
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [pg.types.builtins.TIMESTAMPTZ]: instant,
  [pg.types.builtins.DATE]: (text: string) => text,
  [pg.types.builtins.INT8]: (text: string) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a number`);
    return value;
  },
  [pg.types.builtins.NUMERIC]: Number,
};
const timestamptzArray = 1185;
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === timestamptzArray) {
      return (text: string) => (pg.types.getTypeParser(1009 as never, 'text')(text) as string[]).map(instant);
    }
    return parsers[oid] ?? (pg.types.getTypeParser as (oid: number, format?: string) => unknown)(oid, format);
  },
} as pg.CustomTypesConfig;

export interface OpenDb {
  readonly db: Database;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export function openDb(
  url: string,
  options: { max?: number; name?: string; searchPath?: string } = {},
): OpenDb {
  const pool = new pg.Pool({
    Client: PlanningClient,
    connectionString: url,
    max: options.max ?? 16,
    application_name: options.name ?? 'levee',
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
    types,
    // A request that hangs must not hold its locks for ever; jobs that run longer set their own.
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
    ...(options.searchPath && { options: `-c search_path=${options.searchPath}` }),
  });
  // A broken idle connection is the pool's to replace; without a listener Node would end the process.
  pool.on('error', () => {});
  // One in use that breaks between two statements tells nobody else: its next statement fails, which is answered 503.
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}

/**
 * Runs `work` in one transaction that sees only what lies inside `scope`. The scope lives as long as the
 * transaction: a pooled connection never carries it on. An empty scope matches nothing.
 */
export function inScopedTransaction<T>(
  db: Database,
  scope: string,
  work: (trx: Trx) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await setScope(trx, scope);
    return work(trx);
  });
}

export async function setScope(trx: Trx, scope: string): Promise<void> {
  await sql`select ${plannedOnce} set_config('levee.scope', ${scope}, true)`.execute(trx);
}

export class UnsafeDatabaseError extends Error {
  override readonly name = 'UnsafeDatabaseError';
}

/** Refuses a server that may lose what it acknowledged (T03), or that is too old. */
export async function assertDurable(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings
      where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'server_version_num')`,
  );
  const setting = Object.fromEntries(rows.map((row) => [row.name, row.setting]));
  const unsafe = ['fsync', 'synchronous_commit', 'full_page_writes'].filter(
    (name) => setting[name] === 'off' || (name === 'synchronous_commit' && setting[name] === 'local'),
  );
  if (unsafe.length > 0) {
    throw new UnsafeDatabaseError(
      `Start refused: ${unsafe.map((name) => `${name} = ${setting[name]}`).join(', ')}. ` +
        'With this setting acknowledged work can be lost. Turn it on in postgresql.conf and restart PostgreSQL.',
    );
  }
  if (Number(setting['server_version_num']) < 170000) {
    throw new UnsafeDatabaseError('Start refused: PostgreSQL 17 or newer is needed.');
  }
}
