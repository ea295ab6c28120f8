import { defineFeature } from '../../app/feature.ts';
import { IncidentBar } from './incident-bar.tsx';

/** The first screen: the map, what needs me now, six figures, one time axis. */
export const situation = defineFeature({
  nav: [
    { group: 'situation', title: { zh: '态势', en: 'Situation' }, to: '/', permission: 'incidents.read' },
  ],
  routes: [
    { path: '/', load: () => import('./situation.page.tsx') },
    { path: '/incidents/$incidentId', load: () => import('./incident.page.tsx') },
  ],
  live: [
    ['signal.*', ['situation']],
    ['incident.*', ['situation']],
    ['clock.*', ['situation']],
    ['task.*', ['situation']],
    ['case.*', ['situation']],
    ['measure.*', ['situation']],
    ['contact.*', ['situation']],
    ['appeal.*', ['situation']],
    ['bulletin.*', ['situation']],
    ['sample.*', ['situation']],
  ],
  alerts: [{ kind: 'signal.raised', to: '/' }],
  slots: { incident: IncidentBar },
});
