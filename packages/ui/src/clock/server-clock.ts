import { createContext, useContext, useSyncExternalStore } from 'react';

/** What the server said about its time. */
export interface ServerTime {
  /** The server's instant, milliseconds since the epoch. */
  readonly at: number;
  /** How fast its time runs: 1 in service, more in a demonstration. */
  readonly speed: number;
  readonly paused: boolean;
}

/** A running copy of the server's clock; the browser's own clock is only used to count on from the last word heard. */
export interface ServerClock {
  now(): number;
  sync(time: ServerTime): void;
  subscribe(listener: () => void): () => void;
  /** The same instant until the next tick, as React wants it. */
  snapshot(): number;
}

/**
 * @param elapsed milliseconds from a clock that never jumps (performance.now), injectable for tests
 * @param tickMs how often listeners are told
 */
export function createServerClock(
  elapsed: () => number = () => performance.now(),
  tickMs = 1000,
): ServerClock {
  let base: ServerTime = { at: Date.now(), speed: 1, paused: false };
  let heardAt = elapsed();
  let shown = base.at;
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;

  const now = () => (base.paused ? base.at : base.at + (elapsed() - heardAt) * base.speed);
  const tick = () => {
    shown = now();
    for (const listener of listeners) listener();
  };
  return {
    now,
    sync(time) {
      base = time;
      heardAt = elapsed();
      tick();
    },
    subscribe(listener) {
      listeners.add(listener);
      timer ??= setInterval(tick, tickMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
      };
    },
    snapshot: () => shown,
  };
}

/** The app's one clock; tests give their own through the provider. */
export const ServerClockContext = createContext<ServerClock>(createServerClock());

export function useServerClock(): ServerClock {
  return useContext(ServerClockContext);
}

/** The server's present instant in milliseconds, renewed every second. */
export function useServerNow(): number {
  const clock = useContext(ServerClockContext);
  return useSyncExternalStore(clock.subscribe, clock.snapshot);
}
