/**
 * x - 1 - log x: 0 at 1, positive elsewhere. It is the exponent of every gamma-like density seen from its peak, and near
 * the peak the plain difference would lose all its digits.
 *
 * @param x > 0
 * @param excess x - 1, where the caller knows it more exactly than x itself
 */
export function excessOverLog(x: number, excess = x - 1): number {
  if (excess < -0.5 || excess > 1) return excess - Math.log(x);
  // log x = 2 artanh r with r = (x - 1) / (x + 1), and x - 1 - 2r = r (x - 1).
  const r = excess / (2 + excess);
  const square = r * r;
  let sum = 0;
  for (let k = 41; k >= 3; k -= 2) sum = sum * square + 1 / k;
  return r * excess - 2 * r * square * sum;
}
