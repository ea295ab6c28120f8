/** The ledger of every limit on a person, place or area: ground, two persons, end, review, notice, appeal. */
import * as z from 'zod';
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

export const measuresEvents = {
  'measure.drafted': { zh: '拟定措施', en: 'Measure drafted' },
  'measure.approved': { zh: '措施批准', en: 'Measure approved' },
  'measure.rejected': { zh: '措施驳回', en: 'Measure rejected' },
  'measure.withdrawn': { zh: '措施解除', en: 'Measure withdrawn' },
  'measure.extended': { zh: '拟延长措施', en: 'Extension of a measure drafted' },
  'measure.reviewed': { zh: '措施复核', en: 'Measure reviewed' },
  'measure.batch_alarm': { zh: '批量限制措施异常告警', en: 'Alarm: unusual batch of measures' },
  'appeal.lodged': { zh: '收到申诉', en: 'Appeal lodged' },
  'appeal.acknowledged': { zh: '申诉受理', en: 'Appeal acknowledged' },
  'appeal.danger_confirmed': {
    zh: '申诉期间独立复核确认风险',
    en: 'Danger confirmed by an independent reviewer',
  },
  'appeal.decided': { zh: '申诉作出决定', en: 'Appeal decided' },
} as const;

/** Limits on one person, then limits on a place. The four in the middle are the phases of a protocol pack. */
export const PERSON_MEASURE_KINDS = [
  'pool_hold',
  'checkpoint_hold',
  'centralised_isolation',
  'home_isolation',
  'home_monitoring',
  'self_monitoring',
] as const;
export const PLACE_MEASURE_KINDS = ['risk_area', 'venue_limit'] as const;
export const MEASURE_KINDS = [...PERSON_MEASURE_KINDS, ...PLACE_MEASURE_KINDS] as const;
export type MeasureKind = (typeof MEASURE_KINDS)[number];

export const measureKindWords: Readonly<Record<MeasureKind, { zh: string; en: string }>> = {
  pool_hold: { zh: '就地等候复核', en: 'Hold pending re-test' },
  checkpoint_hold: { zh: '卡点暂留', en: 'Checkpoint hold' },
  centralised_isolation: { zh: '集中隔离', en: 'Centralised isolation' },
  home_isolation: { zh: '居家隔离', en: 'Home isolation' },
  home_monitoring: { zh: '居家健康监测', en: 'Home health monitoring' },
  self_monitoring: { zh: '自我健康监测', en: 'Self health monitoring' },
  risk_area: { zh: '风险区', en: 'Risk area' },
  venue_limit: { zh: '场所限制', en: 'Venue limit' },
};

export const MEASURE_STATES = ['awaiting_approval', 'approved', 'rejected', 'withdrawn'] as const;
export type MeasureState = (typeof MEASURE_STATES)[number];
/** What a person asks of the ledger: computed from the time of the answer, never stored. */
export const MEASURE_PHASES = [
  'awaiting',
  'scheduled',
  'active',
  'suspended',
  'ended',
  'lapsed',
  'rejected',
  'withdrawn',
] as const;
export type MeasurePhase = (typeof MEASURE_PHASES)[number];

export const EVIDENCE_TYPES = ['result', 'pool', 'case', 'contact', 'exposure', 'stay'] as const;
export const evidence = z.strictObject({ type: z.enum(EVIDENCE_TYPES), id });
export type Evidence = z.output<typeof evidence>;

export const AREA_LEVELS = ['high', 'medium', 'low'] as const;
export type AreaLevel = (typeof AREA_LEVELS)[number];

/** A milder way that was weighed and why it was not enough (R7). */
export const alternative = z.strictObject({
  name: bilingual,
  expectedEffect: bilingual,
  peopleCount: z.int().min(0),
  /** Days of restricted movement over all people touched. */
  burdenPersonDays: z.number().min(0),
  rejectedBecause: bilingual,
});
export type Alternative = z.output<typeof alternative>;

/** `bo` is written by a person, never by a machine: null is shown as a missing version. */
const noticeText = z.strictObject({
  zh: z.string().max(2000),
  en: z.string().max(2000),
  bo: z.string().max(2000).nullable(),
});
export const NOTICE_FIELDS = ['what', 'why', 'from', 'until', 'release', 'appeal', 'help'] as const;
export const notice = z.strictObject({
  what: noticeText,
  why: noticeText,
  from: noticeText,
  until: noticeText,
  release: noticeText,
  appeal: noticeText,
  help: noticeText,
});
export type Notice = z.output<typeof notice>;

/** WGS-84 degrees; where the place has none of its own, those of the nearest place around it, then `approximate`. */
const placeRef = z.strictObject({
  id,
  nameZh: z.string(),
  nameEn: z.string(),
  level: z.string(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  approximate: z.boolean(),
});

/** A piece of evidence in words, without the name of anybody. */
export const groundItem = z.strictObject({
  ...evidence.shape,
  title: bilingual,
  at: instant.nullable(),
  until: instant.nullable(),
  place: bilingual.nullable(),
  /** It exists, was not corrected away, and concerns the subject. */
  stands: z.boolean(),
  /** A limit of this kind on this subject took effect on it before: alone it carries no further one (R6). */
  used: z.boolean(),
});
export type GroundItem = z.output<typeof groundItem>;

export const measure = z.strictObject({
  id,
  kind: z.enum(MEASURE_KINDS),
  level: z.enum(AREA_LEVELS).nullable(),
  subjectType: z.enum(['person', 'place']),
  subjectId: id,
  place: placeRef.nullable(),
  division,
  divisionName: bilingual,
  incidentId: id.nullable(),
  packId: z.string(),
  ground: z.array(evidence),
  legalBasis: z.string(),
  /** Whose power it rests on, e.g. 共和县 值班员. */
  power: bilingual,
  author: actorRef,
  draftedAt: instant,
  approver: actorRef.nullable(),
  approvedAt: instant.nullable(),
  closedBy: actorRef.nullable(),
  closedAt: instant.nullable(),
  closeReason: z.string().nullable(),
  state: z.enum(MEASURE_STATES),
  /** At the time of the answer. */
  phase: z.enum(MEASURE_PHASES),
  active: z.boolean(),
  startsAt: instant,
  endsAt: instant,
  /** An emergency measure lapses here unless approved; null for others. */
  lapsesAt: instant.nullable(),
  /** The next answer to "still needed?"; null for measures on one person. */
  reviewDueAt: instant.nullable(),
  reviewOverdue: z.boolean(),
  emergency: z.boolean(),
  extendsId: id.nullable(),
  peopleCount: z.int(),
  /** Under 3 or over 70 among them, as far as the register knows. */
  vulnerableCount: z.int().nullable(),
  /** Planned over the whole time, and spent until now. */
  personDays: z.strictObject({ planned: z.number(), spent: z.number() }),
  version,
});
export type Measure = z.output<typeof measure>;

export const APPEAL_CHANNELS = ['portal', 'phone', 'paper', 'in_person'] as const;
export const appeal = z.strictObject({
  id,
  measureId: id,
  measureKind: z.enum(MEASURE_KINDS),
  division,
  channel: z.enum(APPEAL_CHANNELS),
  statement: z.string(),
  lodgedAt: instant,
  acknowledgeDueAt: instant,
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: actorRef.nullable(),
  decideDueAt: instant,
  /** For a measure on one person: from here it is suspended while undecided and no danger is confirmed. */
  suspendsAt: instant.nullable(),
  suspended: z.boolean(),
  confirmedAt: instant.nullable(),
  confirmedBy: actorRef.nullable(),
  confirmedReason: z.string().nullable(),
  decidedAt: instant.nullable(),
  decider: actorRef.nullable(),
  outcome: z.enum(['granted', 'upheld']).nullable(),
  reason: z.string().nullable(),
  overdue: z.boolean(),
  /** Whether the reader may decide it: not author, not approver of the measure; and if not, why. */
  mayDecide: z.boolean(),
  decisionBlocked: bilingual.nullable(),
});
export type Appeal = z.output<typeof appeal>;

export const measureReview = z.strictObject({
  id,
  at: instant,
  reviewer: actorRef,
  stillNeeded: z.boolean(),
  reason: z.string(),
});

export const measureDetail = measure.extend({
  person: personSummary.nullable(),
  evidence: z.array(groundItem),
  alternatives: z.array(alternative),
  /** The smallest area the evidence would allow; the area itself where it is already that. Null for other kinds. */
  smallest: z
    .strictObject({
      code: z.string(),
      level: z.string(),
      nameZh: z.string(),
      nameEn: z.string(),
      peopleCount: z.int(),
    })
    .nullable(),
  notice,
  /** Notice fields still empty: each blocks activation. */
  noticeMissing: z.array(z.enum(NOTICE_FIELDS)),
  boMissing: z.boolean(),
  appeals: z.array(appeal),
  reviews: z.array(measureReview),
  history: z.array(
    z.strictObject({ kind: z.string(), title: bilingual, at: instant, actor: actorRef.nullable() }),
  ),
  extensions: z.array(z.strictObject({ id, state: z.enum(MEASURE_STATES), endsAt: instant })),
  /** Whether the reader may approve it, and if not, why. */
  mayApprove: z.boolean(),
  approvalBlocked: z.array(bilingual),
});
export type MeasureDetail = z.output<typeof measureDetail>;

const draftBody = z.strictObject({
  id,
  kind: z.enum(MEASURE_KINDS),
  level: z.enum(AREA_LEVELS).nullable().default(null),
  subjectType: z.enum(['person', 'place']),
  subjectId: id,
  incidentId: id.nullable(),
  packId: z.string(),
  ground: z.array(evidence).max(100),
  legalBasis: prose(500),
  startsAt: instant,
  endsAt: instant,
  emergency: z.boolean().default(false),
  alternatives: z.array(alternative).max(8),
  /** Left out for a risk area: the smallest place that holds everything the evidence names. */
  smallest: z.strictObject({ placeId: id }).nullable().default(null),
  /** Left out: written from the facts. */
  notice: notice.optional(),
});
export type DraftMeasureInput = z.output<typeof draftBody>;

export const areaProposal = z.strictObject({
  level: z.enum(AREA_LEVELS),
  place: placeRef,
  division,
  peopleCount: z.int(),
  vulnerableCount: z.int().nullable(),
  caseIds: z.array(id),
  ground: z.array(evidence),
  reason: bilingual,
  rule: z.string(),
  source: z.string(),
  confidence: z.enum(['sourced', 'unverified']),
  smallest: placeRef.extend({ peopleCount: z.int() }).nullable(),
  startsAt: instant,
  endsAt: instant,
  /** What the pack asks of people in an area of this level. */
  duties: bilingual,
  alternatives: z.array(alternative),
  /** A measure that already stands on this place. */
  standingId: id.nullable(),
  /** One that waits for its second person: no need for another draft. */
  awaitingId: id.nullable(),
});
export type AreaProposal = z.output<typeof areaProposal>;

const measureId = z.strictObject({ measureId: id });
const appealId = z.strictObject({ appealId: id });
const personal = [
  'outbreak_command',
  'isolation_care',
  'contact_tracing',
  'case_investigation',
  'oversight',
] as const;

export const measures = {
  list: get('/measures', {
    summary: { zh: '措施台账', en: 'The ledger of measures' },
    access: 'measures.read',
    query: z.strictObject({
      ...pageQuery,
      phase: list(z.enum(MEASURE_PHASES)),
      kind: list(z.enum(MEASURE_KINDS)),
      subjectType: z.enum(['person', 'place']).optional(),
      subjectId: id.optional(),
      incidentId: id.optional(),
      within: division.optional(),
      /** The number on the notice a person reads out. */
      number: z
        .string()
        .regex(/^\d{6}-\d{8}-[0-9a-f]{6}$/, 'the number of a notice such as 632521-20220812-a1b2c3')
        .optional(),
      /** Ends before this time: with phase active, what runs out soon. */
      endsBefore: instant.optional(),
      /** "Still needed?" was not answered in time. */
      reviewOverdue: z.stringbool().optional(),
      /** The ledger as it stood at this time. */
      at: instant.optional(),
    }),
    response: page(measure),
  }),
  counts: get('/measures/counts', {
    summary: { zh: '措施统计', en: 'What stands now, and what it costs' },
    access: 'measures.read',
    priority: 'dashboard',
    query: z.strictObject({ within: division.optional(), incidentId: id.optional(), at: instant.optional() }),
    response: z.strictObject({
      asOf: instant,
      byKind: z.array(
        z.strictObject({
          kind: z.enum(MEASURE_KINDS),
          level: z.enum(AREA_LEVELS).nullable(),
          activeCount: z.int(),
          peopleCount: z.int(),
          personDaysSpent: z.number(),
        }),
      ),
      active: figure,
      awaiting: figure,
      /** In force, and over within 24 h. */
      endsSoon: figure,
      reviewOverdue: figure,
      appealsOpen: figure,
      suspended: figure,
    }),
  }),
  byId: get('/measures/:measureId', {
    summary: { zh: '措施详情', en: 'One measure' },
    access: 'measures.read',
    purposes: personal,
    params: measureId,
    response: measureDetail,
  }),
  evidence: get('/measures/evidence', {
    summary: { zh: '可引用的依据', en: 'Evidence that concerns a person or place, to cite as ground' },
    access: 'measures.draft',
    purposes: personal,
    query: z.strictObject({
      subjectType: z.enum(['person', 'place']),
      subjectId: id,
      kind: z.enum(MEASURE_KINDS).optional(),
      level: z.enum(AREA_LEVELS).optional(),
    }),
    response: z.strictObject({
      asOf: instant,
      /** Newest first, 200 at most. */
      items: z.array(groundItem),
      /** More concern it than are listed. */
      more: z.boolean(),
    }),
  }),
  areaProposals: get('/measures/area-proposals', {
    summary: { zh: '风险区划定建议', en: 'Proposed risk areas with milder alternatives' },
    access: 'measures.draft',
    query: z.strictObject({ incidentId: id, spreadUnclear: z.stringbool().optional() }),
    response: z.strictObject({
      asOf: instant,
      packId: z.string(),
      proposals: z.array(areaProposal),
      without: z.array(z.strictObject({ caseId: id, reason: bilingual })),
    }),
  }),
  preview: post('/measures/preview', {
    summary: { zh: '措施预览（告知书、影响、限期）', en: 'Notice, cost and limits of a draft' },
    access: 'measures.draft',
    body: draftBody.extend({ alternatives: z.array(alternative).max(8).optional() }),
    response: z.strictObject({
      notice,
      peopleCount: z.int(),
      vulnerableCount: z.int().nullable(),
      personDays: z.number(),
      division,
      divisionName: bilingual,
      /** The longest the pack allows from the start; the start itself where the pack knows no such measure. */
      latestEnd: instant,
      /** What the pack asks of people under such a measure. */
      duties: bilingual.nullable(),
      /** Milder ways of this kind with effect, people touched and person-days, to weigh or rewrite. */
      milder: z.array(alternative),
      /** The smallest place that holds everything the evidence names. */
      smallest: placeRef.extend({ peopleCount: z.int(), vulnerableCount: z.int().nullable() }).nullable(),
      /** What the draft would be refused for. */
      faults: z.array(bilingual),
      /** What it could be drafted with, but not approved. */
      unready: z.array(bilingual),
    }),
  }),
  draft: post('/measures', {
    summary: { zh: '拟定措施', en: 'Draft a measure for approval' },
    access: 'measures.draft',
    purposes: personal,
    priority: 'command',
    body: draftBody,
    response: measure,
  }),
  amendNotice: post('/measures/:measureId/notice', {
    summary: { zh: '修改告知书', en: 'Write the notice before approval' },
    access: 'measures.draft',
    params: measureId,
    body: z.strictObject({ notice, version }),
    response: measure,
  }),
  approve: post('/measures/:measureId/approve', {
    summary: { zh: '批准措施', en: 'Approve a measure as the second person' },
    access: 'measures.approve',
    priority: 'command',
    params: measureId,
    body: z.strictObject({ version }),
    response: measure,
  }),
  reject: post('/measures/:measureId/reject', {
    summary: { zh: '驳回措施', en: 'Reject a measure with a reason' },
    access: 'measures.approve',
    params: measureId,
    body: z.strictObject({ reason: prose(500), version }),
    response: measure,
  }),
  withdraw: post('/measures/:measureId/withdraw', {
    summary: { zh: '解除措施', en: 'Withdraw a measure early' },
    access: 'measures.draft',
    params: measureId,
    body: z.strictObject({ reason: prose(500), version }),
    response: measure,
  }),
  extend: post('/measures/:measureId/extend', {
    summary: { zh: '延长措施（新的决定、新的依据）', en: 'A new decision to go on, with new evidence' },
    access: 'measures.draft',
    params: measureId,
    body: z.strictObject({ id, ground: z.array(evidence).max(100), endsAt: instant }),
    response: measure,
  }),
  review: post('/measures/:measureId/review', {
    summary: { zh: '复核是否仍有必要', en: 'Answer whether an area measure is still needed' },
    access: 'measures.approve',
    params: measureId,
    body: z.strictObject({ stillNeeded: z.boolean(), reason: prose(500) }),
    response: measure,
  }),
  stepDown: get('/measures/:measureId/step-down', {
    summary: { zh: '降级倒计时与卡点', en: 'The step-down clock and what blocks it' },
    access: 'measures.read',
    params: measureId,
    response: z.strictObject({
      asOf: instant,
      level: z.string(),
      nextLevel: z.string().nullable(),
      clockFrom: civilDay.nullable(),
      daysWithout: z.int(),
      daysNeeded: z.int(),
      earliestAt: instant.nullable(),
      ready: z.boolean(),
      blocking: z.array(z.strictObject({ why: bilingual, clearsAt: instant.nullable() })),
      rule: z.string().nullable(),
      source: z.string().nullable(),
      facts: z.strictObject({
        lastNewCaseAt: instant.nullable(),
        casesInArea: z.int(),
        screeningsKnown: z.int(),
      }),
    }),
  }),
  notice: get('/measures/:measureId/notice', {
    summary: { zh: '告知书', en: 'The notice, for paper' },
    access: 'signed-in',
    purposes: [...personal, 'resident_service'],
    params: measureId,
    response: z.strictObject({
      notice,
      kind: z.enum(MEASURE_KINDS),
      addressee: z.string(),
      authority: bilingual,
      number: z.string(),
      issuedAt: instant.nullable(),
      boMissing: z.boolean(),
    }),
  }),
  appeals: get('/appeals', {
    summary: { zh: '申诉清单', en: 'Appeals' },
    access: 'measures.read',
    purposes: personal,
    query: z.strictObject({ ...pageQuery, open: z.stringbool().optional(), measureId: id.optional() }),
    response: page(appeal),
  }),
  lodgeAppeal: post('/measures/:measureId/appeals', {
    summary: { zh: '登记申诉', en: 'Lodge an appeal' },
    access: 'signed-in',
    priority: 'intake',
    params: measureId,
    body: z.strictObject({ id, channel: z.enum(APPEAL_CHANNELS), statement: prose(2000) }),
    response: appeal,
  }),
  acknowledgeAppeal: post('/appeals/:appealId/acknowledge', {
    summary: { zh: '受理申诉', en: 'Acknowledge an appeal' },
    access: 'measures.read',
    params: appealId,
    body: z.strictObject({}),
    response: appeal,
  }),
  confirmDanger: post('/appeals/:appealId/confirm-danger', {
    summary: {
      zh: '独立复核：确认解除有现实危险',
      en: 'Confirm danger in writing, as an independent reviewer',
    },
    access: 'measures.appeal',
    params: appealId,
    body: z.strictObject({ reason: prose(1000) }),
    response: appeal,
  }),
  decideAppeal: post('/appeals/:appealId/decide', {
    summary: { zh: '作出申诉决定', en: 'Decide an appeal' },
    access: 'measures.appeal',
    params: appealId,
    body: z.strictObject({ outcome: z.enum(['granted', 'upheld']), reason: prose(1000) }),
    response: appeal,
  }),
  appealFigures: get('/appeals/figures', {
    summary: { zh: '申诉统计', en: 'Appeals in figures' },
    access: 'measures.read',
    priority: 'dashboard',
    response: z.strictObject({
      asOf: instant,
      lodged: z.int(),
      granted: z.int(),
      upheld: z.int(),
      open: z.int(),
      overdue: z.int(),
      medianHoursToDecision: z.number().nullable(),
    }),
  }),
  alarms: get('/measures/alarms', {
    summary: { zh: '批量异常告警', en: 'Alarms of unusual batches' },
    access: 'audit.read',
    query: z.strictObject(pageQuery),
    response: page(
      z.strictObject({
        id,
        at: instant,
        division,
        author: actorRef,
        reason: z.enum(['no_ground', 'same_ground', 'volume']),
        count: z.int(),
      }),
    ),
  }),
};
