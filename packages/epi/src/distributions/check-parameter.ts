/** @throws RangeError naming the parameter and its value unless it is a finite number above 0 */
export function checkPositive(name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${name} is ${value}; it must be a finite number above 0`);
  }
}

/** @throws RangeError unless the value is a probability from 0 to 1 */
export function checkProbability(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) {
    throw new RangeError(`${name} is ${value}; a probability lies from 0 to 1`);
  }
}
