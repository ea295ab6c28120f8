import { defineFeature } from '../../app/feature.ts';

/** The line list, and one case with its trajectory and every change. */
export const cases = defineFeature({
  nav: [
    {
      group: 'investigation',
      title: { zh: '病例一览', en: 'Line list' },
      to: '/cases',
      permission: 'cases.read',
    },
  ],
  routes: [
    { path: '/cases', load: () => import('./case-list.page.tsx') },
    { path: '/cases/$caseId', load: () => import('./case.page.tsx') },
  ],
  live: [
    ['case.*', ['cases']],
    ['stay.*', ['cases']],
  ],
});
