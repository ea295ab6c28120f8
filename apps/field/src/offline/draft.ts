import type { IntakeCommand } from '@levee/contract';

export type Command = IntakeCommand;
/** A command before the queue has given it its id, order and moment. */
export type Draft = Command extends infer One
  ? One extends Command
    ? Omit<One, 'id' | 'order' | 'at' | 'siteId'> & { id?: string; at?: string }
    : never
  : never;
