const GOLDEN = (Math.sqrt(5) - 1) / 2;

export type Maximum = { x: number; value: number };

/**
 * The largest value of a function on [from, to]: the best of `gridCount` equally spaced points, then golden sections
 * around it. Finds the right peak of several as long as the grid tells them apart. x is right to about √ε of the scale
 * on which the function bends, the value to the last digits.
 *
 * @example maximise((x) => -((x - 1) ** 2), 0, 3).x // 1, to eight digits
 */
export function maximise(
  f: (x: number) => number,
  from: number,
  to: number,
  { gridCount = 9, tolerance = 1e-9 }: { gridCount?: number; tolerance?: number } = {},
): Maximum {
  const step = (to - from) / (gridCount - 1);
  let best = { x: from, value: f(from) };
  for (let i = 1; i < gridCount; i++) {
    const x = i === gridCount - 1 ? to : from + i * step;
    const value = f(x);
    if (value > best.value) best = { x, value };
  }
  let low = Math.max(from, best.x - step);
  let high = Math.min(to, best.x + step);
  const at = (x: number): Maximum => ({ x, value: f(x) });
  let left = at(high - GOLDEN * (high - low));
  let right = at(low + GOLDEN * (high - low));
  while (high - low > tolerance * Math.max(1, Math.abs(low), Math.abs(high))) {
    if (left.value > right.value) {
      high = right.x;
      right = left;
      left = at(high - GOLDEN * (high - low));
    } else {
      low = left.x;
      left = right;
      right = at(low + GOLDEN * (high - low));
    }
  }
  for (const point of [left, right]) if (point.value > best.value) best = point;
  return best;
}
