import { sharedBytes } from './columns.ts';
import type { DictionaryColumns } from './dictionary.ts';
import type { StayColumns } from './stay-columns.ts';

/** Everything an index is, compacted. Posting it to a worker shares it all and copies nothing. */
export type IndexState = { columns: StayColumns; places: DictionaryColumns; persons: DictionaryColumns };

type Column = Uint8Array | Uint16Array | Uint32Array;
type Header = { asOf: string; lengths: number[] };

const MAGIC = 'LEVEECOL';
const VERSION = 2;
/** Magic, then four uint32: version, bytes of the header, checksum of all that follows, nothing. */
const PREFIX_BYTES = 24;
const ALIGNMENT = 8;
const STAY_COLUMNS = {
  placeStart: Uint32Array,
  longestStay: Uint16Array,
  person: Uint32Array,
  from: Uint32Array,
  duration: Uint16Array,
  longPosition: Uint32Array,
  longSeconds: Uint32Array,
  longStart: Uint32Array,
  personStart: Uint32Array,
  byPerson: Uint32Array,
} as const;
const DICTIONARY_COLUMNS = { bytes: Uint8Array, starts: Uint32Array, slots: Uint32Array } as const;
const ALL = [STAY_COLUMNS, DICTIONARY_COLUMNS, DICTIONARY_COLUMNS].map((columns) => Object.entries(columns));

/**
 * The snapshot of an index as parts to be written one after another; the large ones are views, not copies.
 *
 * Layout: prefix · header (JSON: as-of, lengths) · stay columns · place names · person names, each filled up to 8 bytes.
 * Numbers are in the byte order of the machine; another order is refused by its checksum.
 */
export function encodeSnapshot({ columns, places, persons }: IndexState, asOf: string): Uint8Array[] {
  const all = [columns, places, persons].flatMap((part, i) =>
    ALL[i]!.map(([name]) => (part as unknown as Record<string, Column>)[name]!),
  );
  const header = new TextEncoder().encode(
    JSON.stringify({ asOf, lengths: all.map(({ length }) => length) } satisfies Header),
  );
  const parts = [header, ...all.map(bytesOf)].flatMap((bytes) => [
    bytes,
    new Uint8Array(aligned(bytes.length) - bytes.length).fill(0x20),
  ]);
  const prefix = new Uint8Array(PREFIX_BYTES);
  prefix.set(new TextEncoder().encode(MAGIC));
  const numbers = new DataView(prefix.buffer, MAGIC.length);
  numbers.setUint32(0, VERSION, true);
  numbers.setUint32(4, aligned(header.length), true);
  numbers.setUint32(8, checksumOf([header, ...all]), true);
  return [prefix, ...parts];
}

/**
 * Reads a snapshot back. Bytes on a SharedArrayBuffer are used where they lie; others are copied to one.
 *
 * @throws RangeError when the bytes are no snapshot, of another version, cut short, too long or changed: a tracing answer
 *   from damaged data would be worse than a rebuild
 */
export function decodeSnapshot(given: Uint8Array): { state: IndexState; asOf: string } {
  const magic = new TextDecoder().decode(given.slice(0, MAGIC.length));
  if (magic !== MAGIC || given.length < PREFIX_BYTES) throw new RangeError('not a co-location snapshot');
  const numbers = new DataView(given.buffer, given.byteOffset + MAGIC.length);
  const [version, headerBytes, checksum] = [0, 4, 8].map((at) => numbers.getUint32(at, true));
  if (version !== VERSION)
    throw new RangeError(`the snapshot has layout ${version}; this program reads ${VERSION}`);
  if (numbers.getUint32(12, true) !== 0) throw new RangeError('the snapshot is damaged: its prefix differs');
  const header = readHeader(given.slice(PREFIX_BYTES, PREFIX_BYTES + headerBytes!));
  const bytes = onSharedMemory(given);

  let offset = PREFIX_BYTES + headerBytes!;
  const kinds = ALL.flat();
  const expected = kinds.reduce(
    (sum, [, { BYTES_PER_ELEMENT }], i) => sum + aligned(BYTES_PER_ELEMENT * header.lengths[i]!),
    offset,
  );
  if (bytes.length !== expected) {
    throw new RangeError(`the snapshot has ${bytes.length} bytes instead of ${expected}`);
  }
  const all = kinds.map(([, Kind], i): Column => {
    const column = new Kind(bytes.buffer, bytes.byteOffset + offset, header.lengths[i]!);
    offset += aligned(column.byteLength);
    return column;
  });
  const text = bytes.slice(PREFIX_BYTES, PREFIX_BYTES + headerBytes!);
  if (checksumOf([text.subarray(0, lengthWithoutFilling(text)), ...all]) !== checksum)
    throw new RangeError('the snapshot is damaged: its checksum differs');

  let next = 0;
  const [columns, places, persons] = ALL.map((part) =>
    Object.fromEntries(part.map(([name]) => [name, all[next++]])),
  );
  return { state: { columns, places, persons } as unknown as IndexState, asOf: header.asOf };
}

function readHeader(bytes: Uint8Array): Header {
  let header: Header;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Header;
  } catch (cause) {
    throw new RangeError('the header of the snapshot cannot be read', { cause });
  }
  const lengths = Array.isArray(header?.lengths) ? header.lengths : [];
  if (lengths.length !== ALL.flat().length || !lengths.every((length) => Number.isSafeInteger(length)))
    throw new RangeError('the header of the snapshot cannot be read');
  return header;
}

const aligned = (bytes: number) => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

function lengthWithoutFilling(text: Uint8Array): number {
  let length = text.length;
  while (length > 0 && text[length - 1] === 0x20) length--;
  return length;
}

function onSharedMemory(bytes: Uint8Array): Uint8Array {
  if (!(bytes.buffer instanceof ArrayBuffer) && bytes.byteOffset % ALIGNMENT === 0) return bytes;
  const shared = new Uint8Array(sharedBytes(bytes.length));
  shared.set(bytes);
  return shared;
}

function bytesOf(column: Column): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}

/** FNV-1a over whole words, the last one filled up: finds damage, not malice. */
function checksumOf(columns: readonly Column[]): number {
  let hash = 0x811c9dc5;
  for (const column of columns) {
    const whole = new Uint32Array(column.buffer, column.byteOffset, column.byteLength >>> 2);
    for (let i = 0; i < whole.length; i++) hash = Math.imul(hash ^ whole[i]!, 0x01000193);
    for (const byte of bytesOf(column).subarray(4 * whole.length)) hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return hash >>> 0;
}
