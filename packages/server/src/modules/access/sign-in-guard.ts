/**
 * Slows guessing down (T44): failures are counted per account name, per source address and altogether, in the
 * database, so that a restart or a second server does not forget. A name that has no account is counted the same.
 */
import { createHash } from 'node:crypto';
import { LeveeError } from '@levee/contract';
import { sql } from 'kysely';
import type { Database } from '../../platform/db/pool.ts';

interface Limit {
  readonly failures: number;
  readonly windowSeconds: number;
}

const LIMITS = {
  account: { failures: 5, windowSeconds: 900 },
  source: { failures: 30, windowSeconds: 900 },
  global: { failures: 600, windowSeconds: 60 },
} as const satisfies Record<string, Limit>;

type Kind = keyof typeof LIMITS;

const keyOf = (kind: Kind, value: string): string =>
  `${kind}:${createHash('sha256').update(value.toLowerCase()).digest('base64url').slice(0, 24)}`;

const keysOf = (username: string, source: string): readonly [Kind, string][] => [
  ['account', keyOf('account', username)],
  ['source', keyOf('source', source)],
  ['global', 'global:'],
];

/** Refuses while any of the three is locked. `atMs` is the wall clock: a drill's time does not open locks. */
export async function requireUnlocked(
  db: Database,
  username: string,
  source: string,
  atMs: number,
): Promise<void> {
  const keys = keysOf(username, source).map(([, key]) => key);
  const { rows } = await sql<{ locked_until: string }>`
    select locked_until from auth.sign_in_guard
     where key = any(${keys}::text[]) and locked_until > ${new Date(atMs).toISOString()}
     order by locked_until desc limit 1`.execute(db);
  const until = rows[0]?.locked_until;
  if (until) {
    throw new LeveeError('access.too_many_attempts', {
      seconds: Math.ceil((Date.parse(until) - atMs) / 1000),
    });
  }
}

/** Counts a failure; from the limit on each further one doubles the wait, from 30 s to 30 min. */
export async function countFailure(
  db: Database,
  username: string,
  source: string,
  atMs: number,
): Promise<void> {
  const now = new Date(atMs).toISOString();
  for (const [kind, key] of keysOf(username, source)) {
    const { failures, windowSeconds } = LIMITS[kind];
    await sql`
      insert into auth.sign_in_guard as guard (key, failures, window_start) values (${key}, 1, ${now})
      on conflict (key) do update set
        failures = case when guard.window_start < ${now}::timestamptz - make_interval(secs => ${windowSeconds})
                          and coalesce(guard.locked_until, '-infinity') < ${now} then 1 else guard.failures + 1 end,
        window_start = case when guard.window_start < ${now}::timestamptz - make_interval(secs => ${windowSeconds})
                          and coalesce(guard.locked_until, '-infinity') < ${now} then ${now} else guard.window_start end`.execute(
      db,
    );
    await sql`
      update auth.sign_in_guard
         set locked_until = ${now}::timestamptz + make_interval(secs => least(30 * 2 ^ (failures - ${failures}), 1800))
       where key = ${key} and failures >= ${failures}`.execute(db);
  }
}

/** A success clears the account's count; source and global keep theirs, or one good account would hide a spray. */
export async function clearFailures(db: Database, username: string): Promise<void> {
  await sql`delete from auth.sign_in_guard where key = ${keyOf('account', username)}`.execute(db);
}
