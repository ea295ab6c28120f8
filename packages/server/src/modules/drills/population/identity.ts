import { identityCheckCharacter } from '@levee/protocol';

/**
 * Address code no county has: numbers of 海南州 end at 632525. Every synthetic identity number starts with it, so a
 * synthetic person is known by the number alone and can never be mistaken for a real one.
 */
export const SYNTHETIC_ADDRESS = '632599';

/** 154 is open to no operator in mainland China, yet passes the usual form check (1, then 3 to 9, then nine digits). */
export const SYNTHETIC_PHONE_PREFIX = '154';

/** Issues numbers that never repeat: the sequence counts up for each birth date, odd for men and even for women. */
export function identityIssuer(): (dateBirth: string, sex: 'male' | 'female') => string {
  const issued = new Map<string, number>();
  return (dateBirth, sex) => {
    const day = dateBirth.replaceAll('-', '');
    const key = sex === 'male' ? day : `${day}f`;
    const count = issued.get(key) ?? 0;
    if (count >= 500)
      throw new RangeError(`more than 500 people of one sex are born on ${dateBirth}; spread the ages`);
    issued.set(key, count + 1);
    const sequence = String(count * 2 + (sex === 'male' ? 1 : 0)).padStart(3, '0');
    const body = SYNTHETIC_ADDRESS + day + sequence;
    return body + identityCheckCharacter(body);
  };
}

/** @param ordinal below 100 million */
export function syntheticPhone(ordinal: number): string {
  return SYNTHETIC_PHONE_PREFIX + String(ordinal).padStart(8, '0');
}
