/** Key populations and returnees (C6): who must be tested how often, from the post they hold or from where they have been. */
import { KEY_POPULATIONS, RISK_LEVELS } from '@levee/protocol';
import * as z from 'zod';
import { personSummary } from './people.ts';
import { get, post } from './route.ts';
import {
  type Bilingual,
  bilingual,
  civilDay,
  division,
  id,
  instant,
  page,
  pageQuery,
  prose,
} from './shapes.ts';

export const keyPopulationsEvents = {
  'key_population.enrolled': { zh: '纳入重点人群检测', en: 'Enrolled in a key population' },
  'key_population.ended': { zh: '移出重点人群检测', en: 'Left a key population' },
  'key_population.called': { zh: '通知用人单位应检', en: 'Employer told who is due' },
  'returnee.registered': { zh: '返乡来返人员登记', en: 'Returnee registered' },
  'returnee.declared': { zh: '来返人员自主申报', en: 'Returnee declared themselves' },
  'returnee.declaration_set_aside': { zh: '来返申报不予登记', en: 'A return declared is set aside' },
} as const;

export const DUE_STATES = ['due', 'overdue', 'ahead'] as const;
export type DueState = (typeof DUE_STATES)[number];

const placeRef = z.strictObject({ id, nameZh: z.string(), nameEn: z.string() });
export const populationRule = z.strictObject({
  population: z.enum(KEY_POPULATIONS),
  who: bilingual,
  perWeek: z.int(),
  minHoursBetween: z.number(),
  rule: z.string(),
  source: z.string(),
  address: z.string().nullable(),
  confidence: z.enum(['sourced', 'unverified']),
});
export type PopulationRule = z.output<typeof populationRule>;

export const keyPopulationMember = z.strictObject({
  personId: id,
  person: personSummary.nullable(),
  population: z.enum(KEY_POPULATIONS),
  division,
  employer: placeRef,
  lastSampledAt: instant.nullable(),
  /** To be sampled by the end of this day. */
  dueOn: civilDay,
  notBefore: instant.nullable(),
  state: z.enum(DUE_STATES),
});
export type KeyPopulationMember = z.output<typeof keyPopulationMember>;

export const keyPopulationEmployer = z.strictObject({
  employer: placeRef,
  division,
  /** Whoever looks after the place: the contact the list goes to. */
  contact: z.string().nullable(),
  members: z.int(),
  /** Due today, not yet sampled. */
  due: z.int(),
  /** Should have been sampled before today. */
  overdue: z.int(),
});
export type KeyPopulationEmployer = z.output<typeof keyPopulationEmployer>;

/** Where somebody has been, as told or seen, and when they left. The one ground for asking a returnee for tests (R1). */
export const travel = z.array(
  z.strictObject({ where: prose(80), level: z.enum(RISK_LEVELS), leftAt: instant }),
);
export const returnee = z.strictObject({
  id,
  personId: id,
  person: personSummary.nullable(),
  division,
  arrivedAt: instant,
  travel,
  managedClass: z.string().nullable(),
  tests: z.array(z.strictObject({ dueOn: civilDay, metAt: instant.nullable() })),
  overdue: z.boolean(),
  rule: z.string().nullable(),
});
export type Returnee = z.output<typeof returnee>;

/** What is wrong in the public form. */
export const DECLARATION_FIELDS = ['name', 'number', 'phone', 'home', 'arrived', 'travel'] as const;
export type DeclarationField = (typeof DECLARATION_FIELDS)[number];

/** What the public page says after sending; the same whether or not the person is on record. */
export type DeclarationAnswer =
  | { readonly kind: 'stale' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'faults'; readonly faults: readonly DeclarationField[] }
  | {
      readonly kind: 'declared';
      readonly receipt: string;
      /** Civil days on which the pack asks a test, by the stays whose level they knew. */
      readonly testDays: readonly string[];
      readonly certain: boolean;
      /** The protocol they follow from. */
      readonly rule: Bilingual | null;
    };

/** A return somebody declared on the public page, until a grid worker has spoken with them. */
export const returneeDeclaration = z.strictObject({
  id,
  division,
  home: placeRef.nullable(),
  nameZh: z.string(),
  identityMasked: z.string(),
  phoneMasked: z.string(),
  arrivedAt: instant,
  /** `level` null: they do not know whether it was a risk area. */
  travel: z.array(
    z.strictObject({ where: z.string(), level: z.enum(RISK_LEVELS).nullable(), leftAt: instant }),
  ),
  declaredAt: instant,
  /** Whoever is on record under the card; null where nobody is, and registering makes them. */
  person: personSummary.nullable(),
});
export type ReturneeDeclaration = z.output<typeof returneeDeclaration>;

/** Largest list of an employer: beyond it the file is refused whole, never cut. */
export const ENROL_LIST_ROWS = 5_000;
export const ENROL_VERDICTS = [
  'new',
  'known',
  'unknown',
  'elsewhere',
  'name_differs',
  'bad_number',
  'repeated',
] as const;
export type EnrolVerdict = (typeof ENROL_VERDICTS)[number];

/** One row of a list of staff, with what would become of it. */
export const enrolLine = z.strictObject({
  /** Line of the file, header = 1. */
  line: z.int(),
  nameZh: z.string(),
  identityMasked: z.string(),
  verdict: z.enum(ENROL_VERDICTS),
});
export type EnrolLine = z.output<typeof enrolLine>;

const purposes = ['testing', 'outbreak_command', 'case_investigation', 'oversight'] as const;

export const keyPopulations = {
  rules: get('/key-populations/rules', {
    summary: { zh: '重点人群检测频次', en: 'How often each key population is tested' },
    access: 'testing.read',
    response: z.strictObject({ packId: z.string(), items: z.array(populationRule), asOf: instant }),
  }),
  enrol: post('/key-populations/members', {
    summary: { zh: '纳入重点人群', en: 'Enrol those who work at a place' },
    access: 'testing.sample',
    purposes: ['testing'],
    body: z.strictObject({
      population: z.enum(KEY_POPULATIONS),
      employerId: id,
      /** Only these occupation classes of the place; everybody who works there when left out. */
      occupations: z.array(z.string().trim().min(1).max(40)).min(1).max(20).optional(),
    }),
    response: z.strictObject({ enrolled: z.int(), known: z.int() }),
  }),
  enrolPerson: post('/key-populations/members/one', {
    summary: { zh: '单人纳入重点人群', en: 'Enrol one person' },
    access: 'testing.sample',
    purposes: ['testing'],
    body: z.strictObject({ population: z.enum(KEY_POPULATIONS), employerId: id, personId: id }),
    response: z.strictObject({ enrolled: z.int(), known: z.int() }),
  }),
  /** The employer's list, CSV or XLSX with name and identity number; nothing else in it is read. */
  enrolList: post('/key-populations/members/list', {
    summary: { zh: '按名单纳入重点人群', en: 'Enrol by a list of staff' },
    access: 'testing.sample',
    purposes: ['testing'],
    bodyLimit: 8 * 1024 * 1024,
    body: z.strictObject({
      population: z.enum(KEY_POPULATIONS),
      employerId: id,
      file: z.strictObject({ name: z.string().trim().min(1).max(200), base64: z.string().min(1) }),
      /** Judges every row and writes nothing. */
      dryRun: z.boolean(),
    }),
    response: z.strictObject({
      lines: z.array(enrolLine),
      enrolled: z.int(),
      known: z.int(),
      /** Columns of the file that were not read. */
      ignored: z.array(z.string()),
    }),
  }),
  end: post('/key-populations/members/:personId/end', {
    summary: { zh: '移出重点人群', en: 'End a membership' },
    access: 'testing.sample',
    purposes: ['testing'],
    params: z.strictObject({ personId: id }),
    body: z.strictObject({ population: z.enum(KEY_POPULATIONS) }),
    response: z.strictObject({ ended: z.int() }),
  }),
  employers: get('/key-populations/employers', {
    summary: { zh: '用人单位应检情况', en: 'Due and overdue by employer' },
    access: 'testing.read',
    query: z.strictObject({ ...pageQuery, population: z.enum(KEY_POPULATIONS).optional() }),
    response: page(keyPopulationEmployer),
  }),
  members: get('/key-populations/members', {
    summary: { zh: '重点人群应检名单', en: 'Who of the key populations is due' },
    access: 'testing.read',
    purposes,
    query: z.strictObject({
      ...pageQuery,
      state: z.enum([...DUE_STATES, 'all']).default('all'),
      population: z.enum(KEY_POPULATIONS).optional(),
      employerId: id.optional(),
      /** Where they live: the grid's own list. */
      within: division.optional(),
    }),
    response: page(keyPopulationMember),
  }),
  call: post('/key-populations/employers/:employerId/call', {
    summary: { zh: '通知用人单位', en: 'Tell an employer’s contact who is due' },
    access: 'testing.read',
    params: z.strictObject({ employerId: id }),
    response: z.strictObject({ people: z.int(), taskId: id.nullable() }),
  }),
  registerReturnee: post('/key-populations/returnees', {
    summary: { zh: '登记来返人员', en: 'Register somebody who came in' },
    access: 'testing.sample',
    purposes: ['testing'],
    body: z.strictObject({ id, personId: id, arrivedAt: instant, travel: travel.max(50) }),
    response: returnee,
  }),
  returnees: get('/key-populations/returnees', {
    summary: { zh: '来返人员检测', en: 'Returnees and their tests' },
    access: 'testing.read',
    purposes,
    query: z.strictObject({ ...pageQuery, overdue: z.literal('true').optional() }),
    response: page(returnee),
  }),
  declarations: get('/key-populations/declarations', {
    summary: { zh: '待核实的来返申报', en: 'Returns declared and not yet spoken about' },
    access: 'testing.sample',
    purposes: ['testing'],
    query: z.strictObject(pageQuery),
    response: page(returneeDeclaration),
  }),
  declarationPhone: post('/key-populations/declarations/:declarationId/phone', {
    summary: { zh: '查看申报人电话', en: 'Whom to call about a declaration' },
    access: 'testing.sample',
    purposes: ['testing'],
    secretAnswer: true,
    params: z.strictObject({ declarationId: id }),
    body: z.strictObject({}),
    response: z.strictObject({ value: z.string() }),
  }),
  confirmDeclaration: post('/key-populations/declarations/:declarationId/confirm', {
    summary: { zh: '核实并登记来返人员', en: 'Register a return as it is now known' },
    access: 'testing.sample',
    purposes: ['testing'],
    params: z.strictObject({ declarationId: id }),
    body: z.strictObject({ arrivedAt: instant, travel: travel.max(50) }),
    response: returnee,
  }),
  setAsideDeclaration: post('/key-populations/declarations/:declarationId/set-aside', {
    summary: { zh: '申报不予登记', en: 'Set a declaration aside, with the reason' },
    access: 'testing.sample',
    purposes: ['testing'],
    params: z.strictObject({ declarationId: id }),
    body: z.strictObject({ reason: prose(300) }),
    response: z.strictObject({ id }),
  }),
};
