/** A day in the calendar of the place, `YYYY-MM-DD`. It has no time zone: it was written down as a day. */
export type CivilDay = string;

const DAY_MS = 86_400_000;
const CIVIL_DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Days since 1970-01-01 of a civil day, so that days can be subtracted.
 *
 * @throws RangeError when the text is not a day that exists (`2015-02-30`)
 * @example dayNumber('1970-01-02') // 1
 */
export function dayNumber(day: CivilDay): number {
  const ms = CIVIL_DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  const number = ms / DAY_MS;
  if (!Number.isInteger(number) || civilDay(number) !== day) {
    throw new RangeError(`"${day}" is not a day written YYYY-MM-DD`);
  }
  return number;
}

/**
 * The civil day of a day number.
 *
 * @example civilDay(1) // '1970-01-02'
 */
export function civilDay(number: number): CivilDay {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}
