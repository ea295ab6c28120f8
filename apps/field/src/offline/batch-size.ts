/**
 * How many records go in one batch: as many as this line carries in a few seconds, told by the batch before. A break on a bad
 * line then costs seconds of sending again, not minutes; on a good one a full queue leaves in a few calls.
 */
const FIRST = 25;
const LEAST = 10;
const MOST = 50;
const WANTED_MS = 4_000;

export interface BatchSize {
  readonly now: number;
  /** A batch of so many went through in this time. */
  carried(count: number, ms: number): void;
  /** The line broke under a batch. */
  broke(): void;
}

export function createBatchSize(): BatchSize {
  let size = FIRST;
  return {
    get now() {
      return size;
    },
    carried(count, ms) {
      // The rest of a queue says nothing: its time is mostly the way there and back.
      if (count < size) return;
      const fitting = Math.round((size * WANTED_MS) / Math.max(1, ms));
      size = Math.max(LEAST, Math.min(MOST, size * 2, fitting));
    },
    broke() {
      size = Math.max(LEAST, Math.round(size / 2));
    },
  };
}
