import { civilDay, dayNumber } from '@levee/epi';
import { amountCell, badCell, badRow, countCell, neededDateCell, textCell } from './cells.ts';
import { InputError } from './input-error.ts';
import { readTable } from './read-table.ts';

/** Cases a day without a gap, first day first. */
export interface Incidence {
  readonly dates: readonly string[];
  readonly cases: readonly number[];
  /** How many of the cases were infected elsewhere; absent without the column. */
  readonly imported?: readonly number[];
}

const NAMED_GAPS = 5;
const LONGEST_DAYS = 36_525;

interface IncidenceOptions {
  /** Days without a row or a number are 0. */
  readonly fillZero?: boolean;
  /** Counts need not be whole: the estimator takes smoothed or averaged ones. */
  readonly fractions?: boolean;
}

/**
 * Reads `date,cases` and, where it is there, `imported`.
 *
 * @throws InputError on a day given twice, and on days or counts missing unless `fillZero`
 */
export function readIncidence(
  file: string,
  { fillZero = false, fractions = false }: IncidenceOptions = {},
): Incidence {
  const readCell = fractions ? amountCell : countCell;
  const table = readTable(file, ['date', 'cases']);
  const hasImported = table.columns.includes('imported');
  const byDay = new Map<number, { cases: number; imported: number; row: number }>();
  for (const row of table.rows) {
    const date = neededDateCell(table, row, 'date');
    const isGap = fillZero && textCell(row, 'cases') === null;
    const cases = isGap ? 0 : readCell(table, row, 'cases');
    const imported = hasImported && !isGap ? readCell(table, row, 'imported') : 0;
    if (imported > cases)
      throw badCell(table, row, 'imported', `is more than the ${cases} cases of the day, which count all`);
    const known = byDay.get(dayNumber(date));
    if (known) throw badRow(table, row, `date: "${date}" was given before, in row ${known.row}`);
    byDay.set(dayNumber(date), { cases, imported, row: row.number });
  }
  const days = [...byDay.keys()].sort((a, b) => a - b);
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined)
    return { dates: [], cases: [], ...(hasImported && { imported: [] }) };
  if (last - first >= LONGEST_DAYS)
    throw new InputError(
      `${table.name}: from ${civilDay(first)} to ${civilDay(last)} is longer than a century`,
    );

  const all = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const gaps = all.filter((day) => !byDay.has(day)).map(civilDay);
  if (gaps.length > 0 && !fillZero) throw new InputError(`${table.name}: ${sayGaps(gaps)}`);
  return {
    dates: all.map(civilDay),
    cases: all.map((day) => byDay.get(day)?.cases ?? 0),
    ...(hasImported && { imported: all.map((day) => byDay.get(day)?.imported ?? 0) }),
  };
}

function sayGaps(gaps: string[]): string {
  const named = gaps.slice(0, NAMED_GAPS).join(', ');
  const more = gaps.length > NAMED_GAPS ? ` and ${gaps.length - NAMED_GAPS} more` : '';
  return `no row for ${named}${more}; add them, or give --fill-zero if nobody fell ill on days without a row`;
}
