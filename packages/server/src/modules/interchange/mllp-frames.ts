/**
 * MLLP framing: <VT> message <FS><CR>. Written here because libraries keep half a frame in silence; here a frame has an
 * end, a largest size, and what is outside one is told (T51).
 */
const START = 0x0b;
const END = 0x1c;

/** What is kept of a message that is too large or has no end. */
export const HEAD_BYTES = 64 * 1024;

export type Framed =
  | { readonly kind: 'message'; readonly bytes: Buffer }
  /** noise: outside a frame; unterminated: a frame began inside another, or the line ended; too_large: its first bytes. */
  | {
      readonly kind: 'noise' | 'unterminated' | 'too_large';
      readonly bytes: Buffer;
      readonly size: number;
    };

export interface FrameReader {
  push(chunk: Buffer): Framed[];
  /** The line is over, or the frame took too long: what there is of it. */
  end(): Framed[];
  /** True within a frame: the clock of its timeout runs. */
  open(): boolean;
}

/** @param maxBytes largest message; more is told at once, and the rest of it is let pass without being kept */
export function createFrameReader(maxBytes: number): FrameReader {
  let parts: Buffer[] = [];
  let size = 0;
  let state: 'outside' | 'inside' | 'skipping' = 'outside';

  const take = () => {
    const bytes = Buffer.concat(parts);
    parts = [];
    size = 0;
    return bytes;
  };

  function outside(chunk: Buffer, at: number, out: Framed[]): number {
    const start = chunk.indexOf(START, at);
    const stop = start === -1 ? chunk.length : start;
    const noise = chunk.subarray(at, stop);
    if (noise.some((byte) => byte !== 0x0d && byte !== 0x0a && byte !== 0x20)) {
      out.push({
        kind: 'noise',
        bytes: Buffer.from(noise.subarray(0, HEAD_BYTES)),
        size: noise.length,
      });
    }
    if (start === -1) return chunk.length;
    state = 'inside';
    return start + 1;
  }

  function inside(chunk: Buffer, at: number, out: Framed[]): number {
    const end = nextOf(chunk, at);
    const stop = end === -1 ? chunk.length : end;
    size += stop - at;
    if (size > maxBytes) {
      const told = size;
      parts.push(chunk.subarray(at, stop));
      out.push({ kind: 'too_large', bytes: Buffer.from(take().subarray(0, HEAD_BYTES)), size: told });
      state = 'skipping';
      return stop;
    }
    // Copied: the chunk's memory is the socket's.
    if (stop > at) parts.push(Buffer.from(chunk.subarray(at, stop)));
    if (end === -1) return chunk.length;
    if (chunk[end] === START) {
      const told = size;
      out.push({ kind: 'unterminated', bytes: take(), size: told });
      return end + 1;
    }
    out.push({ kind: 'message', bytes: take() });
    state = 'outside';
    return end + 1;
  }

  function skipping(chunk: Buffer, at: number): number {
    const end = nextOf(chunk, at);
    if (end === -1) return chunk.length;
    state = chunk[end] === START ? 'inside' : 'outside';
    return end + 1;
  }

  return {
    push(chunk) {
      const out: Framed[] = [];
      let at = 0;
      while (at < chunk.length) {
        if (state === 'outside') at = outside(chunk, at, out);
        else if (state === 'inside') at = inside(chunk, at, out);
        else at = skipping(chunk, at);
      }
      return out;
    },
    end() {
      const wasInside = state === 'inside';
      state = 'outside';
      const told = size;
      const bytes = take();
      return wasInside ? [{ kind: 'unterminated', bytes, size: told }] : [];
    },
    open: () => state !== 'outside',
  };
}

function nextOf(chunk: Buffer, at: number): number {
  for (let index = at; index < chunk.length; index += 1) {
    const byte = chunk[index];
    if (byte === END || byte === START) return index;
  }
  return -1;
}

export const frame = (message: Buffer): Buffer =>
  Buffer.concat([Buffer.of(START), message, Buffer.of(END, 0x0d)]);
