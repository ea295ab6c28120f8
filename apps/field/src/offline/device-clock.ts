/**
 * The device's own clock is what it records by, right or wrong: the server measures how wrong at each sending (T21). Only where
 * the server's time is another year, which is a rehearsal with a clock of its own, the device counts from the server's.
 */
const REHEARSAL_MS = 300 * 86_400_000;

/** Milliseconds to add to the device's clock. */
export function clockShiftOf(serverNow: string, deviceNowMs: number): number {
  const apart = Date.parse(serverNow) - deviceNowMs;
  return Math.abs(apart) > REHEARSAL_MS ? apart : 0;
}

export const deviceTime = (shiftMs: number): string => new Date(Date.now() + shiftMs).toISOString();
