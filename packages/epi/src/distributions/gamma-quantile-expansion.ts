/** From this shape on the expansion is right to 2e-15 relative for |z| < 3.1 (against 40 digits). */
export const EXPANSION_FROM_SHAPE = 15;
const ORDER = 24;

/**
 * Polynomials P₁, P₂, … in z with  x = a (1 + Σ Pⱼ(z) a^(-j/2)),  where x is the quantile of the gamma distribution with
 * shape a (scale 1) and z the quantile of the standard normal distribution for the same probability.
 *
 * They come from the differential equation of the quantile, x x'' = -z x x' - (a - 1 - x) x'²: at each power of a^(-1/2)
 * the new polynomial P appears as P'' - z P' - P, the rest is known. So no table has to be trusted. Cornish EA, Fisher RA
 * 1938; Steinbrecher G, Shaw WT. Eur J Appl Math 2008, doi:10.1017/S0956792508007341
 */
const POLYNOMIALS = quantilePolynomials(ORDER);

/** The numbers Pⱼ(z), j = 1 … , for one z: all that depends on the probability. */
export function expansionCoefficients(z: number): Float64Array {
  return Float64Array.from(POLYNOMIALS, (polynomial) => {
    let value = 0;
    for (let power = polynomial.length - 1; power >= 0; power--) value = value * z + polynomial[power]!;
    return value;
  });
}

/** x for one shape; a polynomial in 1 / √shape. */
export function sumExpansion(coefficients: Float64Array, shape: number): number {
  const s = 1 / Math.sqrt(shape);
  let sum = 0;
  for (let j = coefficients.length - 1; j >= 0; j--) sum = (sum + coefficients[j]!) * s;
  return shape + shape * sum;
}

export function expandedGammaQuantile(z: number, shape: number): number {
  return sumExpansion(expansionCoefficients(z), shape);
}

function quantilePolynomials(order: number): Float64Array[] {
  const size = order + 3;
  const zero = () => new Float64Array(size);
  const p: Float64Array[] = [zero()];
  const first: Float64Array[] = [zero()];
  const second: Float64Array[] = [zero()];
  const slopesSquared: Float64Array[] = [zero(), zero()];

  for (let j = 1; j <= order; j++) {
    const known = zero();
    if (j === 1) {
      p.push(zero());
      p[1]![1] = 1;
    } else {
      for (let i = 1; i < j; i++) {
        addProduct(known, second[i]!, p[j - i]!, -1);
        addProduct(known, first[i]!, p[j - i]!, -1, 1);
      }
      // [u'²] at this power, and [u u'²] two powers on, both without the polynomial sought.
      const slopes = zero();
      for (let i = 1; i < j; i++) addProduct(slopes, first[i]!, first[j - i]!, 1);
      slopesSquared[j] = slopes;
      addInto(known, slopes);
      for (let i = 2; i < j; i++) addProduct(known, p[i]!, slopesSquared[j + 2 - i] ?? zero(), 1);
      const nextSlopes = zero();
      for (let i = 2; i < j; i++) addProduct(nextSlopes, first[i]!, first[j + 1 - i]!, 1);
      addProduct(known, p[1]!, nextSlopes, 1);
      p.push(solve(known));
    }
    first.push(derivative(p[j]!));
    second.push(derivative(first[j]!));
  }
  return p.slice(1).map((polynomial, i) => polynomial.slice(0, i + 2));
}

/** The P with P'' - z P' - P = known, from the highest power down. */
function solve(known: Float64Array): Float64Array {
  const p = new Float64Array(known.length);
  for (let n = known.length - 1; n >= 0; n--) {
    const fromSecond = (n + 2) * (n + 1) * (p[n + 2] ?? 0);
    p[n] = (fromSecond - known[n]!) / (n + 1);
  }
  return p;
}

function derivative(p: Float64Array): Float64Array {
  return p.map((_, n) => (n + 1) * (p[n + 1] ?? 0));
}

function addInto(sum: Float64Array, p: Float64Array): void {
  for (let n = 0; n < sum.length; n++) sum[n]! += p[n]!;
}

/** sum += factor · z^shift · p · q, powers beyond the array being zero anyway. */
function addProduct(sum: Float64Array, p: Float64Array, q: Float64Array, factor: number, shift = 0): void {
  for (let i = 0; i < p.length; i++) {
    if (p[i] === 0) continue;
    for (let k = 0; k + i + shift < sum.length && k < q.length; k++)
      sum[i + k + shift]! += factor * p[i]! * q[k]!;
  }
}
