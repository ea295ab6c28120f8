import { defuse } from '../../../platform/table-files/formula.ts';

/** One line of RFC 4180: a cell with a comma, quote or line break is quoted, quotes doubled; formulas defused (T49). */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(text: string): string {
  const safe = defuse(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
