/** A positive object is a question about people: asked by the rule at once, once for each response. */
import type { Context } from '../../../platform/context.ts';
import type { Reaction } from '../../../platform/outbox/dispatch.ts';
import { recordAct } from '../../access/index.ts';
import { findPositiveSpecimen } from '../../testing/index.ts';
import { searchHandlers } from './handlers.service.ts';

const findAtOnce: Reaction = {
  name: 'tracing.find-handlers',
  kinds: ['specimen.response_opened'],
  async handle(context, event) {
    const specimenId = event.subject.id;
    // Amended before the news arrived: there is nobody to look for.
    if (!(await findPositiveSpecimen(context, specimenId))) return;
    const opened: { type: string; ids: readonly string[] }[] = [];
    const acting: Context = {
      ...context,
      purpose: 'contact_tracing',
      opened: (type, ids) => void (ids.length > 0 && opened.push({ type, ids })),
    };
    await searchHandlers(acting, specimenId);
    await recordAct(context.trx, context.actor, context.now, {
      route: 'handlers.search',
      purpose: 'contact_tracing',
      commandId: null,
      outcome: 'done',
      opened,
    });
  },
};

export const handlersReactions: readonly Reaction[] = [findAtOnce];
