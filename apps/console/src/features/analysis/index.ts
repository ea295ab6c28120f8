import { defineFeature } from '../../app/feature.ts';

/** What the line list says about the outbreak: curve, Rt, growth, delays, fatality, offspring, aberrations. */
export const analysis = defineFeature({
  nav: [
    {
      group: 'analysis',
      title: { zh: '疫情研判', en: 'Epidemic analysis' },
      to: '/analysis',
      permission: 'cases.read',
    },
  ],
  routes: [{ path: '/analysis', load: () => import('./analysis.page.tsx') }],
  // Not by every case: seven estimates for each would be many; the page asks again every minute and says its age.
  live: [['import.*', ['analysis']]],
});
