/** measures: the one ledger of limits on people and places; the only way to restrict anyone. */
export { milderWays } from './alternatives.ts';
export {
  countIsolatedByCounty,
  countRiskAreasByCounty,
  listRiskAreas,
  type RiskArea,
} from './county-counts.repository.ts';
export { packInForce, packOfIncident } from './incident-pack.ts';
export { hoursAfter, type Measure } from './measure.ts';
export { measuresReactions } from './measures.reactions.ts';
export { activeMeasures, divisionNames, findMeasureById, findMeasuresByIds } from './measures.repository.ts';
export { measuresRoutes } from './measures.routes.ts';
export {
  approvalBlocks,
  approveMeasure,
  draftMeasure,
  endMeasure,
  packOrRefuse,
  rejectMeasure,
} from './measures.service.ts';
