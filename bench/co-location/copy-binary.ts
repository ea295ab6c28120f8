import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { WorkloadColumns } from './workload-columns.ts';

const ROW_BYTES = 34;
const ROWS_A_WRITE = 30_000;

/** Writes stays as four integers each in the binary format of COPY, but does not end the stream. */
export async function writeBinary(
  stream: Writable,
  { person, place, from, until }: WorkloadColumns,
): Promise<void> {
  stream.write(Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1'));
  for (let start = 0; start < person.length; start += ROWS_A_WRITE) {
    const count = Math.min(ROWS_A_WRITE, person.length - start);
    const bytes = Buffer.allocUnsafe(ROW_BYTES * count);
    for (let row = 0; row < count; row++) {
      let at = bytes.writeInt16BE(4, row * ROW_BYTES);
      for (const column of [person, place, from, until]) {
        at = bytes.writeInt32BE(4, at);
        at = bytes.writeInt32BE(column[start + row]!, at);
      }
    }
    if (!stream.write(bytes)) await once(stream, 'drain');
  }
  stream.write(Buffer.from([0xff, 0xff]));
}
