/** testing: samples, pools, laboratory results; what a pool that is not clean sets off. */

export { countSamplesByCounty } from './county-counts.repository.ts';
export { countTestsByDay } from './day-counts.repository.ts';
export { findDecision, findSampling } from './found-in/found-in.repository.ts';
export { decideFoundIn } from './found-in/found-in.service.ts';
export { intakeRoutes } from './intake/intake.routes.ts';
export { startIntake } from './intake/intake.ts';
export { FORM_STAYS } from './key-populations/declaration.ts';
export { declareReturnee } from './key-populations/declarations.service.ts';
export { contactsOf, dueOf, workerIdsIn } from './key-populations/due.repository.ts';
export { keyPopulationsReactions } from './key-populations/key-populations.reactions.ts';
export { keyPopulationsRoutes } from './key-populations/key-populations.routes.ts';
export {
  enrol as enrolKeyPopulation,
  packOf as packInForceOf,
} from './key-populations/key-populations.service.ts';
export { formToken } from './key-populations/public-form-guard.ts';
export {
  isInternalControl,
  reconcile,
  targetOf,
} from './laboratory/assay.ts';
export { listAssays } from './laboratory/assays.repository.ts';
export { printedTubes } from './laboratory/labels.service.ts';
export { laboratoryRoutes } from './laboratory/laboratory.routes.ts';

export { findPoolById, findPoolByTube, findPoolsByIds } from './pools.repository.ts';
export { laboratory as requireLaboratory } from './pools.service.ts';
export {
  residentReactions,
  testSitesSweep,
} from './resident-results/resident-results.reactions.ts';
export { ownResult } from './resident-results/resident-results.service.ts';
export { findCurrentResult } from './results.repository.ts';
export { proposeAmendment, putResult } from './results.service.ts';
export { roundsReactions, roundsSweep } from './rounds/rounds.reactions.ts';
export { roundsRoutes } from './rounds/rounds.routes.ts';
export {
  findMemberIds,
  findSamplesOfPeople,
  type PersonSample,
} from './samples.repository.ts';
export { specimensReactions } from './specimens/specimens.reactions.ts';
export { findSpecimenById } from './specimens/specimens.repository.ts';
export { specimensRoutes } from './specimens/specimens.routes.ts';
export {
  findPositiveSpecimen,
  type PositiveSpecimen,
  wantHandlers,
} from './specimens/want-handlers.ts';
export { standingOf } from './standing.repository.ts';
export { testingRoutes } from './testing.routes.ts';
