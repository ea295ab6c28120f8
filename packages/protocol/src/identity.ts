export type IdentityCheck =
  | { ok: true; number: string; birthDate: string; sex: 'male' | 'female'; addressCode: string }
  | { ok: false; reason: IdentityFault };

export type IdentityFault = 'length' | 'characters' | 'birth_date' | 'check_digit';

/**
 * Checks a resident identity number by GB 11643-1999: 6 address, 8 birth date, 3 sequence, 1 check character
 * (ISO 7064 MOD 11-2).
 *
 * Spaces around it and a lower-case x are accepted; `number` is the form to store. The address code is not looked up:
 * it names the place of first registration and may be abolished today. No answer repeats the number it refuses.
 */
export function checkIdentityNumber(text: string): IdentityCheck {
  const number = text.trim().toUpperCase();
  if (number.length !== 18) return { ok: false, reason: 'length' };
  if (!/^\d{17}[\dX]$/.test(number)) return { ok: false, reason: 'characters' };
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isBirthDate(birthDate)) return { ok: false, reason: 'birth_date' };
  if (identityCheckCharacter(number.slice(0, 17)) !== number[17]) return { ok: false, reason: 'check_digit' };
  return {
    ok: true,
    number,
    birthDate,
    sex: Number(number[16]) % 2 === 1 ? 'male' : 'female',
    addressCode: number.slice(0, 6),
  };
}

/**
 * The 18th character for the first 17 digits. For synthetic people: give a sequence no authority issues
 * and say that the person is synthetic.
 *
 * @throws RangeError when `body` is not 17 digits
 */
export function identityCheckCharacter(body: string): string {
  if (!/^\d{17}$/.test(body))
    throw new RangeError('an identity body has 17 digits; give address, birth date, sequence');
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += Number(body[i]) * WEIGHTS[i]!;
  return CHECK_CHARACTERS[sum % 11]!;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

function isBirthDate(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === day && day >= '1800-01-01';
}
