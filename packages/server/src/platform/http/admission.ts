/**
 * Under more load than it can carry the server says so at once, to the least urgent first: exports, dashboards, lists,
 * commands, and last of all what is being sampled (T33). The measure is Little's law: requests under way divided by
 * requests answered a second is the wait, and nobody is let in to wait longer than `LONGEST_WAIT_SECONDS`.
 */
import { PRIORITIES, type Priority } from '@levee/contract';

const LONGEST_WAIT_SECONDS = 1.5;
/** Room that is always there: a server that has just started has answered nothing yet. */
const SMALLEST_ROOM = 200;
const LARGEST_ROOM = 4_000;
/** How much of the room each class may fill, in the order of PRIORITIES: the last places are for intake alone. */
const SHARES = [1, 0.85, 0.7, 0.5, 0.25] as const satisfies readonly number[] & { length: 5 };
const WINDOW_MS = 1_000;

export interface Admission {
  /** False: too much is under way for a request of this class. A `true` is followed by one `leave`. */
  enter(priority: Priority): boolean;
  leave(): void;
  underWay(): number;
}

export function createAdmission(nowMs: () => number = () => performance.now()): Admission {
  let underWay = 0;
  let answered = 0;
  let windowStart = nowMs();
  let perSecond = 0;

  function room(): number {
    const now = nowMs();
    if (now - windowStart >= WINDOW_MS) {
      perSecond = (answered / (now - windowStart)) * 1000;
      answered = 0;
      windowStart = now;
    }
    return Math.min(LARGEST_ROOM, Math.max(SMALLEST_ROOM, perSecond * LONGEST_WAIT_SECONDS));
  }

  return {
    enter(priority) {
      if (underWay >= room() * SHARES[PRIORITIES.indexOf(priority)]!) return false;
      underWay += 1;
      return true;
    },
    leave() {
      underWay -= 1;
      answered += 1;
    },
    underWay: () => underWay,
  };
}
