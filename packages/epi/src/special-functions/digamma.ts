/** B₂ₖ / 2k, the terms of the series for large x. */
const DIGAMMA = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32_760, 1 / 12];
/** B₂ₖ. */
const TRIGAMMA = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6];
const SERIES_FROM = 12;

/** Derivative of log Γ, for x > 0. */
export function digamma(x: number): number {
  let shifted = x;
  let below = 0;
  for (; shifted < SERIES_FROM; shifted++) below += 1 / shifted;
  const inverseSquare = 1 / (shifted * shifted);
  let sum = 0;
  for (let k = DIGAMMA.length - 1; k >= 0; k--) sum = (sum + DIGAMMA[k]!) * inverseSquare;
  return Math.log(shifted) - 1 / (2 * shifted) - sum - below;
}

/** Second derivative of log Γ, for x > 0. */
export function trigamma(x: number): number {
  let shifted = x;
  let below = 0;
  for (; shifted < SERIES_FROM; shifted++) below += 1 / (shifted * shifted);
  const inverseSquare = 1 / (shifted * shifted);
  let sum = 0;
  for (let k = TRIGAMMA.length - 1; k >= 0; k--) sum = (sum + TRIGAMMA[k]!) * inverseSquare;
  return 1 / shifted + inverseSquare / 2 + sum / shifted + below;
}
