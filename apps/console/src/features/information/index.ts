import { defineFeature } from '../../app/feature.ts';

/** Bulletins: written around locked figures, approved by a second person, corrected in the open. */
export const information = defineFeature({
  nav: [
    {
      group: 'information',
      title: { zh: '疫情通报', en: 'Bulletins' },
      to: '/bulletins',
      permission: 'information.read',
    },
  ],
  routes: [
    { path: '/bulletins', load: () => import('./bulletin-list.page.tsx') },
    { path: '/bulletins/$bulletinId', load: () => import('./bulletin.page.tsx') },
  ],
  commands: [
    {
      id: 'bulletin.draft',
      title: { zh: '起草通报', en: 'Draft a bulletin' },
      group: { zh: '信息', en: 'Information' },
      to: '/bulletins?new=1',
    },
  ],
  live: [
    ['bulletin.*', ['information']],
    ['area_status.changed', ['information', 'areas']],
  ],
  alerts: [{ kind: 'bulletin.checked', to: '/bulletins?state=checked' }],
});
