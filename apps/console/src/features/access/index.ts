import { defineFeature } from '../../app/feature.ts';

/** Accounts, one's own second factor, and the audit trail. */
export const access = defineFeature({
  nav: [
    {
      group: 'settings',
      title: { zh: '账号与岗位', en: 'Accounts' },
      to: '/accounts',
      permission: 'accounts.read',
    },
    { group: 'settings', title: { zh: '我的登录安全', en: 'My sign-in' }, to: '/my-security' },
    {
      group: 'oversight',
      title: { zh: '审计记录', en: 'Audit trail' },
      to: '/audit',
      permission: 'audit.read',
    },
  ],
  routes: [
    { path: '/accounts', load: () => import('./accounts-page.tsx') },
    { path: '/my-security', load: () => import('./my-security-page.tsx') },
    { path: '/audit', load: () => import('./audit-page.tsx') },
  ],
  live: [['account.*', ['access', 'accounts']]],
});
