import type { FarringtonSettings } from './farrington-settings.ts';

/** History the expectation of one epoch is learnt from: columns of one length. */
export type Baseline = { counts: number[]; epochs: number[]; groups: number[]; offset: number[] };

/**
 * The epochs compared with: windows around the same epoch of earlier years form the group `periods`; with more than one
 * group the epochs between the windows are cut into `periods` - 1 groups of about equal length, the longer ones first.
 * Recent epochs and missing counts are left out.
 */
export function baselineOf(
  series: (number | null)[],
  index: number,
  { frequency, years, halfWindow, periods, excludeRecent, population }: FarringtonSettings,
): Baseline {
  const groupOf = new Int32Array(index + 1);
  const setGroup = (from: number, to: number, group: number) => {
    for (let epoch = Math.max(1, from); epoch <= Math.min(index, to); epoch++) groupOf[epoch] = group;
  };
  setGroup(index - halfWindow, index, periods);
  for (let year = 1; year <= years; year++) {
    const same = index - year * frequency;
    setGroup(same - halfWindow, same + halfWindow, periods);
    if (periods > 1) {
      const between = frequency - 2 * halfWindow - 1;
      const length = Math.floor(between / (periods - 1));
      const longerCount = between % (periods - 1);
      let start = same + halfWindow + 1;
      for (let group = 1; group < periods; group++) {
        const end = start + length + (group <= longerCount ? 1 : 0) - 1;
        setGroup(start, end, group);
        start = end + 1;
      }
    }
  }
  setGroup(index - excludeRecent, index, 0);

  const baseline: Baseline = { counts: [], epochs: [], groups: [], offset: [] };
  for (let epoch = 1; epoch <= index; epoch++) {
    const count = series[epoch - 1]!;
    if (groupOf[epoch] === 0 || count === null) continue;
    baseline.counts.push(count);
    baseline.epochs.push(epoch);
    baseline.groups.push(groupOf[epoch]!);
    baseline.offset.push(population ? Math.log(population[epoch - 1]!) : 0);
  }
  return baseline;
}
