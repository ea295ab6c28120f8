// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { createServerClock, ServerClockContext } from './server-clock.ts';
import { Clock, Time } from './time.tsx';

afterEach(cleanup);

const at = Date.parse('2022-08-11T21:40:00+08:00');

/** A clock whose passing of time the test decides. */
function handClock() {
  let elapsed = 0;
  const clock = createServerClock(() => elapsed, 3_600_000);
  const pass = (ms: number) => {
    elapsed += ms;
    return clock.now();
  };
  return { clock, pass };
}

it('a countdown follows the server, not the browser', () => {
  const { clock } = handClock();
  clock.sync({ at, speed: 1, paused: false });
  render(
    <ServerClockContext.Provider value={clock}>
      <Clock name="2 小时报告" due="2022-08-11T23:40:00+08:00" />
    </ServerClockContext.Provider>,
  );
  const timer = screen.getByRole('timer');
  expect(timer.textContent).toBe('剩 2 小时 00 分');
  expect(timer.getAttribute('aria-label')).toBe('2 小时报告：剩 2 小时 00 分，时限 08-11 23:40');
  act(() => clock.sync({ at: at + 2.5 * 3_600_000, speed: 1, paused: false }));
  expect(timer.textContent).toBe('超时 30 分 00 秒');
});

it('a demonstration runs at its own speed and stands still while paused', () => {
  const { clock, pass } = handClock();
  clock.sync({ at, speed: 60, paused: false });
  expect(pass(1000)).toBe(at + 60_000);
  clock.sync({ at, speed: 0, paused: true });
  expect(pass(5000)).toBe(at);
});

it('a time shows day and hour, and its full form on hover', () => {
  const { clock } = handClock();
  clock.sync({ at, speed: 1, paused: false });
  render(
    <ServerClockContext.Provider value={clock}>
      <Time at="2022-08-11T13:40:05Z" />
      <Time at="2021-12-31T16:00:00Z" />
    </ServerClockContext.Provider>,
  );
  expect(screen.getByText('08-11 21:40').title).toBe('2022-08-11 21:40:05 周四 (Asia/Shanghai)');
  expect(screen.getByText('01-01 00:00')).toBeTruthy();
});
