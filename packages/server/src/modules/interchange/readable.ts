import type { Cipher } from '../../platform/cipher.ts';

const LONGEST = 200_000;

/** The message in its own characters, a segment a line; what cannot be decoded shows as the replacement sign. */
export function readableOf(cipher: Cipher, sealed: Buffer, charset: string | null): string {
  const bytes = Buffer.from(cipher.open('lab_message.raw', sealed), 'base64');
  const decoder = new TextDecoder(charset?.startsWith('gb18030') ? 'gb18030' : 'utf-8');
  return decoder.decode(bytes.subarray(0, LONGEST)).replaceAll(/\r\n?/g, '\n');
}
