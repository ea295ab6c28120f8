/** What clients were told while the database was away. */
import { readFileSync } from 'node:fs';
import { equal, type Finding, measured, within } from '../soak.ts';
import type { Answered } from './fleet.ts';

export interface Outage {
  readonly beganMs: number;
  readonly backMs: number;
}

/**
 * Resolves with the moment of the first acknowledgement of something sent after the process `pid` was gone.
 *
 * @throws after a minute
 */
export async function untilServing(answers: readonly Answered[], pid: number): Promise<number> {
  const until = performance.now() + 60_000;
  const wait = async () => {
    if (performance.now() > until)
      throw new Error('nothing was acknowledged within a minute after the fault');
    await new Promise((resolve) => setTimeout(resolve, 10));
  };
  while (isRunning(pid)) await wait();
  const goneMs = performance.now();
  for (let from = answers.length; ; await wait()) {
    const good = answers
      .slice(from)
      .find(({ status, atMs, milliseconds }) => status === 200 && atMs - milliseconds > goneMs);
    if (good) return good.atMs;
    from = Math.max(from, answers.length - 1_000);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const state = /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, { encoding: 'latin1', flag: 'r' }))?.[1];
  return state !== 'Z';
}

export function tellOutages(
  outages: readonly Outage[],
  answers: readonly Answered[],
  looks: readonly (Answered & { readonly path: string })[],
  backWithinSeconds: number,
): Finding[] {
  const all = [...answers, ...looks];
  const of = (wanted: (status: number) => boolean) => all.filter(({ status }) => wanted(status));
  const refused = of((status) => status === 503);
  const other = of((status) => status !== 200 && status !== 503 && status !== 0);
  const seconds = outages.map(({ beganMs, backMs }) => (backMs - beganMs) / 1000);
  const slowest = Math.max(...seconds);
  const strange = [...Map.groupBy(looks, ({ path, status }) => `${path} ${status}`)]
    .filter(([key]) => !/ (200|503)$/.test(key))
    .map(([key, { length }]) => `${key} × ${length}`);
  return [
    measured(
      'answers: 200, 503, none',
      [of((s) => s === 200).length, refused.length, of((s) => s === 0).length].join(', '),
    ),
    equal('503 without Retry-After', refused.filter(({ retryAfter }) => !retryAfter).length, 0),
    equal('answers other than 200 and 503', other.length, 0),
    equal('no answer at all (the server itself must stay up)', of((status) => status === 0).length, 0),
    ...(strange.length > 0 ? [measured('which', strange.join('; '))] : []),
    measured('back after, each', `${seconds.map((one) => one.toFixed(1)).join(', ')} s`),
    within(
      'back after, slowest',
      `${slowest.toFixed(1)} s`,
      `${backWithinSeconds} s`,
      slowest <= backWithinSeconds,
    ),
  ];
}
