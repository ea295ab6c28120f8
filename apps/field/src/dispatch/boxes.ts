/** The boxes this phone packed, read off what was recorded. Pure. */
import type { QueueRecord } from '../offline/queue.ts';

export interface DeviceBox {
  readonly id: string;
  readonly code: string;
  readonly labId: string;
  readonly tubeCodes: readonly string[];
  readonly packedAt: string;
  readonly handedOverAt: string | null;
  readonly courier: string | null;
  /** The record that last changed it: its state is the box's. */
  readonly last: QueueRecord;
}

/** Newest first; one set aside or taken back was never packed. */
export function boxesOf(records: readonly QueueRecord[]): DeviceBox[] {
  const boxes = new Map<string, DeviceBox>();
  for (const record of records) {
    const { command, state } = record;
    if (state === 'undone' || state === 'set_aside') continue;
    if (command.kind === 'pack') {
      const { id, code, labId, tubeCodes, at: packedAt } = command;
      boxes.set(id, {
        ...{ id, code, labId, tubeCodes, packedAt, handedOverAt: null, courier: null },
        last: record,
      });
    } else if (command.kind === 'hand_over') {
      const box = boxes.get(command.boxId);
      if (!box) continue;
      boxes.set(box.id, {
        ...box,
        ...{ handedOverAt: command.at, courier: command.courier ?? null, last: record },
      });
    }
  }
  return [...boxes.values()].reverse();
}
