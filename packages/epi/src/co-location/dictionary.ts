import { grownUint32, roomFor, sharedBytes, sharedUint32 } from './columns.ts';

/**
 * Names as three columns on shared memory: UTF-8 bytes, where each name starts, and a hash table of numbers + 1.
 * About 50 bytes for a name of 36 letters, a third of what a Map of strings takes, and shared by all threads.
 */
export type DictionaryColumns = { bytes: Uint8Array; starts: Uint32Array; slots: Uint32Array };

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const LONGEST_NAME = 1 << 16;
const scratch = new Uint8Array(LONGEST_NAME);

/** Names outside, dense numbers inside, so that a person or place takes 4 bytes in a stay. */
export class Dictionary {
  #bytes: Uint8Array;
  #starts: Uint32Array;
  #slots: Uint32Array;
  #count: number;
  /** False while another thread may read these columns: the first new name copies them. */
  #owned: boolean;

  constructor(columns?: DictionaryColumns) {
    this.#owned = columns === undefined;
    this.#bytes = columns?.bytes ?? new Uint8Array(sharedBytes(1024));
    this.#starts = columns?.starts ?? sharedUint32(17);
    this.#slots = columns?.slots ?? sharedUint32(32);
    this.#count = this.#owned ? 0 : this.#starts.length - 1;
  }

  get count(): number {
    return this.#count;
  }

  get byteLength(): number {
    return this.#bytes.byteLength + this.#starts.byteLength + this.#slots.byteLength;
  }

  /** The columns without their headroom, to be shared or written. A name added later goes into a copy. */
  share(): DictionaryColumns {
    if (this.#owned) {
      const bytes = new Uint8Array(sharedBytes(this.#starts[this.#count]!));
      bytes.set(this.#bytes.subarray(0, bytes.length));
      this.#bytes = bytes;
      this.#starts = grownUint32(this.#starts.subarray(0, this.#count + 1), this.#count + 1);
      this.#owned = false;
    }
    return { bytes: this.#bytes, starts: this.#starts, slots: this.#slots };
  }

  name(number: number): string {
    const bytes = this.#bytes.subarray(this.#starts[number]!, this.#starts[number + 1]!);
    // Few letters outside ASCII: without a decoder it is three times as fast.
    for (let i = 0; i < bytes.length; i++) if (bytes[i]! > 127) return decoder.decode(bytes.slice());
    return String.fromCharCode.apply(null, bytes as unknown as number[]);
  }

  find(name: string): number | undefined {
    const length = this.#write(name);
    const slot = this.#slotOf(scratch, length);
    return this.#slots[slot] === 0 ? undefined : this.#slots[slot]! - 1;
  }

  findOrAdd(name: string): number {
    return this.findOrAddBytes(scratch, this.#write(name));
  }

  /** As `findOrAdd`, for a name that lies at the start of `bytes` as UTF-8: saves making a string of it. */
  findOrAddBytes(bytes: Uint8Array, length: number): number {
    const slot = this.#slotOf(bytes, length);
    if (this.#slots[slot] !== 0) return this.#slots[slot]! - 1;
    return this.#add(bytes, length);
  }

  #add(bytes: Uint8Array, length: number): number {
    this.#makeRoom(length);
    const number = this.#count++;
    const start = this.#starts[number]!;
    for (let i = 0; i < length; i++) this.#bytes[start + i] = bytes[i]!;
    this.#starts[number + 1] = start + length;
    this.#slots[this.#slotOf(bytes, length)] = number + 1;
    return number;
  }

  #makeRoom(length: number): void {
    const end = this.#starts[this.#count]! + length;
    if (end > 0xffffffff) throw new RangeError('names take more than 4 GiB');
    if (!this.#owned || end > this.#bytes.length) {
      const larger = new Uint8Array(sharedBytes(roomFor(end)));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    if (!this.#owned || this.#count + 2 > this.#starts.length)
      this.#starts = grownUint32(this.#starts, roomFor(this.#count + 2));
    if (2 * (this.#count + 1) > this.#slots.length) this.#rehash(2 * this.#slots.length);
    else if (!this.#owned) this.#slots = grownUint32(this.#slots, this.#slots.length);
    this.#owned = true;
  }

  #rehash(length: number): void {
    this.#slots = sharedUint32(length);
    for (let number = 0; number < this.#count; number++) {
      const start = this.#starts[number]!;
      let slot = hashOf(this.#bytes, start, this.#starts[number + 1]!) & (length - 1);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (length - 1);
      this.#slots[slot] = number + 1;
    }
  }

  /** Where the name is, or the empty slot where it belongs. */
  #slotOf(bytes: Uint8Array, length: number): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(bytes, 0, length) & mask;
    for (;;) {
      const entry = this.#slots[slot]!;
      if (entry === 0 || this.#is(entry - 1, bytes, length)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #is(number: number, bytes: Uint8Array, length: number): boolean {
    const start = this.#starts[number]!;
    if (this.#starts[number + 1]! - start !== length) return false;
    for (let i = 0; i < length; i++) if (this.#bytes[start + i] !== bytes[i]) return false;
    return true;
  }

  #write(name: string): number {
    for (let i = 0; i < name.length && i < LONGEST_NAME; i++) {
      const code = name.charCodeAt(i);
      if (code > 127 || i === LONGEST_NAME - 1) {
        const { read, written } = encoder.encodeInto(name, scratch);
        if (read < name.length) throw new RangeError(`a name has more than ${LONGEST_NAME} bytes`);
        return written;
      }
      scratch[i] = code;
    }
    return name.length;
  }
}

/** FNV-1a with a last mixing, for names that differ in few letters. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
