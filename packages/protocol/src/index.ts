/** The face of @levee/protocol: everything other packages may use, and nothing else. */

export {
  addDays,
  addHours,
  type CivilDay,
  dayOf,
  daysBetween,
  type Instant,
  instantMs,
  startOfDay,
  toInstant,
} from './calendar.ts';
export { getPackOrThrow, listPacks, type PackSummary, packs } from './catalogue.ts';
export { changeEdition, type EditionEffect } from './change-edition.ts';
export {
  type ContactDecision,
  type ContactEvidence,
  classifyContact,
  type EvidenceFact,
} from './classify-contact.ts';
export { comparePacks, type RuleChange } from './compare-packs.ts';
export { describePack, type PackRow, type PackSection } from './describe-pack.ts';
export { ProtocolError, type ProtocolErrorCode } from './errors.ts';
export {
  checkIdentityNumber,
  type IdentityCheck,
  type IdentityFault,
  identityCheckCharacter,
} from './identity.ts';
export { type NextTest, nextTestDue, type TravelDuty, travelDuty } from './monitoring.ts';
export { type ObjectPositive, objectPositive } from './object-positive.ts';
export {
  ANCHORS,
  type Anchor,
  type AnyPackInput,
  CLOCK_EVENTS,
  type ClockEvent,
  CONTACT_CLASSES,
  type Confidence,
  type ContactClass,
  type Counting,
  FOUND_IN,
  type FoundIn,
  KEY_POPULATIONS,
  type KeyPopulation,
  MANAGED_CLASSES,
  type ManagedClass,
  type PackAmendmentInput,
  PERSON_CONDITIONS,
  type PersonCondition,
  PHASE_KINDS,
  type PhaseKind,
  PLACE_LEVELS,
  type PlaceLevel,
  type ProtocolPack,
  type ProtocolPackInput,
  packSchema,
  RESPONSE_LEVELS,
  type ResponseLevel,
  RISK_LEVELS,
  type RiskLevel,
  type Rule,
  SETTINGS,
  type Setting,
  type Source,
  TEST_POPULATIONS,
  type TestPopulation,
  type Text,
  type TimedRule,
} from './pack.ts';
export { expectedReflexLoad, type PoolingRule, type PoolReflex, poolingRule, poolReflex } from './pooling.ts';
export {
  type AreaPlace,
  type AreaProposal,
  type AreaProposals,
  type CaseStay,
  proposeAreas,
} from './propose-areas.ts';
export {
  isUnderSchedule,
  type LatePlacement,
  type QuarantineInput,
  type QuarantinePhase,
  type QuarantineSchedule,
  quarantineSchedule,
  type ScheduledTest,
} from './quarantine-schedule.ts';
export { definePacks } from './registry.ts';
export {
  type ReleaseAnswer,
  type ReleaseBlock,
  type ReleaseFacts,
  type ReleaseOrder,
  releaseCheck,
  type SiteSampleFact,
  type TestFact,
} from './release-check.ts';
export { reportClocks, type StatutoryClock } from './report-clocks.ts';
export {
  compareLevels,
  type LevelProposal,
  proposeLevel,
  type ResponseLevelPlan,
  responseLevel,
  type SituationCase,
} from './response-level.ts';
export type { RuleRef } from './rules.ts';
export { type ScreeningRound, type ScreeningStep, screeningNextStep } from './screening.ts';
export {
  type AreaFacts,
  type RiskArea,
  type ScreeningFact,
  type StepDownAnswer,
  stepDown,
} from './step-down.ts';
export { type TraceSource, type TraceWindow, traceWindow } from './trace-window.ts';
export { type TravelTests, travelTests } from './travel-tests.ts';
export * as words from './words.ts';
