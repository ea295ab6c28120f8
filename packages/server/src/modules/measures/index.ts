/** measures: the one ledger of limits on people and places; the only way to restrict anyone. */

export {
  countIsolatedByCounty,
  countRiskAreasByCounty,
  listRiskAreas,
  type RiskArea,
} from './county-counts.repository.ts';
export { approveMeasure, endMeasure, rejectMeasure } from './decisions.service.ts';
export { draftMeasure } from './drafting.service.ts';
export { approvalBlocks } from './faults.ts';
export { foundInReactions } from './found-in/found-in.reactions.ts';
export { packOfIncident } from './incident-pack.ts';
export type { Measure } from './measure.ts';
export { measuresReactions } from './measures.reactions.ts';
export { findMeasuresByIds } from './measures.repository.ts';
export { measuresRoutes } from './measures.routes.ts';
