/**
 * A zero of a continuous function between two points where it has different signs, by Brent's method (1973): bisection
 * where it must be, interpolation where it can be.
 *
 * @param tolerance width of the last bracket, relative to 1 + |x|
 * @throws RangeError when the function has the same sign at both ends
 * @example findRoot((x) => x * x - 2, 0, 2) // Math.SQRT2
 */
export function findRoot(f: (x: number) => number, low: number, high: number, tolerance = 1e-15): number {
  let [a, fa] = [low, f(low)];
  let [b, fb] = [high, f(high)];
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa * fb < 0)) {
    throw new RangeError(`no sign change: f(${low}) is ${fa} and f(${high}) is ${fb}`);
  }
  let [c, fc] = [a, fa];
  let step = b - a;
  let lastStep = step;
  for (let i = 0; i < 200; i++) {
    // b is the best point, a the one before, c lies on the other side of the zero.
    if (fb * fc > 0) {
      [c, fc] = [a, fa];
      step = lastStep = b - a;
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      [a, fa] = [b, fb];
      [b, fb] = [c, fc];
      [c, fc] = [a, fa];
    }
    const smallest = tolerance * (1 + Math.abs(b));
    const middle = (c - b) / 2;
    if (Math.abs(middle) <= smallest || fb === 0) return b;

    const trial = Math.abs(lastStep) < smallest || Math.abs(fa) <= Math.abs(fb) ? middle : interpolate();
    [lastStep, step] = trial === middle ? [middle, middle] : [step, trial];
    [a, fa] = [b, fb];
    b += Math.abs(step) > smallest ? step : Math.sign(middle) * smallest;
    fb = f(b);

    function interpolate(): number {
      const s = fb / fa;
      let p: number;
      let q: number;
      if (a === c) {
        p = 2 * middle * s;
        q = 1 - s;
      } else {
        const r = fb / fc;
        const t = fa / fc;
        p = s * (2 * middle * t * (t - r) - (b - a) * (r - 1));
        q = (t - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      p = Math.abs(p);
      const accepted = 2 * p < Math.min(3 * middle * q - Math.abs(smallest * q), Math.abs(lastStep * q));
      return accepted ? p / q : middle;
    }
  }
  return b;
}
