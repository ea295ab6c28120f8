import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import type { Secrets } from './stored.ts';

/** Makes, drops and copies databases as the superuser; each belongs to `levee_owner`. */
export type Databases = {
  /** A new database, empty or a copy of `template`. Fails when the name is taken. */
  createDatabase(name: string, options?: { template?: string }): Promise<void>;
  /** Drops a database and ends its sessions; no error when there is none. */
  dropDatabase(name: string): Promise<void>;
  /** Copies a whole database file by file, ending the source's sessions first: a fresh test database in well under a second. */
  cloneDatabase(from: string, to: string): Promise<void>;
  databaseExists(name: string): Promise<boolean>;
};

/**
 * The two accounts Levee works with: `levee_owner` owns the databases and migrates them; `levee_app` serves
 * requests, owns nothing and is given each privilege by a migration, so that row-level security binds it.
 */
export async function ensureRoles(adminUrl: string, secrets: Secrets): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    await ensureRole(client, 'levee_owner', 'login createdb', secrets.ownerPassword);
    await ensureRole(client, 'levee_app', 'login', secrets.appPassword);
  });
}

export function databasesOf(adminUrl: string): Databases {
  const run = (...statements: string[]) =>
    asAdmin(adminUrl, async (client) => {
      for (const statement of statements) await client.query(statement);
    });
  const create = (name: string, template: string) => [
    `create database ${quote(name)} owner levee_owner template ${quote(template)} strategy file_copy`,
    `revoke all on database ${quote(name)} from public`,
    `grant connect on database ${quote(name)} to levee_app`,
  ];
  return {
    createDatabase: (name, options = {}) => run(...create(name, options.template ?? 'template1')),
    dropDatabase: (name) => run(`drop database if exists ${quote(name)} with (force)`),
    cloneDatabase: (from, to) =>
      asAdmin(adminUrl, async (client) => {
        await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
          from,
        ]);
        for (const statement of create(to, from)) await client.query(statement);
      }),
    databaseExists: (name) =>
      asAdmin(adminUrl, async (client) => {
        const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
        return rowCount === 1;
      }),
  };
}

/** One short superuser connection around `work`. */
export async function asAdmin<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectWhenReady(adminUrl);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Connects, waiting up to a minute while a server still recovers from a crash (57P03 cannot_connect_now). */
async function connectWhenReady(url: string): Promise<pg.Client> {
  for (let attempt = 1; ; attempt++) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return client;
    } catch (error) {
      if ((error as { code?: string }).code !== '57P03' || attempt === 600) throw error;
      await setTimeout(100);
    }
  }
}

async function ensureRole(client: pg.Client, name: string, rights: string, password: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
  const verb = rowCount === 0 ? 'create' : 'alter';
  await client.query(`${verb} role ${name} with ${rights} password ${client.escapeLiteral(password)}`);
}

const quote = (name: string) => pg.escapeIdentifier(name);
