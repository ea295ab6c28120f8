/** The index on disk between two runs of the server. It holds who was where: only the server's account may read it. */
import { open, rename, rm } from 'node:fs/promises';
import { CoLocationIndex, type IndexState } from '@levee/epi';
import type pg from 'pg';
import {
  advance,
  CHANGES_SQL,
  type ChangeRow,
  HORIZON_SQL,
  type IndexedUpTo,
  type StayChange,
} from './changes.ts';

/** What a snapshot goes on from, as its as-of text. */
interface Bookmark {
  readonly origin: string;
  readonly upTo: IndexedUpTo;
  readonly lastEvent: string | null;
}

const AT_ONCE = 1 << 26;

/** Writes so that a crash leaves the old file or the new one. `state` is what the index was with all before `upTo`. */
export async function writeSnapshot(
  file: string,
  state: IndexState,
  client: pg.Client,
  upTo: IndexedUpTo,
): Promise<void> {
  const bookmark: Bookmark = {
    origin: await originOf(client),
    upTo,
    lastEvent: await lastEventBefore(client, upTo),
  };
  const half = `${file}.part`;
  const handle = await open(half, 'w', 0o600);
  try {
    for (const part of CoLocationIndex.fromState(state).serialise(JSON.stringify(bookmark))) {
      for (let at = 0; at < part.length; ) {
        const { bytesWritten } = await handle.write(part, at, Math.min(AT_ONCE, part.length - at));
        at += bytesWritten;
      }
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(half, file);
}

/**
 * The index of the file brought up to what the transaction of `client` sees.
 *
 * @throws RangeError saying why the file is not to be used: damaged, of another database or of a time this database has
 *   been taken back before, or without stays that were loaded past the log. The file is removed then.
 * @returns undefined when there is no file
 */
export async function readSnapshot(
  file: string,
  client: pg.Client,
): Promise<{ index: CoLocationIndex; upTo: IndexedUpTo } | undefined> {
  const bytes = await readShared(file);
  if (bytes === undefined) return undefined;
  try {
    const { index, asOf } = CoLocationIndex.deserialise(bytes);
    const bookmark = JSON.parse(asOf) as Bookmark;
    if (bookmark.origin !== (await originOf(client))) throw new RangeError('it is of another database');
    if (bookmark.lastEvent !== (await lastEventBefore(client, bookmark.upTo)))
      throw new RangeError('the database has been taken back to an earlier time since');
    const { changes, upTo } = await changesSince(client, bookmark.upTo);
    for (const change of changes) takeIn(index, change);
    const { rows } = await client.query<{ count: string }>('select count(*) from stay');
    if (Number(rows[0]!.count) !== index.staysCount)
      throw new RangeError(`it gives ${index.staysCount} stays, the database has ${rows[0]!.count}`);
    return { index, upTo };
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) await rm(file, { force: true });
    throw error;
  }
}

export function takeIn(index: CoLocationIndex, { kind, personId, placeId, from, until }: StayChange): void {
  const stay = { person: personId, place: placeId, from, until };
  if (kind === 'recorded') index.add(stay);
  else index.remove(stay);
}

async function changesSince(client: pg.Client, upTo: IndexedUpTo) {
  const at = await client.query<{ horizon: string }>(HORIZON_SQL);
  const { rows } = await client.query<ChangeRow>(CHANGES_SQL, [upTo.transaction]);
  return advance(upTo, at.rows[0]!.horizon, rows);
}

/** Which database this is: cluster, its timeline (a new one after each recovery to a point in time), database. */
async function originOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ origin: string }>(`
    select concat_ws(' ', (select system_identifier from pg_control_system()),
      (select timeline_id from pg_control_checkpoint()),
      (select oid from pg_database where datname = current_database())) as origin`);
  return rows[0]!.origin;
}

/** The last event that is settled before `upTo`: not the same, or gone, in a database taken back to an earlier time. */
async function lastEventBefore(client: pg.Client, upTo: IndexedUpTo): Promise<string | null> {
  const { rows } = await client.query<{ mark: string }>(
    `select concat_ws(' ', sequence, transaction, kind, subject_id, extract(epoch from at)) as mark from event
      where transaction < $1::xid8 order by transaction desc, sequence desc limit 1`,
    [upTo.transaction],
  );
  return rows[0]?.mark ?? null;
}

async function readShared(file: string): Promise<Uint8Array | undefined> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (handle === undefined) return undefined;
  try {
    const { size } = await handle.stat();
    const bytes = new Uint8Array(new SharedArrayBuffer(size));
    for (let at = 0; at < size; ) {
      const { bytesRead } = await handle.read(bytes, at, Math.min(AT_ONCE, size - at), at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}
