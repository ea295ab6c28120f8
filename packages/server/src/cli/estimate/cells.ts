import { dayNumber } from '@levee/epi';
import { InputError } from './input-error.ts';
import { missingColumn, type Row, type Table } from './read-table.ts';

/** Text of a cell; null where it is empty or NA. */
export function textCell({ cells }: Row, column: string): string | null {
  const text = cells[column];
  return text === undefined || text === '' || text === 'NA' ? null : text;
}

/** A day `YYYY-MM-DD`, or null where the cell is empty. */
export function dateCell(table: Table, row: Row, column: string): string | null {
  const text = textCell(row, column);
  if (text === null) return null;
  try {
    dayNumber(text);
  } catch {
    throw badDate(table, row, column, text);
  }
  return text;
}

export function neededDateCell(table: Table, row: Row, column: string): string {
  return (
    dateCell(table, row, column) ??
    refuse(badCell(table, row, column, 'is not a day written YYYY-MM-DD; fill it in, or remove the row'))
  );
}

/** `2022/8/1` can only be one day and is told as it should be written; `1/8/2022` may be two. */
function badDate(table: Table, row: Row, column: string, text: string): InputError {
  const [, year, month, day] = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[T ].*)?$/.exec(text) ?? [];
  const written = year && `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  return badCell(
    table,
    row,
    column,
    `is not a day written YYYY-MM-DD${written && isDay(written) ? `; write ${written}` : ''}`,
  );
}

function isDay(text: string): boolean {
  try {
    return Number.isInteger(dayNumber(text));
  } catch {
    return false;
  }
}

/** A whole number from 0. */
export function countCell(table: Table, row: Row, column: string): number {
  const text = textCell(row, column);
  if (text === null)
    throw badCell(table, row, column, 'is not a whole number from 0; write 0 where there was none');
  if (!/^\d+(\.0+)?$/.test(text) || !Number.isSafeInteger(Number(text)))
    throw badCell(table, row, column, 'is not a whole number from 0');
  return Number(text);
}

/** A number of cases from 0, whole or not: a smoothed or averaged series. */
export function amountCell(table: Table, row: Row, column: string): number {
  const text = textCell(row, column);
  const next = text === null ? '; write 0 where there was none' : '';
  if (text === null || !/^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) || Number(text) > Number.MAX_SAFE_INTEGER)
    throw badCell(table, row, column, `is not a number from 0${next}`);
  return Number(text);
}

/** A number above 0. */
export function positiveCell(table: Table, row: Row, column: string): number {
  const value = Number(textCell(row, column) ?? Number.NaN);
  if (!(value > 0 && value < Infinity)) throw badCell(table, row, column, 'is not a number above 0');
  return value;
}

/** A probability, 0 to 1. */
export function probabilityCell(table: Table, row: Row, column: string): number {
  const value = Number(textCell(row, column) ?? Number.NaN);
  if (!(value >= 0 && value <= 1)) throw badCell(table, row, column, 'is not a probability from 0 to 1');
  return value;
}

const YES = new Set(['1', 'true', 'yes', 'y', '是']);
const NO = new Set(['0', 'false', 'no', 'n', '否']);

export function yesNoCell(table: Table, row: Row, column: string): boolean {
  const text = (textCell(row, column) ?? '').toLowerCase();
  if (YES.has(text)) return true;
  if (NO.has(text)) return false;
  throw badCell(table, row, column, 'is neither yes (1, true, yes) nor no (0, false, no)');
}

export function neededTextCell(table: Table, row: Row, column: string): string {
  return textCell(row, column) ?? refuse(badCell(table, row, column, 'is empty'));
}

export function badCell(table: Table, row: Row, column: string, problem: string): InputError {
  return badRow(table, row, `${column}: "${row.cells[column] ?? ''}" ${problem}`);
}

export function badRow({ name }: Table, { number, line }: Row, problem: string): InputError {
  return new InputError(`${name}, row ${number} (line ${line}), ${problem}`);
}

export function checkColumns(table: Table, columns: readonly string[]): void {
  for (const column of columns) if (!table.columns.includes(column)) throw missingColumn(table, column);
}

function refuse(error: InputError): never {
  throw error;
}
