import { defineFeature } from '../../app/feature.ts';

/** Searches from a case, contacts, requests for assistance. */
export const tracing = defineFeature({
  nav: [
    {
      group: 'investigation',
      title: { zh: '追踪排查', en: 'Tracing' },
      to: '/tracing',
      permission: 'tracing.search',
    },
    {
      group: 'investigation',
      title: { zh: '接触者', en: 'Contacts' },
      to: '/contacts',
      permission: 'cases.read',
    },
    {
      group: 'investigation',
      title: { zh: '协查函', en: 'Assistance' },
      to: '/assistance',
      permission: 'tracing.review',
    },
  ],
  routes: [
    { path: '/tracing', load: () => import('./search.page.tsx') },
    { path: '/contacts', load: () => import('./contacts.page.tsx') },
    { path: '/assistance', load: () => import('./assistance.page.tsx') },
  ],
  live: [
    ['contact.*', ['tracing']],
    ['search.adopted', ['tracing']],
    ['assistance.*', ['tracing', 'assistance']],
  ],
});
