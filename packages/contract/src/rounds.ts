/** Rounds of mass screening (全员核酸): who must come, who came, who is missed, when it ends, what comes next. */
import { FOUND_IN } from '@levee/protocol';
import * as z from 'zod';
import { personSummary } from './people.ts';
import { get, post } from './route.ts';
import { actorRef, bilingual, division, figure, id, instant, page, pageQuery, prose } from './shapes.ts';
import { POOL_CAPACITIES } from './testing.ts';

export const roundsEvents = {
  'round.started': { zh: '启动全员核酸', en: 'Screening round started' },
  'round.closed': { zh: '全员核酸本轮结束', en: 'Screening round closed' },
  'round.missed_called': { zh: '下派补采任务', en: 'Stewards asked for those missed' },
  'round.hole_found': { zh: '轮次对账不平', en: 'Accounting of a round does not balance' },
} as const;

export const EXEMPT_REASONS = ['isolated', 'medical', 'recovered', 'other'] as const;
export type ExemptReason = (typeof EXEMPT_REASONS)[number];
export const AWAY_REASONS = ['other_prefecture', 'hospital', 'studying', 'herding', 'not_resident'] as const;
export type AwayReason = (typeof AWAY_REASONS)[number];
/** `missed` is nobody's record: on the register and none of the other three. */
export const ROUND_STANDINGS = ['sampled', 'exempt', 'away', 'missed'] as const;
export type RoundStanding = (typeof ROUND_STANDINGS)[number];

/** What the pack says, with where it says so. */
const rule = z.strictObject({
  text: bilingual,
  rule: z.string(),
  source: z.string(),
  address: z.string().nullable(),
  confidence: z.enum(['sourced', 'unverified']),
});
export type RoundRule = z.output<typeof rule>;

/** headcount = sampled + exempt + away + missed, for each grid and for every sum of grids. */
const counts = {
  headcount: z.int(),
  sampled: z.int(),
  exempt: z.int(),
  away: z.int(),
  missed: z.int(),
};

export const nextStep = z.strictObject({
  step: z.enum(['screen', 'finish_round', 'pause', 'final_round', 'stop']),
  /** Civil day of the next round; null where this one must be finished first or none is needed. */
  nextOn: z.iso.date().nullable(),
  cleanRounds: z.int(),
  cleanRoundsNeeded: z.int(),
  ...rule.shape,
});
export type NextStep = z.output<typeof nextStep>;

export const round = z.strictObject({
  id,
  incidentId: id,
  number: z.int(),
  division,
  areaName: bilingual,
  packId: z.string(),
  poolSize: z.literal(POOL_CAPACITIES),
  startsAt: instant,
  endsAt: instant,
  startedBy: actorRef,
  startedAt: instant,
  closedAt: instant.nullable(),
  closedBy: actorRef.nullable(),
  /** In the reader's area. */
  counts: z.strictObject(counts),
  positives: z.int(),
  asOf: instant,
});
export type Round = z.output<typeof round>;

/** One equation of the strip, in people. `gap` = left − right: anything but 0 is a fault with an owner. */
export const identity = z.strictObject({
  name: z.enum(['counted', 'registered', 'sampled', 'received', 'tested']),
  text: bilingual,
  left: z.int(),
  right: z.int(),
  gap: z.int(),
});
export type RoundIdentity = z.output<typeof identity>;

export const roundAccounting = z.strictObject({
  /** People of the area, each once. */
  counted: figure,
  /** Everybody in the tubes of the round, those from elsewhere too. */
  registered: figure,
  inOpenPools: figure,
  awaitingTransport: figure,
  inTransit: figure,
  rejected: figure,
  received: figure,
  waiting: figure,
  tested: figure,
  reported: figure,
  positivePools: figure,
  resamplesWanted: figure,
  identities: z.array(identity),
  holeSince: instant.nullable(),
  asOf: instant,
});
export type RoundAccounting = z.output<typeof roundAccounting>;

const site = z.strictObject({ id, nameZh: z.string(), nameEn: z.string(), division });

export const roundDetail = round.extend({
  sites: z.array(site),
  accounting: roundAccounting,
  /** People first sampled in the last whole hour. */
  perHour: figure,
  /** When the last one missed would be sampled at that rate; null where nobody is being sampled. */
  expectedEnd: instant.nullable(),
  /** Newest last: people first sampled in each ten minutes. */
  pace: z.array(z.strictObject({ at: instant, sampled: z.int() })),
  positiveFoundIn: z.array(z.strictObject({ foundIn: z.enum(FOUND_IN), count: z.int() })),
  /** Null where the pack screens no areas. */
  next: nextStep.nullable(),
  calls: z.int(),
});
export type RoundDetail = z.output<typeof roundDetail>;

export const ROUND_LEVELS = ['county', 'township', 'community', 'grid'] as const;
export type RoundLevel = (typeof ROUND_LEVELS)[number];
export const roundArea = z.strictObject({
  division,
  nameZh: z.string(),
  nameEn: z.string(),
  ...counts,
  steward: z.strictObject({ account: actorRef, placeName: z.string() }).nullable(),
  called: z.boolean(),
});
export type RoundArea = z.output<typeof roundArea>;

export const roundPerson = z.strictObject({
  personId: id,
  /** Null where the reader's role sees no names. */
  person: personSummary.nullable(),
  division,
  standing: z.enum(ROUND_STANDINGS),
  reason: z.enum([...EXEMPT_REASONS, ...AWAY_REASONS]).nullable(),
  note: z.string().nullable(),
  at: instant.nullable(),
});
export type RoundPerson = z.output<typeof roundPerson>;

const roundParams = z.strictObject({ roundId: id });
const roundPurposes = [
  'testing',
  'outbreak_command',
  'case_investigation',
  'isolation_care',
  'oversight',
] as const;

export const rounds = {
  plan: get('/rounds/plan', {
    summary: { zh: '按预案拟定轮次', en: 'What the pack says about a round here' },
    access: 'testing.read',
    query: z.strictObject({ incidentId: id, division }),
    response: z.strictObject({
      incidentId: id,
      division,
      areaName: bilingual,
      packTitle: bilingual,
      headcount: figure,
      /** Null where the pack screens no areas. */
      trigger: rule.nullable(),
      poolSizes: z.strictObject({ sizes: z.array(z.literal(POOL_CAPACITIES)), ...rule.shape }).nullable(),
      hours: z.strictObject({ minutes: z.int(), ...rule.shape }).nullable(),
      next: nextStep.nullable(),
      sites: z.array(site),
      asOf: instant,
    }),
  }),
  start: post('/rounds', {
    summary: { zh: '启动一轮全员核酸', en: 'Start a screening round' },
    access: 'rounds.command',
    body: z.strictObject({
      id,
      incidentId: id,
      division,
      poolSize: z.literal(POOL_CAPACITIES),
      startsAt: instant,
      endsAt: instant,
      siteIds: z.array(id).max(1000),
    }),
    response: roundDetail,
  }),
  list: get('/rounds', {
    summary: { zh: '全员核酸轮次', en: 'Screening rounds' },
    access: 'testing.read',
    query: z.strictObject({ ...pageQuery, incidentId: id.optional() }),
    response: page(round),
  }),
  byId: get('/rounds/:roundId', {
    summary: { zh: '轮次进度', en: 'Progress of a round' },
    access: 'testing.read',
    priority: 'dashboard',
    params: roundParams,
    response: roundDetail,
  }),
  areas: get('/rounds/:roundId/areas', {
    summary: { zh: '各网格进度', en: 'Progress by area' },
    access: 'testing.read',
    priority: 'dashboard',
    params: roundParams,
    query: z.strictObject({
      ...pageQuery,
      level: z.enum(ROUND_LEVELS).default('community'),
      within: division.optional(),
      order: z.enum(['missed', 'division']).default('missed'),
    }),
    response: page(roundArea),
  }),
  people: get('/rounds/:roundId/people', {
    summary: { zh: '漏采、免采与外出人员', en: 'Those missed, exempt or away' },
    access: 'testing.read',
    purposes: roundPurposes,
    params: roundParams,
    query: z.strictObject({
      ...pageQuery,
      standing: z.enum(['missed', 'exempt', 'away']).default('missed'),
      within: division.optional(),
    }),
    response: page(roundPerson),
  }),
  setStanding: post('/rounds/:roundId/people', {
    summary: { zh: '登记免采或外出', en: 'Record people as exempt or away' },
    access: 'testing.sample',
    purposes: ['testing'],
    params: roundParams,
    body: z.strictObject({
      personIds: z.array(id).min(1).max(200),
      // `missed` takes a record back: the person is due again.
      standing: z.enum(['exempt', 'away', 'missed']),
      reason: z.enum([...EXEMPT_REASONS, ...AWAY_REASONS]).optional(),
      note: prose(200).optional(),
    }),
    response: z.strictObject({ changed: z.int() }),
  }),
  callMissed: post('/rounds/:roundId/calls', {
    summary: { zh: '下派补采任务', en: 'Ask the stewards for those missed' },
    access: 'rounds.command',
    params: roundParams,
    body: z.strictObject({ within: division.optional() }),
    response: z.strictObject({ called: z.int(), people: z.int() }),
  }),
  countQueue: post('/rounds/sites/:siteId/queue', {
    summary: { zh: '上报排队人数', en: 'Say how many wait at a site' },
    access: 'testing.sample',
    params: z.strictObject({ siteId: id }),
    body: z.strictObject({ waiting: z.int().min(0).max(100_000) }),
    response: z.strictObject({ waiting: z.int(), countedAt: instant }),
  }),
  close: post('/rounds/:roundId/close', {
    summary: { zh: '结束本轮', en: 'Close a round' },
    access: 'rounds.command',
    params: roundParams,
    response: roundDetail,
  }),
};
