import { defineFeature } from '../../app/feature.ts';

/** Orders in the closed loop, facilities with beds, the release certificate. */
export const isolation = defineFeature({
  nav: [
    {
      group: 'care',
      title: { zh: '隔离管理', en: 'Isolation' },
      to: '/isolation',
      permission: 'isolation.read',
    },
    {
      group: 'care',
      title: { zh: '隔离点', en: 'Facilities' },
      to: '/facilities',
      permission: 'isolation.read',
    },
  ],
  routes: [
    { path: '/isolation', load: () => import('./orders.page.tsx') },
    { path: '/isolation/$orderId/certificate', load: () => import('./certificate.page.tsx') },
    { path: '/facilities', load: () => import('./facilities.page.tsx') },
  ],
  live: [
    ['isolation.*', ['isolation']],
    ['measure.*', ['isolation']],
    ['result.reported', ['isolation']],
    ['sample.registered', ['isolation']],
  ],
});
