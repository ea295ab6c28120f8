import type { Aberrations } from './aberration.ts';
import { detectWithEars, type EarsMethod, type EarsOptions } from './ears.ts';
import { detectWithFarrington } from './farrington.ts';
import type { FarringtonOptions } from './farrington-settings.ts';

export type AberrationOptions = EarsOptions | FarringtonOptions;

/**
 * Epochs with more cases than chance explains: for each, the observed and expected count, the upper bound and the alarm.
 *
 * `c1`, `c2`, `c3` (EARS) compare a day with the week before: for syndromes and new diseases, with little history.
 * `farrington` (flexible) compares a week with the same weeks of earlier years, allowing for season, trend and past
 * outbreaks: for notified diseases, with three to five years of history. Unit: cases an epoch.
 *
 * Assumes that counting did not change, and the population neither unless `population` is given (farrington). Misleads when late reports are missing from the last epochs (alarms come late),
 * when case definition or testing changed (alarms everywhere), for counts near 0 (one case is an alarm of C1 after a
 * quiet week: raise `minSigma`), and read as proof: an alarm asks for a look, with many series some sound by chance
 * every week.
 *
 * EARS: Hutwagner L et al., J Urban Health 2003, doi:10.1007/PL00022319; Fricker RD et al., Stat Med 2008,
 * doi:10.1002/sim.3197. Farrington: Noufaily A et al., Stat Med 2013, doi:10.1002/sim.5595. Equal to `earsC` and
 * `farringtonFlexible` (epochs counted, not dated) of surveillance 1.20.3.
 *
 * @param counts of each epoch, first epoch first; null = missing
 * @throws RangeError on a count or setting that cannot be, or too little history, naming it and its value
 * @example
 * // Salmonella Agona in England and Wales, weekly, ten seasonal groups
 * detectAberration(counts, { method: 'farrington', from: 250, years: 3, periods: 10, excludeRecent: 26,
 *   threshold: 'nb-plugin', alpha: 0.01 }).epochs[0] // { index: 250, observed: 6, expected: 2.80, upper: 8, alarm: false }
 */
export function detectAberration(
  counts: ArrayLike<number | null>,
  options: AberrationOptions,
): Aberrations<EarsMethod | 'farrington'> {
  return options.method === 'farrington'
    ? detectWithFarrington(counts, options)
    : detectWithEars(counts, options);
}
