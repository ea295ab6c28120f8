/** Who may do what. A role is a fixed set of permissions and of purposes it may name; scope (where) is apart. */
import { PURPOSES, type Purpose } from './purposes.ts';
import type { Bilingual } from './shapes.ts';

export const PERMISSIONS = [
  'places.read',
  'places.write',
  'people.read',
  'people.write',
  'tasks.read',
  'tasks.act',
  'tasks.assign',
  'testing.read',
  'testing.sample',
  'testing.result',
  'rounds.command',
  'incidents.read',
  'incidents.activate',
  'cases.read',
  'cases.write',
  'cases.import',
  'cases.export',
  'tracing.search',
  'tracing.review',
  'measures.read',
  'measures.draft',
  'measures.approve',
  'measures.appeal',
  'isolation.read',
  'isolation.write',
  'information.read',
  'information.draft',
  'information.approve',
  'organisations.read',
  'organisations.write',
  'accounts.read',
  'accounts.write',
  'audit.read',
  'drills.control',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

interface RoleDefinition {
  readonly title: Bilingual;
  readonly may: readonly Permission[];
  readonly purposes: readonly Purpose[];
}

const looksAround = [
  'places.read',
  'tasks.read',
  'tasks.act',
  'incidents.read',
  'organisations.read',
] as const satisfies Permission[];

/** The roles of the house. System, security and audit administration are three people (GB/T 22239, level 3). */
export const roles = {
  commander: {
    title: { zh: '指挥长', en: 'Commander' },
    may: [
      ...looksAround,
      'tasks.assign',
      'testing.read',
      'rounds.command',
      'incidents.activate',
      'cases.read',
      'measures.read',
      'measures.draft',
      'measures.approve',
      'measures.appeal',
      'isolation.read',
      'information.read',
      'information.approve',
      'organisations.write',
      'drills.control',
    ],
    purposes: ['outbreak_command', 'isolation_care'],
  },
  duty_officer: {
    title: { zh: '值班员', en: 'Duty officer' },
    may: [
      ...looksAround,
      'tasks.assign',
      'testing.read',
      'rounds.command',
      'incidents.activate',
      'cases.read',
      'cases.write',
      'measures.read',
      'measures.draft',
      'isolation.read',
      'information.read',
      'information.draft',
      'people.read',
      'drills.control',
    ],
    purposes: ['outbreak_command', 'case_investigation', 'isolation_care', 'resident_service'],
  },
  epidemiologist: {
    title: { zh: '流调员', en: 'Epidemiologist' },
    may: [
      ...looksAround,
      'places.write',
      'people.read',
      'people.write',
      'testing.read',
      'cases.read',
      'cases.write',
      'cases.import',
      'cases.export',
      'tracing.search',
      'tracing.review',
      'measures.read',
      'measures.draft',
      'isolation.read',
      'isolation.write',
      'information.read',
    ],
    purposes: ['case_investigation', 'contact_tracing', 'isolation_care'],
  },
  laboratory: {
    title: { zh: '检验员', en: 'Laboratory' },
    may: [...looksAround, 'testing.read', 'testing.result'],
    purposes: ['testing'],
  },
  field_worker: {
    title: { zh: '网格员', en: 'Field worker' },
    may: [
      ...looksAround,
      'people.read',
      'people.write',
      'testing.read',
      'testing.sample',
      'isolation.read',
      'isolation.write',
    ],
    purposes: ['testing', 'isolation_care', 'resident_service'],
  },
  department: {
    title: { zh: '成员单位', en: 'Department' },
    may: [...looksAround, 'measures.read', 'information.read'],
    purposes: [],
  },
  hospital: {
    title: { zh: '医疗机构', en: 'Hospital' },
    may: [
      ...looksAround,
      'testing.read',
      'testing.sample',
      'cases.read',
      'isolation.read',
      'isolation.write',
      'people.read',
    ],
    purposes: ['isolation_care', 'testing'],
  },
  information_officer: {
    title: { zh: '信息发布员', en: 'Information officer' },
    may: [...looksAround, 'measures.read', 'information.read', 'information.draft'],
    purposes: [],
  },
  inspector: {
    title: { zh: '督查员', en: 'Inspector' },
    may: [
      ...looksAround,
      'tasks.assign',
      'testing.read',
      'measures.read',
      'measures.appeal',
      'isolation.read',
      'information.read',
    ],
    purposes: ['oversight'],
  },
  administrator: {
    title: { zh: '系统管理员', en: 'System administrator' },
    may: [
      'places.read',
      'places.write',
      'organisations.read',
      'organisations.write',
      'incidents.read',
      'drills.control',
      'accounts.read',
    ],
    purposes: [],
  },
  security_administrator: {
    title: { zh: '安全管理员', en: 'Security administrator' },
    may: ['accounts.read', 'accounts.write', 'organisations.read'],
    purposes: [],
  },
  auditor: {
    title: { zh: '审计员', en: 'Auditor' },
    may: [
      'audit.read',
      'accounts.read',
      'places.read',
      'organisations.read',
      'incidents.read',
      'measures.read',
    ],
    purposes: ['oversight', 'subject_access'],
  },
} as const satisfies Record<string, RoleDefinition>;

export type Role = keyof typeof roles;
export const ROLES = Object.keys(roles) as [Role, ...Role[]];

export function roleMay(role: Role, permission: Permission): boolean {
  return (roles[role].may as readonly Permission[]).includes(permission);
}

export function roleMayNamePurpose(role: Role, purpose: Purpose): boolean {
  return (roles[role].purposes as readonly Purpose[]).includes(purpose);
}

export function isPurpose(text: string): text is Purpose {
  return (PURPOSES as string[]).includes(text);
}
