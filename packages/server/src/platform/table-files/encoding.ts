/** Which characters the bytes of a text file stand for. */

export interface DecodedText {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gbk' | 'gb18030';
  readonly text: string;
}

/**
 * A byte order mark decides; without one UTF-16 is known by its zero bytes, UTF-8 by being valid, and what is left is
 * read as GB 18030, which holds all of GBK. Null where the bytes are none of these.
 */
export function decodeText(bytes: Uint8Array): DecodedText | null {
  const starts = (...mark: number[]) => mark.every((byte, index) => bytes[index] === byte);
  if (starts(0xef, 0xbb, 0xbf)) return decode(bytes, 'utf-8');
  if (starts(0xff, 0xfe)) return decode(bytes, 'utf-16le');
  if (starts(0xfe, 0xff)) return decode(bytes, 'utf-16be');
  const wide = wideWithoutMark(bytes);
  if (wide) return decode(bytes, wide);
  return decode(bytes, 'utf-8') ?? decodeChinese(bytes);
}

function decode(bytes: Uint8Array, encoding: DecodedText['encoding']): DecodedText | null {
  try {
    return { encoding, text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    return null;
  }
}

/** A header in Latin letters has a zero in every other byte. */
function wideWithoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const head = bytes.subarray(0, 400);
  let even = 0;
  let odd = 0;
  for (let index = 0; index < head.length; index += 1) {
    if (head[index] !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  const many = head.length / 5;
  if (odd > many && even < odd / 10) return 'utf-16le';
  if (even > many && odd < even / 10) return 'utf-16be';
  return null;
}

function decodeChinese(bytes: Uint8Array): DecodedText | null {
  const decoded = decode(bytes, 'gb18030');
  // Four-byte signs are what GB 18030 has and GBK has not: second byte a digit.
  return decoded && { ...decoded, encoding: hasFourByteSign(bytes) ? 'gb18030' : 'gbk' };
}

function hasFourByteSign(bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length - 1; index += 1) {
    if (bytes[index]! < 0x80) continue;
    const second = bytes[index + 1]!;
    if (second >= 0x30 && second <= 0x39) return true;
    index += 1;
  }
  return false;
}
