import { defineFeature } from '../../app/feature.ts';

/** The sampling desk, the laboratory's queue, one tube. */
export const testing = defineFeature({
  nav: [
    {
      group: 'testing',
      title: { zh: '采样点', en: 'Sampling desk' },
      to: '/sampling',
      permission: 'testing.sample',
    },
    {
      group: 'testing',
      title: { zh: '检验', en: 'Laboratory' },
      to: '/laboratory',
      permission: 'testing.read',
    },
    {
      group: 'testing',
      title: { zh: '单采复核', en: 'Re-samples' },
      to: '/resamples',
      permission: 'testing.read',
    },
    {
      group: 'testing',
      title: { zh: '物品环境', en: 'Objects & surroundings' },
      to: '/specimens',
      // No person is in it: whoever answers for goods or a place looks as well.
      permission: 'tasks.read',
    },
  ],
  routes: [
    { path: '/sampling', load: () => import('./sampling.page.tsx') },
    { path: '/laboratory', load: () => import('./laboratory.page.tsx') },
    { path: '/laboratory/load', load: () => import('./load.page.tsx') },
    { path: '/laboratory/runs', load: () => import('./runs.page.tsx') },
    { path: '/laboratory/boxes', load: () => import('./boxes.page.tsx') },
    { path: '/laboratory/kept', load: () => import('./kept.page.tsx') },
    { path: '/resamples', load: () => import('./resamples.page.tsx') },
    { path: '/specimens', load: () => import('./specimens.page.tsx') },
    { path: '/specimens/new', load: () => import('./specimen-new.page.tsx') },
    { path: '/specimens/$specimenId', load: () => import('./specimen.page.tsx') },
    { path: '/tubes/$poolId', load: () => import('./pool.page.tsx') },
  ],
  live: [
    ['sample.*', ['testing']],
    ['pool.*', ['testing']],
    ['result.*', ['testing']],
    ['resample.*', ['testing']],
    ['box.*', ['testing']],
    ['run.*', ['testing']],
    ['interchange.*', ['testing']],
    ['specimen.*', ['testing']],
    ['recall.*', ['testing']],
    ['handlers.*', ['testing']],
  ],
  alerts: [{ kind: 'specimen.positive', to: '/specimens?specimens.outcome=positive' }],
});
