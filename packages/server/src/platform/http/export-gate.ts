/**
 * Who may have a file made now. A file is minutes of reading for one person and nothing for those who wait at a site, so few
 * are made at once, in turn among the people who ask, and nobody may fill the queue (T37).
 */
import { LeveeError } from '@levee/contract';

/** Line list and links, side by side: what one person fetches in one go. */
export const RUNNING_EACH = 2;
/** And the same two in the other format. More than four is a script, and is told to come again. */
export const WAITING_EACH = 2;
/** In the whole house: on two cores a third takes as much from the intake as it adds. */
const RUNNING_ALL = 2;
const RETRY_SECONDS = 10;

interface Waiting {
  readonly who: string;
  readonly enter: () => void;
}

export interface ExportGate {
  /**
   * Resolves when it is this person's turn; the answer is the way out, to be called once.
   *
   * @throws `export.quota` (429 with Retry-After) at once where the person has as many as allowed
   * @throws the reason of `signal` where the person went away while waiting
   */
  enter(who: string, signal: AbortSignal): Promise<() => void>;
  running(): number;
  waiting(): number;
}

export function createExportGate(): ExportGate {
  const running = new Map<string, number>();
  const queue: Waiting[] = [];
  let runningAll = 0;
  const runningOf = (who: string) => running.get(who) ?? 0;
  const waitingOf = (who: string) => queue.filter((one) => one.who === who).length;
  const mayRun = (who: string) => runningAll < RUNNING_ALL && runningOf(who) < RUNNING_EACH;

  function begin(who: string): () => void {
    runningAll += 1;
    running.set(who, runningOf(who) + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      runningAll -= 1;
      const rest = runningOf(who) - 1;
      if (rest === 0) running.delete(who);
      else running.set(who, rest);
      next();
    };
  }

  /** Whoever has fewest under way, of those whoever came first. */
  function next(): void {
    const able = queue.filter(({ who }) => mayRun(who));
    const fewest = Math.min(...able.map(({ who }) => runningOf(who)));
    const one = able.find(({ who }) => runningOf(who) === fewest);
    if (!one) return;
    queue.splice(queue.indexOf(one), 1);
    one.enter();
  }

  return {
    async enter(who, signal) {
      signal.throwIfAborted();
      if (mayRun(who)) return begin(who);
      const waiting = waitingOf(who);
      if (waiting >= WAITING_EACH) {
        throw new LeveeError(
          'export.quota',
          { running: runningOf(who), waiting, seconds: RETRY_SECONDS },
          { retryAfterSeconds: RETRY_SECONDS },
        );
      }
      return new Promise((resolve, reject) => {
        const one: Waiting = {
          who,
          enter: () => {
            signal.removeEventListener('abort', goAway);
            resolve(begin(who));
          },
        };
        const goAway = () => {
          queue.splice(queue.indexOf(one), 1);
          reject(signal.reason);
        };
        signal.addEventListener('abort', goAway, { once: true });
        queue.push(one);
      });
    },
    running: () => runningAll,
    waiting: () => queue.length,
  };
}
