/** Signals, activation, level, statutory clocks, timeline, situation. */
import * as z from 'zod';
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

export const incidentsEvents = {
  'signal.raised': { zh: '发现信号', en: 'Signal raised' },
  'signal.joined': { zh: '信号并入事件', en: 'Signal joined to an incident' },
  'signal.dismissed': { zh: '信号排除', en: 'Signal dismissed' },
  'incident.activated': { zh: '启动应急响应', en: 'Response activated' },
  'incident.level_proposed': { zh: '提出响应级别调整', en: 'Change of level proposed' },
  'incident.level_changed': { zh: '响应级别调整', en: 'Response level changed' },
  'incident.level_declined': { zh: '级别调整未获批准', en: 'Change of level declined' },
  'incident.noted': { zh: '记事', en: 'Note in the log' },
  'incident.decided': { zh: '会商决定', en: 'Decision recorded' },
  'incident.stood_down': { zh: '终止应急响应', en: 'Response stood down' },
  'clock.started': { zh: '法定时限开始', en: 'Statutory clock started' },
  'clock.met': { zh: '法定时限内完成', en: 'Statutory clock met' },
} as const;

export const SIGNAL_KINDS = ['screening_positive', 'manual', 'aberration'] as const;
export const SIGNAL_STATES = ['open', 'joined', 'dismissed'] as const;
export type SignalKind = (typeof SIGNAL_KINDS)[number];
export type SignalState = (typeof SIGNAL_STATES)[number];

export const RESPONSE_LEVEL_CODES = ['I', 'II', 'III', 'IV'] as const;
export const responseLevelCode = z.enum(RESPONSE_LEVEL_CODES);
export type ResponseLevelCode = z.output<typeof responseLevelCode>;

/** What a signal of an aberration rests on: counts and a day, of a county. */
export const signalEvidence = z.strictObject({
  series: z.enum(['positives', 'cases']),
  method: z.string(),
  day: civilDay,
  observed: z.int(),
  expected: z.number(),
  upper: z.number(),
});
export type SignalEvidence = z.output<typeof signalEvidence>;

/** Ids only: who the person is opens with a purpose, in people. */
export const signal = z.strictObject({
  id,
  kind: z.enum(SIGNAL_KINDS),
  division,
  divisionName: bilingual,
  at: instant,
  state: z.enum(SIGNAL_STATES),
  resultId: id.nullable(),
  sampleId: id.nullable(),
  personId: id.nullable(),
  siteId: id.nullable(),
  siteName: bilingual.nullable(),
  foundIn: z.string().nullable(),
  note: z.string().nullable(),
  /** Of an aberration. */
  evidence: signalEvidence.nullable(),
  incidentId: id.nullable(),
  decidedBy: actorRef.nullable(),
  decidedAt: instant.nullable(),
  reason: z.string().nullable(),
});
export type Signal = z.output<typeof signal>;

export const statutoryClock = z.strictObject({
  id,
  incidentId: id,
  /** Name of the clock in the pack: directReport, firstInvestigation. */
  kind: z.string(),
  name: bilingual,
  startedAt: instant,
  dueAt: instant,
  metAt: instant.nullable(),
  metBy: actorRef.nullable(),
  evidence: z.string().nullable(),
  state: z.enum(['running', 'late', 'met', 'met_late']),
  source: z.string(),
  confidence: z.enum(['sourced', 'unverified']),
});
export type StatutoryClock = z.output<typeof statutoryClock>;

/** A line of a level: adopted or not, one by one. A measure line becomes a task to draft it; it restricts nobody yet. */
export const levelLine = z.strictObject({
  kind: z.enum(['measure', 'task']),
  id: z.string(),
  text: bilingual,
  /** Added by the level, or ended by leaving the one before. */
  effect: z.enum(['add', 'end']),
  dueHours: z.number().nullable(),
  reviewHours: z.number().nullable(),
  group: bilingual.nullable(),
});
export type LevelLine = z.output<typeof levelLine>;

export const levelChange = z.strictObject({
  id,
  incidentId: id,
  from: responseLevelCode.nullable(),
  to: responseLevelCode,
  reason: z.string(),
  lines: z.array(z.strictObject({ ...levelLine.shape, adopted: z.boolean() })),
  author: actorRef,
  proposedAt: instant,
  approver: actorRef.nullable(),
  decidedAt: instant.nullable(),
  state: z.enum(['proposed', 'approved', 'declined']),
});
export type LevelChange = z.output<typeof levelChange>;

export const incident = z.strictObject({
  id,
  name: bilingual,
  division,
  divisionName: bilingual,
  packId: z.string(),
  packTitle: bilingual,
  level: responseLevelCode,
  reason: z.string(),
  activatedAt: instant,
  activatedBy: actorRef,
  stoodDownAt: instant.nullable(),
  signalCount: z.int(),
  version,
});
export type Incident = z.output<typeof incident>;

/** What activation would start: shown before anybody confirms. */
export const activationPlan = z.strictObject({
  clocks: z.array(
    z.strictObject({
      kind: z.string(),
      name: bilingual,
      startsAt: instant,
      dueAt: instant,
      owner: actorRef.nullable(),
      source: z.string(),
      confidence: z.enum(['sourced', 'unverified']),
    }),
  ),
  lines: z.array(levelLine),
  authority: bilingual,
  /** The level the pack's criteria give for the signals named; null = no criterion met. */
  proposedLevel: responseLevelCode.nullable(),
  proposedBecause: z.array(
    z.strictObject({ text: bilingual, confidence: z.enum(['sourced', 'unverified']) }),
  ),
});
export type ActivationPlan = z.output<typeof activationPlan>;

export const timelineEntry = z.strictObject({
  position: z.string(),
  kind: z.string(),
  title: bilingual,
  at: instant,
  division,
  actor: actorRef.nullable(),
  subject: z.strictObject({ type: z.string(), id }),
  data: z.record(z.string(), z.unknown()),
  /** What a person wrote with it. */
  text: z.string().nullable(),
});
export type TimelineEntry = z.output<typeof timelineEntry>;

export const FIGURES = [
  'samples',
  'positives',
  'close_contacts',
  'contacts_of_contacts',
  'under_measures',
  'tasks_overdue',
] as const;
export type FigureName = (typeof FIGURES)[number];

const namedFigure = z.strictObject({
  name: z.enum(FIGURES),
  title: bilingual,
  ...figure.shape,
  /** The last fourteen days, oldest first. */
  series: z.array(z.strictObject({ day: civilDay, value: z.number() })),
});

export const situation = z.strictObject({
  asOf: instant,
  figures: z.array(namedFigure),
  /** Counts by place, never people; only places with something. */
  places: z.array(
    z.strictObject({
      division,
      divisionName: bilingual,
      signals: z.int(),
      cases: z.int(),
      highRiskAreas: z.int(),
      mediumRiskAreas: z.int(),
    }),
  ),
  /** New cases by the day they were reported. */
  curve: z.array(z.strictObject({ day: civilDay, cases: z.int() })),
  /** Decisions and measures to set against the curve. */
  marks: z.array(z.strictObject({ at: instant, kind: z.string(), title: bilingual, division })),
});
export type Situation = z.output<typeof situation>;

const incidentId = z.strictObject({ incidentId: id });
const signalId = z.strictObject({ signalId: id });

export const incidents = {
  signals: get('/signals', {
    summary: { zh: '信号列表', en: 'List signals' },
    access: 'incidents.read',
    priority: 'command',
    query: z.strictObject({
      ...pageQuery,
      state: list(z.enum(SIGNAL_STATES)),
      within: division.optional(),
      incidentId: id.optional(),
    }),
    response: page(signal),
  }),
  raiseSignal: post('/signals', {
    summary: { zh: '人工录入信号', en: 'Raise a signal by hand' },
    access: 'incidents.activate',
    priority: 'command',
    body: z.strictObject({
      id,
      division,
      at: instant.optional(),
      personId: id.optional(),
      siteId: id.optional(),
      foundIn: z.string().max(40).optional(),
      note: prose(500),
    }),
    response: signal,
  }),
  joinSignal: post('/signals/:signalId/join', {
    summary: { zh: '信号并入已有事件', en: 'Join a signal to an incident' },
    access: 'incidents.activate',
    priority: 'command',
    params: signalId,
    body: z.strictObject({ incidentId: id }),
    response: signal,
  }),
  dismissSignal: post('/signals/:signalId/dismiss', {
    summary: { zh: '排除信号', en: 'Dismiss a signal, with the reason' },
    access: 'incidents.activate',
    priority: 'command',
    params: signalId,
    body: z.strictObject({ reason: prose(500) }),
    response: signal,
  }),
  plan: get('/incidents/plan', {
    summary: { zh: '启动预览：将开始什么', en: 'What activation would start' },
    access: 'incidents.read',
    priority: 'command',
    query: z.strictObject({
      packId: z.string().max(60),
      level: responseLevelCode,
      division,
      signalId: list(id),
    }),
    response: activationPlan,
  }),
  activate: post('/incidents', {
    summary: { zh: '启动应急响应', en: 'Activate the response' },
    access: 'incidents.activate',
    priority: 'command',
    body: z.strictObject({
      id,
      signalIds: z.array(id).max(100),
      packId: z.string().max(60),
      level: responseLevelCode,
      division,
      name: z.strictObject({ zh: prose(80), en: prose(120) }),
      reason: prose(),
      /** Lines of the level adopted at once, by id. */
      adopt: z.array(z.string().max(80)).max(60).default([]),
    }),
    response: z.strictObject({ incident, clocks: z.array(statutoryClock) }),
  }),
  current: get('/incidents/current', {
    summary: { zh: '当前事件', en: 'Incidents now running' },
    access: 'incidents.read',
    priority: 'command',
    response: z.strictObject({ items: z.array(incident), asOf: instant }),
  }),
  list: get('/incidents', {
    summary: { zh: '事件列表', en: 'List incidents' },
    access: 'incidents.read',
    query: z.strictObject(pageQuery),
    response: page(incident),
  }),
  byId: get('/incidents/:incidentId', {
    summary: { zh: '事件详情', en: 'One incident with its clocks and changes of level' },
    access: 'incidents.read',
    params: incidentId,
    response: z.strictObject({
      incident,
      clocks: z.array(statutoryClock),
      levelChanges: z.array(levelChange),
    }),
  }),
  clocks: get('/clocks', {
    summary: { zh: '法定时限', en: 'Statutory clocks of the running incidents' },
    access: 'incidents.read',
    priority: 'command',
    query: z.strictObject({ running: z.stringbool().default(false) }),
    response: z.strictObject({ items: z.array(statutoryClock), asOf: instant }),
  }),
  meetClock: post('/clocks/:clockId/met', {
    summary: { zh: '完成法定时限事项', en: 'Report what a clock asks for as done' },
    access: 'tasks.act',
    priority: 'command',
    params: z.strictObject({ clockId: id }),
    body: z.strictObject({ evidence: prose(500) }),
    response: statutoryClock,
  }),
  levelProposal: get('/incidents/:incidentId/level', {
    summary: { zh: '级别调整将带来什么', en: 'What a change of level would add and end' },
    access: 'incidents.read',
    params: incidentId,
    query: z.strictObject({ to: responseLevelCode }),
    response: z.strictObject({
      from: responseLevelCode,
      to: responseLevelCode,
      authority: bilingual,
      lines: z.array(levelLine),
    }),
  }),
  proposeLevel: post('/incidents/:incidentId/level', {
    summary: { zh: '提出调整响应级别', en: 'Propose a change of level, line by line' },
    access: 'incidents.activate',
    priority: 'command',
    params: incidentId,
    body: z.strictObject({
      id,
      to: responseLevelCode,
      reason: prose(),
      adopt: z.array(z.string().max(80)).max(60),
      version,
    }),
    response: levelChange,
  }),
  decideLevel: post('/level-changes/:changeId/decide', {
    summary: { zh: '审批级别调整（须另一人）', en: 'Approve or decline a change of level; never its author' },
    access: 'incidents.activate',
    priority: 'command',
    params: z.strictObject({ changeId: id }),
    body: z.strictObject({ approve: z.boolean() }),
    response: levelChange,
  }),
  timeline: get('/timeline', {
    summary: { zh: '事件时间线', en: 'The log of an incident or an area, newest first' },
    access: 'incidents.read',
    query: z.strictObject({
      ...pageQuery,
      incidentId: id.optional(),
      within: division.optional(),
      /** First word of the kinds wanted: signal, incident, task, measure. */
      subject: list(z.string().regex(/^[a-z_]{2,30}$/)),
      from: instant.optional(),
      until: instant.optional(),
    }),
    response: page(timelineEntry),
  }),
  note: post('/incidents/:incidentId/notes', {
    summary: { zh: '记入时间线', en: 'Write a note or a decision into the log' },
    access: 'tasks.act',
    params: incidentId,
    body: z.strictObject({ id, text: prose(), decision: z.boolean().default(false) }),
    response: timelineEntry.omit({ position: true }),
  }),
  standDown: post('/incidents/:incidentId/stand-down', {
    summary: { zh: '终止应急响应', en: 'Stand the response down' },
    access: 'incidents.activate',
    params: incidentId,
    body: z.strictObject({ reason: prose(), version }),
    response: incident,
  }),
  situation: get('/situation', {
    summary: { zh: '态势', en: 'The situation: figures, places, curve' },
    access: 'incidents.read',
    priority: 'dashboard',
    query: z.strictObject({ at: instant.optional(), within: division.optional() }),
    response: situation,
  }),
};
