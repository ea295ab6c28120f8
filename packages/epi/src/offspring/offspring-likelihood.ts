/** What the likelihood needs of the counts. */
export type OffspringTally = {
  casesCount: number;
  infecteesCount: number;
  /** casesAbove[i] = cases with more than i infectees. */
  casesAbove: Float64Array;
};

/** @throws RangeError on a count that cannot be, naming item and value */
export function tallyOffspring(counts: Iterable<number>): OffspringTally {
  const list = Array.from(counts, (count, item) => {
    if (!Number.isInteger(count) || count < 0)
      throw new RangeError(`item ${item}: ${count} is not a whole number of infectees`);
    return count;
  });
  const casesAbove = new Float64Array(list.reduce((most, count) => Math.max(most, count), 0));
  for (const count of list) if (count > 0) casesAbove[count - 1]!++;
  for (let i = casesAbove.length - 2; i >= 0; i--) casesAbove[i]! += casesAbove[i + 1]!;
  return {
    casesCount: list.length,
    infecteesCount: list.reduce((sum, count) => sum + count, 0),
    casesAbove,
  };
}

/**
 * Log-likelihood of mean R and dispersion k, Poisson for k = ∞. Written in 1/k, factor by factor, because differences of
 * log-gammas lose all digits when k is large: P(z) = (1 + R/k)⁻ᵏ Π_{i<z} (1 + i/k) R / ((1 + R/k) (i + 1)).
 */
export function logLikelihood({ casesCount, casesAbove }: OffspringTally, R: number, k: number): number {
  const u = 1 / k;
  let sum = -casesCount * (u === 0 ? R : Math.log1p(R * u) / u);
  for (let i = 0; i < casesAbove.length; i++)
    sum += casesAbove[i]! * Math.log(((1 + i * u) * R) / ((1 + R * u) * (i + 1)));
  return sum;
}

/**
 * Derivative of the log-likelihood in k at R = mean: Σ casesAbove(i)/(k + i) - n log(1 + R/k). It has one root exactly when
 * the variance exceeds the mean, otherwise it stays positive. Levin B, Reeds J, Ann Stat 1977, doi:10.1214/aos/1176343743
 */
export function slopeInK({ casesCount, infecteesCount, casesAbove }: OffspringTally, k: number): number {
  let sum = -casesCount * Math.log1p(infecteesCount / casesCount / k);
  for (let i = 0; i < casesAbove.length; i++) sum += casesAbove[i]! / (k + i);
  return sum;
}

/** Twice the mean of z (z - 1) / 2 against R²: whether the counts vary more than Poisson ones. */
export function isOverdispersed({ casesCount, infecteesCount, casesAbove }: OffspringTally): boolean {
  const pairs = casesAbove.reduce((sum, cases, i) => sum + i * cases, 0);
  return 2 * pairs * casesCount > infecteesCount ** 2;
}
