import { intake as contract, LeveeError } from '@levee/contract';
import type { Context } from '../../../platform/context.ts';
import { implement } from '../../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../../platform/http/paging.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import { appendBatch } from './append.ts';
import { applyOne } from './apply-one.ts';
import { listOutcomes, lockOpen, resolveOutcome } from './outcomes.repository.ts';

export const intakeRoutes = implement('intake', contract, {
  append: { grouped: (context, { body }) => appendBatch(context, body) },
  outcomes: async (context, { query }) => {
    const { items, total } = await listOutcomes(context.trx, query, offsetOf(query), query.limit);
    return toPage(context, query, items, total);
  },
  quarantine: async (context, { query }) => {
    const filter = { siteId: query.siteId, open: true } as const;
    const { items, total } = await listOutcomes(context.trx, filter, offsetOf(query), query.limit);
    return toPage(context, query, items, total);
  },
  resolve: (context, { params, body }) => resolve(context, params.commandId, body),
});

/** Another try by the rules as they stand, or set aside with the reason. A record dealt with already stays as it is. */
async function resolve(
  context: Context,
  id: string,
  { decision, reason }: { decision: 'retry' | 'set_aside'; reason: string },
) {
  const { trx, now, platform } = context;
  const found = await lockOpen(trx, platform.cipher, id);
  if (!found) throw new LeveeError('not_found');
  const { outcome, record } = found;
  if (!record) return outcome;
  if (decision === 'retry') await applyOne(context, record);
  const state = decision === 'retry' ? 'applied' : 'resolved';
  await emit(context, {
    kind: 'intake.resolved',
    division: record.division,
    subject: { type: 'intake', id },
    data: { siteId: outcome.siteId, decision },
  });
  const problem =
    decision === 'retry'
      ? null
      : {
          zh: `${outcome.problem?.zh ?? ''}（作废：${reason}）`,
          en: `${outcome.problem?.en ?? ''} (set aside: ${reason})`,
        };
  return resolveOutcome(trx, id, { state, problem, at: now });
}
