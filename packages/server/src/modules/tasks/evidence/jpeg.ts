/** JPEG (ITU T.81): markers up to the scan, the scan as it is, nothing after the end of the image. */
import type { Cleaned } from './cleaned.ts';
import { notA } from './unfit.ts';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;
/** JFIF, colour profile, Adobe's colour transform: without them the picture looks different. */
const KEPT_APPS = new Set([0xe0, 0xe2, 0xee]);
const COMMENT = 0xfe;
/** SOF0 to SOF15, without DHT, JPG and DAC which stand among them. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

export function cleanJpeg(bytes: Buffer): Cleaned {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) throw notA('JPEG');
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let size = { width: 0, height: 0 };
  let at = 2;
  while (at < bytes.length) {
    if (bytes[at] !== 0xff) throw notA('JPEG');
    const marker = bytes[at + 1];
    if (marker === undefined) throw notA('JPEG');
    // Fill bytes before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) {
      kept.push(bytes.subarray(at, at + 2));
      if (size.width === 0) throw notA('JPEG');
      return { bytes: Buffer.concat(kept), ...size };
    }
    if (at + 4 > bytes.length) throw notA('JPEG');
    const length = bytes.readUInt16BE(at + 2);
    const next = at + 2 + length;
    if (length < 2 || next > bytes.length) throw notA('JPEG');
    if (isFrame(marker)) {
      if (length < 8) throw notA('JPEG');
      size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    const orientation = marker === APP1 ? orientationOf(bytes.subarray(at + 4, next)) : null;
    if (orientation !== null && orientation !== 1) kept.push(orientationOnly(orientation));
    if (isKept(marker)) kept.push(bytes.subarray(at, next));
    at = next;
    if (marker === SOS) {
      const end = endOfScan(bytes, at);
      kept.push(bytes.subarray(at, end));
      at = end;
    }
  }
  throw notA('JPEG');
}

const isKept = (marker: number) =>
  marker === COMMENT || (marker >= 0xe0 && marker <= 0xef) ? KEPT_APPS.has(marker) : true;

/** Where the next marker that is neither a stuffed byte nor a restart stands. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1]!;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw notA('JPEG');
}

const EXIF = Buffer.from('Exif\0\0', 'latin1');
const ORIENTATION = 0x0112;

/** Which way up, from the first directory of the EXIF block (1 to 8); null where it does not say. */
function orientationOf(block: Buffer): number | null {
  if (!block.subarray(0, 6).equals(EXIF) || block.length < 14) return null;
  const tiff = block.subarray(6);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const read16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (first + 2 > tiff.length) return null;
  const count = read16(first);
  for (let entry = 0; entry < count; entry += 1) {
    const at = first + 2 + entry * 12;
    if (at + 12 > tiff.length) return null;
    if (read16(at) !== ORIENTATION) continue;
    const value = read16(at + 8);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

/** An EXIF block that says which way up and nothing else. */
function orientationOnly(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(ORIENTATION, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  const head = Buffer.from([0xff, APP1, 0, 2 + EXIF.length + tiff.length]);
  return Buffer.concat([head, EXIF, tiff]);
}
