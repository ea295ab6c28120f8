export type Point = readonly [number, number];

export type Peak = {
  at: Point;
  value: number;
  /** Covariance as the curvature at the peak gives it, [var x, cov, var y]; null where the peak is flat or at an edge. */
  covariance: readonly [number, number, number] | null;
};

/**
 * A local maximum of a function of two variables: Nelder–Mead from a start, then Newton steps on finite differences.
 * The function may be -Infinity outside its domain, not at the start. For log-likelihoods of a few parameters; variables should
 * be on scales where a change of 1 is large (logarithms). Nelder JA, Mead R, Comput J 1965, doi:10.1093/comjnl/7.4.308
 *
 * @example climb(([x, y]) => -(x ** 2) - (y - 1) ** 2, [1, 2]).at // [0, 1]
 */
export function climb(f: (point: Point) => number, start: Point): Peak {
  let peak = nelderMead(f, start);
  // A simplex can collapse on a ridge; a second one from there does not.
  peak = nelderMead(f, peak.at);
  for (let step = 0; step < 4; step++) {
    const { gradient, hessian } = differentiate(f, peak);
    const inverse = invertNegative(hessian);
    if (!inverse) break;
    const at: Point = [
      peak.at[0] + inverse[0] * gradient[0] + inverse[1] * gradient[1],
      peak.at[1] + inverse[1] * gradient[0] + inverse[2] * gradient[1],
    ];
    const value = f(at);
    if (!(value >= peak.value)) break;
    peak = { at, value };
  }
  return { ...peak, covariance: invertNegative(differentiate(f, peak).hessian) };
}

type Vertex = { at: Point; value: number };

function nelderMead(f: (point: Point) => number, start: Point): Vertex {
  const at = (x: number, y: number): Vertex => ({ at: [x, y], value: f([x, y]) });
  let simplex = [at(...start), at(start[0] + 0.3, start[1]), at(start[0], start[1] + 0.3)];
  for (let step = 0; step < 400; step++) {
    simplex = simplex.sort((a, b) => b.value - a.value);
    const [best, good, worst] = simplex as [Vertex, Vertex, Vertex];
    const size = Math.max(
      ...simplex.map(({ at: [x, y] }) => Math.abs(x - best.at[0]) + Math.abs(y - best.at[1])),
    );
    if (size < 1e-7) break;
    const middle = [(best.at[0] + good.at[0]) / 2, (best.at[1] + good.at[1]) / 2] as const;
    const along = (factor: number) =>
      at(middle[0] + factor * (middle[0] - worst.at[0]), middle[1] + factor * (middle[1] - worst.at[1]));
    const reflected = along(1);
    if (reflected.value > best.value) {
      const expanded = along(2);
      simplex[2] = expanded.value > reflected.value ? expanded : reflected;
    } else if (reflected.value > good.value) {
      simplex[2] = reflected;
    } else {
      const contracted = along(reflected.value > worst.value ? 0.5 : -0.5);
      if (contracted.value > Math.max(worst.value, reflected.value)) simplex[2] = contracted;
      else {
        const towardsBest = ({ at: [x, y] }: Vertex) => at((x + best.at[0]) / 2, (y + best.at[1]) / 2);
        simplex = [best, towardsBest(good), towardsBest(worst)];
      }
    }
  }
  return simplex.reduce((a, b) => (b.value > a.value ? b : a));
}

const STEP = 1e-3;

function differentiate(f: (point: Point) => number, { at: [x, y], value }: Vertex) {
  const [right, left] = [f([x + STEP, y]), f([x - STEP, y])];
  const [up, down] = [f([x, y + STEP]), f([x, y - STEP])];
  const across =
    f([x + STEP, y + STEP]) - f([x + STEP, y - STEP]) - f([x - STEP, y + STEP]) + f([x - STEP, y - STEP]);
  return {
    gradient: [(right - left) / (2 * STEP), (up - down) / (2 * STEP)] as const,
    hessian: [
      (right - 2 * value + left) / STEP ** 2,
      across / (4 * STEP ** 2),
      (up - 2 * value + down) / STEP ** 2,
    ] as const,
  };
}

/** The inverse of minus a symmetric matrix [xx, xy, yy]; null unless the matrix is that of a proper peak. */
function invertNegative([xx, xy, yy]: readonly [number, number, number]): [number, number, number] | null {
  const determinant = xx * yy - xy * xy;
  if (!(xx < -1e-6 && yy < -1e-6 && determinant > 1e-9)) return null;
  return [-yy / determinant, xy / determinant, -xx / determinant];
}
