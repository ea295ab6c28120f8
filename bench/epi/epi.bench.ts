/** Reproduction numbers over many regions: estimateRt against EpiEstim, one thread each. */
import { estimateRt, QUANTILE_LEVELS, type RtEstimates, type SerialInterval } from '@levee/epi';
import { type Bench, type BenchRow, median } from '../bench.ts';
import { findEpiEstim, type Method, type RtAnswer, runEpiEstim } from './epiestim.ts';
import { INTERVAL, makeRegions, type Region } from './regions.ts';

/** The influenza table published with EpiEstim; it sums to 1.000 by rounding. */
const TABLE = [0, 0.233, 0.359, 0.198, 0.103, 0.053, 0.027, 0.014, 0.007, 0.003, 0.002, 0.001];

const JOBS: { job: string; method: Method; quiet: boolean; serialInterval: SerialInterval }[] = [
  {
    job: 'Rt, gamma interval, weekly windows, 7 quantiles',
    method: 'parametric_si',
    quiet: false,
    serialInterval: INTERVAL,
  },
  {
    job: 'Rt, table as interval, weekly windows, 7 quantiles',
    method: 'non_parametric_si',
    quiet: false,
    serialInterval: { family: 'empirical', probabilities: TABLE, unit: 'day' },
  },
  {
    job: 'Rt, gamma interval, few cases and many zeros',
    method: 'parametric_si',
    quiet: true,
    serialInterval: INTERVAL,
  },
];

export const defaults = { regions: 200, days: 400, rounds: 3, seed: 20_261_124 };

export const run: Bench<typeof defaults>['run'] = async ({ regions, days, rounds, seed, print }) => {
  const peer = findEpiEstim();
  if (typeof peer === 'string') print(`EpiEstim skipped: ${peer}`);
  return JOBS.map(({ job, method, quiet, serialInterval }): BenchRow => {
    const workload = makeRegions({ regions, days, seed, quiet });
    const ours: number[] = [];
    const theirs: number[] = [];
    let wrongCells = 0;
    for (let round = 0; round < rounds; round++) {
      // A round of ours is a fiftieth of the peer's: several make one, and the slowest is told.
      const passes = Array.from({ length: 5 }, () => runOurs(workload, serialInterval));
      ours.push(...passes.map(({ seconds }) => regions / seconds));
      if (typeof peer === 'string') continue;
      const { seconds, answer } = runEpiEstim(workload, method, TABLE);
      theirs.push(regions / seconds);
      wrongCells = Math.max(wrongCells, differingCells(passes[0]!.estimates, answer));
      print(
        `${job}, round ${round + 1} of ${rounds}: ${ours.at(-1)!.toFixed(0)} and ${theirs.at(-1)!.toFixed(1)}`,
      );
    }
    const cells = regions * Math.max(0, days - 7) * 9;
    const peerMedian = theirs.length === 0 ? null : median(theirs);
    return {
      job,
      ours: median(ours),
      peer: peerMedian,
      peerName: typeof peer === 'string' ? null : peer.name,
      ratio: peerMedian === null ? null : median(ours) / peerMedian,
      unit: 'regions/s',
      n: rounds,
      note: [
        `${regions} regions × ${days} days`,
        peerMedian === null ? `peer skipped: ${peer}` : `${wrongCells} of ${cells} cells differ`,
        `our first pass, cold: ${ours[0]!.toFixed(0)}, slowest: ${Math.min(...ours).toFixed(0)}`,
      ].join('; '),
    };
  });
};

function runOurs(workload: Region[], serialInterval: SerialInterval) {
  const started = performance.now();
  const estimates = workload.map(({ cases }) => estimateRt(cases, { serialInterval }));
  return { seconds: (performance.now() - started) / 1000, estimates };
}

/** Cells outside the promise: mean and sd 1e-9, quantiles 1e-7 relative, missing where the peer has none. */
function differingCells(estimates: RtEstimates[], answer: RtAnswer): number {
  let at = 0;
  let differing = 0;
  const compare = (ours: number | null, tolerance: number) => {
    const theirs = answer[at++]!;
    const same =
      ours === null ? Number.isNaN(theirs) : Math.abs(ours - theirs) <= tolerance * Math.abs(theirs);
    if (!same) differing++;
  };
  for (const { windows } of estimates) {
    for (const { mean, sd, quantiles } of windows) {
      compare(mean, 1e-9);
      compare(sd, 1e-9);
      for (const level of QUANTILE_LEVELS) compare(quantiles[`${level}`], 1e-7);
    }
  }
  if (at !== answer.length) throw new Error(`we have ${at} cells, the peer ${answer.length}`);
  return differing;
}
