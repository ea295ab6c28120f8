import { cases as contract } from '@levee/contract';
import { implement } from '../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../platform/http/paging.ts';
import {
  caseById,
  changeCase,
  classifyCase,
  historyOf,
  identifyCase,
  openCase,
  pageOfCases,
} from './cases.service.ts';
import { chainsOf } from './chains/chains.service.ts';
import { caseCurveOf } from './chains/curve.service.ts';
import { addInfector, linksOfCase, removeInfector } from './chains/infectors.service.ts';
import { exportCasesFile, exportLinksFile } from './exports/exports.service.ts';
import { importHandlers } from './imports/imports.routes.ts';
import { listLineLists } from './line-lists.ts';
import { editStay, importStays, recordStay, removeStay, trajectoryOf } from './stays/stays.service.ts';

export const casesRoutes = implement('cases', contract, {
  list: async (context, { query }) => {
    const { items, total } = await pageOfCases(context, query, offsetOf(query), query.limit);
    return toPage(context, query, items, total);
  },
  lineLists: async ({ trx, now }) => ({ items: await listLineLists(trx), asOf: now }),
  open: async (context, { body }) => caseById(context, (await openCase(context, body)).id),
  byId: (context, { params }) => caseById(context, params.caseId),
  history: async (context, { params }) => ({
    items: await historyOf(context, params.caseId),
    asOf: context.now,
  }),
  change: async (context, { params, body }) =>
    caseById(context, (await changeCase(context, params.caseId, body)).id),
  classify: async (context, { params, body }) =>
    caseById(context, (await classifyCase(context, params.caseId, body)).id),
  identify: async (context, { params, body }) =>
    caseById(context, (await identifyCase(context, params.caseId, body)).id),
  trajectory: (context, { params, query }) => trajectoryOf(context, params.caseId, query),
  recordStay: (context, { params, body }) => recordStay(context, params.caseId, body),
  editStay: (context, { params, body }) => editStay(context, params.caseId, params.stayId, body),
  removeStay: async (context, { params, body }) => {
    await removeStay(context, params.caseId, params.stayId, body.reason);
    return { ok: true } as const;
  },
  importStays: (context, { params, body }) => importStays(context, params.caseId, body),
  chains: (context, { query }) => chainsOf(context, query),
  curve: (context, { query }) => caseCurveOf(context, query),
  ...importHandlers,
  exportCases: { streamed: (context, { query }) => exportCasesFile(context, query) },
  exportContacts: { streamed: (context, { query }) => exportLinksFile(context, query) },
  links: (context, { params }) => linksOfCase(context, params.caseId),
  addInfector: (context, { params, body }) => addInfector(context, params.caseId, body),
  removeInfector: (context, { params, body }) => removeInfector(context, params.caseId, body),
});
