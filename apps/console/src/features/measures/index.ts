import { defineFeature } from '../../app/feature.ts';

/** The ledger of limits: what holds, risk areas, drafting, the second person, appeals. */
export const measures = defineFeature({
  nav: [
    {
      group: 'control',
      title: { zh: '管控措施', en: 'Measures' },
      to: '/measures',
      permission: 'measures.read',
    },
    {
      group: 'control',
      title: { zh: '风险区', en: 'Risk areas' },
      to: '/risk-areas',
      permission: 'measures.read',
    },
    {
      group: 'control',
      title: { zh: '措施审批', en: 'Approvals' },
      to: '/approvals',
      permission: 'measures.draft',
    },
    {
      group: 'control',
      title: { zh: '申诉', en: 'Appeals' },
      to: '/appeals',
      permission: 'measures.read',
    },
  ],
  routes: [
    { path: '/measures', load: () => import('./measures.page.tsx') },
    { path: '/measures/new', load: () => import('./composer.page.tsx') },
    { path: '/approvals', load: () => import('./approvals.page.tsx') },
    { path: '/measures/$measureId/notice', load: () => import('./notice.page.tsx') },
    { path: '/risk-areas', load: () => import('./risk-areas.page.tsx') },
    { path: '/appeals', load: () => import('./appeals.page.tsx') },
  ],
  commands: [
    {
      id: 'measure.draft',
      title: { zh: '拟定管控措施', en: 'Draft a measure' },
      group: { zh: '管控', en: 'Control' },
      to: '/measures/new',
    },
  ],
  live: [
    ['measure.*', ['measures']],
    ['appeal.*', ['measures']],
    ['case.*', ['measures', 'proposals']],
    ['contact.*', ['measures', 'evidence']],
  ],
  alerts: [{ kind: 'appeal.lodged', to: '/appeals' }],
});
