/** Printed tube codes: twelve signs, the last a check sign, so that a code typed from paper with one slip is caught. */

/** 31 signs, a prime: no I, L, O, U, Z, which are misread. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXY';
const LENGTH = 11;

/**
 * A code from random or keyed bytes; the same bytes give the same code.
 *
 * @param bytes at least 11
 */
export function tubeCodeFrom(bytes: Uint8Array): string {
  if (bytes.length < LENGTH) throw new RangeError(`a tube code needs ${LENGTH} bytes, not ${bytes.length}`);
  const body = Array.from(bytes.subarray(0, LENGTH), (byte) => SIGNS[byte % SIGNS.length]).join('');
  return grouped(body + checkSign(body));
}

const grouped = (code: string) => code.match(/.{4}/g)!.join('-');

/** Weights 1 to 11 modulo 31: every single wrong sign and every swap of two neighbours changes it. */
function checkSign(body: string): string {
  const sum = Array.from(body).reduce((total, sign, index) => total + SIGNS.indexOf(sign) * (index + 1), 0);
  return SIGNS[sum % SIGNS.length]!;
}

/** True for a code as printed here, with or without its hyphens. */
export function isPrintedCode(code: string): boolean {
  const plain = code.toUpperCase().replaceAll('-', '');
  if (plain.length !== LENGTH + 1 || Array.from(plain).some((sign) => !SIGNS.includes(sign))) return false;
  return checkSign(plain.slice(0, LENGTH)) === plain.at(-1);
}
