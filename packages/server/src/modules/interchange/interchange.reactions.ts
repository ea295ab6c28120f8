import type { Context } from '../../platform/context.ts';
import type { Reaction } from '../../platform/outbox/dispatch.ts';
import type { LoggedEvent } from '../../platform/outbox/log.ts';
import { findPoolsByIds } from '../testing/index.ts';
import { retryWaiting } from './quarantine.service.ts';

/** Results that came before their tubes are applied when the laboratory receives them. */
async function applyOnReceipt(context: Context, events: readonly LoggedEvent[]): Promise<void> {
  const pools = await findPoolsByIds(
    context.trx,
    events.map(({ subject }) => subject.id),
  );
  await retryWaiting(
    context,
    [...pools.values()].map(({ tubeCode }) => tubeCode),
  );
}

export const interchangeReactions: readonly Reaction[] = [
  {
    name: 'interchange.apply-on-receipt',
    kinds: ['pool.received'],
    handle: (context, event) => applyOnReceipt(context, [event]),
    handleAll: applyOnReceipt,
  },
];
