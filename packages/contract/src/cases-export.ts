/** The line list and its links as files other tools read: columns under exactly the tags of the linelist standard. */
import * as z from 'zod';
import { CLASSIFICATIONS } from './case-fields.ts';
import { CASE_PURPOSES, fileAnswer } from './cases-shared.ts';
import { get } from './route.ts';
import { division, id, list } from './shapes.ts';

export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
export const CONTACT_TAGS = ['from', 'to', 'exposure', 'date_exposure'] as const;

/** Most rows handed out in one file over HTTP (R16); more is refused, never cut. The command line has no such bound. */
export const EXPORT_LIMIT = 50_000;

const format = z.enum(EXPORT_FORMATS).default('csv');

export const caseExportRoutes = {
  exportCases: get('/cases/export', {
    summary: { zh: '导出病例一览表', en: 'Export the line list' },
    access: 'cases.export',
    purposes: CASE_PURPOSES,
    priority: 'export',
    query: z.strictObject({
      format,
      q: z.string().max(60).optional(),
      incidentId: id.optional(),
      lineListId: id.optional(),
      within: division.optional(),
      classification: list(z.enum(CLASSIFICATIONS)),
      onsetFrom: z.iso.date().optional(),
      onsetUntil: z.iso.date().optional(),
    }),
    response: fileAnswer,
  }),
  exportContacts: get('/cases/export-contacts', {
    summary: { zh: '导出传播关系', en: 'Export the links' },
    access: 'cases.export',
    purposes: CASE_PURPOSES,
    priority: 'export',
    query: z.strictObject({ format, incidentId: id.optional(), lineListId: id.optional() }),
    response: fileAnswer,
  }),
};
