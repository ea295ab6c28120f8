/** All stays of a database as an index, by a binary COPY: no string is made of anything. */
import { CoLocationIndex, StaysBuilding } from '@levee/epi';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { UuidNumbers } from './uuid-numbers.ts';

/** Signature, flags and the length of an extension, which is 0. */
const HEADER_BYTES = 19;
/** The number of fields, then each with its length before it: two ids of 16 bytes, two instants of 8. */
const ROW_BYTES = 2 + 2 * (4 + 16) + 2 * (4 + 8);
const [PERSON, PLACE, FROM, UNTIL] = [6, 26, 46, 58] as const;
/** Instants are microseconds from here, 2000-01-01T00:00Z. */
const EPOCH_SECONDS = 946_684_800;

/** Reads what the transaction of `client` sees. */
export async function readStays(client: pg.Client): Promise<CoLocationIndex> {
  const building = new StaysBuilding();
  const places = new UuidNumbers((text) => building.places.findOrAddBytes(text, text.length));
  const persons = new UuidNumbers((text) => building.persons.findOrAddBytes(text, text.length));
  const take = (row: Buffer, at: number) =>
    building.pushNumbered(
      places.numberAt(row, at + PLACE),
      persons.numberAt(row, at + PERSON),
      secondsAt(row, at + FROM),
      secondsAt(row, at + UNTIL),
    );
  const stream = client.query(
    copyTo('copy (select person_id, place_id, from_at, until_at from stay) to stdout (format binary)'),
  );
  let rest: Buffer = Buffer.alloc(0);
  let skip = HEADER_BYTES;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = Math.min(skip, bytes.length);
    skip -= at;
    // The last two bytes of all are -1 instead of a number of fields: never a whole row.
    for (; at + ROW_BYTES <= bytes.length; at += ROW_BYTES) take(bytes, at);
    rest = Buffer.from(bytes.subarray(at));
  }
  return CoLocationIndex.fromState(building.finish());
}

function secondsAt(row: Buffer, at: number): number {
  const microseconds = row.readInt32BE(at) * 2 ** 32 + row.readUInt32BE(at + 4);
  return Math.floor(microseconds / 1e6) + EPOCH_SECONDS;
}
