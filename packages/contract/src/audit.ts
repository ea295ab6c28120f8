/** Who saw or changed what, when, why. */
import * as z from 'zod';
import { PURPOSES } from './purposes.ts';
import { get, post } from './route.ts';
import { actorRef, bilingual, civilDay, id, instant, page, pageQuery } from './shapes.ts';

export const auditEvents = {
  'audit.verified': { zh: '审计链核验', en: 'Audit chain verified' },
  'audit.broken': { zh: '审计链核验发现问题', en: 'Audit chain found broken' },
} as const;

export const auditEntry = z.strictObject({
  position: z.string(),
  at: instant,
  actor: actorRef,
  role: z.string(),
  route: z.string(),
  purpose: z.enum(PURPOSES).nullable(),
  /** `done`, or the code it was refused with. */
  outcome: z.string(),
  opened: z.array(z.strictObject({ type: z.string(), ids: z.array(z.string()) })),
  /** Sealed into the hash chain: a few seconds after the act. */
  sealed: z.boolean(),
});
export type AuditEntry = z.output<typeof auditEntry>;

export const auditVerdict = z.strictObject({
  intact: z.boolean(),
  entries: z.int(),
  links: z.int(),
  anchors: z.int(),
  /** What is wrong, the first bad entry first; empty where nothing is. */
  problems: z.array(z.strictObject({ ordinal: z.int().nullable(), problem: bilingual })),
  headHash: z.string().nullable(),
  asOf: instant,
});
export type AuditVerdict = z.output<typeof auditVerdict>;

export const audit = {
  list: get('/audit', {
    summary: { zh: '审计记录', en: 'Audit entries' },
    access: 'audit.read',
    purposes: ['oversight', 'subject_access'],
    query: z.strictObject({
      ...pageQuery,
      actorId: id.optional(),
      subjectId: id.optional(),
      outcome: z.enum(['done', 'refused']).optional(),
      from: civilDay.optional(),
      until: civilDay.optional(),
    }),
    response: page(auditEntry),
  }),
  whoOpened: get('/audit/opened/:subjectType/:subjectId', {
    summary: { zh: '谁看过这条记录', en: 'Who opened this record' },
    access: 'signed-in',
    purposes: [
      'oversight',
      'subject_access',
      'case_investigation',
      'contact_tracing',
      'isolation_care',
      'outbreak_command',
      'testing',
      'resident_service',
    ],
    params: z.strictObject({ subjectType: z.string().regex(/^[a-z_]{1,40}$/), subjectId: id }),
    query: z.strictObject(pageQuery),
    response: page(auditEntry),
  }),
  verify: post('/audit/verify', {
    summary: { zh: '核验审计链', en: 'Verify the audit chain' },
    access: 'audit.read',
    priority: 'export',
    response: auditVerdict,
  }),
};
