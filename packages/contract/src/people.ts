/** Persons and households. Identity number and phone are masked in every answer but `reveal`. */
import * as z from 'zod';
import { get, post } from './route.ts';
import { bilingual, civilDay, division, id, page, pageQuery, prose, version } from './shapes.ts';

export const peopleEvents = {
  'person.registered': { zh: '人员登记', en: 'Person registered' },
  'person.corrected': { zh: '人员信息更正', en: 'Person corrected' },
  'person.revealed': { zh: '查看完整证件或电话', en: 'Identity number or phone opened' },
} as const;

export const SEXES = ['male', 'female', 'unknown'] as const;
export type Sex = (typeof SEXES)[number];

/** What every list of people shows. Numbers show their last four places only. */
export const personSummary = z.strictObject({
  id,
  nameZh: z.string(),
  sex: z.enum(SEXES),
  /** Completed years on the day of the answer. */
  age: z.int().nullable(),
  occupation: z.string().nullable(),
  division,
  divisionName: bilingual,
  phoneMasked: z.string().nullable(),
  identityMasked: z.string().nullable(),
  /** Made up for rehearsal: shown wherever the person is shown. */
  synthetic: z.boolean(),
});
export type PersonSummary = z.output<typeof personSummary>;

const placeRef = z.strictObject({ id, nameZh: z.string(), nameEn: z.string() });

export const personDetail = personSummary.extend({
  dateBirth: civilDay.nullable(),
  householdId: id.nullable(),
  /** Where the person lives, innermost last; and where they study and work. */
  home: z.array(placeRef),
  school: placeRef.nullable(),
  work: placeRef.nullable(),
  version,
});
export type PersonDetail = z.output<typeof personDetail>;

/** Resident identity number, 18 places (GB 11643). Checked by the server, which never repeats it. */
const identityNumber = z.string().trim().min(15).max(24);
/** Mainland mobile number. */
const phone = z
  .string()
  .trim()
  .regex(/^1[3-9]\d{9}$/, '11 digits');

const purposes = [
  'testing',
  'case_investigation',
  'contact_tracing',
  'isolation_care',
  'resident_service',
] as const;

export const people = {
  search: get('/people', {
    summary: { zh: '按姓名或拼音查找人员', en: 'Find people by name or pinyin' },
    access: 'people.read',
    purposes,
    query: z.strictObject({
      ...pageQuery,
      // A number does not belong in an address: `findByNumber` takes it.
      q: z
        .string()
        .trim()
        .min(1)
        .max(40)
        .regex(/^\D*$/u, 'a name or pinyin; look a number up with findByNumber'),
      within: division.optional(),
    }),
    response: page(personSummary),
  }),
  findByNumber: post('/people/find-by-number', {
    summary: { zh: '按证件号或电话查找人员', en: 'Find people by identity number or phone' },
    access: 'people.read',
    purposes,
    secretAnswer: true,
    body: z.strictObject({ number: z.string().trim().min(6).max(24) }),
    response: z.strictObject({ items: z.array(personSummary) }),
  }),
  register: post('/people', {
    summary: { zh: '登记人员', en: 'Register a person' },
    access: 'people.write',
    purposes,
    priority: 'intake',
    body: z.strictObject({
      id,
      nameZh: prose(60),
      /** Both are read off the identity number where there is one. */
      sex: z.enum(SEXES).optional(),
      dateBirth: civilDay.optional(),
      identityNumber: identityNumber.optional(),
      phone: phone.optional(),
      occupation: prose(40).optional(),
      /** Dwelling, village or community the person lives in. */
      placeId: id,
      householdId: id.optional(),
    }),
    response: personDetail,
  }),
  byId: get('/people/:personId', {
    summary: { zh: '人员信息', en: 'One person' },
    access: 'people.read',
    purposes,
    params: z.strictObject({ personId: id }),
    response: personDetail,
  }),
  household: get('/people/:personId/household', {
    summary: { zh: '同户人员', en: 'The people of the household' },
    access: 'people.read',
    purposes,
    params: z.strictObject({ personId: id }),
    response: z.strictObject({ householdId: id.nullable(), members: z.array(personSummary) }),
  }),
  correct: post('/people/:personId/correct', {
    summary: { zh: '更正人员信息', en: 'Correct what is recorded of a person' },
    access: 'people.write',
    purposes,
    params: z.strictObject({ personId: id }),
    body: z.strictObject({
      version,
      nameZh: prose(60).optional(),
      phone: phone.nullable().optional(),
      occupation: prose(40).nullable().optional(),
      placeId: id.optional(),
    }),
    response: personDetail,
  }),
  reveal: post('/people/:personId/reveal', {
    summary: { zh: '查看完整证件号或电话', en: 'Open the whole identity number or phone' },
    access: 'people.read',
    purposes,
    secretAnswer: true,
    params: z.strictObject({ personId: id }),
    body: z.strictObject({ field: z.enum(['identity', 'phone']) }),
    response: z.strictObject({ value: z.string().nullable() }),
  }),
};
