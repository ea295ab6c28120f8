/** Every duty of a person on shift: one owner, due time, evidence, ladder. */

export const tasksEvents = {} as const;

export const tasks = {};
