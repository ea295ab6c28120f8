/**
 * Slows down whoever floods a public form: sendings are counted an hour, per address and altogether, in the database, so
 * that a restart or a second server does not forget. Many share one address behind a carrier: the limit leaves them room.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { newId } from '@levee/contract';
import { sql } from 'kysely';
import type { Cipher } from '../../../platform/cipher.ts';
import type { Database, Trx } from '../../../platform/db/pool.ts';

const AN_HOUR = { source: 30, all: 6_000 } as const;
/** A page left open longer is asked for again. */
const VALID_MS = 2 * 3_600_000;
const FIELD = 'public.form';

/** Counts this sending; false where there were too many. `atMs` is the wall clock: a drill's time opens nothing. */
export async function countSending(db: Database | Trx, source: string, atMs: number): Promise<boolean> {
  const now = new Date(atMs).toISOString();
  const keys = [
    [`source:${createHash('sha256').update(source).digest('base64url').slice(0, 24)}`, AN_HOUR.source],
    ['all', AN_HOUR.all],
  ] as const;
  let free = true;
  for (const [key, most] of keys) {
    const { rows } = await sql<{ sent: number }>`
      insert into form_guard as guard (key, window_start, sent) values (${key}, ${now}, 1)
      on conflict (key) do update set
        sent = case when guard.window_start < ${now}::timestamptz - interval '1 hour' then 1 else guard.sent + 1 end,
        window_start = case when guard.window_start < ${now}::timestamptz - interval '1 hour' then ${now}::timestamptz
                       else guard.window_start end
      returning sent`.execute(db);
    free &&= rows[0]!.sent <= most;
  }
  return free;
}

/** Goes into the page with the form: names the record it becomes, so that sent twice it is one, and that it was asked for here. */
export function formToken(cipher: Cipher, atMs: number): string {
  const body = `${newId()}.${atMs}`;
  return `${body}.${cipher.blindIndex(FIELD, body).toString('base64url')}`;
}

/** The record's id, or null where the form was not ours or is too old. */
export function readFormToken(cipher: Cipher, token: string, atMs: number): string | null {
  const [id = '', made = '', mark = ''] = token.split('.');
  const expected = cipher.blindIndex(FIELD, `${id}.${made}`);
  const given = Buffer.from(mark, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return atMs - Number(made) > VALID_MS ? null : id;
}
