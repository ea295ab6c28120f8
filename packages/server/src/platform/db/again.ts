/** Two transactions that stood in each other's way: the database undid one, and the same again is right (T13). */

/** SQLSTATE: serialization failure, deadlock detected. */
const CONFLICTS = new Set(['40001', '40P01']);
const TRIES = 4;
const WAIT_MS = 20;

export const isConflict = (error: unknown): boolean =>
  CONFLICTS.has(String((error as { code?: unknown } | null)?.code ?? ''));

/** Does `work`, a whole transaction, again while it loses such a conflict; four times at most. */
export async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left === 0 || !isConflict(error)) throw error;
      // Not at once and not together: whoever won is still at it.
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS * (1 + Math.random()) * (TRIES - left)));
    }
  }
}
