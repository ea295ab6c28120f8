import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function read(key: string): string | null {
  return globalThis.localStorage?.getItem(`levee.${key}`) ?? null;
}

/** Stores one of this person's settings in this browser; every `usePreference` of the key hears of it. */
export function setPreference(key: string, value: string | null): void {
  if (value === null) globalThis.localStorage?.removeItem(`levee.${key}`);
  else globalThis.localStorage?.setItem(`levee.${key}`, value);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  globalThis.addEventListener?.('storage', listener);
  return () => {
    listeners.delete(listener);
    globalThis.removeEventListener?.('storage', listener);
  };
}

/** One of this person's settings in this browser, kept over visits and shared between tabs. */
export function usePreference(key: string, fallback: string): [string, (next: string) => void] {
  const value = useSyncExternalStore(subscribe, () => read(key) ?? fallback);
  return [value, (next) => setPreference(key, next)];
}

/** Whether single-letter keys (J, K, X, F, ?) act; people using speech input switch them off (WCAG 2.1.4). */
export function useSingleKeys(): boolean {
  return usePreference('single-keys', 'on')[0] === 'on';
}
