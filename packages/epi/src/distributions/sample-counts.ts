import type { Random } from '../random/random.ts';
import { logGamma } from '../special-functions/log-gamma.ts';
import { sampleGamma } from './sample-continuous.ts';

/** Below this mean counting up is faster than rejection, and above it rejection is valid. */
const REJECTION_FROM = 10;

/** A draw from the Poisson distribution; large means by PTRS. Hörmann W. 1993, doi:10.1016/0167-6687(93)90997-4 */
export function samplePoisson(random: Random, mean: number): number {
  if (mean < REJECTION_FROM) {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = random.uniform(); product > limit; product *= random.uniform()) count++;
    return count;
  }
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = random.uniform();
    const edge = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / edge + b) * u + mean + 0.43);
    if (edge >= 0.07 && v <= squeeze) return count;
    if (count < 0 || (edge < 0.013 && v > edge)) continue;
    const accepted = Math.log((v * inverseAlpha) / (a / (edge * edge) + b));
    if (accepted <= count * Math.log(mean) - mean - logGamma(count + 1)) return count;
  }
}

/** A draw from the negative binomial distribution with this mean and size (see `negativeBinomialPmf`). */
export function sampleNegativeBinomial(random: Random, mean: number, size: number): number {
  if (mean === 0) return 0;
  return samplePoisson(
    random,
    size === Number.POSITIVE_INFINITY ? mean : sampleGamma(random, size, mean / size),
  );
}

/** Successes in so many trials; many expected successes by BTRS. Hörmann W. 1993, doi:10.1080/00949659308811496 */
export function sampleBinomial(random: Random, trials: number, probability: number): number {
  if (probability > 0.5) return trials - sampleBinomial(random, trials, 1 - probability);
  if (trials * probability < REJECTION_FROM) return countSuccesses(random, trials, probability);
  const failure = 1 - probability;
  const sd = Math.sqrt(trials * probability * failure);
  const b = 1.15 + 2.53 * sd;
  const a = -0.0873 + 0.0248 * b + 0.01 * probability;
  const c = trials * probability + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * sd;
  const logOdds = Math.log(probability / failure);
  const mode = Math.floor((trials + 1) * probability);
  const atMode = logGamma(mode + 1) + logGamma(trials - mode + 1);
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = random.uniform();
    const edge = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / edge + b) * u + c);
    if (count < 0 || count > trials) continue;
    if (edge >= 0.07 && v <= squeeze) return count;
    const accepted = Math.log((v * alpha) / (a / (edge * edge) + b));
    const ways = atMode - logGamma(count + 1) - logGamma(trials - count + 1);
    if (accepted <= ways + (count - mode) * logOdds) return count;
  }
}

/** Jumps from success to success: the gaps are geometric. */
function countSuccesses(random: Random, trials: number, probability: number): number {
  if (!(probability > 0)) return 0;
  const logFailure = Math.log1p(-probability);
  let count = -1;
  for (let at = 0; at <= trials; count++) at += 1 + Math.floor(Math.log(random.uniform()) / logFailure);
  return count;
}
