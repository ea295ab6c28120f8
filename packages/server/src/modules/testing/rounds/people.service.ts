/** People of a round who are not sampled: the list a steward walks, and what the steward writes on it. */
import type { AwayReason, ExemptReason, RoundStanding } from '@levee/contract';
import { roleMay } from '@levee/contract';
import { type Context, requireScope } from '../../../platform/context.ts';
import { personSummaries } from '../../people/index.ts';
import * as areas from './areas.repository.ts';
import { closeCallsMet } from './calls.service.ts';
import { putStanding } from './counting.repository.ts';
import { countsOf, findRoundByIdOrThrow } from './rounds.repository.ts';
import { requireReason } from './rounds.service.ts';

interface Asked {
  readonly roundId: string;
  readonly standing: Exclude<RoundStanding, 'sampled'>;
  readonly within?: string | undefined;
}

export async function peopleOfRound(context: Context, asked: Asked, offset: number, limit: number) {
  const { trx, actor } = context;
  const round = await findRoundByIdOrThrow(trx, asked.roundId);
  const within = narrower(round.division, asked.within ?? actor.scope);
  const where = { roundId: round.id, within };
  const { standing } = asked;
  const lines =
    standing === 'missed'
      ? await areas.listMissed(trx, where, offset, limit)
      : await areas.listExcused(trx, { ...where, standing }, offset, limit);
  const total = (await countsOf(trx, [round.id], within)).get(round.id)![standing];
  const names =
    actor.role === 'system' || roleMay(actor.role, 'people.read')
      ? await personSummaries(
          context,
          lines.map(({ personId }) => personId),
        )
      : new Map();
  context.opened(
    'person',
    lines.map(({ personId }) => personId),
  );
  return {
    total,
    items: lines.map((line) => ({
      ...line,
      reason: line.reason as ExemptReason | AwayReason | null,
      person: names.get(line.personId) ?? null,
    })),
  };
}

/** The smaller of two areas of which one holds the other; where neither does, the asked one, which then holds nobody. */
const narrower = (round: string, asked: string): string => (round.startsWith(asked) ? round : asked);

export async function setStanding(
  context: Context,
  given: {
    roundId: string;
    personIds: readonly string[];
    standing: 'exempt' | 'away' | 'missed';
    reason?: ExemptReason | AwayReason | undefined;
    note?: string | undefined;
  },
) {
  requireReason(given.standing, given.reason);
  const round = await findRoundByIdOrThrow(context.trx, given.roundId);
  const { changed, areas: moved } = await putStanding(context.trx, {
    roundId: round.id,
    personIds: given.personIds,
    standing: given.standing,
    reason: given.reason ?? null,
    note: given.note ?? null,
    at: context.now,
    by: context.actor.id,
  });
  for (const area of moved) requireScope(context, area);
  context.opened('person', given.personIds);
  await closeCallsMet(
    context,
    moved.map((area) => ({ roundId: round.id, area })),
  );
  return { changed };
}
