import { parentPort, workerData } from 'node:worker_threads';
import { CoLocationIndex, type IndexState } from '@levee/epi';
import { LEAST_SECONDS } from './job.ts';
import type { PairsAsked } from './ours.ts';
import { END, START } from './workload.ts';

const index = CoLocationIndex.fromState(workerData as IndexState);

parentPort!.on('message', ({ persons, known }: PairsAsked) => {
  const pairs = index.searchPairs(
    { persons, from: START, until: END },
    { minTotalMinutes: LEAST_SECONDS / 60, known },
  );
  const columns = Object.values(pairs).map(({ buffer }) => buffer as ArrayBuffer);
  parentPort!.postMessage(pairs, columns);
});
