/** CSV in: a header row, then one record a line. Cells stay text; `cells.ts` reads them and names the row when it cannot. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';
import { InputError } from './input-error.ts';

export interface Row {
  /** Counted from 1, the header not counted. */
  readonly number: number;
  /** Line of the file, as an editor counts. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** @param file a path, or `-` for standard input. @throws InputError on a file that cannot be read or lacks a column */
export function readTable(file: string, needed: readonly string[] = []): Table {
  const name = file === '-' ? 'standard input' : basename(file);
  const [header, ...records] = parseText(readText(file, name), name);
  const columns = header?.cells ?? [];
  checkHeader(name, columns);
  const rows: Row[] = [];
  for (const { cells, line } of records) {
    if (cells.length !== columns.length)
      throw new InputError(
        `${name}, row ${rows.length + 1} (line ${line}): ${cells.length} cells under ${columns.length} columns; put a value that holds a comma in double quotes`,
      );
    rows.push({
      number: rows.length + 1,
      line,
      cells: Object.fromEntries(columns.map((column, i) => [column, cells[i]!])),
    });
  }
  if (columns.length === 1) refuseGaps(name, rows);
  const table: Table = { name, columns, rows };
  for (const column of needed) if (!columns.includes(column)) throw missingColumn(table, column);
  return table;
}

/** What the file has instead, and what to do about it. */
export function missingColumn({ name, columns }: Table, column: string): InputError {
  const found = columns.length === 0 ? 'it is empty' : `its columns are ${columns.join(', ')}`;
  const alike = columns.find((one) => one.toLowerCase() === column.toLowerCase());
  const separator = columns.length === 1 ? /[;\t|]/.exec(columns[0]!)?.[0] : undefined;
  const advice = alike
    ? `; rename ${alike} to ${column}`
    : separator
      ? `; it seems to be separated by ${separator === '\t' ? 'tabs' : `"${separator}"`}: save it with commas`
      : columns.length === 0
        ? `; its first line must name the columns`
        : `; name the column that holds it ${column} in the first line`;
  return new InputError(`${name} has no column "${column}"; ${found}${advice}`);
}

function checkHeader(name: string, columns: readonly string[]): void {
  const twice = columns.find((column, i) => column !== '' && columns.indexOf(column) !== i);
  if (twice !== undefined)
    throw new InputError(`${name} has the column "${twice}" twice; rename or remove one of them`);
}

/** Empty lines between values of a single column: skipping them would move all that follows, so somebody has to say. */
function refuseGaps(name: string, rows: Row[]): void {
  while (rows.length > 0 && isEmpty(rows.at(-1)!)) rows.pop();
  const gap = rows.find(isEmpty);
  if (gap)
    throw new InputError(
      `${name}, line ${gap.line} is empty; write NA for a value that is missing, or remove the line`,
    );
}

const isEmpty = ({ cells }: Row) => Object.values(cells).every((cell) => cell === '');

function readText(file: string, name: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file === '-' ? 0 : file);
  } catch (cause) {
    throw new InputError(`${name} cannot be read: ${(cause as Error).message}`, { cause });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InputError(`${name} is not UTF-8 text; save it as "CSV UTF-8"`, { cause });
  }
}

/**
 * Records as lists of cells, the header first. Empty lines, and the rows of commas a spreadsheet leaves behind, are skipped,
 * but not in a file of one column, where one may be a missing value.
 */
function parseText(text: string, name: string): { cells: string[]; line: number }[] {
  try {
    const records = parse(text, {
      trim: true,
      skip_empty_lines: false,
      relax_column_count: true,
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const isBlank = ({ record }: { record: string[] }) => record.every((cell) => cell === '');
    const header = records.findIndex((one) => !isBlank(one));
    if (header === -1) return [];
    return records
      .slice(header)
      .filter((one) => records[header]!.record.length === 1 || !isBlank(one))
      .map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (cause) {
    throw new InputError(`${name}: ${(cause as Error).message}`, { cause });
  }
}
