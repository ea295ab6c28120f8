import { type Aberrations, finiteOrNull, readCounts, readRange } from './aberration.ts';
import { baselineOf } from './farrington-baseline.ts';
import { expectedCount } from './farrington-model.ts';
import { type FarringtonOptions, readSettings } from './farrington-settings.ts';
import { upperThreshold } from './farrington-threshold.ts';

/**
 * The flexible Farrington method; see `detectAberration`.
 *
 * History: the epochs within `halfWindow` of the same epoch in `years` earlier years, or with `periods` > 1 all epochs
 * since, in seasonal groups. A quasi-Poisson regression on trend and group gives the expected count; past outbreaks
 * (standardised Anscombe residuals above `reweight`) weigh less in a second fit; a trend is dropped when it is not
 * significant, when it would extrapolate above all history, or with fewer than three years. Null where too few cases, too
 * little history or no convergence leave no answer. With `population` its logarithm is an offset: the rate is modelled.
 */
export function detectWithFarrington(
  counts: ArrayLike<number | null>,
  options: FarringtonOptions,
): Aberrations<'farrington'> {
  const settings = readSettings(options);
  const series = readCounts(counts);
  if (settings.population && settings.population.length !== series.length) {
    throw new RangeError(
      `population has ${settings.population.length} epochs, the counts have ${series.length}`,
    );
  }
  const history = settings.frequency * settings.years + settings.halfWindow;
  const range = readRange(options, { first: history + 1, earliest: history, count: series.length });

  const epochs: Aberrations['epochs'] = [];
  for (let index = range.from; index <= range.until; index++) {
    const observed = series[index - 1]!;
    const nothing = { index, observed, expected: null, upper: null };
    const model = expectedCount(baselineOf(series, index, settings), index, settings);
    if (model === null) {
      epochs.push({ ...nothing, alarm: null });
      continue;
    }
    const upper = upperThreshold(model, settings);
    if (!hasEnoughCases(series, index, settings.minimumCases) || Number.isNaN(upper)) {
      epochs.push({ ...nothing, alarm: false });
      continue;
    }
    const alarm = observed !== null && observed !== 0 && observed > upper;
    epochs.push({ index, observed, expected: finiteOrNull(model.mean), upper: finiteOrNull(upper), alarm });
  }
  return { method: 'farrington', epochs };
}

function hasEnoughCases(
  series: (number | null)[],
  index: number,
  { cases, epochs }: { cases: number; epochs: number },
): boolean {
  let sum = 0;
  for (let i = Math.max(0, index - epochs); i < index; i++) {
    const count = series[i]!;
    if (count === null) return false;
    sum += count;
  }
  return sum >= cases;
}
