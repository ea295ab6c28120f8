/**
 * Records that build on another of their device: which can be applied, in which order, and which wait. A phone hands its
 * records over in order, but one refused at the door stays on it to be put right while those behind it go on. Pure.
 */
import type { Bilingual } from '@levee/contract';
import type { Recorded } from './intake-row.ts';

/** The house's own choice: half a shift to put a record right on the phone, and in before a laboratory has its results. */
export const HOLD_HOURS = 4;

export const HELD: { readonly problem: Bilingual; readonly nextStep: Bilingual } = {
  problem: {
    zh: '所依据的前一条记录尚未收到，暂存等待',
    en: 'the record it builds on has not come; it is held',
  },
  nextStep: {
    zh: `请在记录它的设备上处理并上传前一条；${HOLD_HOURS} 小时后仍未到的，将不再等待。`,
    en: `Deal with the earlier record on its device and hand it over; after ${HOLD_HOURS} hours this one is tried without it.`,
  },
};

/**
 * @param settled ids of bases that are dealt with: applied, or refused and with somebody
 * @returns what can be applied, bases before what builds on them, otherwise as received; and what waits
 */
export function splitByBase(
  batch: readonly Recorded[],
  settled: ReadonlySet<string>,
): { ready: Recorded[]; held: Recorded[] } {
  const ready: Recorded[] = [];
  const there = new Set(settled);
  let waiting = [...batch];
  for (;;) {
    const still: Recorded[] = [];
    for (const record of waiting) {
      const { id, after } = record.command;
      if (after !== undefined && !there.has(after)) {
        still.push(record);
        continue;
      }
      ready.push(record);
      there.add(id);
    }
    if (still.length === waiting.length) return { ready, held: still };
    waiting = still;
  }
}
