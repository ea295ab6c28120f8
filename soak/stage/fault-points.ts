/**
 * Named moments at which a run kills. Nothing in the product knows of them: the harness, as superuser, holds what the
 * statement needs (a lock, or the answer to a commit), sees in the server's own views that it stands there, and kills then.
 */
import pg from 'pg';

export interface FaultPoint {
  readonly name: string;
  /** Makes whoever comes to this point stand still. */
  readonly hold: (database: pg.Client) => Promise<void>;
  /** A question with one row or more while somebody stands there. */
  readonly seen: string;
}

const lockTable = (table: string) => async (database: pg.Client) => {
  // SHARE keeps writers out and takes no transaction number: settling and sealing of others are not held back by it.
  await database.query(`begin; lock table ${table} in share mode`);
};

/** A commit that is safe on this disk and waits for a standby that does not exist: done, not yet answered. */
const holdAnswers = async (database: pg.Client) => {
  await database.query(`alter system set synchronous_standby_names = 'nobody'`);
  await database.query('select pg_reload_conf()');
};

const waitsFor = (table: string, statement: string) => `
  select from pg_stat_activity join pg_locks using (pid)
   where wait_event_type = 'Lock' and not granted and relation = '${table}'::regclass and query ~* '${statement}'`;
const committedNotAnswered = (table: string) => `
  select from pg_stat_activity join pg_locks using (pid)
   where wait_event = 'SyncRep' and relation = '${table}'::regclass and mode = 'RowExclusiveLock'`;

export const faultPoints: readonly FaultPoint[] = [
  {
    name: 'records committed, not yet answered',
    hold: holdAnswers,
    seen: committedNotAnswered('intake'),
  },
  {
    name: 'acknowledged, none applied',
    hold: async (database) => {
      await database.query(`select pg_advisory_lock(hashtextextended('intake settle', 0))`);
    },
    seen: 'select from intake offset 30',
  },
  {
    name: 'applied to tubes, outcome not written',
    hold: lockTable('intake_outcome'),
    seen: waitsFor('intake_outcome', 'insert into intake_outcome'),
  },
  {
    name: 'audit entries being sealed',
    hold: lockTable('audit_link'),
    seen: waitsFor('audit_link', 'insert into "?audit_link'),
  },
  {
    name: 'an event handled, its checkpoint not moved',
    hold: lockTable('reaction_checkpoint'),
    seen: waitsFor('reaction_checkpoint', 'update reaction_checkpoint'),
  },
  {
    name: 'a result being written',
    hold: lockTable('result'),
    seen: waitsFor('result', 'insert into "?result"?'),
  },
  {
    name: 'a result committed, AA not sent',
    hold: holdAnswers,
    seen: committedNotAnswered('result'),
  },
];

const NOT_REACHED_AFTER_MS = 120_000;

/**
 * Brings somebody to the point and calls `kill` while they stand there.
 *
 * @param adminUrl the superuser's; the database itself may be gone after `kill`
 * @returns false where nobody came within two minutes: nothing was killed
 */
export async function killAt(
  adminUrl: string,
  point: FaultPoint,
  kill: () => Promise<void>,
): Promise<boolean> {
  const holder = await connect(adminUrl);
  const watcher = await connect(adminUrl);
  try {
    await point.hold(holder);
    const until = Date.now() + NOT_REACHED_AFTER_MS;
    for (;;) {
      const { rowCount } = await watcher.query(point.seen);
      if (rowCount) break;
      if (Date.now() > until) return false;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await kill();
    return true;
  } finally {
    await holder.end().catch(() => {});
    await watcher.end().catch(() => {});
    await letAnswersGo(adminUrl);
  }
}

/** The locks went with the connection; this setting stays until it is taken back, whoever was killed. */
async function letAnswersGo(adminUrl: string): Promise<void> {
  const database = await connect(adminUrl);
  await database.query('alter system reset synchronous_standby_names');
  await database.query('select pg_reload_conf()');
  await database.end();
}

/** Tries for a minute: after a kill the database may be recovering. */
async function connect(adminUrl: string): Promise<pg.Client> {
  const until = Date.now() + 60_000;
  for (;;) {
    const client = new pg.Client({ connectionString: adminUrl, application_name: 'soak fault point' });
    // Its own end is part of what is tested.
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
