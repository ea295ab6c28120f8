import type { Reaction } from '../../platform/outbox/dispatch.ts';
import { findPoolById } from '../testing/index.ts';
import { retryWaiting } from './quarantine.service.ts';

/** A result that came before its tube is applied when the laboratory receives the tube. */
const applyOnReceipt: Reaction = {
  name: 'interchange.apply-on-receipt',
  kinds: ['pool.received'],
  async handle(context, event) {
    const pool = await findPoolById(context.trx, event.subject.id);
    if (pool) await retryWaiting(context, pool.tubeCode);
  },
};

export const interchangeReactions: readonly Reaction[] = [applyOnReceipt];
