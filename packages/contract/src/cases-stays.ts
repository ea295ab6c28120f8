/** Where a case was and when: stays, drafts of stays, what is missing and what cannot be. */
import * as z from 'zod';
import { CASE_PURPOSES } from './cases-shared.ts';
import { PLACE_TREE_LEVELS, VENUE_CLASSES } from './places.ts';
import { get, post } from './route.ts';
import { bilingual, division, done, id, instant, prose, version } from './shapes.ts';

export const STAY_SOURCES = [
  'interview',
  'venue_register',
  'checkpoint',
  'test_site',
  'import',
  'everyday',
] as const;
export const STAY_CERTAINTIES = ['certain', 'probable', 'possible'] as const;
export const STAY_FAULTS = [
  'ends_before_start',
  'overlaps',
  'unknown_place',
  'no_time',
  'in_future',
] as const;

const stayParts = {
  source: z.enum(STAY_SOURCES),
  certainty: z.enum(STAY_CERTAINTIES),
  /** In a vehicle: row counted from the front, from 1; column letter from the left, from A. */
  seatRow: z.int().min(1).max(200).nullable(),
  seatColumn: z
    .string()
    .regex(/^[A-K]$/)
    .nullable(),
  note: z.string().nullable(),
};

/** A place as a stay shows it. */
export const stayPlace = z.strictObject({
  id,
  nameZh: z.string(),
  nameEn: z.string(),
  level: z.enum(PLACE_TREE_LEVELS),
  class: z.enum(VENUE_CLASSES).nullable(),
  division,
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  approximate: z.boolean(),
  indoors: z.boolean(),
});

export const stay = z.strictObject({
  id,
  personId: id,
  place: stayPlace,
  from: instant,
  until: instant,
  ...stayParts,
  version,
});
export type StayAnswer = z.output<typeof stay>;

/** What could not be kept as a stay, as it was given, with what is wrong. */
export const stayDraft = z.strictObject({
  id,
  placeId: id.nullable(),
  placeText: z.string().nullable(),
  from: instant.nullable(),
  until: instant.nullable(),
  ...stayParts,
  version,
  faults: z.array(z.strictObject({ fault: z.enum(STAY_FAULTS), problem: bilingual, stayId: id.nullable() })),
});
export type StayDraftAnswer = z.output<typeof stayDraft>;

export const trajectory = z.strictObject({
  caseId: id,
  personId: id,
  from: instant,
  until: instant,
  stays: z.array(stay),
  drafts: z.array(stayDraft),
  /** Times nobody has accounted for. */
  gaps: z.array(z.strictObject({ from: instant, until: instant, minutes: z.number() })),
  contradictions: z.array(
    z.strictObject({
      kind: z.enum(['two_places', 'too_fast']),
      stayIds: z.tuple([id, id]),
      from: instant,
      until: instant,
      km: z.number().nullable(),
      kmPerHour: z.number().nullable(),
      problem: bilingual,
    }),
  ),
  /** The thresholds used, with the reason for each. */
  rules: z.array(
    z.strictObject({ rule: z.string(), value: z.number(), unit: z.string(), reason: bilingual }),
  ),
});
export type Trajectory = z.output<typeof trajectory>;

/** As a person gives it. A place by id, code or name; anything wrong makes it a draft, not a refusal. */
export const newStay = z.strictObject({
  id,
  placeId: id.nullable(),
  /** Code or name, where the id is not known. */
  placeText: prose(120).nullable(),
  from: instant.nullable(),
  until: instant.nullable(),
  source: z.enum(STAY_SOURCES),
  certainty: z.enum(STAY_CERTAINTIES).default('certain'),
  seatRow: stayParts.seatRow.default(null),
  seatColumn: stayParts.seatColumn.default(null),
  note: prose(500).nullable().default(null),
});
export type NewStay = z.output<typeof newStay>;

const stayResult = z.strictObject({ stay: stay.nullable(), draft: stayDraft.nullable() });
const caseParams = z.strictObject({ caseId: id });
const stayRef = z.strictObject({ caseId: id, stayId: id });

export const caseStayRoutes = {
  trajectory: get('/cases/:caseId/trajectory', {
    summary: { zh: '病例行动轨迹', en: 'The trajectory of a case' },
    access: 'cases.read',
    purposes: CASE_PURPOSES,
    params: caseParams,
    query: z.strictObject({ from: instant.optional(), until: instant.optional() }),
    response: trajectory,
  }),
  recordStay: post('/cases/:caseId/stays', {
    summary: { zh: '登记行程', en: 'Record a stay' },
    access: 'cases.write',
    purposes: CASE_PURPOSES,
    params: caseParams,
    body: newStay,
    response: stayResult,
  }),
  /** A stay or a draft by its id; what is mended becomes a stay, what is spoilt becomes a draft. */
  editStay: post('/cases/:caseId/stays/:stayId/edit', {
    summary: { zh: '修改行程', en: 'Edit a stay' },
    access: 'cases.write',
    purposes: CASE_PURPOSES,
    params: stayRef,
    body: z.strictObject({ version, stay: newStay.omit({ id: true }) }),
    response: stayResult,
  }),
  removeStay: post('/cases/:caseId/stays/:stayId/remove', {
    summary: { zh: '删除行程', en: 'Remove a stay' },
    access: 'cases.write',
    purposes: CASE_PURPOSES,
    params: stayRef,
    body: z.strictObject({ reason: prose(300) }),
    response: done,
  }),
  importStays: post('/cases/:caseId/stays/import', {
    summary: { zh: '导入行程表', en: 'Import stays from a table' },
    access: 'cases.write',
    purposes: CASE_PURPOSES,
    params: caseParams,
    /** CSV with a header: place, from, until, and optionally seat, note, in Chinese or English. */
    body: z.strictObject({ csv: z.string().max(500_000), source: z.enum(STAY_SOURCES).default('import') }),
    response: z.strictObject({
      rowsCount: z.int(),
      recordedCount: z.int(),
      draftsCount: z.int(),
      rows: z.array(
        z.strictObject({ line: z.int(), kept: z.enum(['stay', 'draft']), faults: z.array(bilingual) }),
      ),
    }),
  }),
};
