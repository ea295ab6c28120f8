import { erfcx } from './erfc.ts';
import { excessOverLog } from './excess-over-log.ts';
import { stirlingCorrection } from './log-gamma.ts';

const EPSILON = 2 ** -53;
const MOST_TERMS = 100_000;

/** Temme's expansion is used for shapes from here on, and within half to twice the shape. */
const UNIFORM_FROM = 12;
const UNIFORM_COEFFICIENTS = uniformCoefficients(32);

/**
 * Regularised incomplete gamma functions: P(a, x) = ∫₀ˣ tᵃ⁻¹ e⁻ᵗ dt / Γ(a) and Q = 1 - P, each computed so that its own
 * small values keep their digits (relative error near 1e-14). a > 0, x ≥ 0.
 *
 * Power series below the peak, continued fraction above it, and around the peak of a large shape Temme's uniform
 * expansion. Gil A, Segura J, Temme NM. SIAM J Sci Comput 2012, doi:10.1137/120872553
 */
export function lowerGamma(a: number, x: number): number {
  if (!(x > 0)) return x === 0 || x < 0 ? 0 : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return 1;
  if (isUniform(a, x)) return uniformTail(a, x, false);
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x);
}

/** Q(a, x); see `lowerGamma`. */
export function upperGamma(a: number, x: number): number {
  if (!(x > 0)) return x === 0 || x < 0 ? 1 : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return 0;
  if (isUniform(a, x)) return uniformTail(a, x, true);
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
}

/** xᵃ e⁻ˣ / Γ(a + 1), seen from the peak so that large a keep their digits. */
export function gammaTerm(a: number, x: number): number {
  const exponent = a * excessOverLog(x / a, (x - a) / a) + stirlingCorrection(a);
  return Math.exp(-exponent) / Math.sqrt(2 * Math.PI * a);
}

function lowerSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < MOST_TERMS && term > EPSILON * sum; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return gammaTerm(a, x) * sum;
}

/** Lentz's evaluation of Legendre's continued fraction. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 2 * EPSILON) break;
  }
  return gammaTerm(a, x) * a * fraction;
}

function isUniform(a: number, x: number): boolean {
  return a >= UNIFORM_FROM && x > 0.5 * a && x < 2 * a;
}

/**
 * Q = ½ erfc(η √(a/2)) + e^(-aη²/2) S(η) / √(2πa) with η² / 2 = x/a - 1 - log(x/a), and P likewise. The coefficients of S
 * follow from one backward recurrence.
 */
function uniformTail(a: number, x: number, upper: boolean): number {
  const excess = (x - a) / a;
  const halfSquare = excessOverLog(x / a, excess);
  const eta = Math.sign(excess) * Math.sqrt(2 * halfSquare);

  let later = 0;
  let next = 0;
  let sum = 0;
  let first = 0;
  for (let n = UNIFORM_COEFFICIENTS.length - 1; n >= 1; n--) {
    const current = ((n + 1) / a) * later + UNIFORM_COEFFICIENTS[n]!;
    later = next;
    next = current;
    sum = sum * eta + current;
    if (n === 2) first = current;
  }
  const correction = (sum * a) / (a + first) / Math.sqrt(2 * Math.PI * a);

  const peak = Math.exp(-a * halfSquare);
  const onLowerSide = eta < 0;
  const tail = erfcx(Math.sqrt(a * halfSquare)) / 2;
  if (upper) return onLowerSide ? 1 - peak * (tail - correction) : peak * (tail + correction);
  return onLowerSide ? peak * (tail - correction) : 1 - peak * (tail + correction);
}

/** Coefficients of η / (λ - 1), where η² / 2 = λ - 1 - log λ. */
function uniformCoefficients(count: number): Float64Array {
  // λ - 1 = Σ αₙ ηⁿ from (λ - 1) λ' = η λ.
  const alpha = new Float64Array(count + 2);
  alpha[1] = 1;
  for (let n = 2; n <= count + 1; n++) {
    let sum = alpha[n - 1]!;
    for (let i = 2; i < n; i++) sum -= i * alpha[i]! * alpha[n + 1 - i]!;
    alpha[n] = sum / (n + 1);
  }
  const reciprocal = new Float64Array(count + 1);
  reciprocal[0] = 1;
  for (let n = 1; n <= count; n++) {
    let sum = 0;
    for (let i = 1; i <= n; i++) sum -= alpha[i + 1]! * reciprocal[n - i]!;
    reciprocal[n] = sum;
  }
  return reciprocal;
}
