import { defineFeature } from '../../app/feature.ts';

/** Mass screening: the rounds of an incident, and one round with its grids and its missed. */
export const rounds = defineFeature({
  nav: [
    {
      group: 'testing',
      title: { zh: '全员核酸', en: 'Screening rounds' },
      to: '/rounds',
      permission: 'testing.read',
    },
  ],
  routes: [
    { path: '/rounds', load: () => import('./rounds.page.tsx') },
    { path: '/rounds/$roundId', load: () => import('./round.page.tsx') },
  ],
  commands: [
    {
      id: 'round.open',
      title: { zh: '全员核酸进度', en: 'Progress of screening' },
      group: { zh: '检测', en: 'Testing' },
      to: '/rounds',
    },
  ],
  live: [
    ['round.*', ['rounds']],
    ['sample.*', ['rounds']],
    ['result.*', ['rounds']],
  ],
  alerts: [{ kind: 'round.hole_found', to: '/rounds' }],
});
