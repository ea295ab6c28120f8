/** tasks: every duty has one owner, a due time, wanted evidence and a ladder. */
export { countOverdue } from './board.repository.ts';
export { climbSweep, tasksReactions } from './tasks.reactions.ts';
export { tasksRoutes } from './tasks.routes.ts';
export { cancelTasksOf, closeTasksOf, openTask } from './tasks.service.ts';
