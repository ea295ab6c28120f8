import { sampleGamma } from '../distributions/sample-continuous.ts';
import { samplePoisson } from '../distributions/sample-counts.ts';
import { readLevel } from '../interval/estimate.ts';
import { createRandom, type Random } from '../random/random.ts';

export type ForecastInput = {
  /** Cases per day up to today, days without cases as 0. The last day must be complete (or nowcast). */
  casesPerDay: ArrayLike<number>;
  /** P(serial interval = d days), d = 0, 1, …; day 0 must be 0. Need not sum to exactly 1: it is used as it is. */
  serialInterval: ArrayLike<number>;
  /** Reproduction number from tomorrow on: a number, or mean and sd of what is known of it (gamma). */
  R: number | { mean: number; sd: number };
  /** Dispersion of offspring; Infinity is Poisson. */
  k: number;
};

export type ForecastOptions = {
  horizonDays: number;
  seed: number;
  /** Default 0.95. */
  level?: number | undefined;
  /** Default 5000. */
  simulationsCount?: number | undefined;
};

type Bounds = { mean: number; sd: number; median: number; low: number; high: number };

export type Forecast = {
  /** day 1 is tomorrow. */
  days: ({ day: number } & Bounds)[];
  /** New cases of the whole horizon. */
  total: Bounds;
  /** Share of simulations without any new case within the horizon. */
  noCaseProportion: number;
  level: number;
  simulationsCount: number;
  seed: number;
};

/**
 * New cases of the next days if nothing changes: a branching process with negative binomial offspring.
 *
 * Each case has its own mean ν ~ Gamma(k, R/k) (so infectees are negative binomial), each infectee falls ill a serial interval
 * after its infector. The ν of n cases of one day add up to Gamma(n k, R/k): day t has Poisson(Σ_s ν_s w_{t-s}) cases. Past cases are treated
 * alike, weighed by what remains of their serial interval. R is drawn once a simulation where it is uncertain. Cases per day; bounds are
 * quantiles of `simulationsCount` seeded simulations.
 *
 * Assumes that R, serial interval and reporting stay as they are, that no case comes from elsewhere, and susceptibles do not
 * run out. Misleads beyond two or three serial intervals (people and measures react), when the last days are not
 * complete, and whenever the mean is quoted without the interval: superspreading makes most days quiet and some terrible.
 *
 * Citation: Lloyd-Smith JO et al., Nature 2005, doi:10.1038/nature04153; Nouvellet P et al., Epidemics 2018;22:29,
 * doi:10.1016/j.epidem.2017.02.012. R: projections::project(model = "negbin") puts the dispersion on days, not on cases.
 *
 * @throws RangeError on a value that cannot be, naming it
 * @example forecastCases({ casesPerDay, serialInterval, R: { mean: 1.6, sd: 0.2 }, k: 0.3 }, { horizonDays: 14, seed: 1 })
 */
export function forecastCases(input: ForecastInput, options: ForecastOptions): Forecast {
  const { horizonDays, seed, level = 0.95, simulationsCount = 5000 } = options;
  readLevel(level);
  checkWhole('horizonDays', horizonDays);
  checkWhole('simulationsCount', simulationsCount);
  checkInput(input);

  const random = createRandom(seed);
  const ofDay = Array.from({ length: horizonDays }, () => new Float64Array(simulationsCount));
  const ofAll = new Float64Array(simulationsCount);
  for (let simulation = 0; simulation < simulationsCount; simulation++) {
    simulate(input, horizonDays, random).forEach((cases, day) => {
      ofDay[day]![simulation] = cases;
      ofAll[simulation]! += cases;
    });
  }
  return {
    days: ofDay.map((values, i) => ({ day: i + 1, ...summarise(values, level) })),
    total: summarise(ofAll, level),
    noCaseProportion: ofAll.filter((cases) => cases === 0).length / simulationsCount,
    level,
    simulationsCount,
    seed,
  };
}

function simulate({ casesPerDay, serialInterval, R, k }: ForecastInput, horizonDays: number, random: Random) {
  const meanR = typeof R === 'number' ? R : drawR(R, random);
  const today = casesPerDay.length - 1;
  const longest = serialInterval.length - 1;
  const infectious = new Map<number, number>();
  const infect = (day: number, cases: number) => {
    if (cases === 0 || meanR === 0) return;
    infectious.set(day, k === Infinity ? cases * meanR : sampleGamma(random, cases * k, meanR / k));
  };
  // Cases whose serial interval is over infect nobody any more.
  for (let day = Math.max(0, today + 1 - longest); day <= today; day++) infect(day, casesPerDay[day]!);

  const future = new Float64Array(horizonDays);
  for (let i = 0; i < horizonDays; i++) {
    const day = today + 1 + i;
    let mean = 0;
    for (let delay = 1; delay <= longest; delay++)
      mean += (infectious.get(day - delay) ?? 0) * serialInterval[delay]!;
    future[i] = mean === 0 ? 0 : samplePoisson(random, mean);
    infect(day, future[i]!);
  }
  return future;
}

function drawR({ mean, sd }: { mean: number; sd: number }, random: Random): number {
  return sd === 0 || mean === 0 ? mean : sampleGamma(random, (mean / sd) ** 2, sd ** 2 / mean);
}

function summarise(values: Float64Array, level: number): Bounds {
  const n = values.length;
  const sorted = values.toSorted();
  const at = (p: number) => sorted[Math.min(n - 1, Math.floor(p * n))]!;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    sd: n < 2 ? 0 : Math.sqrt(squares / (n - 1)),
    median: at(0.5),
    low: at((1 - level) / 2),
    high: at((1 + level) / 2),
  };
}

function checkWhole(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`${name}: ${value} is not a whole number from 1`);
}

function checkInput({ casesPerDay, serialInterval, R, k }: ForecastInput): void {
  for (let day = 0; day < casesPerDay.length; day++) {
    const count = casesPerDay[day]!;
    if (!Number.isInteger(count) || count < 0)
      throw new RangeError(`casesPerDay, day ${day}: ${count} is not a whole number from 0`);
  }
  let sum = 0;
  for (let day = 0; day < serialInterval.length; day++) {
    const probability = serialInterval[day]!;
    if (!(probability >= 0 && probability <= 1))
      throw new RangeError(`serialInterval, day ${day}: ${probability} is not a probability`);
    sum += probability;
  }
  if (serialInterval.length === 0 || serialInterval[0] !== 0)
    throw new RangeError(
      `serialInterval, day 0: ${serialInterval[0]} must be 0: nobody infects on the day of onset`,
    );
  if (sum > 1 + 1e-6) throw new RangeError(`serialInterval sums to ${sum}, which is more than 1`);
  const { mean, sd } = typeof R === 'number' ? { mean: R, sd: 0 } : R;
  if (!(mean >= 0 && mean < Infinity)) throw new RangeError(`R: ${mean} is not a number from 0`);
  if (!(sd >= 0 && sd < Infinity)) throw new RangeError(`R, sd: ${sd} is not a number from 0`);
  if (!(k > 0)) throw new RangeError(`k: ${k} is not above 0`);
}
