/** The second proof for one's own result: 128 random bits, written so that they can be read out and typed. */

/** Crockford's base 32: no I, L, O, U. 26 letters carry 130 bits. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 26;

/** @param bytes 16, random */
export function resultTokenFrom(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let index = 0; index < LENGTH; index += 1) {
    text = LETTERS[Number(bits & 31n)]! + text;
    bits >>= 5n;
  }
  return text;
}

/** What was typed as the letters it stands for: `o` is 0, `i` and `l` are 1, spaces and hyphens are nothing. */
export const readResultToken = (typed: string): string =>
  typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1').slice(0, 64);

/** What is hashed (SHA-256) and kept: never the code itself. */
export const hashedText = (token: string): string => `result ${token}`;

/** In fours, for paper and for reading out. */
export const spellResultToken = (token: string): string => token.replaceAll(/(.{4})(?=.)/g, '$1-');
