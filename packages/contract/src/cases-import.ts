/** A file becomes cases: upload, mapping, dry run with a verdict for every row, commit, undo. */
import * as z from 'zod';
import { CASE_FIELDS, CLASSIFICATIONS } from './case-fields.ts';
import { CASE_PURPOSES, fileAnswer } from './cases-shared.ts';
import { get, post } from './route.ts';
import { actorRef, bilingual, division, id, instant, list, page, pageQuery } from './shapes.ts';

/** What a column may be. `id`, `from`, `to`, `exposure` belong to the file, the others to the case. */
export const IMPORT_TARGETS = ['id', 'classification', ...CASE_FIELDS, 'identityNumber', 'ignore'] as const;
export const CONTACT_TARGETS = ['from', 'to', 'exposure', 'dateExposure', 'ignore'] as const;
export type ImportTarget = (typeof IMPORT_TARGETS)[number];
export type ContactTarget = (typeof CONTACT_TARGETS)[number];

export const IMPORT_STATES = [
  'uploaded',
  'checking',
  'checked',
  'committing',
  'committed',
  'undone',
  'cancelled',
  'failed',
] as const;
export const VERDICTS = ['ok', 'warning', 'error', 'duplicate'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Largest file taken, in bytes, and most rows: beyond it a file is refused whole, never cut. */
export const IMPORT_LIMITS = {
  bytes: 20 * 1024 * 1024,
  rows: 300_000,
  columns: 200,
  cellCharacters: 2000,
} as const;

export const importColumn = z.strictObject({
  index: z.int(),
  name: z.string(),
  /** Proposed or remembered; null = nobody has said, and the column is not imported. */
  target: z.string().nullable(),
  /** dropped: an attribute the product does not keep (R1); not stored, whatever the mapping says. */
  status: z.enum(['mapped', 'unknown', 'ignored', 'dropped']),
  /** Identity numbers and phones: stored sealed, shown as dots. */
  sealed: z.boolean(),
  /** A few values as they stand; none of a dropped column. */
  samples: z.array(z.string()),
});
export type ImportColumn = z.output<typeof importColumn>;

export const importFault = z.strictObject({
  /** Column of the file, null where the row as a whole is meant. */
  column: z.string().nullable(),
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  problem: bilingual,
});
export type ImportFault = z.output<typeof importFault>;

export const nameGroup = z.strictObject({
  canonical: z.string(),
  rowsCount: z.int(),
  variants: z.array(z.strictObject({ name: z.string(), rowsCount: z.int(), distance: z.int() })),
});
export type NameGroup = z.output<typeof nameGroup>;

const counts = z.strictObject({
  rows: z.int(),
  ok: z.int(),
  warning: z.int(),
  error: z.int(),
  duplicate: z.int(),
  /** Written so far by the commit. */
  accepted: z.int(),
  rejected: z.int(),
  /** Left out because the list had them already, or the file had them twice. */
  left: z.int(),
});

export const importFile = z.strictObject({
  name: z.string(),
  format: z.enum(['csv', 'xlsx']),
  /** utf-8, utf-16le, utf-16be, gbk, gb18030; of a workbook the name of the sheet read. */
  encoding: z.string(),
  /** Comma, semicolon, tab or bar; null for a workbook. */
  separator: z.string().nullable(),
  /** Sheets of the workbook that were not read, by name. */
  sheetsLeftOut: z.array(z.string()),
  bytes: z.int(),
  rowsCount: z.int(),
  columns: z.array(importColumn),
  /** Cells that hold a formula: kept as text, never computed. */
  formulaCellsCount: z.int(),
});

const into = z.union([z.strictObject({ lineListId: id }), z.strictObject({ incidentId: id })]);

/** What a dry run is asked. */
export const checkSettings = z.strictObject({
  mapping: z.array(z.strictObject({ column: z.int().min(0), target: z.enum(IMPORT_TARGETS) })).max(200),
  contactMapping: z
    .array(z.strictObject({ column: z.int().min(0), target: z.enum(CONTACT_TARGETS) }))
    .max(200)
    .default([]),
  /** How a date such as 03/08/2022 is read; `ask` calls the ones with two readings an error. */
  dateOrder: z.enum(['ask', 'day_first', 'month_first']).default('ask'),
  /** Names to be written as another: what the hospital groups propose, as far as a person agrees. */
  rename: z
    .array(z.strictObject({ from: z.string().max(2000), to: z.string().max(300) }))
    .max(500)
    .default([]),
  /** What a row is whose file does not say. */
  classification: z.enum(CLASSIFICATIONS).default('suspected'),
  /** Where the rows are meant to go: cases this list or incident holds already are shown as duplicates. */
  into: into.nullable().default(null),
});
export type CheckSettings = z.output<typeof checkSettings>;

export const caseImport = z.strictObject({
  id,
  state: z.enum(IMPORT_STATES),
  division,
  createdAt: instant,
  createdBy: actorRef,
  cases: importFile,
  contacts: importFile.nullable(),
  /** The mapping came from an earlier import with the same header. */
  mappingRemembered: z.boolean(),
  counts: z.strictObject({ cases: counts, contacts: counts.nullable() }),
  /** How often each fault was found in the dry run. */
  faults: z.array(
    z.strictObject({
      file: z.enum(['cases', 'contacts']),
      code: z.string(),
      severity: z.enum(['error', 'warning']),
      rowsCount: z.int(),
      problem: bilingual,
    }),
  ),
  hospitalGroups: z.array(nameGroup),
  /** What the last dry run was asked; null before the first. */
  settings: checkSettings.nullable(),
  progress: z
    .strictObject({
      done: z.int(),
      total: z.int(),
      rowsPerSecond: z.number().nullable(),
      secondsLeft: z.number().nullable(),
    })
    .nullable(),
  problem: bilingual.nullable(),
  lineListId: id.nullable(),
  incidentId: id.nullable(),
  committedAt: instant.nullable(),
  /** After an undo: cases somebody had worked on since, which were left alone. */
  keptCount: z.int(),
});
export type CaseImport = z.output<typeof caseImport>;

export const importRow = z.strictObject({
  file: z.enum(['cases', 'contacts']),
  /** Line of the file, header = 1. */
  line: z.int(),
  verdict: z.enum(VERDICTS).nullable(),
  faults: z.array(importFault),
  cells: z.array(z.string()),
  caseId: id.nullable(),
});
export type ImportRow = z.output<typeof importRow>;

const upload = z.strictObject({ name: z.string().trim().min(1).max(200), base64: z.string().min(1) });
const importParams = z.strictObject({ importId: id });

export const caseImportRoutes = {
  imports: get('/cases/imports', {
    summary: { zh: '导入记录', en: 'Imports' },
    access: 'cases.import',
    query: z.strictObject(pageQuery),
    response: page(caseImport),
  }),
  uploadImport: post('/cases/imports', {
    summary: { zh: '上传名单', en: 'Upload a line list' },
    access: 'cases.import',
    purposes: CASE_PURPOSES,
    /** Two files of 20 MB in base64, and room for the rest. */
    bodyLimit: 56 * 1024 * 1024,
    body: z.strictObject({ id, division, cases: upload, contacts: upload.nullable().default(null) }),
    response: caseImport,
  }),
  importExample: get('/cases/imports/example', {
    summary: {
      zh: '示例名单：虚构病例，含有意埋下的错误',
      en: 'An example list: invented cases with planted errors',
    },
    access: 'cases.import',
    query: z.strictObject({ file: z.enum(['cases', 'cases_gbk', 'contacts']).default('cases') }),
    response: fileAnswer,
  }),
  importById: get('/cases/imports/:importId', {
    summary: { zh: '导入进度与结果', en: 'One import' },
    access: 'cases.import',
    params: importParams,
    response: caseImport,
  }),
  importRows: get('/cases/imports/:importId/rows', {
    summary: { zh: '逐行核验结果', en: 'Verdict of every row' },
    access: 'cases.import',
    purposes: CASE_PURPOSES,
    params: importParams,
    query: z.strictObject({
      ...pageQuery,
      file: z.enum(['cases', 'contacts']).default('cases'),
      verdict: list(z.enum(VERDICTS)),
      code: z.string().max(60).optional(),
    }),
    response: page(importRow),
  }),
  checkImport: post('/cases/imports/:importId/check', {
    summary: { zh: '试运行', en: 'Dry run' },
    access: 'cases.import',
    bulk: true,
    purposes: CASE_PURPOSES,
    params: importParams,
    body: checkSettings,
    response: caseImport,
  }),
  commitImport: post('/cases/imports/:importId/commit', {
    summary: { zh: '确认导入', en: 'Commit the import' },
    access: 'cases.import',
    bulk: true,
    purposes: CASE_PURPOSES,
    params: importParams,
    body: z.strictObject({
      /** Into a new list of this name, an existing list, or an incident. */
      into: z.union([
        z.strictObject({ name: z.string().trim().min(1).max(120), packId: z.string().max(60).nullable() }),
        into,
      ]),
      /** Rows with warnings come in too; without it they are rejected. */
      withWarnings: z.boolean().default(true),
    }),
    response: caseImport,
  }),
  cancelImport: post('/cases/imports/:importId/cancel', {
    summary: { zh: '取消导入', en: 'Cancel an import' },
    access: 'cases.import',
    params: importParams,
    body: z.strictObject({}),
    response: caseImport,
  }),
  undoImport: post('/cases/imports/:importId/undo', {
    summary: { zh: '撤销导入', en: 'Undo a committed import' },
    access: 'cases.import',
    bulk: true,
    purposes: CASE_PURPOSES,
    params: importParams,
    body: z.strictObject({}),
    response: caseImport,
  }),
  failedRows: get('/cases/imports/:importId/failed-rows', {
    summary: { zh: '下载未导入的行', en: 'The rows that did not come in, with the reason' },
    access: 'cases.import',
    purposes: CASE_PURPOSES,
    priority: 'export',
    params: importParams,
    query: z.strictObject({ file: z.enum(['cases', 'contacts']).default('cases') }),
    response: fileAnswer,
  }),
};
