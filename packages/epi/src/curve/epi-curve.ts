import { type CivilDay, civilDay, dayNumber } from '../calendar/civil-day.ts';

/** The line-list dates a curve can be drawn by, under their column names. */
const DATE_COLUMNS = {
  onset: 'dateOnset',
  sample: 'dateSample',
  report: 'dateReporting',
  admission: 'dateAdmission',
  outcome: 'dateOutcome',
  death: 'dateDeath',
} as const;

export type CurveDate = keyof typeof DATE_COLUMNS;

export type CurveCase = { [column in (typeof DATE_COLUMNS)[CurveDate]]?: CivilDay | null | undefined };

export type EpiCurveOptions = {
  by: CurveDate;
  /** How many of the last days are still filling up (reporting delay); 0 when the data are final. */
  incompleteDays?: number | undefined;
  /** First day shown; default: the first date found. */
  from?: CivilDay | undefined;
  /** Last day shown, normally the day of the data cut-off; default: the last date found. */
  until?: CivilDay | undefined;
};

export type EpiCurve = {
  by: CurveDate;
  days: { date: CivilDay; count: number; incomplete: boolean }[];
  /** Cases on the curve; with undated, before and after it makes up all cases given. */
  countedCount: number;
  undatedCount: number;
  /** Cases dated outside the days shown: never lost from sight. */
  beforeCount: number;
  afterCount: number;
};

/** A century: longer curves come from a mistyped year, not from an outbreak. */
const LONGEST_DAYS = 36_525;

/**
 * Daily counts of cases by one of their dates, days without cases included.
 *
 * count(d) = number of cases whose date is d; `incomplete` marks the last `incompleteDays` days up to `until`. Unit:
 * cases a day. Misleads when the tail is read as a decline (cases with onset yesterday are mostly not reported yet),
 * when many cases are undated, and by report date when a laboratory clears its backlog in one day. Give `until`: the
 * last date found is not the day up to which the data reach.
 *
 * @throws RangeError on a date that is no day (naming row and value), on `until` before `from`, on a span over a century
 * @example epiCurve(cases, { by: 'onset', incompleteDays: 5, until: '2015-06-16' }).days.at(-1)
 */
export function epiCurve(cases: Iterable<CurveCase>, options: EpiCurveOptions): EpiCurve {
  const { by, incompleteDays = 0 } = options;
  const numbers = readDates(cases, DATE_COLUMNS[by]);
  const dated = numbers.filter((number) => number !== null);
  const first = options.from ? dayNumber(options.from) : smallest(dated);
  const last = options.until ? dayNumber(options.until) : largest(dated);

  const curve: EpiCurve = {
    by,
    days: [],
    countedCount: 0,
    undatedCount: numbers.length - dated.length,
    beforeCount: 0,
    afterCount: 0,
  };
  if (first === null || last === null) return curve;
  if (last < first && options.from && options.until) {
    throw new RangeError(`until (${options.until}) is before from (${options.from})`);
  }
  if (last - first >= LONGEST_DAYS) {
    throw new RangeError(`a curve from ${civilDay(first)} to ${civilDay(last)} is longer than a century`);
  }

  for (let day = first; day <= last; day++) {
    curve.days.push({ date: civilDay(day), count: 0, incomplete: day > last - incompleteDays });
  }
  for (const day of dated) {
    if (day > last) curve.afterCount++;
    else if (day < first) curve.beforeCount++;
    else {
      curve.days[day - first]!.count++;
      curve.countedCount++;
    }
  }
  return curve;
}

function readDates(cases: Iterable<CurveCase>, column: keyof CurveCase): (number | null)[] {
  return Array.from(cases, (caseFile, row) => {
    const date = caseFile[column];
    if (!date) return null;
    try {
      return dayNumber(date);
    } catch (cause) {
      throw new RangeError(`row ${row}, ${column}: ${(cause as Error).message}`, { cause });
    }
  });
}

function smallest(numbers: number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((a, b) => Math.min(a, b));
}

function largest(numbers: number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((a, b) => Math.max(a, b));
}
