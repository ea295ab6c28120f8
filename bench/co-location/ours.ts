/** CoLocationIndex on this thread, with a second one on the same memory for the large search. */
import { Worker } from 'node:worker_threads';
import { CoLocationIndex, type PairsMet, StaysBuilding } from '@levee/epi';
import { type Answer, CHECK_MODULUS, type Engine, type Job, LEAST_SECONDS } from './job.ts';
import type { Workload } from './workload.ts';
import { END, START } from './workload.ts';
import type { WorkloadColumns } from './workload-columns.ts';

export type Ours = Engine & { readonly index: CoLocationIndex; readonly buildMilliseconds: number };
export type PairsAsked = { persons: Uint32Array; known: Uint32Array };

const OPTIONS = { minTotalMinutes: LEAST_SECONDS / 60 };
const WHOLE = { from: START, until: END };

export function openOurs(workload: Workload, columns: WorkloadColumns): Ours {
  const started = performance.now();
  const building = new StaysBuilding();
  // Names as long as those of the product, numbered as the workload numbers them.
  const name = (kind: number, n: number) => `018f2c4e-${kind}000-7000-8000-${String(n).padStart(12, '0')}`;
  for (let n = 0; n < workload.personsCount; n++) building.persons.findOrAdd(name(1, n));
  for (let n = 0; n < workload.placesCount; n++) building.places.findOrAdd(name(2, n));
  const { person, place, from, until } = columns;
  for (let i = 0; i < person.length; i++) building.pushNumbered(place[i]!, person[i]!, from[i]!, until[i]!);
  const state = building.finish();
  const index = CoLocationIndex.fromState(state);
  const buildMilliseconds = performance.now() - started;
  const worker = new Worker(new URL('./ours.worker.ts', import.meta.url), { workerData: state });
  const askWorker = (asked: PairsAsked) =>
    new Promise<PairsMet>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject);
      worker.postMessage(asked);
    });

  const windows = (persons: Uint32Array) => ({ persons, ...WHOLE });
  const answers: Record<Job['kind'], (cases: Uint32Array) => Promise<Answer>> = {
    async first(cases) {
      const { persons, seconds } = index.searchPeople(windows(cases), OPTIONS);
      return sums(persons, seconds);
    },
    async 'second pairs'(cases) {
      const first = index.searchPeople(windows(cases), OPTIONS).persons;
      const known = new Uint32Array([...first, ...cases]);
      // Every other one, so that both have as much to do.
      const [mine, others] = [0, 1].map((half) => first.filter((_, i) => i % 2 === half)) as [
        Uint32Array<ArrayBuffer>,
        Uint32Array<ArrayBuffer>,
      ];
      const theirs = askWorker({ persons: others, known });
      const own = index.searchPairs(windows(mine), { ...OPTIONS, known });
      const parts = [
        { via: mine, pairs: own },
        { via: others, pairs: await theirs },
      ];
      return parts.map(({ via, pairs }) => pairSums(via, pairs)).reduce(add);
    },
    async 'second people'(cases) {
      const first = index.searchPeople(windows(cases), OPTIONS).persons;
      const second = index.searchPeople(windows(first), { ...OPTIONS, known: cases, totals: false });
      return sums(second.persons, null);
    },
  };
  return {
    name: 'CoLocationIndex',
    index,
    buildMilliseconds,
    answer: (job) => answers[job.kind](Uint32Array.from(job.cases)),
    async close() {
      await worker.terminate();
    },
  };
}

function pairSums(via: Uint32Array, { start, persons, seconds }: PairsMet): Answer {
  const answer = { rows: persons.length, seconds: 0, checksum: 0 };
  for (let window = 0; window < via.length; window++) {
    for (let i = start[window]!; i < start[window + 1]!; i++) {
      answer.seconds += seconds[i]!;
      answer.checksum += (via[window]! * 31 + persons[i]! * 17 + seconds[i]!) % CHECK_MODULUS;
    }
  }
  return answer;
}

function sums(persons: Uint32Array, seconds: ArrayLike<number> | null): Answer {
  const answer = { rows: persons.length, seconds: 0, checksum: 0 };
  for (let i = 0; i < persons.length; i++) {
    const own = seconds?.[i] ?? 0;
    answer.seconds += own;
    answer.checksum += (persons[i]! * 17 + own) % CHECK_MODULUS;
  }
  return answer;
}

const add = (a: Answer, b: Answer): Answer => ({
  rows: a.rows + b.rows,
  seconds: a.seconds + b.seconds,
  checksum: a.checksum + b.checksum,
});
