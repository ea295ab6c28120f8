/** How long to wait before the next try. Spread at random, so that a county's phones do not come back in one second. */

const FIRST_MS = 2_000;
/** A server that is back finds every queue at its door within a minute (T30); 5,000 phones that knock so often are no load. */
const LONGEST_MS = 40_000;

/**
 * @param failures waits in a row that ended with a try that failed, 1 at least; tries somebody asked for in between are not counted
 * @param retryAfterMs what the server asked for, if it answered
 * @param random from 0 to 1
 */
export function waitAfter(failures: number, retryAfterMs: number | null, random: number): number {
  // Never sooner than asked, up to half as long again.
  if (retryAfterMs !== null) return Math.round(retryAfterMs * (1 + random / 2));
  const ceiling = Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS);
  return Math.round(ceiling * (0.5 + random / 2));
}
