/**
 * Numbers of ids by their 16 bytes as the database sends them. A dictionary of texts is asked only for an id never seen:
 * writing 36 letters and hashing them twice for each of ten million stays was most of reading them.
 */
export class UuidNumbers {
  /** Place in `#keys` plus one, by hash; open addressing, at most half full. */
  #slots = new Int32Array(1 << 12);
  /** Four words an id. */
  #keys = new Int32Array(4 << 11);
  #numbers = new Int32Array(1 << 11);
  #count = 0;
  readonly #numberOfText: (text: Uint8Array) => number;
  readonly #text = new Uint8Array(36);

  /** @param numberOfText gives an id its number by its text in ASCII; the bytes are used again afterwards */
  constructor(numberOfText: (text: Uint8Array) => number) {
    this.#numberOfText = numberOfText;
  }

  /** The number of the id in `row` from byte `at` on. */
  numberAt(row: Buffer, at: number): number {
    const a = row.readInt32LE(at);
    const b = row.readInt32LE(at + 4);
    const c = row.readInt32LE(at + 8);
    const d = row.readInt32LE(at + 12);
    const mask = this.#slots.length - 1;
    let slot = hash(a, b, c, d) & mask;
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const place = this.#slots[slot]! - 1;
      const key = 4 * place;
      const keys = this.#keys;
      if (keys[key] === a && keys[key + 1] === b && keys[key + 2] === c && keys[key + 3] === d)
        return this.#numbers[place]!;
    }
    writeUuid(this.#text, row, at);
    const number = this.#numberOfText(this.#text);
    this.#keys.set([a, b, c, d], 4 * this.#count);
    this.#numbers[this.#count] = number;
    this.#slots[slot] = ++this.#count;
    if (this.#count === this.#numbers.length) this.#grow();
    return number;
  }

  #grow(): void {
    const keys = new Int32Array(2 * this.#keys.length);
    keys.set(this.#keys);
    const numbers = new Int32Array(2 * this.#numbers.length);
    numbers.set(this.#numbers);
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let place = 0; place < this.#count; place++) {
      const key = 4 * place;
      let slot = hash(keys[key]!, keys[key + 1]!, keys[key + 2]!, keys[key + 3]!) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = place + 1;
    }
    [this.#keys, this.#numbers, this.#slots] = [keys, numbers, slots];
  }
}

/** All words count: of a UUID v7 the first are a time, equal for what was made together. Multipliers of MurmurHash3. */
function hash(a: number, b: number, c: number, d: number): number {
  let h = Math.imul(a, 0xcc9e2d51) ^ Math.imul(b, 0x1b873593);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b) ^ c;
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35) ^ d;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return h ^ (h >>> 13);
}

const HEX = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const HYPHEN = '-'.charCodeAt(0);

function writeUuid(text: Uint8Array, row: Buffer, from: number): void {
  let at = 0;
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text[at++] = HYPHEN;
    const byte = row[from + i]!;
    text[at++] = HEX[byte >>> 4]!;
    text[at++] = HEX[byte & 15]!;
  }
}
