import { gammaCdf } from './gamma.ts';

/** A serial interval by its moments: 1 day plus a gamma distribution. */
export type GammaSerialInterval = {
  family: 'gamma';
  /** Above 1 day. */
  mean: number;
  sd: number;
  unit: 'day';
};

/**
 * Probabilities that a serial interval is 0, 1, … `lastDay` days, from mean and standard deviation in days.
 *
 * The interval is 1 + G with G gamma distributed with mean - 1 and sd, and both onsets fall anywhere in their days, so
 *   wₖ = k F(k; a) + (k - 2) F(k - 2; a) - 2 (k - 1) F(k - 1; a)
 *        + a b [2 F(k - 1; a + 1) - F(k - 2; a + 1) - F(k; a + 1)],   a = ((mean - 1) / sd)², b = sd² / (mean - 1).
 * w₀ = 0; the mean of w is the mean given; the sum is 1 once `lastDay` reaches far enough, and less before (it is not
 * scaled up). Assumes that no secondary case falls ill on the same day or earlier: misleads for diseases that spread
 * before symptoms. Cori A et al., Am J Epidemiol 2013, doi:10.1093/aje/kwt133, web appendix 11; `discr_si` of EpiEstim.
 *
 * @throws RangeError when the mean is not above 1, the sd not above 0 or `lastDay` no whole number from 0 on
 * @example discretiseSerialInterval({ family: 'gamma', mean: 2.6, sd: 1.5, unit: 'day' }, 3)
 *   // 0, 0.23317, 0.35858, 0.19811 (influenza; published with EpiEstim)
 */
export function discretiseSerialInterval({ mean, sd }: GammaSerialInterval, lastDay: number): Float64Array {
  if (!(mean > 1 && mean < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`the mean serial interval is ${mean} days; it must be above 1`);
  }
  if (!(sd > 0 && sd < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`the standard deviation of the serial interval is ${sd} days; it must be above 0`);
  }
  if (!(Number.isSafeInteger(lastDay) && lastDay >= 0)) {
    throw new RangeError(`lastDay is ${lastDay}; it must be a whole number from 0 on`);
  }
  const shape = ((mean - 1) / sd) ** 2;
  const scale = (sd * sd) / (mean - 1);
  const probabilities = new Float64Array(lastDay + 1);
  let [oneBack, twoBack, oneBackNext, twoBackNext] = [0, 0, 0, 0];
  for (let k = 0; k <= lastDay; k++) {
    // Once all mass lies below k - 2 every further term is exactly 0.
    if (twoBack === 1 && twoBackNext === 1) break;
    const now = gammaCdf(k, shape, scale);
    const nowNext = gammaCdf(k, shape + 1, scale);
    const first = k * now + (k - 2) * twoBack - 2 * (k - 1) * oneBack;
    const second = shape * scale * (2 * oneBackNext - twoBackNext - nowNext);
    probabilities[k] = Math.max(0, first + second);
    [twoBack, oneBack] = [oneBack, now];
    [twoBackNext, oneBackNext] = [oneBackNext, nowNext];
  }
  return probabilities;
}
