/** The laboratory's work: boxes that carry tubes, runs with their plate, the queue, turnaround and what is coming. */
import * as z from 'zod';
import { get, post } from './route.ts';
import { actorRef, bilingual, division, figure, id, instant, page, pageQuery, prose } from './shapes.ts';
import { POOL_CAPACITIES, TEST_OUTCOMES, target, tubeCode } from './testing.ts';

export const laboratoryEvents = {
  'box.packed': { zh: '样本装箱', en: 'Tubes packed in a box' },
  'box.sent': { zh: '样本箱发出', en: 'Box handed over' },
  'box.received': { zh: '样本箱签收', en: 'Box received' },
  'box.difference': { zh: '样本箱与装箱单不符', en: 'Box differs from its packing list' },
  'pool.loss_proposed': { zh: '申报采样管丢失', en: 'Loss of a tube proposed' },
  'pool.loss_refused': { zh: '丢失申报未确认', en: 'Loss of a tube not confirmed' },
  'pool.lost': { zh: '采样管宣告丢失', en: 'Tube declared lost' },
  'run.opened': { zh: '上机', en: 'Run opened' },
  'run.reported': { zh: '下机出结果', en: 'Run reported' },
  'run.invalid': { zh: '本板作废', en: 'Run invalid' },
} as const;

const placeRef = z.strictObject({ id, nameZh: z.string(), nameEn: z.string() });

/** A kit: its targets with their cut-offs, and how many of them make a positive. Data, not code. */
export const assay = z.strictObject({
  code: z.string(),
  name: bilingual,
  targets: z.array(
    z.strictObject({
      name: z.string(),
      /** The highest Ct that counts as amplified. */
      cutoffCt: z.number(),
      /** What analysers and systems call it. */
      aliases: z.array(z.string()),
    }),
  ),
  /** Targets amplified for a positive; fewer, but one, is inconclusive. */
  positiveTargets: z.int(),
  /** Names and codes of internal controls: read, and not a target. */
  internalControls: z.array(z.string()),
  source: bilingual,
});
export type Assay = z.output<typeof assay>;

/** A tube that cannot be found, with the ground; lost once somebody else has looked again. */
export const tubeLoss = z.strictObject({
  id,
  poolId: id,
  reason: z.string(),
  lostAt: instant,
  proposedAt: instant,
  proposedBy: actorRef,
  decision: z.enum(['confirmed', 'refused']).nullable(),
  decidedAt: instant.nullable(),
  decidedBy: actorRef.nullable(),
  note: z.string().nullable(),
});
export type TubeLoss = z.output<typeof tubeLoss>;

export const BOX_STATES = ['packed', 'sent', 'received'] as const;
export const boxTube = z.strictObject({
  tubeCode: z.string(),
  poolId: id.nullable(),
  memberCount: z.int().nullable(),
  /** packed and arrived = as it should be; missing = packed, not arrived; extra = arrived, not packed. */
  state: z.enum(['packed', 'arrived', 'missing', 'extra']),
  arrivedAt: instant.nullable(),
});
export const box = z.strictObject({
  id,
  code: z.string(),
  /** A sampling site, or the laboratory that passes tubes on. */
  from: placeRef.nullable(),
  lab: placeRef.nullable(),
  division,
  state: z.enum(BOX_STATES),
  packedAt: instant,
  packedBy: actorRef,
  sentAt: instant.nullable(),
  /** Who took it along. */
  courier: z.string().nullable(),
  receivedAt: instant.nullable(),
  tubes: z.array(boxTube),
  missingCount: z.int(),
  extraCount: z.int(),
});
export type Box = z.output<typeof box>;

/** A well of a 96-well plate: A1 to H12. */
export const well = z.string().regex(/^[A-H]([1-9]|1[0-2])$/, 'a well from A1 to H12');
export const WELL_KINDS = ['tube', 'positive_control', 'negative_control'] as const;
const targets = z.array(target).min(1).max(6);

export const runWell = z.strictObject({
  well,
  kind: z.enum(WELL_KINDS),
  tubeCode: z.string().nullable(),
  poolId: id.nullable(),
  targets: z.array(target),
  outcome: z.enum(TEST_OUTCOMES).nullable(),
  /** reported, kept for a second run, or refused with the reason. */
  decision: z.enum(['reported', 'recheck', 'refused']).nullable(),
  problem: bilingual.nullable(),
});
export const RUN_STATES = ['open', 'reported', 'invalid'] as const;
export const run = z.strictObject({
  id,
  lab: placeRef.nullable(),
  assay: z.string(),
  plateCode: z.string(),
  state: z.enum(RUN_STATES),
  startedAt: instant,
  openedBy: actorRef,
  readAt: instant.nullable(),
  invalidReason: z.string().nullable(),
  tubeCount: z.int(),
  wells: z.array(runWell),
});
export type Run = z.output<typeof run>;

/** One laboratory: what waits, how long, and whether it will hold. Tubes, not people. */
export const labLoad = z.strictObject({
  lab: placeRef,
  waiting: figure,
  /** Kept for a second run. */
  recheck: figure,
  inTransit: figure,
  oldestReceivedAt: instant.nullable(),
  arrivedPerHour: figure,
  resultedPerHour: figure,
  /** Receipt to result over the last 24 hours. */
  medianHours: figure,
  p90Hours: figure,
  /** A tube that comes now waits so long at the pace of the last hours; null where nothing was tested. */
  waitHours: figure,
  limitHours: z.number(),
  /** When a tube that comes then would wait longer than the limit; null where it never will at this pace. */
  exceedsAt: instant.nullable(),
  state: z.enum(['idle', 'holds', 'will_exceed', 'exceeded', 'stopped']),
});
export type LabLoad = z.output<typeof labLoad>;

export const boxCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[0-9A-Z-]{4,32}$/, '4 to 32 letters, digits or hyphens');

/** Name or plate number, as written on the hand-over. */
export const courier = prose(60);

export const laboratory = {
  assays: get('/laboratory/assays', {
    summary: { zh: '检测试剂与判读线', en: 'Assays and their cut-offs' },
    access: 'testing.read',
    response: z.strictObject({ items: z.array(assay) }),
  }),
  load: get('/laboratory/load', {
    summary: {
      zh: '各实验室待检、用时与超负荷预测',
      en: 'Queue, turnaround and forecast of each laboratory',
    },
    access: 'testing.read',
    priority: 'dashboard',
    response: z.strictObject({ asOf: instant, items: z.array(labLoad) }),
  }),
  packBox: post('/laboratory/boxes', {
    summary: { zh: '装箱', en: 'Pack tubes in a box' },
    access: 'testing.read',
    priority: 'intake',
    body: z.strictObject({
      id,
      code: boxCode,
      fromId: id,
      labId: id,
      tubeCodes: z.array(tubeCode).min(1).max(200),
      packedAt: instant,
    }),
    response: box,
  }),
  sendBox: post('/laboratory/boxes/:boxId/send', {
    summary: { zh: '样本箱交接', en: 'Hand a box over' },
    access: 'testing.read',
    priority: 'intake',
    params: z.strictObject({ boxId: id }),
    body: z.strictObject({ sentAt: instant, courier: courier.optional() }),
    response: box,
  }),
  receiveBox: post('/laboratory/boxes/receive', {
    summary: { zh: '签收样本箱', en: 'Receive a box' },
    access: 'testing.result',
    priority: 'intake',
    body: z.strictObject({
      code: boxCode,
      labId: id,
      /** Every code scanned out of the box. */
      tubeCodes: z.array(tubeCode).max(400),
      receivedAt: instant,
    }),
    response: box,
  }),
  boxes: get('/laboratory/boxes', {
    summary: { zh: '样本箱', en: 'Boxes' },
    access: 'testing.read',
    query: z.strictObject({
      ...pageQuery,
      state: z.enum(BOX_STATES).optional(),
      labId: id.optional(),
      differing: z.stringbool().optional(),
    }),
    response: page(box),
  }),
  labels: post('/laboratory/labels', {
    summary: { zh: '打印管码标签', en: 'Print tube labels' },
    access: 'testing.sample',
    body: z.strictObject({
      siteId: id,
      /** The same batch is the same codes: a torn sheet is printed again. */
      batchId: id,
      count: z.int().min(1).max(400),
      capacity: z.literal(POOL_CAPACITIES),
    }),
    response: z.strictObject({
      fileName: z.string(),
      /** PDF, base64. */
      content: z.string(),
      codes: z.array(z.string()),
      /** Codes of the batch that carry a tube already. */
      usedCount: z.int(),
    }),
  }),
  losses: get('/testing/pools/:poolId/losses', {
    summary: { zh: '采样管丢失申报', en: 'What was said of a tube that cannot be found' },
    access: 'testing.read',
    params: z.strictObject({ poolId: id }),
    response: z.strictObject({ items: z.array(tubeLoss) }),
  }),
  /** By the site or the laboratory; the second look by anybody else of either. */
  proposeLoss: post('/testing/pools/:poolId/losses', {
    summary: { zh: '申报采样管丢失', en: 'Say that a tube cannot be found' },
    access: 'testing.read',
    params: z.strictObject({ poolId: id }),
    body: z.strictObject({ id, reason: prose(200), lostAt: instant }),
    response: tubeLoss,
  }),
  decideLoss: post('/testing/losses/:lossId/decide', {
    summary: { zh: '复核采样管丢失', en: 'Confirm a loss after the second look, or refuse it' },
    access: 'testing.read',
    params: z.strictObject({ lossId: id }),
    body: z.strictObject({ decision: z.enum(['confirmed', 'refused']), note: prose(200).optional() }),
    response: tubeLoss,
  }),
  openRun: post('/laboratory/runs', {
    summary: { zh: '上机排板', en: 'Open a run' },
    access: 'testing.result',
    body: z.strictObject({
      id,
      labId: id,
      assay: z.string().min(1).max(24),
      plateCode: z.string().trim().min(1).max(32),
      startedAt: instant,
      wells: z
        .array(z.strictObject({ well, kind: z.enum(WELL_KINDS), tubeCode: tubeCode.optional() }))
        .min(3)
        .max(96),
    }),
    response: run,
  }),
  readRun: post('/laboratory/runs/:runId/reading', {
    summary: { zh: '下机判读并报告', en: 'Read a run and report it' },
    access: 'testing.result',
    purposes: ['testing'],
    params: z.strictObject({ runId: id }),
    body: z.strictObject({
      readAt: instant,
      wells: z.array(z.strictObject({ well, targets })).min(1).max(96),
      /** Wells not reported now: their tubes wait for a second run. */
      recheck: z.array(well).max(96).default([]),
    }),
    response: run,
  }),
  invalidateRun: post('/laboratory/runs/:runId/invalid', {
    summary: { zh: '本板作废', en: 'Declare a run invalid' },
    access: 'testing.result',
    params: z.strictObject({ runId: id }),
    body: z.strictObject({ reason: prose(200) }),
    response: run,
  }),
  runs: get('/laboratory/runs', {
    summary: { zh: '上机记录', en: 'Runs' },
    access: 'testing.read',
    query: z.strictObject({ ...pageQuery, labId: id.optional(), state: z.enum(RUN_STATES).optional() }),
    response: page(run),
  }),
};
