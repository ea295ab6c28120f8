import { defineFeature } from '../../app/feature.ts';
import { TaskBadge } from './task-badge.tsx';

/** Every duty: mine, my group's, the late ones, all in the area. */
export const tasks = defineFeature({
  nav: [{ group: 'command', title: { zh: '任务看板', en: 'Tasks' }, to: '/tasks', permission: 'tasks.read' }],
  routes: [{ path: '/tasks', load: () => import('./tasks.page.tsx') }],
  commands: [
    {
      id: 'task.open',
      title: { zh: '下达任务', en: 'Open a task' },
      group: { zh: '指挥', en: 'Command' },
      to: '/tasks?new=1',
    },
    {
      id: 'task.overdue',
      title: { zh: '逾期任务', en: 'Late tasks' },
      group: { zh: '指挥', en: 'Command' },
      to: '/tasks?view=overdue',
    },
  ],
  live: [['task.*', ['tasks']]],
  slots: { tasks: TaskBadge },
});
