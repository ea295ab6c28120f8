/** The thread that computes, so that ten thousand cases hold up nobody's sample. */
import { parentPort } from 'node:worker_threads';
import { estimates } from '../estimates/index.ts';
import type { Order, Told } from './estimator.ts';

parentPort!.on('message', ({ id, name, input }: Order) => {
  try {
    const estimate = estimates[name] as (input: unknown) => unknown;
    const answer = estimate(input);
    parentPort!.postMessage({ id, answer } satisfies Told);
  } catch (error) {
    parentPort!.postMessage({ id, problem: (error as Error).message } satisfies Told);
  }
});
