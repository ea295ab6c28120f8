/** What the rule does of itself when a specimen is positive, amended, disinfected, or clean again. */
import type { Reaction } from '../../../platform/outbox/dispatch.ts';
import { checkByClean, noteDisinfected, openResponse, withdrawResponse } from './respond.ts';
import { DUTY } from './specimen.ts';

export const specimensReactions: readonly Reaction[] = [
  {
    name: 'specimens.respond',
    kinds: ['specimen.positive'],
    handle: (context, { data }) =>
      openResponse(context, data['poolId'] as string, data['resultId'] as string),
  },
  {
    name: 'specimens.withdraw',
    kinds: ['result.amended'],
    handle: async (context, { data }) => {
      if (data['from'] === 'positive' && data['to'] !== 'positive') {
        await withdrawResponse(context, data['poolId'] as string);
      }
    },
  },
  {
    name: 'specimens.disinfected',
    kinds: ['task.done'],
    handle: async (context, { data, at }) => {
      const source = data['source'] as { type?: unknown; id?: unknown } | undefined;
      if (data['kind'] !== DUTY.disinfect || source?.type !== 'specimen') return;
      await noteDisinfected(context, source.id as string, at);
    },
  },
  {
    name: 'specimens.check',
    kinds: ['result.reported', 'result.amended'],
    handle: async (context, { data }) => {
      // A person's tube is told apart without a question to the database.
      if ((data['to'] ?? data['outcome']) !== 'negative' || data['personId'] !== null) return;
      await checkByClean(context, data['poolId'] as string);
    },
  },
];
