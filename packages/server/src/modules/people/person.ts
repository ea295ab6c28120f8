/** A person as registered. Identity number and phone stay sealed; what people are shown is the last four places. */
import type { Bilingual, PersonSummary, Sex } from '@levee/contract';
import { refuse } from '@levee/contract';
import { checkIdentityNumber } from '@levee/protocol';
import { pinyin } from 'pinyin-pro';
import type { Cipher } from '../../platform/cipher.ts';

export interface Person {
  readonly id: string;
  readonly householdId: string | null;
  readonly placeId: string;
  readonly division: string;
  /** Township and community, as far as the reader's area reaches. */
  readonly divisionName: Bilingual;
  readonly nameZh: string;
  readonly sex: Sex;
  /** Civil day. */
  readonly dateBirth: string | null;
  readonly occupation: string | null;
  readonly identitySealed: Buffer | null;
  readonly phoneSealed: Buffer | null;
  readonly schoolId: string | null;
  readonly workId: string | null;
  readonly synthetic: boolean;
  readonly version: number;
}

export type Affiliations = Pick<Person, 'id' | 'division' | 'householdId' | 'workId' | 'schoolId'>;

const IDENTITY = 'person.identity';
const PHONE = 'person.phone';
const LAST = 4;

/** `••••0012`: enough to tell two people of one name apart at a desk. */
export const maskNumber = (number: string): string => `••••${number.slice(-LAST)}`;

/** Completed years on `day`. */
export function ageOn(dateBirth: string | null, day: string): number | null {
  if (dateBirth === null) return null;
  const years = Number(day.slice(0, 4)) - Number(dateBirth.slice(0, 4));
  return day.slice(5) < dateBirth.slice(5) ? years - 1 : years;
}

export function toPersonSummary(person: Person, cipher: Cipher, today: string): PersonSummary {
  const identity = openIdentity(person, cipher);
  const phone = openPhone(person, cipher);
  return {
    id: person.id,
    nameZh: person.nameZh,
    sex: person.sex,
    age: ageOn(person.dateBirth, today),
    occupation: person.occupation,
    division: person.division,
    divisionName: person.divisionName,
    identityMasked: identity === null ? null : maskNumber(identity),
    phoneMasked: phone === null ? null : maskNumber(phone),
    synthetic: person.synthetic,
  };
}

export const openIdentity = (person: Person, cipher: Cipher): string | null =>
  person.identitySealed && cipher.open(IDENTITY, person.identitySealed);
export const openPhone = (person: Person, cipher: Cipher): string | null =>
  person.phoneSealed && cipher.open(PHONE, person.phoneSealed);

export const identityIndex = (cipher: Cipher, number: string): Buffer => cipher.blindIndex(IDENTITY, number);
export const phoneIndex = (cipher: Cipher, number: string): Buffer => cipher.blindIndex(PHONE, number);

export interface SealedNumbers {
  readonly identitySealed: Buffer | null;
  readonly identityIndex: Buffer | null;
  readonly phoneSealed: Buffer | null;
  readonly phoneIndex: Buffer | null;
}

/** What is stored of the two numbers. For loaders too. */
export function sealNumbers(
  cipher: Cipher,
  numbers: { identityNumber: string | null; phone: string | null },
): SealedNumbers {
  const { identityNumber, phone } = numbers;
  return {
    identitySealed: identityNumber === null ? null : cipher.seal(IDENTITY, identityNumber),
    identityIndex: identityNumber === null ? null : identityIndex(cipher, identityNumber),
    phoneSealed: phone === null ? null : cipher.seal(PHONE, phone),
    phoneIndex: phone === null ? null : phoneIndex(cipher, phone),
  };
}

/** What a name is found by from a keyboard: `zhuoma` and `zm` for 卓玛. */
export function nameKeys(nameZh: string): { pinyin: string; initials: string } {
  const spell = (pattern: 'pinyin' | 'first') =>
    pinyin(nameZh, { pattern, toneType: 'none', separator: '', nonZh: 'consecutive', surname: 'head' })
      .toLowerCase()
      .replaceAll(/\s/g, '');
  return { pinyin: spell('pinyin'), initials: spell('first') };
}

const FAULTS = {
  length: { zh: '证件号应为18位', en: 'an identity number has 18 places' },
  characters: { zh: '证件号应为数字，末位可为X', en: 'an identity number has digits, and X only at the end' },
  birth_date: { zh: '证件号中的出生日期不存在', en: 'the birth date in the identity number does not exist' },
  check_digit: {
    zh: '证件号校验位不符，可能录错一位',
    en: 'the check digit does not match: one place may be wrong',
  },
} as const;

/** The number in the form to store. Refuses a wrong one without repeating it. */
export function readIdentityNumber(text: string) {
  const check = checkIdentityNumber(text);
  if (check.ok) return check;
  throw refuse(FAULTS[check.reason], {
    zh: '对照证件重新扫描或录入。',
    en: 'Scan the card again, or type it again from the card.',
  });
}
