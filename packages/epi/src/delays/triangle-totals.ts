/** A day of the triangle: the longest delay that has passed for it, and the cases reported so far. */
export type TriangleRow = { age: number; reported: number; cells: (number | null)[] };

/** @throws RangeError on a ragged row, a cell that is no count, or a count after a null, naming row and delay */
export function readTriangle(counts: (number | null)[][]): TriangleRow[] {
  const width = counts[0]?.length ?? 0;
  return counts.map((cells, row) => {
    if (cells.length !== width || width === 0)
      throw new RangeError(
        `row ${row} has ${cells.length} delays, row 0 has ${width}; at least one is needed`,
      );
    let age = -1;
    let reported = 0;
    cells.forEach((count, delay) => {
      if (count === null) return;
      if (!Number.isInteger(count) || count < 0)
        throw new RangeError(`row ${row}, delay ${delay}: ${count} is not a whole number from 0`);
      if (age !== delay - 1)
        throw new RangeError(`row ${row}, delay ${delay}: ${count} after an unknown count`);
      age = delay;
      reported += count;
    });
    if (age === -1) throw new RangeError(`row ${row}, delay 0 is unknown: leave days that have not come out`);
    return { age, reported, cells };
  });
}

/** For each delay, over the rows for which it has passed: cases with just that delay, and with that or a shorter one. */
export function tallyDelays(rows: TriangleRow[], width: number): { atDelay: number; within: number }[] {
  return Array.from({ length: width }, (_, delay) => {
    let atDelay = 0;
    let within = 0;
    for (const { age, cells } of rows) {
      if (age < delay) continue;
      atDelay += cells[delay]!;
      for (let d = 0; d <= delay; d++) within += cells[d]!;
    }
    return { atDelay, within };
  });
}

/**
 * Pearson's φ of the chain-ladder fit: Σ (count - fitted)² / fitted over cells / (cells - parameters), at least 1. Rows without cases
 * have no parameter and no cell.
 */
export function overdispersion(rows: TriangleRow[], hazards: (number | null)[]): number {
  let sum = 0;
  let cellsCount = 0;
  const delays = new Set<number>();
  const used = rows.filter((row) => row.reported > 0);
  for (const { age, reported, cells } of used) {
    // What of the row is reported within `delay`, downwards from all of it.
    let within = reported;
    for (let delay = age; delay >= 0; delay--) {
      const fitted = delay === 0 ? within : within * (hazards[delay] ?? 0);
      within -= fitted;
      if (fitted <= 0) continue;
      sum += (cells[delay]! - fitted) ** 2 / fitted;
      cellsCount++;
      delays.add(delay);
    }
  }
  const degreesOfFreedom = cellsCount - used.length - (delays.size - 1);
  return degreesOfFreedom > 0 ? Math.max(1, sum / degreesOfFreedom) : 1;
}
