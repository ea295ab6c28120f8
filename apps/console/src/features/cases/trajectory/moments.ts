/** Reading times as people type them at speed, in the prefecture's civil time (UTC+8 all year). Pure. */

const DAY_MS = 86_400_000;

export interface TypedHour {
  /** `21:40` */
  readonly hour: string;
  /** Days after the day named: `+6` is six in the morning of the next. */
  readonly daysLater: 0 | 1;
}

/** `2140`, `21:40`, `21：40`, `9`, `930`, `24:00`; a leading `+` or 次日 is the next day. null: no time. */
export function readHour(text: string): TypedHour | null {
  const parts = /^\s*(\+|次日|翌日)?\s*(\d{1,2})\s*(?:[:：.点]?\s*(\d{2}))?\s*(?:分|点)?\s*$/.exec(text);
  if (!parts) return null;
  const [, next, hourText, minuteText = '00'] = parts;
  const [hour, minute] = [Number(hourText), Number(minuteText)];
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null;
  const daysLater = next !== undefined || hour === 24 ? 1 : 0;
  return { hour: `${String(hour % 24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`, daysLater };
}

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The instant of a typed hour on a civil day, ISO 8601; null where either is missing. */
export function instantOf(day: string, hourText: string): string | null {
  const read = readHour(hourText);
  if (read === null || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  return new Date(Date.parse(`${addDays(day, read.daysLater)}T${read.hour}:00+08:00`)).toISOString();
}

/** Civil midnight, milliseconds. */
export const dayStartMs = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);

/** The pieces of [from, until) on each civil day, in hours 0–24; what a day's row of the strip draws. */
export function piecesByDay(
  from: string,
  until: string,
): { readonly day: string; readonly start: number; readonly end: number }[] {
  const [first, last] = [Date.parse(from), Date.parse(until)];
  const pieces = [];
  let day = new Date(first + 8 * 3_600_000).toISOString().slice(0, 10);
  for (let begin = dayStartMs(day); begin < last; begin += DAY_MS, day = addDays(day, 1)) {
    const start = Math.max(0, (first - begin) / 3_600_000);
    const end = Math.min(24, (last - begin) / 3_600_000);
    if (end > start) pieces.push({ day, start, end });
  }
  return pieces;
}

/**
 * A pasted table as the import takes it: tabs (from a spreadsheet) become commas, and a table without a header gets the
 * usual one.
 */
export function toStaysCsv(pasted: string): string {
  const text = pasted.replace(/^\ufeff/, '').trim();
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const tabbed = lines[0]?.includes('\t') ?? false;
  const quote = (cell: string) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const csv = tabbed
    ? lines.map((line) =>
        line
          .split('\t')
          .map((cell) => quote(cell.trim()))
          .join(','),
      )
    : lines;
  // A first line with a time in it is a row, not a header.
  const bare = /\d{1,2}[:：]\d{2}/.test(csv[0] ?? '');
  return [...(bare ? ['场所,开始,结束,座位排,座位列,备注'] : []), ...csv].join('\n');
}
