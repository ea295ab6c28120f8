/** cases: the line list, where cases were, who infected whom, import and export. */
export type { CaseChange, CaseFile } from './case.ts';
export { casesReactions } from './cases.reactions.ts';
export { findCaseById, findCaseByIdOrThrow, findCaseOfPerson, findCasesByIds } from './cases.repository.ts';
export { casesRoutes } from './cases.routes.ts';
export { countCasesByCounty } from './county-counts.repository.ts';
export { writeCasesTo, writeLinksTo } from './exports/exports.service.ts';
export { casesJobs } from './imports/imports.jobs.ts';
export type { Stay } from './stays/stay.ts';
export { staysAtPlaces, staysOfPeople } from './stays/stays.repository.ts';
