/** A column whose part not explained by the columns before it is smaller than this share of it is dropped. */
const COLLINEAR = 1e-11;

export type LeastSquares = {
  /** Null for columns that are combinations of earlier ones. */
  coefficients: (number | null)[];
  /** Indexes of the columns kept. */
  kept: number[];
  /** Leverage of each row, 0 to 1. */
  leverages(): Float64Array;
  /** xᵀ (XᵀX)⁻¹ x: variance of the fit at a point, in units of the residual variance. */
  varianceAt(point: ArrayLike<number>): number;
};

/**
 * The linear combination of columns nearest to a target, by Householder reflections.
 *
 * @param columns of the design, each as long as the target; at least as many rows as columns kept
 */
export function solveLeastSquares(columns: readonly Float64Array[], target: ArrayLike<number>): LeastSquares {
  const rows = target.length;
  const work = columns.map((column) => column.slice());
  const rest = Float64Array.from(target);
  const kept: number[] = [];
  const reflections: Float64Array[] = [];
  const triangle: number[][] = [];

  for (const [j, column] of work.entries()) {
    const fullNorm = norm(columns[j]!, 0);
    for (const [k, reflection] of reflections.entries()) reflect(reflection, column, k);
    const rank = reflections.length;
    const freeNorm = rank < rows ? norm(column, rank) : 0;
    if (!(freeNorm > COLLINEAR * fullNorm)) continue;
    const reflection = column.slice();
    for (let i = 0; i < rank; i++) reflection[i] = 0;
    const diagonal = column[rank]! > 0 ? -freeNorm : freeNorm;
    reflection[rank]! -= diagonal;
    reflections.push(reflection);
    kept.push(j);
    triangle.push([...column.slice(0, rank), diagonal]);
    reflect(reflection, rest, rank);
  }

  const solution = solveTriangle(triangle, rest);
  const coefficients: (number | null)[] = columns.map(() => null);
  for (const [k, j] of kept.entries()) coefficients[j] = solution[k]!;
  return {
    coefficients,
    kept,
    leverages: () => squaresOfRows(reflections, rows),
    varianceAt(point) {
      // Solve Rᵀ u = x; the variance is |u|².
      const u: number[] = [];
      for (const [k, column] of triangle.entries()) {
        let value = point[kept[k]!]!;
        for (let i = 0; i < k; i++) value -= column[i]! * u[i]!;
        u.push(value / column[k]!);
      }
      return u.reduce((sum, value) => sum + value * value, 0);
    },
  };
}

function norm(column: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < column.length; i++) sum += column[i]! * column[i]!;
  return Math.sqrt(sum);
}

/** v -= 2 h (h·v) / (h·h) from row `from` on, above which h is 0. */
function reflect(h: Float64Array, v: Float64Array, from: number): void {
  let product = 0;
  let square = 0;
  for (let i = from; i < h.length; i++) {
    product += h[i]! * v[i]!;
    square += h[i]! * h[i]!;
  }
  const factor = (2 * product) / square;
  for (let i = from; i < h.length; i++) v[i]! -= factor * h[i]!;
}

/** Back substitution; `triangle[k]` is column k of R down to its diagonal. */
function solveTriangle(triangle: number[][], rest: Float64Array): Float64Array {
  const solution = rest.slice(0, triangle.length);
  for (let k = triangle.length - 1; k >= 0; k--) {
    solution[k]! /= triangle[k]![k]!;
    for (let i = 0; i < k; i++) solution[i]! -= triangle[k]![i]! * solution[k]!;
  }
  return solution;
}

/** Row sums of squares of the orthogonal factor. */
function squaresOfRows(reflections: Float64Array[], rows: number): Float64Array {
  const sums = new Float64Array(rows);
  for (let k = 0; k < reflections.length; k++) {
    const column = new Float64Array(rows);
    column[k] = 1;
    for (let j = reflections.length - 1; j >= 0; j--) reflect(reflections[j]!, column, j);
    for (let i = 0; i < rows; i++) sums[i]! += column[i]! * column[i]!;
  }
  return sums;
}
