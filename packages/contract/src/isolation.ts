/** Orders from contacts, places to stay, the closed loop, daily follow-up, release. */
import * as z from 'zod';
import { MEASURE_PHASES } from './measures.ts';
import { personSummary } from './people.ts';
import { get, post } from './route.ts';
import {
  bilingual,
  civilDay,
  division,
  id,
  instant,
  list,
  page,
  pageQuery,
  prose,
  version,
} from './shapes.ts';

export const isolationEvents = {
  'order.drafted': { zh: '拟定隔离（监测）决定', en: 'Isolation order drafted' },
  'order.not_needed': { zh: '管理期已满，不再隔离', en: 'Period already over: no order' },
  'order.notified': { zh: '已告知本人', en: 'Person notified' },
  'order.transferred': { zh: '已转运', en: 'Person transferred' },
  'order.admitted': { zh: '已入住', en: 'Person admitted' },
  'order.released': { zh: '解除隔离（监测）', en: 'Person released' },
  'follow_up.recorded': { zh: '健康随访', en: 'Follow-up recorded' },
  'facility.opened': { zh: '启用隔离点', en: 'Isolation site opened' },
} as const;

/** The closed loop: each step has its time, and the time it is due by the pack. */
export const LOOP_STEPS = ['found', 'notified', 'transferred', 'admitted', 'released'] as const;
export type LoopStep = (typeof LOOP_STEPS)[number];

export const loopStep = z.strictObject({
  step: z.enum(LOOP_STEPS),
  at: instant.nullable(),
  dueAt: instant.nullable(),
  late: z.boolean(),
  /** Not asked of this order: home isolation has no transfer. */
  notNeeded: z.boolean(),
});

export const testDay = z.strictObject({
  day: z.int(),
  date: civilDay,
  method: z.enum(['pcr', 'antigen', 'temperature']),
  state: z.enum(['due', 'today', 'negative', 'positive', 'pending', 'missed']),
});

export const orderPhase = z.strictObject({
  kind: z.string(),
  measureId: id,
  phase: z.enum(MEASURE_PHASES),
  fromDate: civilDay,
  untilDate: civilDay,
  endsAt: instant,
  tests: z.array(testDay),
});

export const isolationOrder = z.strictObject({
  id,
  contactId: id,
  personId: id,
  person: personSummary.nullable(),
  class: z.string(),
  division,
  divisionName: z.string(),
  incidentId: id.nullable(),
  caseId: id.nullable(),
  draftedAt: instant,
  /** Of the order as a whole, at the time of the answer. */
  state: z.enum(['awaiting_approval', 'rejected', 'active', 'released', 'ended']),
  step: z.enum(LOOP_STEPS),
  loop: z.array(loopStep),
  phases: z.array(orderPhase),
  untilDate: civilDay,
  endsAt: instant,
  facility: z.strictObject({ id, nameZh: z.string(), nameEn: z.string() }).nullable(),
  room: z.string().nullable(),
  lastFollowUpAt: instant.nullable(),
  followUpDueToday: z.boolean(),
  mayApprove: z.boolean(),
  version,
});
export type IsolationOrder = z.output<typeof isolationOrder>;

export const followUp = z.strictObject({
  id,
  day: civilDay,
  at: instant,
  temperature: z.number().nullable(),
  symptoms: z.array(z.string()),
  note: z.string().nullable(),
  by: z.string(),
});

export const releaseAnswer = z.strictObject({
  releasable: z.boolean(),
  blocking: z.array(z.strictObject({ why: bilingual, clearsAt: instant.nullable() })),
  missedTests: z.array(z.strictObject({ day: z.int(), date: civilDay })),
});

export const isolationOrderDetail = isolationOrder.extend({
  /** Why the days are what they are: the rule, its source and how it counts. */
  explanation: z.array(bilingual),
  rule: z.string(),
  source: z.string(),
  placedLate: bilingual.nullable(),
  release: releaseAnswer,
  followUps: z.array(followUp),
});
export type IsolationOrderDetail = z.output<typeof isolationOrderDetail>;

export const facility = z.strictObject({
  id,
  nameZh: z.string(),
  nameEn: z.string(),
  division,
  roomCount: z.int(),
  freeRooms: z.int(),
  peopleCount: z.int(),
  /** Rooms that become free by the end of each of the next seven days. */
  freeing: z.array(z.strictObject({ day: civilDay, count: z.int() })),
});
export type Facility = z.output<typeof facility>;

const orderId = z.strictObject({ orderId: id });
const personal = ['isolation_care', 'contact_tracing', 'outbreak_command', 'testing', 'oversight'] as const;

export const isolation = {
  orders: get('/isolation/orders', {
    summary: { zh: '隔离（监测）人员', en: 'Isolation orders' },
    access: 'isolation.read',
    purposes: personal,
    query: z.strictObject({
      ...pageQuery,
      state: list(z.enum(['awaiting_approval', 'rejected', 'active', 'released', 'ended'])),
      step: list(z.enum(LOOP_STEPS)),
      late: z.stringbool().optional(),
      incidentId: id.optional(),
      personId: id.optional(),
      within: division.optional(),
    }),
    response: page(isolationOrder),
  }),
  byId: get('/isolation/orders/:orderId', {
    summary: { zh: '个人隔离（监测）决定', en: 'One order' },
    access: 'isolation.read',
    purposes: personal,
    params: orderId,
    response: isolationOrderDetail,
  }),
  approve: post('/isolation/orders/approve', {
    summary: { zh: '批量批准', en: 'Approve orders in bulk as the second person; each has its outcome' },
    access: 'measures.approve',
    purposes: personal,
    priority: 'command',
    body: z.strictObject({ orderIds: z.array(id).min(1).max(200) }),
    response: z.strictObject({
      outcomes: z.array(
        z.strictObject({ orderId: id, approved: z.boolean(), problem: bilingual.nullable() }),
      ),
    }),
  }),
  reject: post('/isolation/orders/:orderId/reject', {
    summary: { zh: '驳回', en: 'Reject an order' },
    access: 'measures.approve',
    purposes: personal,
    params: orderId,
    body: z.strictObject({ reason: prose(500) }),
    response: isolationOrder,
  }),
  notify: post('/isolation/orders/:orderId/notify', {
    summary: { zh: '记录已告知', en: 'Record that the person was notified' },
    access: 'isolation.write',
    purposes: personal,
    params: orderId,
    body: z.strictObject({ channel: z.enum(['phone', 'paper', 'in_person']), version }),
    response: isolationOrder,
  }),
  transfer: post('/isolation/orders/:orderId/transfer', {
    summary: { zh: '记录转运', en: 'Record the transfer' },
    access: 'isolation.write',
    purposes: personal,
    params: orderId,
    body: z.strictObject({ version }),
    response: isolationOrder,
  }),
  admit: post('/isolation/orders/:orderId/admit', {
    summary: { zh: '登记入住', en: 'Admit to a room' },
    access: 'isolation.write',
    purposes: personal,
    params: orderId,
    body: z.strictObject({ facilityId: id, roomId: id, version }),
    response: isolationOrder,
  }),
  recordFollowUp: post('/isolation/orders/:orderId/follow-ups', {
    summary: { zh: '登记健康随访', en: 'Record the daily follow-up' },
    access: 'isolation.write',
    purposes: personal,
    priority: 'intake',
    params: orderId,
    body: z.strictObject({
      id,
      temperature: z.number().min(30).max(45).nullable(),
      symptoms: z.array(prose(30)).max(12),
      note: prose(500).optional(),
    }),
    response: followUp,
  }),
  release: post('/isolation/orders/:orderId/release', {
    summary: { zh: '解除（符合解除条件）', en: 'Release when the rule allows' },
    access: 'isolation.write',
    purposes: personal,
    params: orderId,
    body: z.strictObject({ version }),
    response: isolationOrder,
  }),
  facilities: get('/isolation/facilities', {
    summary: { zh: '隔离点与房间', en: 'Isolation sites and rooms' },
    access: 'isolation.read',
    query: z.strictObject({ within: division.optional() }),
    response: z.strictObject({ items: z.array(facility), asOf: instant }),
  }),
  rooms: get('/isolation/facilities/:facilityId/rooms', {
    summary: { zh: '房间', en: 'Rooms' },
    access: 'isolation.read',
    params: z.strictObject({ facilityId: id }),
    response: z.strictObject({
      items: z.array(z.strictObject({ id, name: z.string(), free: z.boolean() })),
      asOf: instant,
    }),
  }),
  addRooms: post('/isolation/facilities/:facilityId/rooms', {
    summary: { zh: '登记房间', en: 'Register the rooms of an isolation site' },
    access: 'isolation.write',
    params: z.strictObject({ facilityId: id }),
    body: z.strictObject({
      rooms: z
        .array(z.strictObject({ id, name: prose(20) }))
        .min(1)
        .max(500),
    }),
    response: facility,
  }),
};
