import { defineFeature } from '../../app/feature.ts';

/** Headquarters at two levels, their posts, and who answers for what. */
export const organisations = defineFeature({
  nav: [
    {
      group: 'command',
      title: { zh: '指挥体系', en: 'Headquarters' },
      to: '/headquarters',
      permission: 'organisations.read',
    },
  ],
  routes: [{ path: '/headquarters', load: () => import('./headquarters.page.tsx') }],
  commands: [
    {
      id: 'responsibility.ask',
      title: { zh: '这件事谁负责', en: 'Who answers for this' },
      group: { zh: '指挥', en: 'Command' },
      to: '/headquarters',
    },
  ],
  live: [
    ['post.*', ['organisations']],
    ['headquarters.*', ['organisations']],
  ],
});
