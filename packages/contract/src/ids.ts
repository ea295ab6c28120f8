const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const RANDOM_BYTES = 10;

/** Random bytes are drawn by the kilobyte: a call for each id was a tenth of a search that finds thousands of meetings. */
const drawn = new Uint8Array(RANDOM_BYTES * 400);
let used = drawn.length;

/**
 * A UUID of version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then random. Made on the client so that a
 * command sent twice is known as one. `nowMs` is the caller's clock; order within a millisecond is not promised.
 */
export function newId(nowMs: number = Date.now()): string {
  if (used === drawn.length) {
    crypto.getRandomValues(drawn);
    used = 0;
  }
  const random = drawn.subarray(used, used + RANDOM_BYTES);
  used += RANDOM_BYTES;
  const time = Math.floor(nowMs).toString(16).padStart(12, '0');
  const hex = Array.from(
    random,
    (byte, at) => HEX[at === 0 ? 0x70 | (byte & 0x0f) : at === 2 ? 0x80 | (byte & 0x3f) : byte],
  );
  const [a, b, c, d, ...node] = hex;
  return `${time.slice(0, 8)}-${time.slice(8)}-${a}${b}-${c}${d}-${node.join('')}`;
}
