import { defineFeature } from '../../app/feature.ts';

/** The division tree with headcounts and stewards, and the register of venues. */
export const places = defineFeature({
  nav: [
    {
      group: 'control',
      title: { zh: '网格与场所', en: 'Grids and venues' },
      to: '/places',
      permission: 'places.read',
    },
  ],
  routes: [{ path: '/places', load: () => import('./places.page.tsx') }],
  commands: [
    {
      id: 'place.search',
      title: { zh: '查找地点或场所', en: 'Find a place or venue' },
      group: { zh: '管控', en: 'Control' },
      to: '/places',
    },
  ],
  live: [['place.*', ['places']]],
});
