/** Hands over what was recorded, in order, and learns what became of it. Safe to stop and start again at any line. */
import { type IntakeOutcome, LeveeError } from '@levee/contract';
import type { BatchSize } from './batch-size.ts';
import type { Profile } from './database.ts';
import { clockShiftOf, deviceTime } from './device-clock.ts';
import { isUnsent, type Queue, type QueueRecord } from './queue.ts';
import type { FieldClient } from './wire.ts';

const PAGE = 500;

export interface SyncPorts {
  readonly client: Pick<FieldClient, 'intake' | 'sync'>;
  readonly queue: Queue;
  readonly batchSize: BatchSize;
  readonly profile: () => Profile;
  readonly keep: (change: Partial<Profile>) => Promise<void>;
  /** The list the device carries may no longer be here: the device is revoked, or the holder works elsewhere. */
  readonly dropBundle: () => Promise<void>;
}

/**
 * One round.
 *
 * @returns records the server holds and has not yet applied: ask again soon where there are any
 * @throws LeveeError `access.signed_out` where somebody must sign in; `unavailable`, `overloaded` where to try again
 */
export async function syncOnce(ports: SyncPorts): Promise<number> {
  if (ports.profile().siteId === null) return 0;
  await report(ports);
  await handOver(ports);
  await learn(ports);
  await ports.keep({ lastSyncAt: deviceTime(ports.profile().clockShiftMs) });
  return ports.queue.records.filter(({ state }) => state === 'sent').length;
}

async function report({ client, queue, profile, keep, dropBundle }: SyncPorts): Promise<void> {
  const { deviceId, epoch: known } = profile();
  const unsent = queue.records.filter(isUnsent).length;
  try {
    const {
      device,
      epoch,
      now: serverNow,
    } = await client.sync.checkIn({ params: { deviceId }, body: { unsent } });
    await keep({ clockShiftMs: clockShiftOf(serverNow, Date.now()) });
    if (device.revokedAt !== null) {
      await dropBundle();
      await keep({ revoked: true });
    }
    if (known !== null && epoch !== known) {
      await queue.offerAgain();
      await keep({ epoch, outcomesSince: null });
    } else if (known === null) {
      await keep({ epoch });
    }
  } catch (error) {
    // The holder's area has changed (T26): the list goes, the queue stays and is offered.
    if (!(error instanceof LeveeError && error.code === 'not_found')) throw error;
    await dropBundle();
    await keep({ revoked: true });
  }
}

async function handOver(ports: SyncPorts): Promise<void> {
  const { queue, batchSize } = ports;
  for (let suspected = Number.POSITIVE_INFINITY; ; ) {
    const batch = await queue.claim(Math.min(batchSize.now, suspected));
    if (batch.length === 0) return;
    try {
      await append(ports, batch);
      suspected = Number.POSITIVE_INFINITY;
    } catch (error) {
      if (error instanceof LeveeError && error.code === 'unavailable') batchSize.broke();
      // Refused as a whole, and not for now: smaller parts find the one that is at fault; the rest goes through (T28).
      if (!(error instanceof LeveeError) || ![400, 413, 422].includes(error.status)) throw error;
      if (batch.length === 1) await refuse(queue, batch[0]!.id, error.messages, error.nextStep);
      else suspected = Math.ceil(batch.length / 2);
    }
  }
}

async function append(
  { client, queue, batchSize, profile }: SyncPorts,
  batch: readonly QueueRecord[],
): Promise<void> {
  const began = performance.now();
  const { accepted, refused } = await client.intake.append({
    purpose: 'testing',
    body: {
      deviceId: batch[0]!.deviceId,
      sentAt: deviceTime(profile().clockShiftMs),
      commands: batch.map(({ command }) => command),
    },
  });
  batchSize.carried(batch.length, performance.now() - began);
  await queue.mark(accepted, 'sent');
  for (const { index, problem, nextStep } of refused) {
    await refuse(queue, batch[index]!.id, problem, nextStep);
  }
}

const refuse = (
  queue: Queue,
  id: string,
  problem: QueueRecord['problem'],
  nextStep: QueueRecord['nextStep'],
) => queue.change(new Map([[id, { state: 'attention', problem, nextStep, quarantined: false }]]));

async function learn(ports: SyncPorts): Promise<void> {
  const { queue, profile } = ports;
  const own = profile().deviceId;
  const asked = new Set(
    queue.records
      .filter(({ state }) => state === 'sent' || state === 'attention')
      .map(({ deviceId }) => deviceId),
  );
  for (const deviceId of asked) await learnOf(ports, deviceId, deviceId === own);
}

async function learnOf(
  { client, queue, profile, keep }: SyncPorts,
  deviceId: string,
  own: boolean,
): Promise<void> {
  let since = own ? profile().outcomesSince : null;
  const query = { deviceId, limit: PAGE, ...(since !== null && { since }) };
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await client.intake.outcomes({ query: { ...query, ...(cursor && { cursor }) } });
    await queue.change(new Map(page.items.map((outcome) => [outcome.id, resultOf(outcome)])));
    since = page.items.at(-1)?.settledAt ?? since;
    cursor = page.nextCursor;
  }
  if (own && since !== null) await keep({ outcomesSince: since });
}

function resultOf({ state, problem, nextStep }: IntakeOutcome) {
  if (state === 'applied')
    return { state: 'accepted', problem: null, nextStep: null, quarantined: false } as const;
  if (state === 'resolved')
    return { state: 'set_aside', problem, nextStep: null, quarantined: false } as const;
  if (state === 'quarantined') return { state: 'attention', problem, nextStep, quarantined: true } as const;
  // Held: safe with the server, and why it waits is shown.
  return { state: 'sent', problem, nextStep } as const;
}
