/** Keeps handing over while the app is open: at once after recording, patiently where the server is away. */
import { LeveeError } from '@levee/contract';
import { waitAfter } from './backoff.ts';
import { isUnsent } from './queue.ts';
import { type SyncPorts, syncOnce } from './sync.ts';

/** Nothing to do: how often to look whether the device is still wanted. */
const REST_MS = 60_000;
/** The server applies what it took within a second or two. */
const SOON_MS = 1_200;

export interface SyncState {
  readonly doing: 'syncing' | 'resting' | 'waiting' | 'signed_out';
  readonly error: LeveeError | null;
  /** Milliseconds; when the next try comes by itself. */
  readonly nextAtMs: number | null;
}

export interface SyncLoop {
  readonly state: SyncState;
  subscribe(listener: () => void): () => void;
  /** Something was recorded, the network came back, somebody pressed the button. */
  wake(): void;
  stop(): void;
}

export function startSync(ports: SyncPorts, random: () => number = Math.random): SyncLoop {
  const listeners = new Set<() => void>();
  let state: SyncState = { doing: 'resting', error: null, nextAtMs: null };
  let rouse: () => void = () => {};
  let woken = false;
  let stopped = false;

  const show = (next: SyncState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  /** `firm`: the server said when to come again, and nothing recorded in between changes that (T33). */
  const rest = (ms: number, firm: boolean) =>
    new Promise<void>((resolve) => {
      if (stopped || (woken && !firm)) return resolve();
      const timer = setTimeout(resolve, ms);
      rouse = () => {
        if (firm && !stopped) return;
        clearTimeout(timer);
        resolve();
      };
    });
  const handedOver = () => ports.queue.records.filter((record) => !isUnsent(record)).length;

  async function run(): Promise<void> {
    for (let failures = 0, asked = 0; !stopped; ) {
      // A try somebody asked for is not one of ours: it neither lengthens our waits nor spends our patience (T30).
      const called = woken;
      woken = false;
      show({ ...state, doing: 'syncing', nextAtMs: null });
      const before = handedOver();
      let wait: number;
      let firm = false;
      try {
        const open = await syncOnce(ports);
        failures = 0;
        asked = open === 0 ? 0 : called ? 1 : asked + 1;
        wait = open > 0 ? Math.min(SOON_MS * 2 ** (asked - 1), REST_MS) : REST_MS;
        show({ doing: 'resting', error: null, nextAtMs: null });
      } catch (error) {
        // A line that breaks but carries is not a server that is away.
        if (handedOver() > before) failures = 1;
        else if (!called || failures === 0) failures += 1;
        const known =
          error instanceof LeveeError ? error : new LeveeError('unavailable', {}, { cause: error });
        const retryAfter = (known.detail as { retryAfterMs?: number } | undefined)?.retryAfterMs ?? null;
        firm = retryAfter !== null;
        wait = waitAfter(failures, retryAfter, random());
        const doing = known.code === 'access.signed_out' ? 'signed_out' : 'waiting';
        show({ doing, error: known, nextAtMs: Date.now() + wait });
      }
      await rest(wait, firm);
    }
  }
  void run();

  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    wake() {
      woken = true;
      rouse();
    },
    stop() {
      stopped = true;
      rouse();
    },
  };
}
