import { eventKinds } from 'virtual:levee-contract';
import type { Event as LoggedEvent } from '@levee/contract';
import type { QueryClient } from '@tanstack/react-query';

export type LiveState = 'connecting' | 'open' | 'lost';

export type LiveEvent = LoggedEvent;
type Listener = (event: LiveEvent) => void;

const matches = (pattern: string, kind: string) =>
  pattern === '*' || pattern === kind || (pattern.endsWith('.*') && kind.startsWith(pattern.slice(0, -1)));

/**
 * The one stream of events of this window. It resumes where it stopped (the browser sends `Last-Event-ID`); when the
 * server says `reset` (too old to resume) every cached answer is asked for again.
 */
export function createLive(queries: QueryClient, url = '/api/events') {
  const stale: { pattern: string; queryKey: readonly unknown[] }[] = [];
  const listeners = new Set<{ pattern: string; run: Listener }>();
  const watchers = new Set<() => void>();
  const due = new Set<readonly unknown[]>();
  let state: LiveState = 'connecting';
  let heardAt: number | null = null;
  let source: EventSource | undefined;
  let reopen: ReturnType<typeof setTimeout> | undefined;
  let flush: ReturnType<typeof setTimeout> | undefined;
  let lastPosition = '';

  const setState = (next: LiveState) => {
    if (next === 'open') heardAt = Date.now();
    state = next;
    for (const watcher of watchers) watcher();
  };
  const invalidateSoon = (queryKey: readonly unknown[]) => {
    due.add(queryKey);
    // A burst of events (a batch of results) asks once, not a hundred times.
    flush ??= setTimeout(() => {
      flush = undefined;
      const keys = [...due];
      due.clear();
      for (const key of keys) void queries.invalidateQueries({ queryKey: key });
    }, 150);
  };
  const receive = (message: MessageEvent<string>) => {
    setState('open');
    if (message.lastEventId !== '') lastPosition = message.lastEventId;
    let event: LiveEvent;
    try {
      event = JSON.parse(message.data) as LiveEvent;
    } catch {
      return;
    }
    for (const { pattern, queryKey } of stale) if (matches(pattern, event.kind)) invalidateSoon(queryKey);
    for (const { pattern, run } of listeners) if (matches(pattern, event.kind)) run(event);
  };
  const open = () => {
    const from = lastPosition === '' ? '' : `?after=${encodeURIComponent(lastPosition)}`;
    source = new EventSource(url + from);
    source.onopen = () => {
      if (state === 'lost') void queries.invalidateQueries();
      setState('open');
    };
    // The stream names each event by its kind, so each kind is listened to by name.
    for (const kind of Object.keys(eventKinds)) source.addEventListener(kind, receive as EventListener);
    source.addEventListener('reset', () => void queries.invalidateQueries());
    source.addEventListener('beat', () => setState('open'));
    source.onerror = () => {
      setState('lost');
      // The browser gives up for good on an HTTP error; then we open again ourselves.
      if (source?.readyState === EventSource.CLOSED) reopen = setTimeout(open, 3000);
    };
  };

  return {
    start: open,
    stop() {
      source?.close();
      clearTimeout(reopen);
      clearTimeout(flush);
      flush = undefined;
    },
    /** Events of this kind (`case.*` = all of cases) make answers under this query key old. */
    on(pattern: string, queryKey: readonly unknown[]): void {
      stale.push({ pattern, queryKey });
    },
    /** Hears events of this kind; the return value stops it. */
    listen(pattern: string, run: Listener): () => void {
      const entry = { pattern, run };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    subscribe(watcher: () => void): () => void {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    state: () => state,
    /** Browser milliseconds when the server was last heard, or null. */
    heardAt: () => heardAt,
  };
}

export type Live = ReturnType<typeof createLive>;
