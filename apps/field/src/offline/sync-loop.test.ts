import { LeveeError } from '@levee/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBatchSize } from './batch-size.ts';
import type { Profile } from './database.ts';
import type { QueueRecord } from './queue.ts';
import type { SyncPorts } from './sync.ts';
import { startSync } from './sync-loop.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server that answers a contact as told, and a queue of one record that nothing takes. */
function loopAgainst(contact: () => unknown) {
  const triedAt: number[] = [];
  const began = Date.now();
  const checkIn = async () => {
    triedAt.push(Date.now() - began);
    return contact();
  };
  const ports = {
    client: { sync: { checkIn }, intake: {} },
    queue: { records: [{ state: 'saved' }] as unknown as QueueRecord[] },
    batchSize: createBatchSize(),
    profile: () => ({ siteId: 'site', deviceId: 'phone', epoch: null }) as Profile,
    keep: async () => {},
    dropBundle: async () => {},
  } as unknown as SyncPorts;
  return { loop: startSync(ports, () => 1), triedAt };
}
const busy = () => {
  throw new LeveeError('overloaded', { seconds: 30 }, { detail: { retryAfterMs: 30_000 } });
};
const away = () => {
  throw new LeveeError('unavailable', {});
};

test('what is recorded while a server asks to be left alone for half a minute does not knock before [T33]', async () => {
  const { loop, triedAt } = loopAgainst(busy);
  for (let second = 0; second < 44; second += 1) {
    loop.wake();
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(triedAt).toEqual([0]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(triedAt).toEqual([0, 45_000]);
  loop.stop();
});

test('recording on while the server is away tries at once, and never lengthens the wait to the next try by itself: it is back in a queue within forty seconds [T30 K3]', async () => {
  const { loop, triedAt } = loopAgainst(away);
  await vi.advanceTimersByTimeAsync(100);
  for (let record = 0; record < 30; record += 1) {
    loop.wake();
    await vi.advanceTimersByTimeAsync(500);
  }
  expect(triedAt.length).toBeGreaterThan(30);
  // Nobody records any more: the next try is as near as if nobody had.
  const last = triedAt.at(-1)!;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(triedAt.find((at) => at > last)! - last).toBeLessThanOrEqual(4_000);
  await vi.advanceTimersByTimeAsync(600_000);
  const waits = triedAt.slice(1).map((at, index) => at - triedAt[index]!);
  expect(Math.max(...waits)).toBe(40_000);
  loop.stop();
});
