import { civilDay } from '../calendar/civil-day.ts';
import { createRandom } from '../random/random.ts';
import { type Circles, drawCircles, drawWindows } from './cylinders.ts';
import { readScanCases } from './read-scan-cases.ts';
import type { ScanCase, ScanCluster, ScanOptions, ScanPlace, SpaceTimeScan } from './scan.ts';
import { type Cylinder, makeScanner } from './scanner.ts';

/**
 * Clusters in space and time from cases alone: Kulldorff's space–time permutation scan.
 *
 * For every cylinder A (a circle of places × a window of days) the expected cases are μ = (cases of its places) × (cases
 * of its days) / C, C = all cases, as if place and day had nothing to do with each other; the ratio is
 * log Λ = c log(c/μ) + (C - c) log((C - c)/(C - μ)) where c > μ. p = (1 + replicates whose largest log Λ is at least as
 * large) / (1 + replicates), days being shuffled over the cases. So p is corrected for all cylinders looked at.
 *
 * Needs no population at risk; a rise everywhere at once, or a place with always more cases, is no cluster. Misleads
 * when the population or the testing of one place changes in the period (a camp that opens, a laboratory that closes),
 * with few cases (a cluster that makes up most of the data can hide itself), and in time windows of single days where
 * weekends differ from place to place.
 *
 * Time O(replicates × places² × windows). Citation: Kulldorff M et al., PLoS Med 2005;2:e59,
 * doi:10.1371/journal.pmed.0020059 (SaTScan: analysis type 4 or 3, model 2)
 *
 * @throws RangeError on a place not given or given twice, a coordinate or day that cannot be, naming row and value
 * @example scanSpaceTime(townships, cases, { maxRadius: 20, maxDays: 7, seed: 1 }).clusters[0]?.pValue
 */
export function scanSpaceTime(
  places: ScanPlace[],
  cases: Iterable<ScanCase>,
  options: ScanOptions,
): SpaceTimeScan {
  const { coordinates = 'degrees', mode = 'prospective', maxRadius = Infinity } = options;
  const { maxCasesProportion = 0.5, replicatesCount = 999, seed } = options;
  checkNumber('maxRadius', maxRadius, maxRadius >= 0);
  checkNumber('maxCasesProportion', maxCasesProportion, maxCasesProportion > 0 && maxCasesProportion <= 1);
  checkNumber('replicatesCount', replicatesCount, Number.isInteger(replicatesCount) && replicatesCount >= 0);

  const data = readScanCases(places, cases, options);
  const { daysCount, firstDay, placeOf, dayOf } = data;
  const scan: SpaceTimeScan = { clusters: [], casesCount: placeOf.length, daysCount, replicatesCount, seed };
  if (placeOf.length === 0) return scan;
  const { maxDays = Math.max(1, Math.floor(daysCount / 2)) } = options;
  checkNumber('maxDays', maxDays, Number.isInteger(maxDays) && maxDays >= 1);

  const casesOf = tally(placeOf, places.length);
  const circles = drawCircles(places, casesOf, {
    coordinates,
    maxRadius,
    maxCases: maxCasesProportion * placeOf.length,
  });
  const windows = drawWindows(daysCount, maxDays, mode);
  const scanner = makeScanner(placeOf, casesOf, tally(dayOf, daysCount), circles, windows);

  const best = scanner.bestOfEachCentre(dayOf);
  const chosen = chooseApart(best, circles);
  if (chosen.length === 0) return scan;
  const largest = replicate(scanner.largest, dayOf, replicatesCount, seed);

  scan.clusters = chosen.map((cylinder): ScanCluster => {
    const { centre, order, distances } = circles[cylinder.circles]!;
    const window = windows[cylinder.window]!;
    // The same cylinder reached in another order of additions must count as equally large.
    const asLarge = largest.filter((ratio) => ratio >= cylinder.ratio - 1e-9).length;
    return {
      centre: places[centre]!.id,
      radius: distances[cylinder.last]!,
      places: Array.from(order.subarray(0, cylinder.last + 1), (index) => places[index]!.id),
      from: civilDay(firstDay + window.from),
      until: civilDay(firstDay + window.until),
      observedCount: cylinder.observed,
      expectedCount: cylinder.expected,
      logLikelihoodRatio: cylinder.ratio,
      pValue: (1 + asLarge) / (1 + replicatesCount),
    };
  });
  return scan;
}

function checkNumber(name: string, value: number, fits: boolean): void {
  if (!fits) throw new RangeError(`${name}: ${value} is out of range`);
}

/** The most likely cylinder, then the next that shares no place with one chosen before. */
function chooseApart(best: Cylinder[], circles: Circles[]): Cylinder[] {
  const taken = new Set<number>();
  return best
    .toSorted((a, b) => b.ratio - a.ratio || a.last - b.last || a.circles - b.circles)
    .filter(({ circles: index, last }) => {
      const places = circles[index]!.order.subarray(0, last + 1);
      if (places.some((place) => taken.has(place))) return false;
      for (const place of places) taken.add(place);
      return true;
    });
}

/** The largest ratio of each replicate: days shuffled over the cases (Fisher–Yates), places kept. */
function replicate(
  largestOf: (dayOf: Int32Array) => number,
  dayOf: Int32Array,
  replicatesCount: number,
  seed: number,
): number[] {
  const random = createRandom(seed);
  const shuffled = dayOf.slice();
  return Array.from({ length: replicatesCount }, () => {
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      const day = shuffled[i]!;
      shuffled[i] = shuffled[j]!;
      shuffled[j] = day;
    }
    return largestOf(shuffled);
  });
}

function tally(indexes: Int32Array, length: number): Int32Array {
  const counts = new Int32Array(length);
  for (const index of indexes) counts[index]!++;
  return counts;
}
