/** A civil day out of what people write. */
import type { CheckSettings } from '@levee/contract';

export type DayReading =
  | { readonly day: string; readonly isOtherOrder: boolean }
  | { readonly problem: 'unreadable' | 'impossible' | 'ambiguous' | 'two_digit_year' };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TIME = /(?:[ T]+\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.source;
const YEAR_FIRST = new RegExp(
  String.raw`^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?${TIME}`,
);
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})${TIME}`);
const TWO_DIGITS = new RegExp(String.raw`^\d{1,2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{2}日?${TIME}`);
const DAY_NAME = /^(\d{1,2})[-\s]([a-z]{3})[a-z]*[-\s,]+(\d{4})$/i;
const NAME_DAY = /^([a-z]{3})[a-z]*\s+(\d{1,2}),?\s+(\d{4})$/i;
/** Days since 1899-12-30, as a spreadsheet stores them: 1954 to 2064, so that no year is taken for one. */
const SERIAL = /^([2-5]\d{4})(\.0+)?$/;

/**
 * Reads one day. `order` settles dates such as 03/08/2022; with `ask` one that has two readings is a problem, and one
 * with a single reading (21/06/2022) is read and marked.
 */
export function readDay(text: string, order: CheckSettings['dateOrder']): DayReading {
  const value = text.normalize('NFKC').trim();
  const yearFirst = YEAR_FIRST.exec(value) ?? COMPACT.exec(value);
  if (yearFirst) return dayOf(yearFirst[1]!, yearFirst[2]!, yearFirst[3]!);
  const yearLast = YEAR_LAST.exec(value);
  if (yearLast) return readYearLast(Number(yearLast[1]), Number(yearLast[2]), yearLast[3]!, order);
  const named = DAY_NAME.exec(value);
  if (named) return dayOfName(named[3]!, named[2]!, named[1]!);
  const american = NAME_DAY.exec(value);
  if (american) return dayOfName(american[3]!, american[1]!, american[2]!);
  const serial = SERIAL.exec(value);
  if (serial) {
    const ms = Date.UTC(1899, 11, 30) + Number(serial[1]) * 86_400_000;
    return { day: new Date(ms).toISOString().slice(0, 10), isOtherOrder: true };
  }
  return { problem: TWO_DIGITS.test(value) ? 'two_digit_year' : 'unreadable' };
}

function readYearLast(
  first: number,
  second: number,
  year: string,
  order: CheckSettings['dateOrder'],
): DayReading {
  const dayFirst = dayOf(year, second, first);
  const monthFirst = dayOf(year, first, second);
  const both = 'day' in dayFirst && 'day' in monthFirst && dayFirst.day !== monthFirst.day;
  if (both && order === 'ask') return { problem: 'ambiguous' };
  const [wanted, other] = order === 'month_first' ? [monthFirst, dayFirst] : [dayFirst, monthFirst];
  if ('day' in wanted) return { day: wanted.day, isOtherOrder: order === 'ask' };
  // Against the order that was said, in the only way it can be read: 21/06 in a file said to be month first.
  return 'day' in other ? { day: other.day, isOtherOrder: true } : wanted;
}

function dayOfName(year: string, month: string, day: string): DayReading {
  const index = MONTHS.indexOf(month.slice(0, 3).toLowerCase());
  return index < 0 ? { problem: 'unreadable' } : dayOf(year, index + 1, day);
}

function dayOf(year: string | number, month: string | number, day: string | number): DayReading {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const date = new Date(Date.UTC(y, m - 1, d));
  if (date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return { problem: 'impossible' };
  return { day: date.toISOString().slice(0, 10), isOtherOrder: false };
}
