const HALF_LOG_TWO_PI = 0.9189385332046727;
const EULER = 0.5772156649015329;

/** ζ(k) - 1 for k = 2, 3, …: the coefficients of log Γ around 2. */
const ZETA_MINUS_ONE = Array.from({ length: 34 }, (_, i) => zetaMinusOne(i + 2));

/** Bernoulli terms B₂ₖ / (2k (2k - 1)) of Stirling's series. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156, -3617 / 122_400];

/** From here on Stirling's series is exact to the last digits. */
const STIRLING_FROM = 10;

/**
 * Natural logarithm of the gamma function for x > 0; the relative error stays near 1e-15, around its zeros 1 and 2 too.
 *
 * @returns Infinity at 0, NaN below
 * @example logGamma(5) // log 24
 */
export function logGamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  if (x >= STIRLING_FROM) return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingSeries(x);
  if (x < 0.5) return logGammaFrom2(x) - Math.log1p(x) - Math.log(x);
  if (x < 1.5) return logGammaFrom2(x - 1) - Math.log1p(x - 1);
  if (x < 2.5) return logGammaFrom2(x - 2);
  let product = 1;
  let reduced = x;
  while (reduced >= 2.5) {
    reduced -= 1;
    product *= reduced;
  }
  return Math.log(product) + logGammaFrom2(reduced - 2);
}

/**
 * What Stirling's formula leaves out: log Γ(a) - [(a - ½) log a - a + ½ log 2π], for a > 0. Computed by itself it lets
 * densities of large counts be exact where differences of log Γ are not (Loader C, 2000).
 */
export function stirlingCorrection(a: number): number {
  if (a >= STIRLING_FROM) return stirlingSeries(a);
  return logGamma(a) - (a - 0.5) * Math.log(a) + a - HALF_LOG_TWO_PI;
}

function stirlingSeries(a: number): number {
  const inverseSquare = 1 / (a * a);
  let sum = 0;
  for (let k = STIRLING.length - 1; k >= 0; k--) sum = sum * inverseSquare + STIRLING[k]!;
  return sum / a;
}

/** log Γ(2 + e) = (1 - γ) e + Σ (ζ(k) - 1) (-e)ᵏ / k, |e| ≤ ½. */
function logGammaFrom2(e: number): number {
  let power = e * e;
  let sum = (1 - EULER) * e;
  for (let i = 0; i < ZETA_MINUS_ONE.length; i++) {
    sum += (ZETA_MINUS_ONE[i]! * power) / (i + 2);
    power *= -e;
  }
  return sum;
}

/** Sum to 20, the rest by Euler–Maclaurin. */
function zetaMinusOne(k: number): number {
  const last = 20;
  let sum = last ** (1 - k) / (k - 1) - last ** -k / 2;
  let term = k * last ** (-k - 1);
  for (const [j, bernoulli] of [1 / 12, -1 / 720, 1 / 30_240, -1 / 1_209_600].entries()) {
    sum += bernoulli * term;
    term *= (k + 2 * j + 1) * (k + 2 * j + 2) * last ** -2;
  }
  for (let n = last; n >= 2; n--) sum += n ** -k;
  return sum;
}
