import { defineFeature } from '../../app/feature.ts';

/** Who must be tested how often: by post, or by where they have been. */
export const keyPopulations = defineFeature({
  nav: [
    {
      group: 'testing',
      title: { zh: '重点人群与来返', en: 'Key populations' },
      to: '/key-populations',
      permission: 'testing.read',
    },
  ],
  routes: [{ path: '/key-populations', load: () => import('./key-populations.page.tsx') }],
  commands: [
    {
      id: 'key-populations.returnees',
      title: { zh: '来返人员登记', en: 'Register a returnee' },
      group: { zh: '检测', en: 'Testing' },
      to: '/key-populations?view=returnees',
    },
  ],
  live: [
    ['key_population.*', ['keyPopulations']],
    ['returnee.*', ['keyPopulations']],
    ['sample.*', ['keyPopulations']],
  ],
  alerts: [{ kind: 'returnee.declared', to: '/key-populations?view=declarations' }],
});
