/** One comparison: the same job done by us and by a peer in the same run. */
export type BenchRow = {
  job: string;
  /** Median, in `unit`. */
  ours: number;
  /** Median, in `unit`; null where the peer was skipped. */
  peer: number | null;
  peerName: string | null;
  /** ours / peer: above 1 is better where the unit is a speed, below 1 where it is a time or a size. */
  ratio: number | null;
  unit: string;
  /** Runs of each, alternating. */
  n: number;
  /** What the medians do not say: answers that differ, why a peer was skipped, the slowest run. */
  note: string;
};

/** What `bench/<name>/<name>.bench.ts` exports. */
export type Bench<Options extends Record<string, number> = Record<string, number>> = {
  /** Options a caller may change as `--name 10M`, with their defaults. */
  defaults: Options;
  run(options: Options & { print: (line: string) => void }): Promise<BenchRow[]>;
};

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
