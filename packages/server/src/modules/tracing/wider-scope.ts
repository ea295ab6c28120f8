import { type Context, inScope } from '../../platform/context.ts';
import { setScope, type Trx } from '../../platform/db/pool.ts';

/**
 * Runs `work` over the whole jurisdiction inside the actor's own transaction, and narrows it again, also when it throws.
 *
 * A meeting does not end at a county line, so a search reads all stays. What it finds about people of other areas is
 * written under their division and counted; only what `work` returns leaves here, and the caller gives out none of it
 * without `isOwn`.
 */
export async function inWiderScope<T>(context: Context, work: (trx: Trx) => Promise<T>): Promise<T> {
  const { trx, actor, platform } = context;
  const { LEVEE_JURISDICTION: jurisdiction } = platform.config;
  if (actor.scope === jurisdiction) return work(trx);
  await setScope(trx, jurisdiction);
  let result: T;
  try {
    result = await work(trx);
  } catch (error) {
    // A failed statement has ended the transaction; then there is nothing left to narrow.
    await setScope(trx, actor.scope).catch(() => {});
    throw error;
  }
  await setScope(trx, actor.scope);
  return result;
}

export const isOwn = (context: Context, division: string): boolean => inScope(context.actor, division);

/** The county a division lies in: whom to ask for assistance. */
export const countyOf = (division: string): string => division.slice(0, 6);
