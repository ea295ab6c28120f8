/**
 * Checks a sample before a fit.
 *
 * @throws RangeError naming row (from 0) and value of the first one that is no finite number above 0, and when there are
 *   fewer than two different values, from which no spread can be learnt
 */
export function checkPositiveValues(values: ArrayLike<number>): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`row ${row}: ${value} is not a finite number above 0`);
    }
  }
  checkVaries(values);
}

/** @throws RangeError naming row (from 0) and value of the first one that is no count, and when there is none */
export function checkCounts(counts: ArrayLike<number>): void {
  for (let row = 0; row < counts.length; row++) {
    const count = counts[row]!;
    if (!(count >= 0 && Number.isSafeInteger(count))) {
      throw new RangeError(`row ${row}: ${count} is not a whole number from 0 on`);
    }
  }
  if (counts.length === 0) throw new RangeError('there are no values to fit');
}

function checkVaries(values: ArrayLike<number>): void {
  for (let row = 1; row < values.length; row++) if (values[row] !== values[0]) return;
  throw new RangeError(
    `a distribution needs two different values, given ${values.length} equal to ${values[0]}`,
  );
}
