/** Who infected whom, as the links on record say. */
import * as z from 'zod';
import { CLASSIFICATIONS } from './case-fields.ts';
import { CASE_PURPOSES } from './cases-shared.ts';
import { get, post } from './route.ts';
import { bilingual, division, id, instant, prose } from './shapes.ts';

const day = z.iso.date().nullable();
const pair = z.strictObject({ from: z.string(), to: z.string() });

/** Cases are named by their id in the list, never by a person's name: chains are shown on shared screens (F19). */
export const caseChains = z.strictObject({
  asOf: instant,
  nodes: z.array(
    z.strictObject({
      id,
      externalId: z.string(),
      classification: z.enum(CLASSIFICATIONS),
      dateOnset: day,
      dateReporting: day,
      outcome: z.string().nullable(),
      division,
      infecteesCount: z.int(),
      generation: z.int(),
      cluster: z.int(),
      /** Ids of the possible infectors; more than one makes the case ambiguous. */
      infectors: z.array(id),
      infectees: z.array(id),
    }),
  ),
  /** `from` and `to` are ids of cases. */
  links: z.array(
    z.strictObject({
      from: id,
      to: id,
      exposure: z.string().nullable(),
      serialIntervalDays: z.number().nullable(),
    }),
  ),
  linksCount: z.int(),
  /** Links that cannot be true as they stand, by list ids, each with the reason. */
  impossible: z.array(
    z.strictObject({
      ...pair.shape,
      reason: z.enum(['unknown_id', 'self_link', 'onset_before_infector', 'cycle']),
    }),
  ),
  ambiguous: z.array(z.strictObject({ to: z.string(), from: z.array(z.string()) })),
  serialInterval: z.strictObject({
    pairsCount: z.int(),
    meanDays: z.number().nullable(),
    medianDays: z.number().nullable(),
    sdDays: z.number().nullable(),
    /** Infectees who fell ill before their infector. */
    negativeCount: z.int(),
  }),
  /** By how many days an infectee may fall ill before its infector, and the pack that says so. */
  onsetBeforeInfector: z.strictObject({
    days: z.int(),
    pack: z.strictObject({ id: z.string(), name: bilingual }).nullable(),
  }),
  clustersCount: z.int(),
  largestCluster: z.int(),
  generationsCount: z.int(),
});
export type CaseChains = z.output<typeof caseChains>;

/** The case at the other end of a link, as a case's page names it. */
const linkedCase = z.strictObject({
  id,
  externalId: z.string(),
  classification: z.enum(CLASSIFICATIONS),
  dateOnset: day,
  exposure: z.string().nullable(),
  serialIntervalDays: z.number().nullable(),
});
export type LinkedCase = z.output<typeof linkedCase>;

export const caseLinks = z.strictObject({
  infectors: z.array(linkedCase),
  infectees: z.array(linkedCase),
  asOf: instant,
});
export type CaseLinks = z.output<typeof caseLinks>;

export const CURVE_BASES = ['onset', 'sample', 'report'] as const;
/** What the bars of a curve are stacked by. */
export const CURVE_GROUPS = ['classification', 'county', 'severity', 'foundIn'] as const;

export const caseCurve = z.strictObject({
  asOf: instant,
  basis: z.enum(CURVE_BASES),
  by: z.enum(CURVE_GROUPS),
  /** What the keys of `groups` are called, largest first. */
  groupNames: z.array(z.strictObject({ key: z.string(), name: bilingual, count: z.int() })),
  /** Cases without the day asked for: not drawn, but counted. */
  missingCount: z.int(),
  totalCount: z.int(),
  /** Whether the last days are marked by the measured delay to the report or, for want of one, by a rule. */
  incompleteBy: z.enum(['delay', 'rule', 'none']),
  days: z.array(
    z.strictObject({
      day: z.iso.date(),
      count: z.int(),
      groups: z.record(z.string(), z.int()),
      /** Still filling up: reports of these days are not all in. */
      incomplete: z.boolean(),
      /** Mean of the seven days up to this one; null in the first six. */
      mean7: z.number().nullable(),
    }),
  ),
});
export type CaseCurve = z.output<typeof caseCurve>;

const of = z.strictObject({
  incidentId: id.optional(),
  lineListId: id.optional(),
});
const caseParams = z.strictObject({ caseId: id });

export const caseChainRoutes = {
  chains: get('/cases/chains', {
    summary: { zh: '传播链', en: 'Transmission chains' },
    access: 'cases.read',
    purposes: CASE_PURPOSES,
    query: of,
    response: caseChains,
  }),
  curve: get('/cases/curve', {
    summary: { zh: '流行曲线', en: 'Epidemic curve' },
    access: 'cases.read',
    priority: 'dashboard',
    query: z.strictObject({
      ...of.shape,
      within: division.optional(),
      basis: z.enum(CURVE_BASES).default('onset'),
      by: z.enum(CURVE_GROUPS).default('classification'),
    }),
    response: caseCurve,
  }),
  links: get('/cases/:caseId/links', {
    summary: { zh: '病例的传播关系', en: 'Who may have infected a case, and whom it may have infected' },
    access: 'cases.read',
    purposes: CASE_PURPOSES,
    params: caseParams,
    response: caseLinks,
  }),
  /** By hand, as an investigation finds it; a case may have several possible infectors. */
  addInfector: post('/cases/:caseId/infectors', {
    summary: { zh: '登记传染来源', en: 'Record a possible infector' },
    access: 'cases.write',
    purposes: CASE_PURPOSES,
    params: caseParams,
    body: z.strictObject({
      infectorId: id,
      exposure: prose(200).nullable().default(null),
      reason: prose(300),
    }),
    response: caseLinks,
  }),
  removeInfector: post('/cases/:caseId/infectors/remove', {
    summary: { zh: '撤销传染来源', en: 'Take back a possible infector' },
    access: 'cases.write',
    purposes: CASE_PURPOSES,
    params: caseParams,
    body: z.strictObject({ infectorId: id, reason: prose(300) }),
    response: caseLinks,
  }),
};
