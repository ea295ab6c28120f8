import { defineFeature } from '../../app/feature.ts';

/** How this house speaks with others: laboratory links and their messages, texts to people, phones in the field. */
export const interchange = defineFeature({
  nav: [
    {
      group: 'settings',
      title: { zh: '实验室对接', en: 'Laboratory links' },
      to: '/laboratory-links',
      permission: 'accounts.read',
    },
    {
      group: 'settings',
      title: { zh: '短信发送', en: 'Texts' },
      to: '/texts',
      permission: 'accounts.read',
    },
    {
      group: 'settings',
      title: { zh: '现场设备', en: 'Field devices' },
      to: '/devices',
      permission: 'accounts.read',
    },
  ],
  routes: [
    { path: '/laboratory-links', load: () => import('./links.page.tsx') },
    { path: '/laboratory-messages', load: () => import('./messages.page.tsx') },
    { path: '/texts', load: () => import('./texts.page.tsx') },
    { path: '/devices', load: () => import('./devices.page.tsx') },
  ],
  live: [
    ['interchange.*', ['interchange']],
    ['device.*', ['interchange', 'devices']],
  ],
});
