/**
 * Slope by k of the negative binomial log-likelihood of counts with these means (all of one size k); 0 at the likeliest k.
 */
export function logLikelihoodSlope(
  counts: ArrayLike<number>,
  means: ArrayLike<number>,
  size: number,
): number {
  let slope = 0;
  for (let i = 0; i < counts.length; i++) {
    const mean = means[i]!;
    for (let j = 0; j < counts[i]!; j++) slope += 1 / (size + j);
    slope -= Math.log1p(mean / size) + (counts[i]! - mean) / (size + mean);
  }
  return slope;
}
