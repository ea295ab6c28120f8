/** What a scanner, a camera or a keyboard brought: a card, a household, a tube, or the beginning of a name. */
import { checkIdentityNumber } from '@levee/protocol';

export type Scan =
  | { readonly kind: 'card'; readonly number: string }
  | { readonly kind: 'bad_card'; readonly reason: 'length' | 'characters' | 'birth_date' | 'check_digit' }
  | { readonly kind: 'household'; readonly householdId: string }
  | { readonly kind: 'tube'; readonly code: string }
  /** HH:MM, as written on paper. */
  | { readonly kind: 'time'; readonly text: string }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'nothing' };

const HOUSEHOLD = /^(?:levee:household:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
/** As printed on tubes; a word without a digit is a name being typed. */
const TUBE = /^(?=.*\d)[0-9A-Z-]{4,32}$/;
const TIME = /^([01]?\d|2[0-3])[:：]([0-5]\d)$/;
const LIKE_A_CARD = /^\d{15}$|^\d{17}[\dXx]$/;

export function readScan(raw: string): Scan {
  const text = raw.trim();
  if (text === '') return { kind: 'nothing' };
  const household = HOUSEHOLD.exec(text);
  if (household) return { kind: 'household', householdId: household[1]!.toLowerCase() };
  if (LIKE_A_CARD.test(text)) {
    const check = checkIdentityNumber(text);
    return check.ok ? { kind: 'card', number: check.number } : { kind: 'bad_card', reason: check.reason };
  }
  const time = TIME.exec(text);
  if (time) return { kind: 'time', text: `${time[1]!.padStart(2, '0')}:${time[2]}` };
  const code = text.toUpperCase();
  return TUBE.test(code) ? { kind: 'tube', code } : { kind: 'name', text };
}
