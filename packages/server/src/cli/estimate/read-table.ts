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
  const columns: string[] = [];
  const records = parseText(readText(file, name), name, columns);
  const table: Table = {
    name,
    columns,
    rows: records.map(({ record, info }, i) => ({ number: i + 1, line: info.lines, cells: record })),
  };
  for (const column of needed) if (!columns.includes(column)) throw missingColumn(table, column);
  return table;
}

export function missingColumn({ name, columns }: Table, column: string): InputError {
  const found = columns.length === 0 ? 'it is empty' : `its columns are ${columns.join(', ')}`;
  return new InputError(`${name} has no column "${column}"; ${found}`);
}

function readText(file: string, name: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (cause) {
    throw new InputError(`${name} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function parseText(text: string, name: string, columns: string[]) {
  try {
    return parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      info: true,
      columns: (header: string[]) => {
        columns.push(...header);
        return header;
      },
    }) as unknown as { record: Record<string, string>; info: { lines: number } }[];
  } catch (cause) {
    throw new InputError(`${name}: ${(cause as Error).message}`, { cause });
  }
}
