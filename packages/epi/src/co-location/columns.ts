const HEADROOM = 1.5;

/** Zeroed bytes that other threads can share, where the platform has such memory. */
export function sharedBytes(length: number): ArrayBufferLike {
  return typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(length) : new SharedArrayBuffer(length);
}

export const sharedUint32 = (length: number) => new Uint32Array(sharedBytes(4 * length));
export const sharedUint16 = (length: number) => new Uint16Array(sharedBytes(2 * length));

/** A copy of a column on shared memory with room for `length` entries; what is beyond the old ones is zero. */
export function grownUint32(column: Uint32Array, length: number): Uint32Array {
  const larger = sharedUint32(length);
  larger.set(column);
  return larger;
}

/** The room to take when `needed` entries no longer fit: by half more, so that growing costs linear time in all. */
export const roomFor = (needed: number): number => Math.max(16, Math.ceil(HEADROOM * needed));

/** First position in [low, high) whose value is at least the bound; `high` when there is none. */
export function firstAtLeast(sorted: Uint32Array, bound: number, low: number, high: number): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! >= bound) high = middle;
    else low = middle + 1;
  }
  return low;
}
