import { createRandom, discretiseSerialInterval, overallInfectivity, samplePoisson } from '@levee/epi';

export type Region = { cases: number[] };

/** The interval the epidemics spread by and Rt is estimated with: influenza. */
export const INTERVAL = { family: 'gamma', mean: 2.6, sd: 1.5, unit: 'day' } as const;

/** Counts above this stop growing, so that no region leaves the earth. */
const LARGEST = 20_000;

/**
 * Regions with waves of cases: each day Poisson with mean R(t) Σ w · earlier cases plus a few imported ones; R wanders
 * between growth and decline every two to six weeks. `quiet` regions have a handful of cases in a week and many zeros.
 */
export function makeRegions(options: {
  regions: number;
  days: number;
  seed: number;
  quiet: boolean;
}): Region[] {
  const random = createRandom(options.seed);
  const interval = discretiseSerialInterval(INTERVAL, 40);
  return Array.from({ length: options.regions }, () => {
    const cases = new Float64Array(options.days);
    cases[0] = options.quiet ? 1 : 5;
    let r = 1.2;
    let changesOn = 20;
    for (let day = 1; day < options.days; day++) {
      if (day === changesOn) {
        r = options.quiet ? 0.4 + 0.5 * random.uniform() : 0.6 + 0.9 * random.uniform();
        changesOn += 14 + random.below(28);
      }
      const infectivity = overallInfectivity(cases.subarray(0, day + 1), interval)[day]!;
      const mean = (infectivity > LARGEST ? 0.9 : r) * infectivity + (options.quiet ? 0.15 : 1);
      cases[day] = samplePoisson(random, mean);
    }
    return { cases: Array.from(cases) };
  });
}
