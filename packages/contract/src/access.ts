/** Accounts, signing in, scope, and the record of who read what. */
import * as z from 'zod';
import { PERMISSIONS, ROLES } from './permissions.ts';
import { PURPOSES } from './purposes.ts';
import { get, post } from './route.ts';
import { actorRef, civilDay, division, done, id, instant, list, page, pageQuery, prose } from './shapes.ts';

export const accessEvents = {
  'account.opened': { zh: '账号开通', en: 'Account opened' },
  'account.changed': { zh: '账号变更', en: 'Account changed' },
  'account.disabled': { zh: '账号停用', en: 'Account disabled' },
} as const;

export const role = z.enum(ROLES);
export const purpose = z.enum(PURPOSES);
const username = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9._-]{2,39}$/, 'lower-case letters, digits, dot, dash; 3 to 40 characters');

export const account = z.strictObject({
  id,
  username,
  name: z.string(),
  role,
  division,
  divisionName: z.string(),
  secondFactor: z.boolean(),
  disabledAt: instant.nullable(),
  lastSeenAt: instant.nullable(),
});
export type Account = z.output<typeof account>;

export const me = z.strictObject({
  id,
  username,
  name: z.string(),
  role,
  division,
  divisionName: z.string(),
  permissions: z.array(z.enum(PERMISSIONS)),
  purposes: z.array(purpose),
  secondFactor: z.boolean(),
});
export type Me = z.output<typeof me>;

export const auditEntry = z.strictObject({
  position: z.string(),
  at: instant,
  actor: actorRef.nullable(),
  route: z.string(),
  purpose: purpose.nullable(),
  subjectType: z.string().nullable(),
  subjectIds: z.array(z.string()),
  /** Sealed into the hash chain yet? A second or two after the act. */
  sealed: z.boolean(),
});

export const access = {
  signIn: post('/sign-in', {
    summary: { zh: '登录', en: 'Sign in' },
    access: 'public',
    priority: 'command',
    body: z.strictObject({
      username: z.string().max(100),
      password: z.string().max(200),
      /** Six digits, where the account has a second factor. */
      code: z
        .string()
        .regex(/^\d{6}$/)
        .optional(),
    }),
    response: me,
  }),
  signOut: post('/sign-out', {
    summary: { zh: '退出登录', en: 'Sign out' },
    access: 'signed-in',
    priority: 'command',
    response: done,
  }),
  me: get('/me', {
    summary: { zh: '我是谁、能做什么', en: 'Who am I and what may I do' },
    access: 'signed-in',
    priority: 'command',
    response: me,
  }),
  startSecondFactor: post('/me/second-factor', {
    summary: { zh: '开始绑定动态验证码', en: 'Start setting up a second factor' },
    secretAnswer: true,
    access: 'signed-in',
    body: z.strictObject({ password: z.string().max(200) }),
    response: z.strictObject({ uri: z.string(), backupCodes: z.array(z.string()) }),
  }),
  confirmSecondFactor: post('/me/second-factor/confirm', {
    summary: { zh: '确认绑定动态验证码', en: 'Confirm the second factor' },
    access: 'signed-in',
    body: z.strictObject({ code: z.string().regex(/^\d{6}$/) }),
    response: me,
  }),
  accounts: get('/accounts', {
    summary: { zh: '账号列表', en: 'List accounts' },
    access: 'accounts.read',
    query: z.strictObject({ ...pageQuery, role: list(role), q: z.string().max(60).optional() }),
    response: page(account),
  }),
  openAccount: post('/accounts', {
    summary: { zh: '开通账号', en: 'Open an account' },
    secretAnswer: true,
    access: 'accounts.write',
    body: z.strictObject({ username, name: prose(40), role, division }),
    response: z.strictObject({ account, password: z.string() }),
  }),
  changeAccount: post('/accounts/:accountId', {
    summary: { zh: '调整岗位或辖区', en: 'Change role or area' },
    access: 'accounts.write',
    params: z.strictObject({ accountId: id }),
    body: z.strictObject({
      role: role.optional(),
      division: division.optional(),
      disabled: z.boolean().optional(),
    }),
    response: account,
  }),
  audit: get('/audit', {
    summary: { zh: '审计记录', en: 'Audit entries' },
    access: 'audit.read',
    priority: 'read',
    query: z.strictObject({
      ...pageQuery,
      actorId: id.optional(),
      subjectId: z.string().max(80).optional(),
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
    ],
    params: z.strictObject({ subjectType: z.string().max(40), subjectId: id }),
    query: z.strictObject(pageQuery),
    response: page(auditEntry),
  }),
};
