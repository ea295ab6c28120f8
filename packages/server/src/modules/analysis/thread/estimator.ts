/**
 * Estimates in a thread of their own. It starts with the first question and ends when nobody has asked for a while;
 * measured at 10,000 cases the delays take some 600 ms and the nowcast 500 ms, which no other request may wait for.
 */
import { Worker } from 'node:worker_threads';
import { LeveeError, refuse } from '@levee/contract';
import type { EstimateName, Estimates } from '../estimates/index.ts';

export interface Order {
  readonly id: number;
  readonly name: EstimateName;
  readonly input: unknown;
}
export type Told =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly problem: string };

const IDLE_MS = 60_000;
const LONGEST_MS = 30_000;
/** More than these and the thread is behind: who asks next is told to come back. */
const MOST_WAITING = 40;

let worker: Worker | null = null;
let asked = 0;
let idle: NodeJS.Timeout | undefined;
const waiting = new Map<number, PromiseWithResolvers<unknown>>();

export async function estimateInThread<Name extends EstimateName>(
  name: Name,
  input: Parameters<Estimates[Name]>[0],
): Promise<ReturnType<Estimates[Name]>> {
  if (waiting.size >= MOST_WAITING) throw new LeveeError('unavailable');
  asked += 1;
  const id = asked;
  const order = Promise.withResolvers<unknown>();
  waiting.set(id, order);
  clearTimeout(idle);
  const late = setTimeout(() => fail(new LeveeError('unavailable')), LONGEST_MS);
  running().postMessage({ id, name, input } satisfies Order);
  try {
    return (await order.promise) as ReturnType<Estimates[Name]>;
  } finally {
    clearTimeout(late);
    waiting.delete(id);
    if (waiting.size === 0) rest();
  }
}

function running(): Worker {
  if (worker !== null) return worker;
  const started = new Worker(new URL('./estimator.worker.ts', import.meta.url));
  started.on('message', (told: Told) => {
    const order = waiting.get(told.id);
    if ('answer' in told) order?.resolve(told.answer);
    else order?.reject(notComputable(told.problem));
  });
  started.on('error', (error) => worker === started && fail(error));
  // A server that stops does not wait for a thread with nothing to do.
  started.unref();
  worker = started;
  return started;
}

const notComputable = (problem: string): LeveeError =>
  refuse(
    { zh: `这些数据不能这样分析：${problem}`, en: `These data cannot be analysed so: ${problem}` },
    { zh: '改正所指的日期或设置后再试。', en: 'Correct the day or the setting named and try again.' },
  );

/** Everybody who waits is told; the next question starts a new thread. */
function fail(error: Error): void {
  const gone = worker;
  worker = null;
  for (const order of waiting.values()) order.reject(error);
  waiting.clear();
  void gone?.terminate();
}

function rest(): void {
  idle = setTimeout(() => {
    void worker?.terminate();
    worker = null;
  }, IDLE_MS);
  idle.unref();
}
