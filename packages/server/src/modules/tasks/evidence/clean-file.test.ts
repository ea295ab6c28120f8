import { describe, expect, it } from 'vitest';
import { cleanFile } from './clean-file.ts';
import { JPEG, PNG, WEBP } from './pictures.ts';
import { UnfitFile } from './unfit.ts';

const SECRET = 'GPS 36.2869 100.6202 vivo X80';

/** An EXIF block as a telephone writes it: which way up, and where. */
function exif(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(0x0112, 10);
  tiff.writeUInt16LE(3, 12);
  tiff.writeUInt32LE(1, 14);
  tiff.writeUInt16LE(orientation, 18);
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from(SECRET)]);
}

const segment = (marker: number, data: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};
const jpegWith = (...segments: Buffer[]) =>
  Buffer.concat([JPEG.subarray(0, 2), ...segments, JPEG.subarray(2)]);
const chunk = (name: string, data: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(name, 'latin1'), data, Buffer.alloc(4)]);
};
const pngWith = (...chunks: Buffer[]) => Buffer.concat([PNG.subarray(0, 33), ...chunks, PNG.subarray(33)]);
function webpWith(name: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  const all = Buffer.concat([WEBP, Buffer.from(name, 'latin1'), length, data, Buffer.alloc(data.length % 2)]);
  all.writeUInt32LE(all.length - 8, 4);
  all[20] = all[20]! | 0x0c;
  return all;
}
const pdf = (inside: string) => Buffer.from(`%PDF-1.7\n${inside}\ntrailer\n%%EOF\n`);

describe('a file kept as evidence', () => {
  it('is the picture and no more: where, when and with what it was taken is gone, which way up is kept [T55 R2]', () => {
    for (const plain of [JPEG, PNG, WEBP]) {
      const type = plain === JPEG ? 'image/jpeg' : plain === PNG ? 'image/png' : 'image/webp';
      expect(cleanFile(type, plain).equals(plain)).toBe(true);
    }
    const turned = cleanFile(
      'image/jpeg',
      jpegWith(segment(0xe1, exif(6)), segment(0xfe, Buffer.from(SECRET))),
    );
    expect(turned.includes(SECRET)).toBe(false);
    expect(turned.includes('Exif')).toBe(true);
    // What is left of the EXIF says the same and is itself clean.
    expect(cleanFile('image/jpeg', turned).equals(turned)).toBe(true);
    expect(cleanFile('image/jpeg', jpegWith(segment(0xe1, exif(1)))).equals(JPEG)).toBe(true);
    expect(cleanFile('image/jpeg', jpegWith(segment(0xed, Buffer.from(SECRET)))).equals(JPEG)).toBe(true);
    const text = pngWith(chunk('tEXt', Buffer.from(SECRET)), chunk('eXIf', exif(1)));
    expect(cleanFile('image/png', text).equals(PNG)).toBe(true);
    expect(cleanFile('image/webp', webpWith('EXIF', exif(1))).equals(WEBP)).toBe(true);
    expect(cleanFile('image/webp', webpWith('XMP ', Buffer.from(SECRET))).equals(WEBP)).toBe(true);
  });

  it('carries nothing behind its end: a page, a program or an archive hung on is cut off [T55]', () => {
    const page = Buffer.from('<script>alert(1)</script>PK\u0003\u0004');
    expect(cleanFile('image/jpeg', Buffer.concat([JPEG, page])).equals(JPEG)).toBe(true);
    expect(cleanFile('image/png', Buffer.concat([PNG, page])).equals(PNG)).toBe(true);
    expect(cleanFile('image/webp', Buffer.concat([WEBP, page])).equals(WEBP)).toBe(true);
  });

  it('is refused where few bytes unfold to a flood of pixels [T55]', () => {
    const png = Buffer.from(PNG);
    png.writeUInt32BE(60_000, 16);
    png.writeUInt32BE(60_000, 20);
    expect(() => cleanFile('image/png', png)).toThrow(/60000 × 60000, more than 50 megapixels/);
    const jpeg = Buffer.from(JPEG);
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    jpeg.writeUInt16BE(65_535, frame + 5);
    jpeg.writeUInt16BE(65_535, frame + 7);
    expect(() => cleanFile('image/jpeg', jpeg)).toThrow(UnfitFile);
    const webp = Buffer.from(WEBP);
    webp.writeUIntLE(16_777_214, 24, 3);
    expect(() => cleanFile('image/webp', webp)).toThrow(UnfitFile);
  });

  it('is refused where it is not what it says, or is cut short at any byte [T55]', () => {
    expect(() => cleanFile('image/png', JPEG)).toThrow(UnfitFile);
    expect(() => cleanFile('image/jpeg', Buffer.from('GIF89a'))).toThrow(UnfitFile);
    for (const [type, whole] of [
      ['image/jpeg', JPEG],
      ['image/png', PNG],
      ['image/webp', WEBP],
    ] as const) {
      for (let length = 0; length < whole.length; length += 1) {
        expect(() => cleanFile(type, whole.subarray(0, length))).toThrow(UnfitFile);
      }
    }
  });

  it('as PDF shows and does nothing: scripts, programs and files carried along are refused, however spelt [T55]', () => {
    expect(cleanFile('application/pdf', pdf('1 0 obj << /Type /Catalog >> endobj')).length).toBeGreaterThan(
      0,
    );
    for (const inside of [
      '/OpenAction << /S /JavaScript /JS (x) >>',
      '/S /Launch',
      '/Names << /Embedded#46iles 2 0 R >>',
    ]) {
      expect(() => cleanFile('application/pdf', pdf(inside))).toThrow(/acts when opened/);
    }
    expect(() =>
      cleanFile('application/pdf', Buffer.concat([pdf(''), Buffer.from('PK\u0003\u0004')])),
    ).toThrow(UnfitFile);
  });
});
