export type DailyCases = {
  /** All cases of each day. */
  total: Float64Array;
  /** Those infected here: all but the imported ones, and none on the first day. */
  local: Float64Array;
  /** 1-based days without a number; they count as 0. */
  missingDays: number[];
};

/**
 * Reads a series of cases a day, first day first.
 *
 * All cases of the first day are taken as imported, since nobody before could have infected them.
 *
 * @throws RangeError naming row (from 0) and value of a count that is negative or no number, or of a day with more
 *   imported cases than cases
 */
export function readDailyCases(
  cases: ArrayLike<number | null>,
  imported?: ArrayLike<number | null> | undefined,
): DailyCases {
  if (imported && imported.length !== cases.length) {
    throw new RangeError(`imported has ${imported.length} rows, cases has ${cases.length}`);
  }
  const daysCount = cases.length;
  const total = new Float64Array(daysCount);
  const local = new Float64Array(daysCount);
  const missingDays: number[] = [];
  for (let row = 0; row < daysCount; row++) {
    const count = readCount('cases', row, cases[row]);
    const importedCount = imported ? readCount('imported', row, imported[row]) : 0;
    if (cases[row] === null || cases[row] === undefined) missingDays.push(row + 1);
    if (importedCount > count) {
      throw new RangeError(`row ${row}: ${importedCount} imported of ${count} cases`);
    }
    total[row] = count;
    local[row] = row === 0 ? 0 : count - importedCount;
  }
  return { total, local, missingDays };
}

/** Sum over 1-based days, both inclusive; not from running totals, which would lose a quiet window after a large wave. */
export function sumDays(series: Float64Array, tStart: number, tEnd: number): number {
  let sum = 0;
  for (let day = tStart - 1; day < tEnd; day++) sum += series[day]!;
  return sum;
}

function readCount(column: string, row: number, value: number | null | undefined): number {
  if (value === null || value === undefined) return 0;
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`row ${row}, ${column}: ${value} is not a number of cases`);
  }
  return value;
}
