/** cases: the line list, where cases were, who infected whom, import and export. */
export type { CaseFile } from './case.ts';
export { casesReactions } from './cases.reactions.ts';
export { findCaseByIdOrThrow } from './cases.repository.ts';
export { casesRoutes } from './cases.routes.ts';
export { onsetBeforeInfectorOf } from './chains/chains.service.ts';
export { linksOf } from './chains/links.repository.ts';
export { countCasesByCounty } from './county-counts.repository.ts';
export { writeCasesTo, writeLinksTo } from './exports/exports.service.ts';
export { type CaseFacts, caseFactsOf } from './facts.repository.ts';
export { casesJobs } from './imports/imports.jobs.ts';
export { findLineListById } from './line-lists.ts';
