// @vitest-environment happy-dom
import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { createLive } from './live.ts';

/** The browser's EventSource as this test drives it; the document has none of its own. */
class HandSource extends EventTarget {
  static readonly CLOSED = 2;
  static last: HandSource;
  readyState = 1;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    HandSource.last = this;
  }
  close() {}
  say(kind: string, position: string) {
    const data = JSON.stringify({ kind, position, at: '2022-08-11T21:40:00+08:00', division: '632521' });
    this.dispatchEvent(new MessageEvent(kind, { data, lastEventId: position }));
  }
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('an event makes only the answers of its kind old, and a burst asks once', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', HandSource);
  const queries = new QueryClient();
  const asked = vi.spyOn(queries, 'invalidateQueries');
  const live = createLive(queries);
  live.on('case.*', ['cases']);
  live.on('sample.*', ['samples']);
  live.start();
  for (let index = 0; index < 50; index++) HandSource.last.say('case.opened', `1-${index}`);
  HandSource.last.say('task.opened', '1-51');
  await vi.advanceTimersByTimeAsync(200);
  expect(asked.mock.calls).toEqual([[{ queryKey: ['cases'] }]]);
  live.stop();
});

it('a stream that was refused is opened again from the last position heard', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', HandSource);
  const live = createLive(new QueryClient());
  live.start();
  HandSource.last.say('case.opened', '7-3');
  HandSource.last.readyState = 2;
  HandSource.last.onerror?.();
  expect(live.state()).toBe('lost');
  await vi.advanceTimersByTimeAsync(3100);
  expect(HandSource.last.url).toBe('/api/events?after=7-3');
  live.stop();
});
