import { sharedColumn } from './columns.ts';
import type { StayColumns } from './stay-columns.ts';

/** Everything an index is, compacted. Posting it to a worker shares the columns and copies the names. */
export type IndexState = {
  columns: StayColumns;
  places: readonly string[];
  persons: readonly string[];
  nextOrdinal: number;
};

type Header = {
  asOf: string;
  nextOrdinal: number;
  lengths: number[];
  checksum: number;
  places: string[];
  persons: string[];
};

const MAGIC = 'LEVEECL1';
const PREFIX_BYTES = MAGIC.length + 4;
const COLUMNS = [
  'placeStart',
  'longestStay',
  'person',
  'from',
  'until',
  'ordinal',
  'personStart',
  'byPerson',
] as const satisfies (keyof StayColumns)[];

/**
 * The snapshot of an index as parts to be written one after another; the large ones are views, not copies.
 *
 * Layout: 8 letters `LEVEECL1` · length of the header in bytes (uint32) · header (JSON: as-of, names, lengths, checksum)
 * · the columns (uint32). Numbers are in the byte order of the machine; another order is refused by its checksum.
 */
export function encodeSnapshot(
  { columns, places, persons, nextOrdinal }: IndexState,
  asOf: string,
): Uint8Array[] {
  const all = COLUMNS.map((name) => columns[name]);
  const header = new TextEncoder().encode(
    JSON.stringify({
      asOf,
      nextOrdinal,
      lengths: all.map((column) => column.length),
      checksum: checksumOf(all),
      places: [...places],
      persons: [...persons],
    } satisfies Header),
  );
  const prefix = new Uint8Array(PREFIX_BYTES);
  prefix.set(new TextEncoder().encode(MAGIC));
  new DataView(prefix.buffer).setUint32(MAGIC.length, header.length, true);
  return [prefix, header, ...all.map(bytesOf)];
}

/**
 * Reads a snapshot back.
 *
 * @throws RangeError when the bytes are no snapshot, cut short, too long or changed: a tracing answer from damaged data
 *   would be worse than a rebuild
 */
export function decodeSnapshot(bytes: Uint8Array): { state: IndexState; asOf: string } {
  const magic = new TextDecoder().decode(bytes.slice(0, MAGIC.length));
  if (magic !== MAGIC || bytes.length < PREFIX_BYTES) throw new RangeError('not a co-location snapshot');
  const headerBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  const header = readHeader(bytes.slice(PREFIX_BYTES, PREFIX_BYTES + headerBytes));

  let offset = PREFIX_BYTES + headerBytes;
  const expected = offset + 4 * header.lengths.reduce((sum, length) => sum + length, 0);
  if (bytes.length !== expected) {
    throw new RangeError(`the snapshot has ${bytes.length} bytes instead of ${expected}`);
  }
  const all = header.lengths.map((length) => {
    const column = sharedColumn(length);
    bytesOf(column).set(bytes.subarray(offset, offset + column.byteLength));
    offset += column.byteLength;
    return column;
  });
  if (checksumOf(all) !== header.checksum)
    throw new RangeError('the snapshot is damaged: its checksum differs');

  const columns = Object.fromEntries(COLUMNS.map((name, i) => [name, all[i]])) as StayColumns;
  const { places, persons, nextOrdinal, asOf } = header;
  return { state: { columns, places, persons, nextOrdinal }, asOf };
}

function readHeader(bytes: Uint8Array): Header {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Header;
  } catch (cause) {
    throw new RangeError('the header of the snapshot cannot be read', { cause });
  }
}

function bytesOf(column: Uint32Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}

/** FNV-1a over whole words: finds damage, not malice. */
function checksumOf(columns: Uint32Array[]): number {
  let hash = 0x811c9dc5;
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) hash = Math.imul(hash ^ column[i]!, 0x01000193);
  }
  return hash >>> 0;
}
