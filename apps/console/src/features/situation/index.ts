import { defineFeature } from '../../app/feature.ts';

/** The first screen: the map, what needs me now, six figures, one time axis. */
export const situation = defineFeature({
  nav: [
    { group: 'situation', title: { zh: '态势', en: 'Situation' }, to: '/' },
    { group: 'command', title: { zh: '我的任务', en: 'My tasks' }, to: '/tasks', permission: 'tasks.read' },
  ],
  routes: [
    { path: '/', load: () => import('./situation.page.tsx') },
    { path: '/tasks', load: () => import('./tasks.page.tsx') },
  ],
  live: [
    ['signal.*', ['situation']],
    ['incident.*', ['situation']],
    ['clock.*', ['situation']],
    ['task.*', ['situation']],
    ['task.*', ['tasks']],
    ['case.*', ['situation']],
    ['measure.*', ['situation']],
    ['contact.*', ['situation']],
    ['bulletin.*', ['situation']],
    ['sample.*', ['situation']],
  ],
  alerts: [{ kind: 'signal.raised', to: '/' }],
});
