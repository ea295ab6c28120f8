import type { Reaction } from '../../platform/outbox/dispatch.ts';
import type { Sweep } from '../../platform/sweep.ts';
import { closeSpaceDuty, openSpaceDuty } from './space-duty.ts';
import { moveDuties, ownUnowned, recordClimbs } from './tasks.service.ts';

export const tasksReactions: readonly Reaction[] = [
  {
    name: 'tasks.move-duties',
    kinds: ['post.handed_over'],
    handle: (context, event) =>
      moveDuties(context, {
        fromId: event.data['fromId'] as string | null,
        toId: event.data['toId'] as string,
        role: event.data['role'] as string,
        within: event.division,
      }),
  },
  {
    name: 'tasks.own-unowned',
    kinds: ['post.filled'],
    handle: (context, event) =>
      ownUnowned(context, { role: event.data['role'] as string, within: event.division }),
  },
  {
    name: 'tasks.space',
    kinds: ['system.space_alarm', 'system.space_recovered'],
    handle: (context, event) =>
      (event.kind === 'system.space_alarm' ? openSpaceDuty : closeSpaceDuty)(context, event),
  },
];

/** The ladder on the record. */
export const climbSweep: Sweep = { name: 'tasks.climb', run: recordClimbs };
