/** What desks and laboratories tell moves the counters of every round it belongs to. */
import type { Context } from '../../../platform/context.ts';
import type { Reaction } from '../../../platform/outbox/dispatch.ts';
import type { LoggedEvent } from '../../../platform/outbox/log.ts';
import type { Sweep } from '../../../platform/sweep.ts';
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

/** A desk tells one swab, the settler tells a tube with all its swabs. */
async function count(context: Context, { kind, subject }: LoggedEvent): Promise<void> {
  if (kind === 'sample.withdrawn') return uncountSample(context.trx, subject.id);
  const which = subject.type === 'pool' ? { poolId: subject.id } : { sampleId: subject.id };
  await closeCallsMet(context, await countSampled(context.trx, which));
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
  { name: 'rounds.count', kinds: ['sample.registered', 'sample.withdrawn'], handle: count },
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
