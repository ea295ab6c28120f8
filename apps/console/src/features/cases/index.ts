import { defineFeature } from '../../app/feature.ts';

/** The line list, one case with its trajectory and every change, the epidemic curve and the chains. */
export const cases = defineFeature({
  nav: [
    {
      group: 'investigation',
      title: { zh: '病例一览', en: 'Line list' },
      to: '/cases',
      permission: 'cases.read',
    },
    {
      group: 'investigation',
      title: { zh: '流行曲线', en: 'Epidemic curve' },
      to: '/curve',
      permission: 'cases.read',
    },
    {
      group: 'investigation',
      title: { zh: '传播链', en: 'Chains' },
      to: '/chains',
      permission: 'cases.read',
    },
    {
      group: 'investigation',
      title: { zh: '名单导入', en: 'Imports' },
      to: '/imports',
      permission: 'cases.import',
    },
  ],
  routes: [
    { path: '/cases', load: () => import('./case-list.page.tsx') },
    { path: '/cases/new', load: () => import('./new-case.page.tsx') },
    { path: '/curve', load: () => import('./curve.page.tsx') },
    { path: '/chains', load: () => import('./chains/chains.page.tsx') },
    { path: '/imports', load: () => import('./imports.page.tsx') },
    { path: '/imports/new', load: () => import('./import-upload.page.tsx') },
    { path: '/imports/$importId', load: () => import('./import.page.tsx') },
    { path: '/cases/$caseId', load: () => import('./case.page.tsx') },
  ],
  commands: [
    {
      id: 'case.open',
      title: { zh: '新建病例', en: 'Open a case' },
      group: { zh: '流调', en: 'Investigation' },
      to: '/cases/new',
    },
    {
      id: 'case.import',
      title: { zh: '导入病例名单', en: 'Import a line list' },
      group: { zh: '流调', en: 'Investigation' },
      to: '/imports/new',
    },
  ],
  live: [
    ['import.*', ['cases']],
    ['case.*', ['cases']],
    ['stay.*', ['cases']],
  ],
});
