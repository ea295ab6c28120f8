/** The line list, stays, import and export. */
import * as z from 'zod';
import { CASE_FIELDS, CASE_FOUND_IN, CASE_OUTCOMES, CLASSIFICATIONS, SEVERITIES } from './case-fields.ts';
import { caseValues } from './case-values.ts';
import { caseChainRoutes } from './cases-chains.ts';
import { caseExportRoutes } from './cases-export.ts';
import { caseImportRoutes } from './cases-import.ts';
import { CASE_PURPOSES } from './cases-shared.ts';
import { caseStayRoutes } from './cases-stays.ts';
import { get, post } from './route.ts';
import {
  actorRef,
  bilingual,
  division,
  id,
  instant,
  list,
  page,
  pageQuery,
  prose,
  version,
} from './shapes.ts';

export * from './case-fields.ts';
export * from './case-values.ts';
export * from './cases-chains.ts';
export * from './cases-export.ts';
export * from './cases-import.ts';
export { CASE_PURPOSES } from './cases-shared.ts';
export * from './cases-stays.ts';

/** Data: `case.*` {caseId, personId}; `stay.*` {stayId, caseId, personId, placeId, from, until}; counts for imports. */
export const casesEvents = {
  'case.opened': { zh: '病例立案', en: 'Case opened' },
  'case.changed': { zh: '病例信息变更', en: 'Case changed' },
  'case.removed': { zh: '病例随导入撤销', en: 'Case removed with its import' },
  'case.classified': { zh: '病例分类', en: 'Case classified' },
  'stay.recorded': { zh: '行程记录', en: 'Stay recorded' },
  'stay.removed': { zh: '行程删除', en: 'Stay removed' },
  'import.committed': { zh: '名单导入', en: 'List imported' },
  'import.undone': { zh: '导入撤销', en: 'Import undone' },
} as const;

/** The person of a case as the list shows them; null for a case of a list that names nobody. */
export const casePerson = z.strictObject({ id, nameZh: z.string() });

export const caseFile = z.strictObject({
  id,
  /** What people call it: the id of the list it came from, or the year and a number. */
  externalId: z.string(),
  incidentId: id.nullable(),
  lineListId: id.nullable(),
  importId: id.nullable(),
  person: casePerson.nullable(),
  classification: z.enum(CLASSIFICATIONS),
  ...caseValues.shape,
  division,
  divisionName: bilingual,
  /** Found in the community (社会面) and not under control, by the incident's pack; null where nobody knows. */
  foundInCommunity: z.boolean().nullable(),
  resultId: id.nullable(),
  sampleId: id.nullable(),
  openedAt: instant,
  changedAt: instant,
  version,
});
export type CaseFile = z.output<typeof caseFile>;

/** One field of one change: what it was, what it became, who, when, why. */
export const caseChange = z.strictObject({
  field: z.enum([...CASE_FIELDS, 'opened', 'classification', 'person', 'infector']),
  old: z.unknown().nullable(),
  new: z.unknown().nullable(),
  by: actorRef,
  at: instant,
  reason: z.string().nullable(),
  /** The version the change made. */
  version,
});

export type CaseChange = z.output<typeof caseChange>;

/** What `edit.clash` carries in `detail`: per field mine, theirs, base, and the version to merge onto. */
export const caseClash = z.strictObject({
  version,
  fields: z.array(
    z.strictObject({
      field: z.enum(CASE_FIELDS),
      mine: z.unknown(),
      theirs: z.unknown(),
      base: z.unknown(),
      by: actorRef,
      at: instant,
    }),
  ),
});
export type CaseClash = z.output<typeof caseClash>;

export const CASE_SORTS = [
  'opened',
  'onset',
  'reporting',
  'id',
  'classification',
  'hospital',
  'age',
] as const;

const caseFilter = {
  q: z.string().max(60).optional(),
  incidentId: id.optional(),
  lineListId: id.optional(),
  within: division.optional(),
  classification: list(z.enum(CLASSIFICATIONS)),
  severity: list(z.enum(SEVERITIES)),
  outcome: list(z.enum(CASE_OUTCOMES)),
  foundIn: list(z.enum(CASE_FOUND_IN)),
  onsetFrom: z.iso.date().optional(),
  onsetUntil: z.iso.date().optional(),
  sampleFrom: z.iso.date().optional(),
  sampleUntil: z.iso.date().optional(),
  reportingFrom: z.iso.date().optional(),
  reportingUntil: z.iso.date().optional(),
};

export const lineList = z.strictObject({
  id,
  name: z.string(),
  division,
  packId: z.string().nullable(),
  casesCount: z.int(),
  linksCount: z.int(),
  createdAt: instant,
});

const caseParams = z.strictObject({ caseId: id });

export const cases = {
  list: get('/cases', {
    summary: { zh: '病例一览表', en: 'The line list' },
    access: 'cases.read',
    purposes: CASE_PURPOSES,
    query: z.strictObject({
      ...pageQuery,
      ...caseFilter,
      sort: z.enum(CASE_SORTS).default('opened'),
      order: z.enum(['asc', 'desc']).default('desc'),
    }),
    response: page(caseFile),
  }),
  lineLists: get('/cases/line-lists', {
    summary: { zh: '名单', en: 'Line lists' },
    access: 'cases.read',
    response: z.strictObject({ items: z.array(lineList), asOf: instant }),
  }),
  open: post('/cases', {
    summary: { zh: '病例立案', en: 'Open a case' },
    access: 'cases.write',
    purposes: CASE_PURPOSES,
    body: z.strictObject({
      id,
      incidentId: id.nullable(),
      personId: id.nullable(),
      externalId: z.string().trim().min(1).max(60).optional(),
      classification: z.enum(CLASSIFICATIONS),
      division,
      values: caseValues.partial(),
      reason: prose(300),
    }),
    response: caseFile,
  }),
  byId: get('/cases/:caseId', {
    summary: { zh: '病例详情', en: 'One case' },
    access: 'cases.read',
    purposes: CASE_PURPOSES,
    params: caseParams,
    response: caseFile,
  }),
  history: get('/cases/:caseId/history', {
    summary: { zh: '病例变更记录', en: 'Every change of a case' },
    access: 'cases.read',
    purposes: CASE_PURPOSES,
    params: caseParams,
    response: z.strictObject({ items: z.array(caseChange), asOf: instant }),
  }),
  change: post('/cases/:caseId/change', {
    summary: { zh: '修改病例信息', en: 'Change a case' },
    access: 'cases.write',
    purposes: CASE_PURPOSES,
    params: caseParams,
    body: z.strictObject({ version, values: caseValues.partial(), reason: prose(300) }),
    response: caseFile,
  }),
  classify: post('/cases/:caseId/classify', {
    summary: { zh: '病例分类', en: 'Classify a case' },
    access: 'cases.write',
    purposes: CASE_PURPOSES,
    params: caseParams,
    body: z.strictObject({ version, classification: z.enum(CLASSIFICATIONS), reason: prose(300) }),
    response: caseFile,
  }),
  identify: post('/cases/:caseId/person', {
    summary: { zh: '认定病例是谁', en: 'Say who a case is' },
    access: 'cases.write',
    purposes: CASE_PURPOSES,
    params: caseParams,
    body: z.strictObject({ personId: id, reason: prose(300) }),
    response: caseFile,
  }),
  ...caseStayRoutes,
  ...caseChainRoutes,
  ...caseImportRoutes,
  ...caseExportRoutes,
};
