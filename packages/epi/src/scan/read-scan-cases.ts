import { civilDay, dayNumber } from '../calendar/civil-day.ts';
import type { ScanCase, ScanOptions, ScanPlace } from './scan.ts';

/** One entry a case: the index of its place and its day, counted from the first day of the period. */
export function readScanCases(places: ScanPlace[], cases: Iterable<ScanCase>, { from, until }: ScanOptions) {
  const indexOf = new Map<string, number>();
  places.forEach(({ id, x, y }, row) => {
    if (indexOf.has(id))
      throw new RangeError(`places, row ${row}: "${id}" was given before, in row ${indexOf.get(id)}`);
    if (!Number.isFinite(x) || !Number.isFinite(y))
      throw new RangeError(`places, row ${row}, "${id}": ${x}, ${y} are no coordinates`);
    indexOf.set(id, row);
  });
  const placeOf: number[] = [];
  const days: number[] = [];
  let row = -1;
  for (const { place, date, casesCount = 1 } of cases) {
    row++;
    const index = indexOf.get(place);
    if (index === undefined)
      throw new RangeError(`cases, row ${row}: place "${place}" is not among the places`);
    if (!Number.isInteger(casesCount) || casesCount < 0)
      throw new RangeError(`cases, row ${row}, casesCount: ${casesCount} is not a whole number from 0`);
    const day = readDay(date, row);
    for (let i = 0; i < casesCount; i++) {
      placeOf.push(index);
      days.push(day);
    }
  }
  const firstDay = from ? dayNumber(from) : days.reduce((a, b) => Math.min(a, b), Infinity);
  const lastDay = until ? dayNumber(until) : days.reduce((a, b) => Math.max(a, b), -Infinity);
  const outside = days.findIndex((day) => day < firstDay || day > lastDay);
  if (outside !== -1)
    throw new RangeError(`a case on ${civilDay(days[outside]!)} is outside the period of the scan`);
  return {
    placeOf: Int32Array.from(placeOf),
    dayOf: Int32Array.from(days, (day) => day - firstDay),
    firstDay,
    daysCount: days.length === 0 ? 0 : lastDay - firstDay + 1,
  };
}

function readDay(date: string, row: number): number {
  try {
    return dayNumber(date);
  } catch (cause) {
    throw new RangeError(`cases, row ${row}, date: ${(cause as Error).message}`, { cause });
  }
}
