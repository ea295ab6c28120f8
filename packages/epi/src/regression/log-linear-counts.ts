import { type LeastSquares, solveLeastSquares } from './least-squares.ts';

export type CountRegression = {
  coefficients: (number | null)[];
  /** Fitted means, one a row. */
  fitted: Float64Array;
  /** (y - μ) / μ: residuals on the scale of the logarithm. */
  workingResiduals: Float64Array;
  /** Weights of the last least-squares step. */
  workingWeights: Float64Array;
  residualDegreesOfFreedom: number;
  leverages: Float64Array;
  converged: boolean;
  /** Σ coefficients · point, without an offset. */
  linearPredictor(point: ArrayLike<number>): number;
  /** Variance of the linear predictor when the dispersion is 1. */
  varianceAt(point: ArrayLike<number>): number;
};

export type CountRegressionOptions = {
  /** Prior weights of the rows; default 1. A row of weight 0 does not count. */
  weights?: ArrayLike<number> | undefined;
  /** Added to the logarithm of each row's mean, with no coefficient: log population, for rates. Default 0. */
  offset?: ArrayLike<number> | undefined;
  /** Size k of a negative binomial distribution; default Infinity, Poisson. */
  size?: number | undefined;
  /** Relative change of the deviance at which to stop; default 1e-8, as R's `glm`. */
  tolerance?: number | undefined;
};

/** Stopping rules of R's `glm`, kept so that fits whose means run to 0 stop where the reference stops. */
const CONVERGED = 1e-8;
const MOST_STEPS = 25;
const SMALLEST_MEAN = 2 ** -52;

/**
 * Counts regressed on columns through the logarithm: E y = exp(Σ βⱼ xⱼ + offset), by iteratively reweighted least squares from
 * μ = y + 0.1 (McCullagh P, Nelder JA. Generalized Linear Models, 1989). The same numbers fit Poisson and quasi-Poisson
 * models; the dispersion is the caller's to compute. Misleads where columns explain one another (coefficients then trade
 * places; the fitted means stay). R: glm(y ~ x + offset(o), family = quasipoisson).
 *
 * @returns null where no finite coefficients were found
 * @example regressCounts([ones, days], [4, 8, 16, 32])?.coefficients // about log 4 and log 2 on days 0 to 3
 */
export function regressCounts(
  columns: readonly Float64Array[],
  counts: ArrayLike<number>,
  { weights, offset, size = Number.POSITIVE_INFINITY, tolerance = CONVERGED }: CountRegressionOptions = {},
): CountRegression | null {
  const rows = counts.length;
  const weightOf = (row: number) => weights?.[row] ?? 1;
  const offsetOf = (row: number) => offset?.[row] ?? 0;
  const workingWeights = new Float64Array(rows);
  const target = new Float64Array(rows);
  const eta = Float64Array.from(counts, (count) => Math.log(count + 0.1));
  const fitted = eta.map(inverseLink);
  let deviance = totalDeviance(counts, fitted, weightOf, size);
  let solution: LeastSquares | undefined;
  let coefficients: number[] | undefined;
  let converged = false;

  for (let step = 0; step < MOST_STEPS && !converged; step++) {
    const roots = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      const mu = fitted[i]!;
      workingWeights[i] = (weightOf(i) * mu) / (1 + mu / size);
      roots[i] = Math.sqrt(workingWeights[i]!);
      target[i] = roots[i]! * (eta[i]! - offsetOf(i) + (counts[i]! - mu) / mu);
    }
    solution = solveLeastSquares(
      columns.map((column) => scaled(column, roots)),
      target,
    );
    let next = solution.coefficients.map((value) => value ?? 0);
    if (!next.every(Number.isFinite)) return null;
    predict(columns, next, offsetOf, eta, fitted);
    let nextDeviance = totalDeviance(counts, fitted, weightOf, size);
    // A step that leaves the possible is halved back towards the last one.
    for (let halving = 0; !Number.isFinite(nextDeviance); halving++) {
      if (coefficients === undefined || halving > MOST_STEPS) return null;
      next = next.map((value, j) => (value + coefficients![j]!) / 2);
      predict(columns, next, offsetOf, eta, fitted);
      nextDeviance = totalDeviance(counts, fitted, weightOf, size);
    }
    converged = Math.abs(nextDeviance - deviance) / (0.1 + Math.abs(nextDeviance)) < tolerance;
    deviance = nextDeviance;
    coefficients = next;
  }
  if (solution === undefined || coefficients === undefined) return null;

  const weightedRows = Array.from(counts).filter((_, i) => weightOf(i) > 0).length;
  const { kept, varianceAt } = solution;
  const found = coefficients;
  return {
    coefficients: found.map((value, j) => (kept.includes(j) ? value : null)),
    fitted,
    workingResiduals: fitted.map((mu, i) => (counts[i]! - mu) / mu),
    workingWeights,
    residualDegreesOfFreedom: weightedRows - kept.length,
    leverages: solution.leverages(),
    converged,
    linearPredictor: (point) => kept.reduce((sum, j) => sum + found[j]! * point[j]!, 0),
    varianceAt,
  };
}

function scaled(column: Float64Array, factors: Float64Array): Float64Array {
  const result = new Float64Array(column.length);
  for (let i = 0; i < column.length; i++) result[i] = column[i]! * factors[i]!;
  return result;
}

function inverseLink(eta: number): number {
  return Math.max(Math.exp(eta), SMALLEST_MEAN);
}

function predict(
  columns: readonly Float64Array[],
  coefficients: number[],
  offsetOf: (row: number) => number,
  eta: Float64Array,
  fitted: Float64Array,
): void {
  for (let i = 0; i < eta.length; i++) eta[i] = offsetOf(i);
  for (const [j, column] of columns.entries()) {
    const coefficient = coefficients[j]!;
    for (let i = 0; i < eta.length; i++) eta[i]! += coefficient * column[i]!;
  }
  for (let i = 0; i < eta.length; i++) fitted[i] = inverseLink(eta[i]!);
}

function totalDeviance(
  counts: ArrayLike<number>,
  fitted: Float64Array,
  weightOf: (row: number) => number,
  size: number,
): number {
  let sum = 0;
  for (let i = 0; i < fitted.length; i++) {
    const y = counts[i]!;
    const mu = fitted[i]!;
    const ratio = y > 0 ? y * Math.log(y / mu) : 0;
    const rest = size === Number.POSITIVE_INFINITY ? y - mu : (y + size) * Math.log((y + size) / (mu + size));
    sum += 2 * weightOf(i) * (ratio - rest);
  }
  return sum;
}
