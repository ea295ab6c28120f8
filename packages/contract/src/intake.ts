/**
 * What a sampling site records, handed over in the order it was recorded. A command is acknowledged once it is
 * committed; it is applied to tubes and people a moment later, and what cannot be applied is kept and shown to somebody.
 */
import { FOUND_IN } from '@levee/protocol';
import * as z from 'zod';
import { travel } from './key-populations.ts';
import { boxCode, courier } from './laboratory.ts';
import { get, post } from './route.ts';
import { bilingual, id, instant, page, pageQuery, prose } from './shapes.ts';
import { specimenFacts } from './specimens.ts';
import { POOL_CAPACITIES, tubeCode } from './testing.ts';

export const intakeEvents = {
  'intake.quarantined': { zh: '采样记录待处理', en: 'Sampling record needs attention' },
  'intake.held': { zh: '采样记录等待前序记录', en: 'Sampling record waits for an earlier one' },
  'intake.released': {
    zh: '前序记录逾时未到，采样记录已放行',
    en: 'Sampling record let through: the one it builds on never came',
  },
  'intake.resolved': { zh: '采样记录已处理', en: 'Sampling record dealt with' },
} as const;

const recorded = {
  id,
  /** The device's own count: what it recorded first has the lower number. */
  order: z.int().min(0),
  /** When it happened, by the device's clock. */
  at: instant,
  siteId: id,
  /**
   * The record of the same device this one builds on: without it, it would undo what is not there or name somebody unknown.
   * It is held until that one has come.
   */
  after: id.optional(),
};
const tube = { poolId: id, tubeCode, capacity: z.literal(POOL_CAPACITIES) };

/** Who was sampled: a record the device knows, a card it read, or somebody written down at the site. */
const who = z.union([
  z.strictObject({ personId: id }),
  z.strictObject({ identityNumber: z.string().trim().min(15).max(24) }),
]);

export const intakeCommand = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sample'),
    ...recorded,
    ...tube,
    who,
    foundIn: z.enum(FOUND_IN).default('community_screening'),
    /** The line of a paper form this was typed in from. */
    paperNumber: z.string().trim().min(1).max(40).optional(),
  }),
  // What the specimen is of is its `specimenKind`: `kind` is the command's.
  z.strictObject({
    kind: z.literal('specimen'),
    ...recorded,
    poolId: id,
    tubeCode,
    specimenKind: specimenFacts.kind,
    placeId: specimenFacts.placeId,
    description: specimenFacts.description,
    goods: specimenFacts.goods,
  }),
  z.strictObject({ kind: z.literal('seal'), ...recorded, ...tube }),
  z.strictObject({ kind: z.literal('send'), ...recorded, poolIds: z.array(id).min(1).max(200), labId: id }),
  z.strictObject({ kind: z.literal('withdraw'), ...recorded, sampleId: id, reason: prose(200) }),
  z.strictObject({
    kind: z.literal('person'),
    ...recorded,
    personId: id,
    nameZh: prose(60),
    identityNumber: z.string().trim().min(15).max(24).optional(),
    phone: z.string().trim().min(5).max(24).optional(),
    placeId: id,
  }),
  /** Sealed tubes put into a box; the box is known by the command's own id. */
  z.strictObject({
    kind: z.literal('pack'),
    ...recorded,
    code: boxCode,
    labId: id,
    tubeCodes: z.array(tubeCode).min(1).max(200),
  }),
  z.strictObject({ kind: z.literal('hand_over'), ...recorded, boxId: id, courier: courier.optional() }),
  /** A slip with a code to read the result by, given at the swab: the code's hash, never the code. */
  z.strictObject({
    kind: z.literal('slip'),
    ...recorded,
    sampleId: id,
    tokenHash: z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'SHA-256 in base64'),
  }),
  /** Somebody who came in from elsewhere; the record is known by the command's own id. */
  z.strictObject({
    kind: z.literal('returnee'),
    ...recorded,
    who,
    arrivedAt: instant,
    travel: travel.min(1).max(20),
  }),
]);
export type IntakeCommand = z.output<typeof intakeCommand>;
export type IntakeKind = IntakeCommand['kind'];
export const INTAKE_KINDS = [
  'sample',
  'specimen',
  'seal',
  'send',
  'withdraw',
  'person',
  'returnee',
  'pack',
  'hand_over',
  'slip',
] as const satisfies IntakeKind[];

/** waiting: committed, not yet applied · held: what it builds on has not come. */
export const INTAKE_STATES = ['waiting', 'held', 'applied', 'quarantined', 'resolved'] as const;

/** Most commands in one batch. */
export const INTAKE_BATCH = 500;

export const intakeBatch = z.strictObject({
  deviceId: id,
  /** The device's clock at the moment of sending: the server measures by it how wrong the clock is. */
  sentAt: instant,
  /** Checked one by one: a bad command never holds up the good ones beside it. */
  commands: z.array(z.unknown()).min(1).max(INTAKE_BATCH),
});

export const intakeRefusal = z.strictObject({
  /** Place in the batch, from 0. */
  index: z.int(),
  id: id.nullable(),
  code: z.string(),
  problem: bilingual,
  nextStep: bilingual,
});

export const intakeOutcome = z.strictObject({
  id,
  deviceId: id,
  order: z.int(),
  kind: z.enum(INTAKE_KINDS),
  siteId: id,
  state: z.enum(INTAKE_STATES),
  at: instant,
  receivedAt: instant,
  settledAt: instant.nullable(),
  /** Seconds the device's clock was ahead of the server's (negative: behind), where more than ten minutes. */
  clockAheadSeconds: z.int().nullable(),
  /** Until when it waits for the record it builds on; then it is tried without it. */
  heldUntil: instant.nullable(),
  /** It was tried without the record it builds on, which had not come in time. */
  withoutBase: z.boolean(),
  problem: bilingual.nullable(),
  nextStep: bilingual.nullable(),
});
export type IntakeOutcome = z.output<typeof intakeOutcome>;

export const intake = {
  /** The shortest way there is: no transaction of its own, no session look-up in the database, no join. */
  append: post('/intake', {
    summary: { zh: '上传采样记录', en: 'Hand over what a site recorded' },
    access: 'testing.sample',
    purposes: ['testing'],
    priority: 'intake',
    bodyLimit: 2 * 1024 * 1024,
    body: intakeBatch,
    response: z.strictObject({
      /** Committed: these ids are safe, now and after any crash. */
      accepted: z.array(id),
      refused: z.array(intakeRefusal),
      now: instant,
    }),
  }),
  outcomes: get('/intake/outcomes', {
    summary: { zh: '本机上传记录的处理结果', en: 'What became of what a device handed over' },
    access: 'testing.sample',
    priority: 'intake',
    query: z.strictObject({ ...pageQuery, deviceId: id, since: instant.optional() }),
    response: page(intakeOutcome),
  }),
  quarantine: get('/intake/quarantine', {
    summary: { zh: '待处理和等待前序的采样记录', en: 'Records that could not be applied, and those held' },
    access: 'testing.read',
    query: z.strictObject({ ...pageQuery, siteId: id.optional() }),
    response: page(intakeOutcome),
  }),
  resolve: post('/intake/quarantine/:commandId/resolve', {
    summary: { zh: '处理采样记录', en: 'Try a record again, or set it aside with the reason' },
    access: 'testing.sample',
    purposes: ['testing'],
    params: z.strictObject({ commandId: id }),
    body: z.strictObject({ decision: z.enum(['retry', 'set_aside']), reason: prose(300) }),
    response: intakeOutcome,
  }),
};
