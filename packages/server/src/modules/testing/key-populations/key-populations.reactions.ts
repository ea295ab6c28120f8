/** A swab moves the day the next is due, and meets the test a returnee owes. */
import { getPackOrThrow } from '@levee/protocol';
import type { Context } from '../../../platform/context.ts';
import type { Reaction } from '../../../platform/outbox/dispatch.ts';
import type { LoggedEvent } from '../../../platform/outbox/log.ts';
import { samplesTold } from '../samples-told.ts';
import { dueAfter } from './key-population.ts';
import { membersSampled, putSampled } from './members.repository.ts';
import { meetTests } from './returnees.repository.ts';

async function count(context: Context, events: readonly LoggedEvent[]): Promise<void> {
  const { trx, now, platform } = context;
  const which = samplesTold(events);
  for (const { personId, population, packId, takenAt } of await membersSampled(trx, which)) {
    // A pack that no longer tests this population moves nobody's day.
    if (!getPackOrThrow(packId).monitoring.populations[population]) continue;
    const due = dueAfter(packId, population, takenAt, now);
    await putSampled(trx, { personId, population }, { lastSampledAt: takenAt, ...due });
  }
  await meetTests(trx, which, platform.config.LEVEE_TIME_ZONE);
}

export const keyPopulationsReactions: readonly Reaction[] = [
  {
    name: 'key-populations.count',
    kinds: ['sample.registered'],
    handle: (context, event) => count(context, [event]),
    handleAll: count,
  },
];
