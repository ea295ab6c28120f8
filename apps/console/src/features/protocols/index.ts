import { defineFeature } from '../../app/feature.ts';

/** The protocol packs as a person reads them, and what differs between two editions. */
export const protocols = defineFeature({
  nav: [{ group: 'settings', title: { zh: '防控方案', en: 'Protocols' }, to: '/protocols' }],
  routes: [
    {
      path: '/protocols',
      load: () => import('./protocols.page.tsx'),
      search: ({ pack, against }) => ({
        ...(typeof pack === 'string' && { pack }),
        ...(typeof against === 'string' && { against }),
      }),
    },
  ],
});
