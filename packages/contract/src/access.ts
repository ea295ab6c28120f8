/** Accounts, signing in, scope, and the record of who read what. */
import * as z from 'zod';
import { PERMISSIONS, ROLES } from './permissions.ts';
import { PURPOSES } from './purposes.ts';
import { get, post } from './route.ts';
import { bilingual, division, done, id, instant, list, page, pageQuery, prose } from './shapes.ts';

export const accessEvents = {
  'account.opened': { zh: '账号开通', en: 'Account opened' },
  'account.changed': { zh: '账号变更', en: 'Account changed' },
  'account.disabled': { zh: '账号停用', en: 'Account disabled' },
} as const;

export const role = z.enum(ROLES);
export const purpose = z.enum(PURPOSES);
export const USERNAME = /^[a-z][a-z0-9._-]{2,39}$/;
const username = z
  .string()
  .trim()
  .regex(USERNAME, 'lower-case letters, digits, dot, dash; 3 to 40 characters');

export const account = z.strictObject({
  id,
  username,
  name: z.string(),
  role,
  division,
  divisionName: bilingual,
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
  divisionName: bilingual,
  permissions: z.array(z.enum(PERMISSIONS)),
  purposes: z.array(purpose),
  secondFactor: z.boolean(),
});
export type Me = z.output<typeof me>;

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
    access: 'signed-in',
    secretAnswer: true,
    body: z.strictObject({ password: z.string().max(200) }),
    /** `uri` for an authenticator app (otpauth://…); each backup code signs in once. */
    response: z.strictObject({ uri: z.string(), backupCodes: z.array(z.string()) }),
  }),
  confirmSecondFactor: post('/me/second-factor/confirm', {
    summary: { zh: '确认绑定动态验证码', en: 'Confirm the second factor' },
    access: 'signed-in',
    secretAnswer: true,
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
};
