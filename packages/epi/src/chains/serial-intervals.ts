import type { Chains } from './chains.ts';

export type SerialIntervals = {
  unit: 'day';
  /** Pairs with both onsets known. */
  n: number;
  /** Null when n = 0. */
  mean: number | null;
  /** Sample standard deviation (n - 1); null when n < 2. */
  sd: number | null;
  median: number | null;
  negativeCount: number;
  /** Links left out because an onset is unknown. */
  undatedCount: number;
  /** In the order of the contacts given. */
  values: number[];
};

/**
 * Serial intervals: onset of the infectee minus onset of the infector, in days, one per pair.
 *
 * mean = Σ xᵢ / n, sd = √(Σ (xᵢ - mean)² / (n - 1)). Negative intervals are kept and counted, also those whose link
 * `buildChains` called impossible for its order: leaving them out would lengthen the mean. Links that are impossible
 * for another reason say nothing about time and are not used; an ambiguous infectee gives one value per infector.
 *
 * Negative intervals are real where a disease spreads before symptoms (Du Z et al., Emerg Infect Dis 2020,
 * doi:10.3201/eid2606.200357): a gamma distribution fitted to the positive ones alone is too long.
 *
 * Assumes onsets are remembered to the day. Misleads in a growing outbreak, where short intervals are seen first
 * (right truncation), and where pairs were chosen because they were close in time. Not the generation time, which runs
 * from infection to infection. Definition: Svensson Å, Math Biosci 2007, doi:10.1016/j.mbs.2006.10.010
 *
 * @example serialIntervals(buildChains(cases, contacts)).mean // 14.47 for the 98 pairs of MERS Korea 2015
 */
export function serialIntervals(chains: Chains): SerialIntervals {
  const misordered = chains.impossible.filter((link) => link.reason === 'onset_before_infector');
  const dated = [...chains.links, ...misordered].filter((link) => link.serialIntervalDays !== null);
  const values = dated.sort((a, b) => a.row - b.row).map((link) => link.serialIntervalDays!);
  const n = values.length;
  const mean = n === 0 ? null : values.reduce((sum, value) => sum + value, 0) / n;
  return {
    unit: 'day',
    n,
    mean,
    sd: mean === null || n < 2 ? null : sampleSd(values, mean),
    median: median(values),
    negativeCount: values.filter((value) => value < 0).length,
    undatedCount: chains.links.length + misordered.length - n,
    values,
  };
}

function sampleSd(values: number[], mean: number): number {
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

function median(values: number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
