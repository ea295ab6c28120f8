import type { Random } from '../random/random.ts';

/** A draw from the normal distribution (polar method of Marsaglia and Bray). */
export function sampleNormal(random: Random, mean = 0, sd = 1): number {
  for (;;) {
    const x = 2 * random.uniform() - 1;
    const y = 2 * random.uniform() - 1;
    const square = x * x + y * y;
    if (square < 1 && square > 0) return mean + sd * x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}

/** A draw from the gamma distribution. Marsaglia G, Tsang WW. ACM Trans Math Softw 2000, doi:10.1145/358407.358414 */
export function sampleGamma(random: Random, shape: number, scale = 1): number {
  if (shape < 1) return sampleGamma(random, shape + 1, scale) * random.uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = sampleNormal(random);
    const cube = (1 + c * z) ** 3;
    if (cube <= 0) continue;
    if (Math.log(random.uniform()) < (z * z) / 2 + d * (1 - cube + Math.log(cube))) return scale * d * cube;
  }
}

/** A draw from the beta distribution. */
export function sampleBeta(random: Random, a: number, b: number): number {
  const x = sampleGamma(random, a);
  return x / (x + sampleGamma(random, b));
}

/** A draw from the lognormal distribution. */
export function sampleLognormal(random: Random, meanLog: number, sdLog: number): number {
  return Math.exp(sampleNormal(random, meanLog, sdLog));
}

/** A draw from the Weibull distribution. */
export function sampleWeibull(random: Random, shape: number, scale: number): number {
  return scale * (-Math.log(random.uniform())) ** (1 / shape);
}
