import type { Reaction } from '../../platform/outbox/dispatch.ts';
import { vacatePostsOf } from './organisations.service.ts';

export const organisationsReactions: readonly Reaction[] = [
  {
    name: 'organisations.vacate-posts',
    kinds: ['account.disabled'],
    handle: (context, event) => vacatePostsOf(context, event.subject.id),
  },
];
