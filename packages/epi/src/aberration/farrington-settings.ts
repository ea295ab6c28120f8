import { checkAlpha, checkWhole } from './aberration.ts';

/** `delta`: normal after a power transform; `nb-plugin` and `muan`: quantile of a negative binomial distribution. */
export type FarringtonThreshold = 'delta' | 'nb-plugin' | 'muan';

export type FarringtonOptions = {
  method: 'farrington';
  /** First and last epoch judged, 1-based; default all that have the history needed. */
  from?: number | undefined;
  until?: number | undefined;
  /** Epochs in a year; default 52. */
  frequency?: number | undefined;
  /** Years of history (b); default 5. With fewer than 3 no trend is used. */
  years?: number | undefined;
  /** Epochs on either side of the same epoch of earlier years (w); default 3. */
  halfWindow?: number | undefined;
  /** Seasonal groups (noPeriods); 1, the default, uses only the windows, more use all epochs. */
  periods?: number | undefined;
  /** Epochs before the one judged that are left out (pastWeeksNotIncluded); default `halfWindow`. */
  excludeRecent?: number | undefined;
  /** Whether a linear trend may be used; default true. */
  trend?: boolean | undefined;
  /** It is used when its p-value is below this; default 0.05, 1 uses it always. */
  trendP?: number | undefined;
  /** Residuals above this weigh less in a second fit; default 2.58, false for no second fit. */
  reweight?: number | false | undefined;
  /** How the upper bound is drawn; default delta. */
  threshold?: FarringtonThreshold | undefined;
  /** Power that makes counts nearly normal, for delta; default 2/3. */
  power?: '2/3' | '1/2' | 'none' | undefined;
  /** Probability of an alarm when nothing is wrong; default 0.05. */
  alpha?: number | undefined;
  /** No answer with fewer cases than this in so many last epochs (limit54); default 5 in 4. */
  minimumCases?: { cases: number; epochs: number } | undefined;
  /**
   * People under surveillance in each epoch of the series (populationOffset): counts are expected in proportion to them.
   * Without it they are taken as constant.
   */
  population?: ArrayLike<number> | undefined;
};

export type FarringtonSettings = ReturnType<typeof readSettings>;

/** Defaults filled in; they are those of `farringtonFlexible`. */
export function readSettings(options: FarringtonOptions) {
  const { halfWindow = 3 } = options;
  const settings = {
    frequency: options.frequency ?? 52,
    years: options.years ?? 5,
    halfWindow,
    periods: options.periods ?? 1,
    excludeRecent: options.excludeRecent ?? halfWindow,
    trend: options.trend ?? true,
    trendP: options.trendP ?? 0.05,
    reweight: options.reweight ?? 2.58,
    threshold: options.threshold ?? 'delta',
    power: options.power ?? '2/3',
    alpha: options.alpha ?? 0.05,
    minimumCases: options.minimumCases ?? { cases: 5, epochs: 4 },
    population: options.population,
  };
  checkWhole('frequency', settings.frequency, 1);
  checkWhole('years', settings.years, 1);
  checkWhole('halfWindow', halfWindow, 0);
  checkWhole('periods', settings.periods, 1);
  checkWhole('excludeRecent', settings.excludeRecent, 0);
  checkWhole('minimumCases.epochs', settings.minimumCases.epochs, 1);
  checkAlpha(settings.alpha);
  checkPopulation(settings.population);
  if (!(settings.minimumCases.cases >= 0)) {
    throw new RangeError(`minimumCases.cases is ${settings.minimumCases.cases}; it must not be negative`);
  }
  const between = settings.frequency - 2 * halfWindow - 1;
  if (settings.periods > 1 && between < settings.periods - 1) {
    throw new RangeError(
      `periods is ${settings.periods}; only ${between} epochs lie between the windows of two years`,
    );
  }
  return settings;
}

function checkPopulation(population: ArrayLike<number> | undefined): void {
  const row = Array.from(population ?? []).findIndex((value) => !(value > 0 && value < Infinity));
  if (row !== -1) throw new RangeError(`row ${row}, population: ${population![row]} is not a number above 0`);
}
