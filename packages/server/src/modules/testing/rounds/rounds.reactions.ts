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

/** Tubes that follow each other are counted together; a withdrawal waits for what came before it. */
async function count(context: Context, events: readonly LoggedEvent[]): Promise<void> {
  for (let at = 0; at < events.length; ) {
    if (events[at]!.kind === 'sample.withdrawn') {
      await uncountSample(context.trx, events[at]!.subject.id);
      at += 1;
      continue;
    }
    const next = events.findIndex(({ kind }, index) => index > at && kind === 'sample.withdrawn');
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
    kinds: ['sample.registered', 'sample.withdrawn'],
    handle: (context, event) => count(context, [event]),
    handleAll: count,
  },
  {
    name: 'rounds.add-resident',
    kinds: ['person.registered'],
    handle: (context, event) => addResident(context.trx, event.subject.id, event.logPosition.transaction),
  },
  {
    name: 'rounds.judge',
    kinds: ['result.screening_positive', 'result.amended', 'sample.found_in_decided'],
    handle: judge,
  },
];

export const roundsSweep: Sweep = { name: 'rounds.check', run: checkRounds };
