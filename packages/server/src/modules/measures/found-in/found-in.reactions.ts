/** Every positive is said to be found in the community or under control, by the ledger as it stood at the swab. */
import type { Reaction } from '../../../platform/outbox/dispatch.ts';
import { decideFoundIn, findSampling } from '../../testing/index.ts';
import { findContacts } from '../../tracing/index.ts';
import { controlOf } from './found-in.repository.ts';
import { foundInBy } from './found-in.ts';

const MANY = 50;

export const foundInReactions: readonly Reaction[] = [
  {
    name: 'measures.found-in',
    kinds: ['result.screening_positive'],
    async handle(context, event) {
      const { sampleId, resultId } = event.data as { sampleId: string; resultId: string };
      const sampling = await findSampling(context.trx, sampleId);
      if (!sampling) return;
      const { personId, sampledAt, stated } = sampling;
      const control = (await controlOf(context.trx, personId, sampledAt)) ?? null;
      const { items } = await findContacts(context.trx, { personId, state: ['accepted'] }, 0, MANY);
      const then = items.find(
        ({ class: decided, reviewedAt }) =>
          decided !== null &&
          decided !== 'general' &&
          reviewedAt !== null &&
          Date.parse(reviewedAt) <= Date.parse(sampledAt),
      );
      const contact = then ? { id: then.id, class: then.class ?? '' } : null;
      await decideFoundIn(context, sampling, resultId, foundInBy({ stated, control, contact }));
    },
  },
];
