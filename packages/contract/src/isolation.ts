/** Orders made of accepted contacts: found → notified → transferred → admitted → tested → released. An order restricts nobody: its phases are measures. */
import { PERSON_CONDITIONS, PHASE_KINDS } from '@levee/protocol';
import * as z from 'zod';
import { MEASURE_PHASES } from './measures.ts';
import { personSummary } from './people.ts';
import { get, post } from './route.ts';
import {
  actorRef,
  bilingual,
  civilDay,
  division,
  figure,
  id,
  instant,
  list,
  page,
  pageQuery,
  prose,
  version,
} from './shapes.ts';

export const isolationEvents = {
  'isolation.drafted': { zh: '拟定隔离管理', en: 'Isolation order drafted' },
  'isolation.undrafted': { zh: '未能拟定隔离管理', en: 'No isolation order could be drafted' },
  'isolation.changed': { zh: '隔离管理变更', en: 'Isolation order changed' },
  'isolation.withdrawn': { zh: '隔离管理撤销', en: 'Isolation order withdrawn' },
  'isolation.notified': { zh: '已告知本人', en: 'Person notified' },
  'isolation.transferred': { zh: '转运到达', en: 'Transferred' },
  'isolation.admitted': { zh: '已入住', en: 'Admitted' },
  'isolation.followed_up': { zh: '健康随访', en: 'Followed up' },
  'isolation.symptoms_reported': { zh: '随访发现症状', en: 'Symptoms found at follow-up' },
  'isolation.site_sampled': { zh: '物品环境采样', en: 'Goods or surroundings sampled' },
  'isolation.released': { zh: '解除隔离', en: 'Released' },
  'isolation.rooms_added': { zh: '登记隔离房间', en: 'Rooms registered' },
} as const;

export const LOOP_STEPS = ['found', 'notified', 'transferred', 'admitted', 'tested', 'released'] as const;
export type LoopStep = (typeof LOOP_STEPS)[number];

/** As the ledger answers for the first phase at the time of the answer. */
export const ORDER_STATES = [
  'awaiting',
  'in_force',
  'suspended',
  'released',
  'ended',
  'lapsed',
  'rejected',
  'withdrawn',
  'undrafted',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** No duty depends on owning a phone (R14). */
export const NOTIFY_CHANNELS = ['phone', 'paper', 'sms', 'in_person'] as const;
export type NotifyChannel = (typeof NOTIFY_CHANNELS)[number];

export const FOLLOW_UP_SYMPTOMS = [
  'fever',
  'cough',
  'sore_throat',
  'fatigue',
  'myalgia',
  'loss_of_smell_or_taste',
  'diarrhoea',
  'breathlessness',
] as const;
export type FollowUpSymptom = (typeof FOLLOW_UP_SYMPTOMS)[number];
/** °C at the armpit from which a follow-up counts as fever. */
export const FEVER_FROM = 37.3;

export const ISOLATION_CLASSES = ['close', 'contact_of_contact', 'general'] as const;
export type IsolationClass = (typeof ISOLATION_CLASSES)[number];

const facilityRef = z.strictObject({ id, nameZh: z.string(), nameEn: z.string() });

export const isolationOrder = z.strictObject({
  id,
  contactId: id,
  caseId: id.nullable(),
  incidentId: id.nullable(),
  person: personSummary,
  division,
  class: z.enum(ISOLATION_CLASSES),
  packId: z.string(),
  state: z.enum(ORDER_STATES),
  /** Last step of the loop that has happened. */
  stage: z.enum(LOOP_STEPS),
  /** Of the first phase: where the person is to be. */
  kind: z.enum(PHASE_KINDS).nullable(),
  /** Day n of m of the phase that runs today. */
  day: z.strictObject({ kind: z.enum(PHASE_KINDS), n: z.int(), of: z.int() }).nullable(),
  fromDate: civilDay.nullable(),
  /** Last day of everything, inclusive. */
  untilDate: civilDay.nullable(),
  approvedAt: instant.nullable(),
  foundAt: instant,
  notifiedAt: instant.nullable(),
  transferredAt: instant.nullable(),
  admittedAt: instant.nullable(),
  releasedAt: instant.nullable(),
  facility: facilityRef.nullable(),
  room: z.strictObject({ id, name: z.string() }).nullable(),
  testsDueToday: z.int(),
  /** Test days that passed without a sample since. */
  testsMissed: z.int(),
  followUpDueToday: z.boolean(),
  /** At the last follow-up of today or yesterday. */
  symptomatic: z.boolean(),
  /** A result since the order is positive: manage as an infected person. */
  positive: z.boolean(),
  placedLate: z.boolean(),
  /** Steps that take longer than the pack allows, with who answers for each. */
  late: z.array(z.strictObject({ step: z.enum(LOOP_STEPS), dueAt: instant, owner: actorRef.nullable() })),
  version,
});
export type IsolationOrder = z.output<typeof isolationOrder>;

export const loopStep = z.strictObject({
  step: z.enum(LOOP_STEPS),
  /** False: this order has no such step, e.g. no transfer into one’s own home. */
  applies: z.boolean(),
  at: instant.nullable(),
  by: z.string().nullable(),
  channel: z.enum(NOTIFY_CHANNELS).nullable(),
  /** When the clock of the seam began and when it runs out; null before it begins or where the pack sets no limit. */
  startedAt: instant.nullable(),
  dueAt: instant.nullable(),
  late: z.boolean(),
  owner: actorRef.nullable(),
  limit: z
    .strictObject({
      minutes: z.number(),
      name: bilingual,
      source: z.string(),
      confidence: z.enum(['sourced', 'unverified']),
    })
    .nullable(),
});
export type LoopStepAnswer = z.output<typeof loopStep>;

export const TEST_STATES = [
  'planned',
  'due',
  'missed',
  'pending',
  'negative',
  'positive',
  'unclear',
] as const;
export type TestState = (typeof TEST_STATES)[number];

export const orderTest = z.strictObject({
  day: z.int(),
  date: civilDay,
  method: z.enum(['pcr', 'antigen', 'temperature']),
  movedFrom: civilDay.nullable(),
  state: z.enum(TEST_STATES),
  sampledAt: instant.nullable(),
  resultedAt: instant.nullable(),
});

export const orderPhase = z.strictObject({
  kind: z.enum(PHASE_KINDS),
  kindName: bilingual,
  fromDate: civilDay,
  untilDate: civilDay,
  mayGoOut: z.boolean(),
  tests: z.array(orderTest),
  measure: z
    .strictObject({
      id,
      phase: z.enum(MEASURE_PHASES),
      active: z.boolean(),
      startsAt: instant,
      endsAt: instant,
      author: actorRef,
      approver: actorRef.nullable(),
      approvedAt: instant.nullable(),
      closeReason: z.string().nullable(),
    })
    .nullable(),
});

export const followUp = z.strictObject({
  id,
  day: civilDay,
  at: instant,
  temperature: z.number().nullable(),
  symptoms: z.array(z.enum(FOLLOW_UP_SYMPTOMS)),
  note: z.string().nullable(),
  by: z.string(),
});

export const SITE_SAMPLE_KINDS = ['environment', 'goods'] as const;
export const siteSample = z.strictObject({
  id,
  kind: z.enum(SITE_SAMPLE_KINDS),
  sampledAt: instant,
  result: z.enum(['negative', 'positive']),
  by: z.string(),
});

export const releaseAnswer = z.strictObject({
  releasable: z.boolean(),
  blocking: z.array(z.strictObject({ rule: z.string(), why: bilingual, clearsAt: instant.nullable() })),
  missedTests: z.array(z.strictObject({ day: z.int(), date: civilDay })),
});

export const isolationOrderDetail = isolationOrder.extend({
  loop: z.array(loopStep),
  rule: z.string(),
  source: z.string(),
  confidence: z.enum(['sourced', 'unverified']),
  anchor: z.strictObject({ name: bilingual, date: civilDay }),
  phases: z.array(orderPhase),
  /** Phases of earlier revisions, closed through the ledger. */
  earlier: z.array(orderPhase),
  placedLateText: bilingual.nullable(),
  notes: z.array(bilingual),
  conditions: z.array(z.enum(PERSON_CONDITIONS)),
  withdrawnReason: z.string().nullable(),
  undraftedReason: z.string().nullable(),
  followUps: z.array(followUp),
  siteSamples: z.array(siteSample),
  /** May the person leave the first phase now, and if not, what is missing? By the pack. */
  release: releaseAnswer,
  mayApprove: z.boolean(),
  approvalBlocked: z.array(bilingual),
});
export type IsolationOrderDetail = z.output<typeof isolationOrderDetail>;

export const isolationFacility = z.strictObject({
  place: facilityRef,
  division,
  divisionName: bilingual,
  roomCount: z.int(),
  bedCount: z.int(),
  occupiedCount: z.int(),
  freeCount: z.int(),
  /** Beds taken by those who are there now, in the night that follows each day. */
  nights: z.array(z.strictObject({ date: civilDay, occupied: z.int(), free: z.int() })),
});
export type IsolationFacility = z.output<typeof isolationFacility>;

export const isolationRoom = z.strictObject({
  id,
  name: z.string(),
  beds: z.int(),
  occupants: z.array(z.strictObject({ orderId: id, nameZh: z.string(), untilDate: civilDay.nullable() })),
});
export type IsolationRoom = z.output<typeof isolationRoom>;

const orderId = z.strictObject({ orderId: id });
const placeId = z.strictObject({ placeId: id });
const personal = ['isolation_care', 'outbreak_command', 'oversight'] as const;
const care = ['isolation_care'] as const;
/** When it happened, where that was before it is entered. */
const happenedAt = instant.optional();

export const isolation = {
  orders: get('/isolation/orders', {
    summary: { zh: '隔离管理清单', en: 'Isolation orders' },
    access: 'isolation.read',
    purposes: personal,
    query: z.strictObject({
      ...pageQuery,
      state: list(z.enum(ORDER_STATES)),
      stage: list(z.enum(LOOP_STEPS)),
      class: list(z.enum(ISOLATION_CLASSES)),
      kind: list(z.enum(PHASE_KINDS)),
      late: z.stringbool().optional(),
      testsDue: z.stringbool().optional(),
      followUpDue: z.stringbool().optional(),
      facilityId: id.optional(),
      personId: id.optional(),
      contactId: id.optional(),
      incidentId: id.optional(),
      within: division.optional(),
      q: z.string().trim().max(40).optional(),
    }),
    response: page(isolationOrder),
  }),
  counts: get('/isolation/counts', {
    summary: { zh: '隔离管理统计', en: 'The closed loop in numbers' },
    access: 'isolation.read',
    priority: 'dashboard',
    query: z.strictObject({ incidentId: id.optional(), within: division.optional() }),
    response: z.strictObject({
      asOf: instant,
      byStage: z.array(z.strictObject({ stage: z.enum(LOOP_STEPS), count: z.int(), lateCount: z.int() })),
      awaiting: figure,
      inForce: figure,
      late: figure,
      testsDueToday: figure,
      followUpsDueToday: figure,
    }),
  }),
  orderById: get('/isolation/orders/:orderId', {
    summary: { zh: '隔离管理详情', en: 'One order: loop, schedule, follow-up, release check' },
    access: 'isolation.read',
    purposes: personal,
    params: orderId,
    response: isolationOrderDetail,
  }),
  draft: post('/isolation/orders', {
    summary: { zh: '为接触者拟定隔离管理', en: 'Draft an order for an accepted contact' },
    access: 'isolation.write',
    purposes: care,
    priority: 'command',
    body: z.strictObject({
      id,
      contactId: id,
      conditions: z.array(z.enum(PERSON_CONDITIONS)).max(8).default([]),
    }),
    response: isolationOrderDetail,
  }),
  setConditions: post('/isolation/orders/:orderId/conditions', {
    summary: { zh: '登记特殊情形（居家隔离等）', en: 'Record conditions such as those for home isolation' },
    access: 'isolation.write',
    purposes: care,
    params: orderId,
    body: z.strictObject({ conditions: z.array(z.enum(PERSON_CONDITIONS)).max(8), version }),
    response: isolationOrderDetail,
  }),
  approve: post('/isolation/orders/:orderId/approve', {
    summary: { zh: '批准隔离管理（各阶段措施）', en: 'Approve the phases of an order as the second person' },
    access: 'measures.approve',
    purposes: personal,
    priority: 'command',
    params: orderId,
    body: z.strictObject({ version }),
    response: isolationOrderDetail,
  }),
  reject: post('/isolation/orders/:orderId/reject', {
    summary: { zh: '驳回隔离管理', en: 'Reject the phases of an order with a reason' },
    access: 'measures.approve',
    purposes: personal,
    params: orderId,
    body: z.strictObject({ reason: prose(500), version }),
    response: isolationOrderDetail,
  }),
  notify: post('/isolation/orders/:orderId/notify', {
    summary: { zh: '告知本人', en: 'Record that the person was told' },
    access: 'isolation.write',
    purposes: care,
    priority: 'intake',
    params: orderId,
    body: z.strictObject({ channel: z.enum(NOTIFY_CHANNELS), at: happenedAt, version }),
    response: isolationOrderDetail,
  }),
  transfer: post('/isolation/orders/:orderId/transfer', {
    summary: { zh: '转运到达', en: 'Record the arrival of the transfer' },
    access: 'isolation.write',
    purposes: care,
    priority: 'intake',
    params: orderId,
    body: z.strictObject({ at: happenedAt, version }),
    response: isolationOrderDetail,
  }),
  admit: post('/isolation/orders/:orderId/admit', {
    summary: { zh: '入住房间或居家落实', en: 'Admit to a room, or settle at home' },
    access: 'isolation.write',
    purposes: care,
    priority: 'intake',
    params: orderId,
    body: z.strictObject({ roomId: id.nullable(), at: happenedAt, version }),
    response: isolationOrderDetail,
  }),
  followUp: post('/isolation/orders/:orderId/follow-ups', {
    summary: { zh: '每日健康随访', en: 'Enter a daily health follow-up' },
    access: 'isolation.write',
    purposes: care,
    priority: 'intake',
    params: orderId,
    body: z.strictObject({
      id,
      at: happenedAt,
      temperature: z.number().min(30).max(45).nullable(),
      symptoms: z.array(z.enum(FOLLOW_UP_SYMPTOMS)).max(FOLLOW_UP_SYMPTOMS.length),
      note: prose(500).optional(),
    }),
    response: isolationOrderDetail,
  }),
  siteSample: post('/isolation/orders/:orderId/site-samples', {
    summary: { zh: '物品环境采样结果', en: 'Result of a sample of goods or surroundings' },
    access: 'isolation.write',
    purposes: care,
    params: orderId,
    body: z.strictObject({
      id,
      kind: z.enum(SITE_SAMPLE_KINDS),
      sampledAt: instant,
      result: z.enum(['negative', 'positive']),
    }),
    response: isolationOrderDetail,
  }),
  release: post('/isolation/orders/:orderId/release', {
    summary: { zh: '解除隔离', en: 'Release from the first phase' },
    access: 'isolation.write',
    purposes: care,
    priority: 'command',
    params: orderId,
    body: z.strictObject({ version }),
    response: isolationOrderDetail,
  }),
  certificate: get('/isolation/orders/:orderId/certificate', {
    summary: { zh: '解除隔离医学观察通知书', en: 'The release certificate, for paper' },
    access: 'isolation.read',
    purposes: personal,
    params: orderId,
    response: z.strictObject({
      number: z.string(),
      addressee: z.string(),
      identityMasked: z.string().nullable(),
      authority: bilingual,
      kind: z.enum(PHASE_KINDS),
      kindName: bilingual,
      className: bilingual,
      place: bilingual,
      fromDate: civilDay,
      untilDate: civilDay,
      releasedAt: instant,
      /** True: nobody had to act, the end of the order came. */
      byTime: z.boolean(),
      tests: z.array(z.strictObject({ date: civilDay, day: z.int(), result: z.enum(TEST_STATES) })),
      next: z
        .strictObject({ kindName: bilingual, fromDate: civilDay, untilDate: civilDay, mayGoOut: z.boolean() })
        .nullable(),
      packTitle: bilingual,
      issuedBy: z.string().nullable(),
      demonstration: z.boolean(),
    }),
  }),
  facilities: get('/isolation/facilities', {
    summary: { zh: '隔离点床位与七日预测', en: 'Facilities, beds and the next seven nights' },
    access: 'isolation.read',
    priority: 'dashboard',
    query: z.strictObject({ within: division.optional(), roomless: z.stringbool().default(false) }),
    response: z.strictObject({
      asOf: instant,
      source: bilingual,
      items: z.array(isolationFacility),
      /** People ordered to a facility who are not in one yet, and the beds everybody together needs each night. */
      toAdmit: z.int(),
      nights: z.array(
        z.strictObject({
          date: civilDay,
          occupied: z.int(),
          expected: z.int(),
          beds: z.int(),
          short: z.int(),
        }),
      ),
    }),
  }),
  rooms: get('/isolation/facilities/:placeId/rooms', {
    summary: { zh: '隔离点房间', en: 'Rooms of a facility and who is in them' },
    access: 'isolation.read',
    purposes: personal,
    params: placeId,
    response: z.strictObject({ asOf: instant, place: facilityRef, rooms: z.array(isolationRoom) }),
  }),
  addRooms: post('/isolation/facilities/:placeId/rooms', {
    summary: { zh: '登记房间', en: 'Register rooms of a facility' },
    access: 'isolation.write',
    params: placeId,
    body: z.strictObject({
      rooms: z
        .array(z.strictObject({ id, name: prose(40), beds: z.int().min(1).max(4).default(1) }))
        .min(1)
        .max(500),
    }),
    response: z.strictObject({ addedCount: z.int(), roomCount: z.int(), bedCount: z.int() }),
  }),
};
