/** What desks and laboratories tell moves the counters of every round it belongs to. */
import type { Context } from '../../../platform/context.ts';
import type { Reaction } from '../../../platform/outbox/dispatch.ts';
import type { LoggedEvent } from '../../../platform/outbox/log.ts';
import type { Sweep } from '../../../platform/sweep.ts';
import { samplesTold } from '../samples-told.ts';
import { closeCallsMet } from './calls.service.ts';
import {
  addResident,
  countPositive,
  countSampled,
  putFoundIn,
  uncountPositive,
  uncountSample,
} from './counting.repository.ts';
import { checkRounds } from './holes.service.ts';

/**
 * Swabs and what came of them in the order they happened, by one reaction: with two, a result was judged before its
 * swab was counted on a day when counting was behind, and the positive was missing from its round. Tubes that follow
 * each other are counted together.
 */
async function follow(context: Context, events: readonly LoggedEvent[]): Promise<void> {
  for (let at = 0; at < events.length; ) {
    const event = events[at]!;
    if (event.kind !== 'sample.registered') {
      if (event.kind === 'sample.withdrawn') await uncountSample(context.trx, event.subject.id);
      else await judge(context, event);
      at += 1;
      continue;
    }
    const next = events.findIndex(({ kind }, index) => index > at && kind !== 'sample.registered');
    const registered = events.slice(at, next === -1 ? events.length : next);
    await closeCallsMet(context, await countSampled(context.trx, samplesTold(registered)));
    at += registered.length;
  }
}

async function judge(context: Context, { kind, at, data }: LoggedEvent): Promise<void> {
  if (kind === 'sample.found_in_decided') {
    await putFoundIn(context.trx, data['resultId'] as string, data['foundIn'] as string);
  } else if (kind === 'result.screening_positive') {
    const { resultId, sampleId, personId, foundIn } = data as Record<string, string>;
    await countPositive(context.trx, {
      resultId: resultId!,
      sampleId: sampleId!,
      personId: personId!,
      foundIn: foundIn!,
      at,
    });
  } else if (data['from'] === 'positive') await uncountPositive(context.trx, data['supersedes'] as string);
}

export const roundsReactions: readonly Reaction[] = [
  {
    name: 'rounds.count',
    kinds: [
      'sample.registered',
      'sample.withdrawn',
      'result.screening_positive',
      'result.amended',
      'sample.found_in_decided',
    ],
    handle: (context, event) => follow(context, [event]),
    handleAll: follow,
  },
  {
    name: 'rounds.add-resident',
    kinds: ['person.registered'],
    handle: (context, event) => addResident(context.trx, event.subject.id, event.logPosition.transaction),
  },
];

export const roundsSweep: Sweep = { name: 'rounds.check', run: checkRounds };
