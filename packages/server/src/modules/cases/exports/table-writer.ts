/** Rows of any number into a file, holding no more than a page of them. */
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import type { ExportFormat } from '@levee/contract';
import exceljs from 'exceljs';
import { give, untilDrained } from '../../../platform/http/streamed-file.ts';
import { csvLine } from './csv.ts';

export interface Table {
  readonly columns: readonly string[];
  /** Pages of rows. */
  readonly pages: AsyncIterable<readonly (readonly string[])[]>;
  /** Who made the file, when, why, from what: a sheet of its own in a workbook. */
  readonly about: readonly (readonly [string, string])[];
}

/** Rows of a workbook between two looks at what else waits: a few milliseconds. */
const ROWS_A_TURN = 25;

/** Writes the table and ends `out`; returns how many rows. `progress` hears the count after each page. */
export async function writeTable(
  format: ExportFormat,
  table: Table,
  out: Writable,
  progress: (rowsCount: number) => void = () => {},
): Promise<number> {
  return format === 'csv' ? writeCsv(table, out, progress) : writeXlsx(table, out, progress);
}

async function writeCsv({ columns, pages }: Table, out: Writable, progress: (count: number) => void) {
  let rowsCount = 0;
  await give(out, csvLine(columns));
  for await (const page of pages) {
    await give(out, page.map(csvLine).join(''));
    rowsCount += page.length;
    progress(rowsCount);
  }
  out.end();
  await finished(out, { readable: false });
  return rowsCount;
}

/** Text cells throughout: a value that begins like a formula is no formula, and stays as it is. */
async function writeXlsx({ columns, pages, about }: Table, out: Writable, progress: (count: number) => void) {
  const book = new exceljs.stream.xlsx.WorkbookWriter({
    stream: out as never,
    useSharedStrings: false,
    useStyles: true,
  });
  const sheet = book.addWorksheet('linelist', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map((name) => ({ width: Math.max(12, name.length + 2) }));
  sheet.headerFooter.oddFooter = about
    .map(([, value]) => value.replaceAll('&', '&&'))
    .join(' · ')
    .slice(0, 250);
  const header = sheet.addRow([...columns]);
  header.font = { bold: true };
  header.commit();
  let rowsCount = 0;
  for await (const page of pages) {
    for (const [at, row] of page.entries()) {
      sheet.addRow(row.map((cell) => (cell === '' ? null : cell))).commit();
      if (at % ROWS_A_TURN === ROWS_A_TURN - 1) await turn();
    }
    rowsCount += page.length;
    progress(rowsCount);
    // Lets what was written flow on before the next page is made.
    await turn();
    await untilDrained(out);
  }
  sheet.commit();
  const notes = book.addWorksheet('about');
  notes.columns = [{ width: 24 }, { width: 80 }];
  for (const row of about) notes.addRow([...row]).commit();
  notes.commit();
  // The writer of workbooks waits for ever on a stream that was closed.
  await Promise.race([book.commit(), finished(out, { readable: false })]);
  return rowsCount;
}
