import { defineFeature } from '../../app/feature.ts';

/** Finding a person; the person's page. */
export const people = defineFeature({
  nav: [
    { group: 'investigation', title: { zh: '人员', en: 'People' }, to: '/people', permission: 'people.read' },
  ],
  routes: [
    { path: '/people', load: () => import('./people.page.tsx') },
    { path: '/people/$personId', load: () => import('./person.page.tsx') },
  ],
  live: [
    ['person.*', ['people']],
    ['sample.*', ['people', 'results']],
    ['result.*', ['people', 'results']],
    ['pool.*', ['people', 'results']],
  ],
});
