/** tasks: every duty has one owner, a due time, wanted evidence and a ladder. */
export { countOverdue } from './board.repository.ts';
export { isOverdue } from './task.ts';
export { climbSweep, tasksReactions } from './tasks.reactions.ts';
export { listTasks } from './tasks.repository.ts';
export { tasksRoutes } from './tasks.routes.ts';
export { cancelTasksOf, closeTasksOf, openTask } from './tasks.service.ts';
