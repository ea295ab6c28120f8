/** Columns of identity numbers and phones: their cells are stored sealed and shown as dots, as everywhere in the house. */
import type { Cipher } from '../../../../platform/cipher.ts';

const FIELD = 'import.cell';
const PREFIX = 'sealed:';
const NAMES =
  /身份证|证件号|证件号码|公民身份|电话|手机|联系方式|id ?card|identity|passport|护照|phone|mobile|telephone|^tel$/i;
const IDENTITY = /^\d{17}[\dXx]$/;
const PHONE = /^(\+?86[- ]?)?1[3-9]\d{9}$/;

export function holdsNumbers(name: string, values: Iterable<string>): boolean {
  if (NAMES.test(name)) return true;
  let filled = 0;
  let numbers = 0;
  for (const value of values) {
    const text = value.trim();
    if (text === '') continue;
    filled += 1;
    if (IDENTITY.test(text) || PHONE.test(text)) numbers += 1;
    if (filled === 200) break;
  }
  return filled > 0 && numbers * 2 > filled;
}

export const sealCell = (cipher: Cipher, cell: string): string =>
  cell.trim() === '' ? '' : PREFIX + cipher.seal(FIELD, cell).toString('base64');

export const openCell = (cipher: Cipher, cell: string): string =>
  cell.startsWith(PREFIX) ? cipher.open(FIELD, Buffer.from(cell.slice(PREFIX.length), 'base64')) : cell;

export const SEALED_SHOWN = '••••';
