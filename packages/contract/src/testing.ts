/** Samples, pools, laboratory results. A pool is one tube of 1, 5, 10 or 20 people: a single sample is a pool of one. */
import { FOUND_IN } from '@levee/protocol';
import * as z from 'zod';
import { personSummary } from './people.ts';
import { get, post } from './route.ts';
import {
  actorRef,
  type Bilingual,
  bilingual,
  division,
  figure,
  id,
  instant,
  list,
  page,
  pageQuery,
  prose,
} from './shapes.ts';

export const testingEvents = {
  'sample.registered': { zh: '采样登记', en: 'Sample registered' },
  'sample.found_in_decided': { zh: '判定发现途径', en: 'How a positive was found decided' },
  'sample.withdrawn': { zh: '采样撤销', en: 'Sample withdrawn' },
  'pool.opened': { zh: '启用采样管', en: 'Tube opened' },
  'pool.closed': { zh: '封管', en: 'Tube sealed' },
  'pool.sent': { zh: '样本送检', en: 'Tube sent to the laboratory' },
  'pool.received': { zh: '实验室收样', en: 'Tube received by the laboratory' },
  'pool.rejected': { zh: '实验室拒收', en: 'Tube rejected by the laboratory' },
  'pool.resulted': { zh: '混管出结果', en: 'Pool result reported' },
  'pool.positive': { zh: '混管阳性', en: 'Positive pool' },
  'result.reported': { zh: '检测结果报告', en: 'Result reported' },
  'result.screening_positive': { zh: '初筛阳性', en: 'Screening-positive result' },
  'result.amendment_proposed': { zh: '提出结果更正', en: 'Amendment of a result proposed' },
  'result.amended': { zh: '结果已更正', en: 'Result amended' },
  'result.amendment_refused': { zh: '结果更正未通过', en: 'Amendment of a result refused' },
  'resample.wanted': { zh: '需单采复核', en: 'Single re-sample wanted' },
} as const;

export const POOL_STATES = ['open', 'closed', 'sent', 'lost', 'received', 'rejected', 'resulted'] as const;
export type PoolState = (typeof POOL_STATES)[number];
/** People per tube. */
export const POOL_CAPACITIES = [1, 5, 10, 20] as const;
export type PoolCapacity = (typeof POOL_CAPACITIES)[number];
/** What a tube holds: swabs of people, or one specimen of an object or of surroundings, in which nobody is. */
export const POOL_CONTENTS = ['people', 'specimen'] as const;
export type PoolContent = (typeof POOL_CONTENTS)[number];
export const TEST_OUTCOMES = ['negative', 'positive', 'inconclusive', 'invalid'] as const;
export type TestOutcome = (typeof TEST_OUTCOMES)[number];

const capacity = z.literal(POOL_CAPACITIES);
/** What is printed on the tube; letters are stored in capitals. */
export const tubeCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[0-9A-Z-]{4,32}$/, '4 to 32 letters, digits or hyphens');
/** Cycle threshold by target; null where nothing was amplified. */
export const target = z.strictObject({
  name: z.string().trim().min(1).max(20),
  ct: z.number().min(1).max(50).nullable(),
});
export type Target = z.output<typeof target>;
const targets = z.array(target).min(1).max(6);

const placeRef = z.strictObject({ id, nameZh: z.string(), nameEn: z.string() });

export const result = z.strictObject({
  id,
  outcome: z.enum(TEST_OUTCOMES),
  targets: z.array(target),
  lab: placeRef.nullable(),
  testedAt: instant,
  reportedAt: instant,
  supersedes: id.nullable(),
});
export type Result = z.output<typeof result>;

export const pool = z.strictObject({
  id,
  tubeCode: z.string(),
  content: z.enum(POOL_CONTENTS),
  capacity,
  memberCount: z.int(),
  state: z.enum(POOL_STATES),
  site: placeRef.nullable(),
  lab: placeRef.nullable(),
  division,
  openedAt: instant,
  closedAt: instant.nullable(),
  sentAt: instant.nullable(),
  receivedAt: instant.nullable(),
  rejectedAt: instant.nullable(),
  rejectedReason: z.string().nullable(),
  lostAt: instant.nullable(),
  lostReason: z.string().nullable(),
  resultedAt: instant.nullable(),
  outcome: z.enum(TEST_OUTCOMES).nullable(),
});
export type Pool = z.output<typeof pool>;

export const sample = z.strictObject({
  id,
  poolId: id,
  tubeCode: z.string(),
  capacity,
  state: z.enum(POOL_STATES),
  /** Null where the person lives outside the reader's area or the reader's role sees no names. */
  person: personSummary.nullable(),
  personId: id,
  foundIn: z.enum(FOUND_IN),
  /** The positive pool this sample checks again. */
  resampleOf: id.nullable(),
  takenAt: instant,
  withdrawnAt: instant.nullable(),
});
export type Sample = z.output<typeof sample>;

/** Somebody of a positive pool who must be sampled again, singly, or who handled what a positive specimen was taken from. */
export const resample = z.strictObject({
  id,
  poolId: id,
  tubeCode: z.string(),
  content: z.enum(POOL_CONTENTS),
  personId: id,
  person: personSummary.nullable(),
  site: placeRef.nullable(),
  wantedAt: instant,
  /** Samples the pack asks for, and the rule that says so. */
  sampleCount: z.int(),
  rule: z.string(),
  metAt: instant.nullable(),
  metBy: id.nullable(),
  /** Of the single sample, once it is out. */
  outcome: z.enum(TEST_OUTCOMES).nullable(),
});
export type Resample = z.output<typeof resample>;

export const amendment = z.strictObject({
  id,
  resultId: id,
  outcome: z.enum(TEST_OUTCOMES),
  targets: z.array(target),
  reason: z.string(),
  author: actorRef,
  at: instant,
  decider: actorRef.nullable(),
  decidedAt: instant.nullable(),
  decision: z.enum(['confirmed', 'refused']).nullable(),
});

export const poolDetail = pool.extend({
  members: z.array(sample),
  /** What the tube holds where nobody is in it. */
  specimenId: id.nullable(),
  /** Newest first; the first is in force. */
  results: z.array(result),
  amendments: z.array(amendment),
  resamples: z.array(resample),
});

/** One sampling of a person with the state it is in, said in words (R13): every input of the wording is listed. */
export const personResult = z.strictObject({
  sampleId: id,
  poolId: id,
  tubeCode: z.string(),
  capacity,
  state: z.enum(POOL_STATES),
  site: placeRef.nullable(),
  takenAt: instant,
  resultedAt: instant.nullable(),
  outcome: z.enum(TEST_OUTCOMES).nullable(),
  targets: z.array(target),
  resampleOf: id.nullable(),
  /** What this sampling says about this person. */
  meaning: z.enum(['pending', 'negative', 'pool_positive', 'screening_positive', 'repeat', 'withdrawn']),
  explanation: bilingual,
});
export type PersonResult = z.output<typeof personResult>;

/** What a person is told of their own sampling behind two proofs. No name, no number: only what they ask for. */
export interface OwnResult {
  readonly takenAt: string;
  readonly resultedAt: string | null;
  readonly capacity: PoolCapacity;
  readonly meaning: PersonResult['meaning'];
  readonly explanation: Bilingual;
}

/** Nothing is lost: registered = the sum of the rest (F25). People, not tubes. */
export const accounting = z.strictObject({
  asOf: instant,
  registered: figure,
  inOpenPools: figure,
  awaitingTransport: figure,
  inTransit: figure,
  received: figure,
  rejected: figure,
  resulted: figure,
  /** Declared lost: looked for and not found; their people are asked back. */
  lost: figure,
  /** Registered less all the rest: anything but 0 is a fault. */
  missing: figure,
  /** In transit for more than six hours: look for them. */
  overdueInTransit: figure,
  positivePools: figure,
  resamplesWanted: figure,
  screeningPositive: figure,
});
export type Accounting = z.output<typeof accounting>;

/** How a positive was found, decided by the measures in force at the swab (社会面 or under control), with the evidence. */
export const foundInDecision = z.strictObject({
  sampleId: id,
  resultId: id,
  /** What the desk stated. */
  stated: z.enum(FOUND_IN),
  foundIn: z.enum(FOUND_IN),
  /** statement: nothing in the ledger speaks, the desk's word stands alone. */
  basis: z.enum(['measure', 'contact', 'statement']),
  /** The measure, or the contact. */
  recordId: id.nullable(),
  /** Kind of the measure, class of the contact. */
  recordKind: z.string().nullable(),
  /** The swab the rule looks at: the first one, where a pool was checked again. */
  sampledAt: instant,
  decidedAt: instant,
});
export type FoundInDecision = z.output<typeof foundInDecision>;

const testingPurposes = [
  'testing',
  'case_investigation',
  'contact_tracing',
  'isolation_care',
  'outbreak_command',
] as const;

/** How a person is named at the desk: by the card they show, or by a record already open. */
const whom = z.union([
  z.strictObject({ personId: id }),
  z.strictObject({ identityNumber: z.string().trim().min(15).max(24) }),
]);

export const testing = {
  registerSample: post('/testing/samples', {
    summary: { zh: '采样登记', en: 'Register a sample' },
    access: 'testing.sample',
    purposes: ['testing'],
    priority: 'intake',
    body: z.strictObject({
      id,
      poolId: id,
      tubeCode,
      capacity,
      siteId: id,
      who: whom,
      takenAt: instant,
      /** Where the person is found, for the statistics of the outbreak; a re-sample takes it from the first sample. */
      foundIn: z.enum(FOUND_IN).default('community_screening'),
    }),
    response: z.strictObject({ sample, pool }),
  }),
  withdrawSample: post('/testing/samples/:sampleId/withdraw', {
    summary: { zh: '撤销采样登记', en: 'Withdraw a sample' },
    access: 'testing.sample',
    purposes: ['testing'],
    params: z.strictObject({ sampleId: id }),
    body: z.strictObject({ reason: prose(200) }),
    response: z.strictObject({ sample, pool }),
  }),
  closePool: post('/testing/pools/close', {
    summary: { zh: '封管', en: 'Seal a tube' },
    access: 'testing.sample',
    priority: 'intake',
    // All a tube is known by, so that sealing may arrive before the samples in it (a device that sends out of order).
    body: z.strictObject({ poolId: id, tubeCode, capacity, siteId: id, closedAt: instant }),
    response: pool,
  }),
  reopenPool: post('/testing/pools/:poolId/reopen', {
    summary: { zh: '重新启封', en: 'Open a sealed tube again' },
    access: 'testing.sample',
    params: z.strictObject({ poolId: id }),
    response: pool,
  }),
  sendPools: post('/testing/pools/send', {
    summary: { zh: '样本送检', en: 'Hand tubes over to a laboratory' },
    access: 'testing.sample',
    priority: 'intake',
    body: z.strictObject({ poolIds: z.array(id).min(1).max(500), labId: id, sentAt: instant }),
    response: z.strictObject({ pools: z.array(pool) }),
  }),
  receive: post('/testing/pools/receive', {
    summary: { zh: '实验室收样', en: 'Receive a tube' },
    access: 'testing.result',
    priority: 'intake',
    body: z.strictObject({ tubeCode, labId: id, receivedAt: instant, rejectedReason: prose(200).optional() }),
    response: pool,
  }),
  reportResult: post('/testing/results', {
    summary: { zh: '报告检测结果', en: 'Report the result of a tube' },
    access: 'testing.result',
    purposes: ['testing'],
    priority: 'intake',
    body: z.strictObject({
      id,
      tubeCode,
      labId: id,
      outcome: z.enum(TEST_OUTCOMES),
      targets,
      testedAt: instant,
    }),
    response: z.strictObject({ pool, result, resampleCount: z.int() }),
  }),
  proposeAmendment: post('/testing/results/:resultId/amendments', {
    summary: { zh: '提出结果更正', en: 'Propose to amend a result' },
    access: 'testing.result',
    purposes: ['testing'],
    params: z.strictObject({ resultId: id }),
    body: z.strictObject({ id, outcome: z.enum(TEST_OUTCOMES), targets, reason: prose(500) }),
    response: amendment,
  }),
  decideAmendment: post('/testing/amendments/:amendmentId/decision', {
    summary: { zh: '复核结果更正', en: 'Confirm or refuse an amendment' },
    access: 'testing.result',
    purposes: ['testing'],
    params: z.strictObject({ amendmentId: id }),
    body: z.strictObject({ decision: z.enum(['confirmed', 'refused']) }),
    response: amendment,
  }),
  pools: get('/testing/pools', {
    summary: { zh: '采样管清单', en: 'Tubes' },
    access: 'testing.read',
    query: z.strictObject({
      ...pageQuery,
      state: list(z.enum(POOL_STATES)),
      outcome: list(z.enum(TEST_OUTCOMES)),
      siteId: id.optional(),
      labId: id.optional(),
      /** The beginning of a tube code. */
      q: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[0-9A-Z-]{0,32}$/)
        .optional(),
    }),
    response: page(pool),
  }),
  poolById: get('/testing/pools/:poolId', {
    summary: { zh: '采样管详情', en: 'One tube with its members' },
    access: 'testing.read',
    purposes: testingPurposes,
    params: z.strictObject({ poolId: id }),
    response: poolDetail,
  }),
  desk: get('/testing/sites/:siteId/desk', {
    summary: { zh: '采样点工作台', en: 'What a sampling desk shows' },
    access: 'testing.sample',
    purposes: ['testing'],
    params: z.strictObject({ siteId: id }),
    response: z.strictObject({
      asOf: instant,
      site: placeRef,
      open: z.array(pool),
      ready: z.array(pool),
      last: z.array(sample),
      wanted: z.array(resample),
    }),
  }),
  resamples: get('/testing/resamples', {
    summary: { zh: '待单采复核人员', en: 'People wanted for a single re-sample' },
    access: 'testing.read',
    purposes: testingPurposes,
    query: z.strictObject({
      ...pageQuery,
      state: z.enum(['wanted', 'met', 'all']).default('wanted'),
      poolId: id.optional(),
    }),
    response: page(resample),
  }),
  accounting: get('/testing/accounting', {
    summary: { zh: '样本流转对账', en: 'Where every sample is' },
    access: 'testing.read',
    priority: 'dashboard',
    query: z.strictObject({
      within: division.optional(),
      siteId: id.optional(),
      from: instant.optional(),
      until: instant.optional(),
    }),
    response: accounting,
  }),
  foundIn: get('/testing/samples/:sampleId/found-in', {
    summary: { zh: '阳性发现途径及依据', en: 'How a positive was found, and by what evidence' },
    access: 'testing.read',
    purposes: testingPurposes,
    params: z.strictObject({ sampleId: id }),
    response: foundInDecision,
  }),
  byPerson: get('/testing/people/:personId/results', {
    summary: { zh: '个人检测记录', en: 'The tests of a person' },
    access: 'testing.read',
    purposes: [...testingPurposes, 'resident_service'],
    params: z.strictObject({ personId: id }),
    response: z.strictObject({ asOf: instant, items: z.array(personResult), wanted: z.array(resample) }),
  }),
};
