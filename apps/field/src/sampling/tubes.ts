/** The tubes of this device, read off what was recorded. Pure. */
import type { PoolCapacity } from '@levee/contract';
import { boxesOf } from '../dispatch/boxes.ts';
import type { QueueRecord } from '../offline/queue.ts';

export interface TubeKey {
  readonly poolId: string;
  readonly tubeCode: string;
  readonly capacity: PoolCapacity;
}
export interface DeviceTube extends TubeKey {
  /** Sample records in it, oldest first. */
  readonly members: readonly QueueRecord[];
  readonly sealed: boolean;
  /** Code of the box it lies in. */
  readonly boxed: string | null;
  readonly sent: boolean;
  readonly lastAt: string;
}

/** Newest first. A record that needs attention counts: the swab is in the tube, whatever the server says of it. */
export function tubesOf(records: readonly QueueRecord[]): DeviceTube[] {
  const tubes = new Map<string, { -readonly [Key in keyof DeviceTube]: DeviceTube[Key] }>();
  const withdrawn = withdrawnOf(records);
  for (const record of records) {
    const { command } = record;
    if (record.state === 'undone' || record.state === 'set_aside') continue;
    if (command.kind === 'specimen') {
      const { poolId, tubeCode, at } = command;
      const members = withdrawn.has(record.id) ? [] : [record];
      const made = { poolId, tubeCode, capacity: 1 as const, members, sealed: true, sent: false, lastAt: at };
      tubes.set(poolId, { ...made, boxed: null });
    } else if (command.kind === 'sample' || command.kind === 'seal') {
      const { poolId, tubeCode, capacity, at } = command;
      const tube = tubes.get(poolId) ?? {
        ...{ poolId, tubeCode, capacity, members: [], sealed: false, boxed: null, sent: false, lastAt: at },
      };
      tubes.set(poolId, tube);
      tube.lastAt = at;
      if (command.kind === 'seal') tube.sealed = true;
      else if (!withdrawn.has(record.id)) {
        tube.members = [...tube.members, record];
        if (capacity === 1) tube.sealed = true;
      }
    } else if (command.kind === 'send') {
      for (const poolId of command.poolIds) {
        const tube = tubes.get(poolId);
        if (tube) tube.sent = true;
      }
    }
  }
  const byCode = new Map([...tubes.values()].map((tube) => [tube.tubeCode, tube]));
  for (const { code, tubeCodes, handedOverAt } of boxesOf(records)) {
    for (const tubeCode of tubeCodes) {
      const tube = byCode.get(tubeCode);
      if (!tube) continue;
      tube.boxed = code;
      if (handedOverAt !== null) tube.sent = true;
    }
  }
  return [...tubes.values()].sort((a, b) => b.lastAt.localeCompare(a.lastAt));
}

export function withdrawnOf(records: readonly QueueRecord[]): Set<string> {
  return new Set(
    records.flatMap(({ command, state }) =>
      command.kind === 'withdraw' && state !== 'undone' ? [command.sampleId] : [],
    ),
  );
}

/** Samples that stand, newest first. */
export const lastSamples = (records: readonly QueueRecord[], count: number): QueueRecord[] =>
  lastOf(records, 'sample', count);

/** Specimens of objects that stand, newest first. */
export const lastSpecimens = (records: readonly QueueRecord[], count: number): QueueRecord[] =>
  lastOf(records, 'specimen', count);

function lastOf(records: readonly QueueRecord[], kind: 'sample' | 'specimen', count: number): QueueRecord[] {
  const withdrawn = withdrawnOf(records);
  return records
    .filter(
      ({ command, state, id }) =>
        command.kind === kind && state !== 'undone' && state !== 'set_aside' && !withdrawn.has(id),
    )
    .slice(-count)
    .reverse();
}

/** The newest standing sample of somebody on this device: a second one is asked about first. */
export function sampledHere(records: readonly QueueRecord[], who: { personId?: string; number?: string }) {
  return lastSamples(records, Number.MAX_SAFE_INTEGER).find(({ command }) => {
    if (command.kind !== 'sample') return false;
    if ('personId' in command.who) return command.who.personId === who.personId;
    return command.who.identityNumber === who.number;
  });
}
