import { type CivilDay, civilDay, dayNumber } from '../calendar/civil-day.ts';

/** One case: when it happened and when it became known. */
export type ReportedCase = { dateOnset: CivilDay; dateReporting: CivilDay; casesCount?: number | undefined };

export type ReportingTriangle = {
  /** The day of each row, first to last. */
  dates: CivilDay[];
  /**
   * counts[t][d] = cases of day t reported d days later; null where that day has not come yet. Each row has
   * `maxDelayDays` + 1 entries.
   */
  counts: (number | null)[][];
  /** Cases reported more than `maxDelayDays` after their day: in no cell, and in no nowcast. */
  beyondCount: number;
  /** Cases reported after `until`: not known yet on that day. */
  afterCount: number;
};

/**
 * Cases by day of onset and days until the report, as known at the end of day `until`.
 *
 * counts[t][d] in cases, null where day t + d has not come. Assumes that a case keeps its days. Misleads where onsets are
 * corrected afterwards (cases move between rows) and where reports wait for a working day: the delay then depends on the day of
 * the week. England PD, Verrall RJ, Br Actuar J 2002, doi:10.1017/S1357321700003809.
 *
 * @param options.maxDelayDays longest delay that is counted; default: the longest found
 * @throws RangeError on a day that cannot be or a report before the onset, naming row and values
 * @example reportingTriangle(rows, { until: '2015-06-16', maxDelayDays: 14 }).counts.at(-1) // [2, null, null, …]
 */
export function reportingTriangle(
  cases: Iterable<ReportedCase>,
  {
    until,
    from,
    maxDelayDays,
  }: { until: CivilDay; from?: CivilDay | undefined; maxDelayDays?: number | undefined },
): ReportingTriangle {
  const last = dayNumber(until);
  const known: { day: number; delay: number; count: number }[] = [];
  let afterCount = 0;
  let row = -1;
  for (const { dateOnset, dateReporting, casesCount = 1 } of cases) {
    row++;
    const [onset, report] = readDays(dateOnset, dateReporting, row);
    if (!Number.isInteger(casesCount) || casesCount < 0)
      throw new RangeError(`row ${row}, casesCount: ${casesCount} is not a whole number from 0`);
    if (report > last) afterCount += casesCount;
    else known.push({ day: onset, delay: report - onset, count: casesCount });
  }
  const first = from ? dayNumber(from) : known.reduce((least, { day }) => Math.min(least, day), last);
  if (first > last) throw new RangeError(`from (${from}) is after until (${until})`);
  const longest = maxDelayDays ?? known.reduce((most, { delay }) => Math.max(most, delay), 0);
  if (!Number.isInteger(longest) || longest < 0)
    throw new RangeError(`maxDelayDays: ${longest} is not a whole number from 0`);

  const triangle: ReportingTriangle = { dates: [], counts: [], beyondCount: 0, afterCount };
  for (let day = first; day <= last; day++) {
    triangle.dates.push(civilDay(day));
    triangle.counts.push(Array.from({ length: longest + 1 }, (_, delay) => (day + delay <= last ? 0 : null)));
  }
  for (const { day, delay, count } of known) {
    if (delay > longest) triangle.beyondCount += count;
    else if (day >= first) triangle.counts[day - first]![delay]! += count;
  }
  return triangle;
}

function readDays(dateOnset: CivilDay, dateReporting: CivilDay, row: number): [number, number] {
  const read = (name: string, date: CivilDay) => {
    try {
      return dayNumber(date);
    } catch (cause) {
      throw new RangeError(`row ${row}, ${name}: ${(cause as Error).message}`, { cause });
    }
  };
  const onset = read('dateOnset', dateOnset);
  const report = read('dateReporting', dateReporting);
  if (report < onset)
    throw new RangeError(`row ${row}: reported on ${dateReporting}, before the onset on ${dateOnset}`);
  return [onset, report];
}
