/** WebP (RFC 9649): the chunks that make the picture, inside a RIFF of their size. */
import type { Cleaned } from './cleaned.ts';
import { notA } from './unfit.ts';

const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
/** Bits of VP8X that announce EXIF and XMP. */
const METADATA_BITS = 0x0c;

export function cleanWebp(bytes: Buffer): Cleaned {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP')
    throw notA('WebP');
  const end = 8 + bytes.readUInt32LE(4);
  if (end > bytes.length) throw notA('WebP');
  const kept: Buffer[] = [];
  let size: { width: number; height: number } | null = null;
  for (let at = 12; at + 8 <= end; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const next = at + 8 + length + (length % 2);
    if (at + 8 + length > end) throw notA('WebP');
    if (KEPT.has(name)) {
      const chunk = Buffer.from(bytes.subarray(at, Math.min(next, end)));
      if (name === 'VP8X' && length >= 10) chunk[8] = chunk[8]! & ~METADATA_BITS;
      kept.push(chunk);
      size ??= sizeOf(name, bytes.subarray(at + 8, at + 8 + length));
    }
    at = next;
  }
  if (!size) throw notA('WebP');
  const body = Buffer.concat(kept);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(4 + body.length, 4);
  return { bytes: Buffer.concat([head, body]), ...size };
}

function sizeOf(name: string, data: Buffer): { width: number; height: number } | null {
  if (name === 'VP8X' && data.length >= 10) {
    return { width: 1 + data.readUIntLE(4, 3), height: 1 + data.readUIntLE(7, 3) };
  }
  if (name === 'VP8 ' && data.length >= 10) {
    return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
  }
  if (name === 'VP8L' && data.length >= 5 && data[0] === 0x2f) {
    const bits = data.readUInt32LE(1);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  return null;
}
