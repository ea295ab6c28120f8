/** PNG (ISO 15948): the chunks that make the picture, nothing after IEND. */
import type { Cleaned } from './cleaned.ts';
import { notA } from './unfit.ts';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** How it looks. Text, time and EXIF (tEXt, zTXt, iTXt, tIME, eXIf) and everything unknown stay out. */
const KEPT = new Set([
  ...['IHDR', 'PLTE', 'IDAT', 'IEND'],
  ...['tRNS', 'cHRM', 'gAMA', 'iCCP', 'sBIT', 'sRGB', 'cICP', 'bKGD', 'pHYs'],
]);

export function cleanPng(bytes: Buffer): Cleaned {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw notA('PNG');
  const kept: Buffer[] = [SIGNATURE];
  let size: { width: number; height: number } | null = null;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    const next = at + 12 + length;
    if (next > bytes.length) throw notA('PNG');
    if ((name === 'IHDR') !== (at === 8)) throw notA('PNG');
    if (name === 'IHDR') {
      if (length !== 13) throw notA('PNG');
      size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    }
    if (KEPT.has(name)) kept.push(bytes.subarray(at, next));
    if (name === 'IEND') return { bytes: Buffer.concat(kept), ...size! };
    at = next;
  }
  throw notA('PNG');
}
