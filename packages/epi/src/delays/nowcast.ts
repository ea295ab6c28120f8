import { sampleBeta, sampleGamma } from '../distributions/sample-continuous.ts';
import { samplePoisson } from '../distributions/sample-counts.ts';
import { readLevel } from '../interval/estimate.ts';
import { createRandom, type Random } from '../random/random.ts';
import { reportingHazards, sharesReported } from './reported-proportions.ts';
import { overdispersion, readTriangle, tallyDelays } from './triangle-totals.ts';

export type NowcastDay = {
  /** Row of the triangle, from 0. */
  index: number;
  reportedCount: number;
  /** Share of the row's cases expected to be reported by now. */
  reportedProportion: number | null;
  /** Chain-ladder estimate of all cases of the day; null where nothing says how many are still to come. */
  estimate: number | null;
  /** Bounds of all cases of the day, whole numbers, never below what is reported. */
  low: number;
  median: number;
  high: number;
};

export type Nowcast = {
  days: NowcastDay[];
  /** All days together; its interval is not the sum of theirs. */
  total: Omit<NowcastDay, 'index' | 'reportedProportion'>;
  /** P(delay = d), d = 0 … longest, among cases reported within the longest delay. */
  delayProbabilities: number[];
  /** How much more the triangle varies than Poisson counts would; 1 when not more. Intervals are widened by it. */
  overdispersion: number;
  level: number;
  seed: number;
};

export type NowcastOptions = {
  seed: number;
  level?: number | undefined;
  /** Draws for the intervals; default 4000. */
  drawsCount?: number | undefined;
};

/**
 * How many cases of the last days there really are, most of them not reported yet.
 *
 * **Estimate**: chain-ladder. h_d = P(delay = d | delay ≤ d) is the share of delay d among all cases reported within d days, over the
 * days for which d has passed (reverse-time hazard); by now the share Π_{e > age} (1 - h_e) of a day's cases is reported, and the
 * estimate is reported / share: the maximum likelihood of independent Poisson cells.
 * **Interval**: Bayesian, hazards Beta(½ + S_d, ½ + rest) (generalised Dirichlet), number of cases of a day with Jeffreys' prior
 * for its Poisson mean, so that the unreported ones are negative binomial given the reported; quantiles over `drawsCount` seeded draws.
 * Jeffreys' prior is half a case; for the total all incomplete days share it, or their halves would add up to a trend.
 * Counts are divided by the triangle's overdispersion φ (Pearson, at least 1) before, and multiplied after.
 *
 * Unit: cases per day. Each day stands alone: no smoothness is assumed, so today's interval is wide, and honest.
 * Assumes the delay did not change over the rows given (give only the recent ones), and none longer than the last column.
 * Misleads when reporting stops for a holiday or a laboratory catches up, and when the last column cuts off late reports.
 *
 * Citation: Lawless JF, Can J Stat 1994;22:15, doi:10.2307/3315820; Höhle M, an der Heiden M, Biometrics 2014;70:993,
 * doi:10.1111/biom.12194; chain-ladder: Renshaw AE, Verrall RJ, Br Actuar J 1998, doi:10.1017/S1357321700000222; φ: England
 * PD, Verrall RJ, Br Actuar J 2002, doi:10.1017/S1357321700003809. R: surveillance::nowcast(method = "bayes.trunc.ddcp") is a relative
 *
 * @param counts counts[t][d], cases of day t reported d days later, null while that day has not come; `reportingTriangle` makes it
 * @throws RangeError on a cell that cannot be, naming row, delay and value
 * @example nowcast(reportingTriangle(rows, { until: '2015-06-05' }).counts, { seed: 1 }).days.at(-1)
 */
export function nowcast(counts: (number | null)[][], options: NowcastOptions): Nowcast {
  const { seed, level = 0.95, drawsCount = 4000 } = options;
  readLevel(level);
  if (!Number.isInteger(drawsCount) || drawsCount < 1)
    throw new RangeError(`drawsCount: ${drawsCount} is not a whole number from 1`);
  const rows = readTriangle(counts);
  const tally = tallyDelays(rows, counts[0]?.length ?? 0);
  const hazards = reportingHazards(tally);
  const shareReported = sharesReported(hazards);
  const phi = overdispersion(rows, hazards);

  const draws = drawTotals(rows, tally, phi, drawsCount, createRandom(seed));
  const bounds = (values: Float64Array) => {
    const sorted = values.toSorted();
    const at = (p: number) => sorted[Math.min(drawsCount - 1, Math.floor(p * drawsCount))]!;
    return { low: at((1 - level) / 2), median: at(0.5), high: at((1 + level) / 2) };
  };
  const days = rows.map(({ age, reported }, index): NowcastDay => {
    const reportedProportion = shareReported[age] ?? null;
    const estimate = reportedProportion ? reported / reportedProportion : null;
    return { index, reportedCount: reported, reportedProportion, estimate, ...bounds(draws.ofRow[index]!) };
  });
  return {
    days,
    total: {
      reportedCount: rows.reduce((sum, { reported }) => sum + reported, 0),
      estimate: days.every((day) => day.estimate !== null)
        ? days.reduce((sum, day) => sum + day.estimate!, 0)
        : null,
      ...bounds(draws.ofAll),
    },
    delayProbabilities: hazards.map((hazard, delay) => (hazard ?? 0) * (shareReported[delay] ?? 0)),
    overdispersion: phi,
    level,
    seed,
  };
}

/** Draws of all cases of each row, and of all rows together: one set of hazards a draw, shared by all rows. */
function drawTotals(
  rows: ReturnType<typeof readTriangle>,
  tally: ReturnType<typeof tallyDelays>,
  phi: number,
  drawsCount: number,
  random: Random,
) {
  const ofRow = rows.map(() => new Float64Array(drawsCount));
  const ofAll = new Float64Array(drawsCount);
  const share = new Float64Array(tally.length).fill(1);
  const incompleteCount = rows.filter(({ age }) => age < tally.length - 1).length;
  for (let draw = 0; draw < drawsCount; draw++) {
    for (let age = tally.length - 2; age >= 0; age--) {
      const { atDelay, within } = tally[age + 1]!;
      const hazard = sampleBeta(random, 0.5 + atDelay / phi, 0.5 + (within - atDelay) / phi);
      share[age] = share[age + 1]! * (1 - hazard);
    }
    rows.forEach(({ age, reported }, row) => {
      const isComplete = age === tally.length - 1;
      const unreported = (prior: number) => {
        if (isComplete) return 0;
        // The mean given the reported cases, then the cases of it still to come.
        const mean = sampleGamma(random, prior + reported / phi, 1 / Math.max(share[age]!, 1e-12));
        return Math.round(phi * samplePoisson(random, mean * (1 - share[age]!)));
      };
      ofRow[row]![draw] = reported + unreported(0.5);
      ofAll[draw]! += reported + unreported(0.5 / incompleteCount);
    });
  }
  return { ofRow, ofAll };
}
