/** The thread that reads a workbook row by row: the first sheet with cells, the names of the others. */
import { Readable } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';
import { IMPORT_LIMITS } from '@levee/contract';
import exceljs from 'exceljs';
import type { SheetRow, XlsxSaid } from './xlsx-file.ts';

const BATCH = 2_000;
const say = (said: XlsxSaid) => parentPort!.postMessage(said);

const reader = new exceljs.stream.xlsx.WorkbookReader(
  Readable.from([Buffer.from(workerData as Uint8Array)]) as never,
  {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  },
);
let chosen: string | null = null;
for await (const sheet of reader) {
  // The types leave out the name, which the reader sets.
  const name = (sheet as unknown as { name?: string }).name ?? '';
  let batch: SheetRow[] = [];
  let rowsCount = 0;
  for await (const row of sheet) {
    const read = readRow(row);
    if (read.cells.every((cell) => cell === '')) continue;
    if (chosen !== null && chosen !== name) {
      say({ kind: 'left_out', name });
      break;
    }
    chosen = name;
    rowsCount += 1;
    if (rowsCount > IMPORT_LIMITS.rows + 1) {
      say({ kind: 'too_many_rows' });
      break;
    }
    batch.push(read);
    if (batch.length < BATCH) continue;
    say({ kind: 'sheet', name, rows: batch });
    batch = [];
  }
  if (batch.length > 0) say({ kind: 'sheet', name, rows: batch });
}
say({ kind: 'end' });

function readRow(row: exceljs.Row): SheetRow {
  const cells: string[] = [];
  let formulas = 0;
  row.eachCell({ includeEmpty: true }, (cell, column) => {
    if (isFormula(cell.value)) formulas += 1;
    cells[column - 1] = textOf(cell.value);
  });
  for (let index = 0; index < cells.length; index += 1) cells[index] ??= '';
  return { line: row.number, cells, formulas };
}

function isFormula(
  value: exceljs.CellValue,
): value is exceljs.CellFormulaValue | exceljs.CellSharedFormulaValue {
  return typeof value === 'object' && value !== null && ('formula' in value || 'sharedFormula' in value);
}

/** What the cell holds, as text. A formula is its own text, never what it came to: nothing here computes or trusts it. */
function textOf(value: exceljs.CellValue): string {
  if (value === null || value === undefined) return '';
  if (isFormula(value)) return `=${'formula' in value ? value.formula : value.sharedFormula}`;
  if (value instanceof Date) {
    const text = Number.isNaN(value.getTime()) ? '' : value.toISOString();
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
  }
  if (typeof value === 'object') {
    if ('richText' in value) return clean(value.richText.map(({ text }) => text).join(''));
    if ('text' in value) return clean(String(value.text));
    return 'error' in value ? String(value.error) : '';
  }
  return clean(String(value));
}

function clean(text: string): string {
  return text.replaceAll('\0', '␀').toWellFormed();
}
