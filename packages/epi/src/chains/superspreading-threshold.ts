/**
 * From how many infectees on a case counts as a superspreading event, given the mean number of infectees per case.
 *
 * The smallest k that a Poisson variable with the mean exceeds with a probability below `1 - quantile`, plus one: what
 * chance alone would hardly give if all cases spread alike. Definition: the 99th percentile rule of Lloyd-Smith JO et
 * al., Nature 2005, doi:10.1038/nature04153. Misleads where infectors are missing (the mean is too low) and while the
 * outbreak runs (late cases have not infected yet).
 *
 * @param mean infectees per case, ≥ 0
 * @throws RangeError on a mean that is no number ≥ 0, or a quantile outside (0, 1)
 * @example superspreadingThreshold(0.6) // 4: with a mean of 0.6, 99 % of cases would infect 3 or fewer
 */
export function superspreadingThreshold(mean: number, quantile = 0.99): number {
  if (!(mean >= 0) || !Number.isFinite(mean)) throw new RangeError(`mean ${mean}: must be a number ≥ 0`);
  if (!(quantile > 0 && quantile < 1)) throw new RangeError(`quantile ${quantile}: must lie between 0 and 1`);
  let term = Math.exp(-mean);
  let cumulative = term;
  let k = 0;
  while (cumulative < quantile) {
    k++;
    term *= mean / k;
    cumulative += term;
  }
  return k + 1;
}
