import { readTriangle, tallyDelays } from './triangle-totals.ts';

/**
 * The share of each day's cases that is expected to be reported by now: what `nowcast` divides by, without its intervals,
 * and so quick enough for every look at a curve.
 *
 * Π_{e > age} (1 - h_e), h_e the share of delay e among the cases reported within e days (reverse-time hazard). 0 to 1; null where
 * no day is old enough to tell. Assumes and misleads as `nowcast`. Lawless JF, Can J Stat 1994, doi:10.2307/3315820
 *
 * @param counts counts[t][d], cases of day t reported d days later, null while that day has not come; `reportingTriangle` makes it
 * @throws RangeError on a cell that cannot be, naming row, delay and value
 * @example reportedProportions([[6, 4], [5, null]]) // [1, 0.6]: four of ten came a day later
 */
export function reportedProportions(counts: (number | null)[][]): (number | null)[] {
  const rows = readTriangle(counts);
  const shares = sharesReported(reportingHazards(tallyDelays(rows, counts[0]?.length ?? 0)));
  return rows.map(({ age }) => shares[age] ?? null);
}

export const reportingHazards = (tally: ReturnType<typeof tallyDelays>): (number | null)[] =>
  tally.map(({ atDelay, within }) => (within === 0 ? null : atDelay / within));

/** Share of cases reported within `age` days: the product of 1 - hazard over the longer delays; null where unknown. */
export function sharesReported(hazards: (number | null)[]): (number | null)[] {
  const shares = new Array<number | null>(hazards.length).fill(1);
  for (let age = hazards.length - 2; age >= 0; age--) {
    const [hazard, share] = [hazards[age + 1]!, shares[age + 1]!];
    shares[age] = hazard === null || share === null ? null : share * (1 - hazard);
  }
  return shares;
}
