/** A workbook: its directory is read first, then its sheets, in a thread with a bounded heap (T53). */
import { Worker } from 'node:worker_threads';
import type { LeveeError } from '@levee/contract';
import { looksLikeFormula } from './formula.ts';
import { nameColumns, refuseFile, refuseTooManyRows, type TableFile, type TableRow } from './table-file.ts';
import { readZipDirectory, refuseForgedSizes, ZipRefusal } from './zip-directory.ts';

export interface SheetRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly formulas: number;
}
export type XlsxSaid =
  | { readonly kind: 'sheet'; readonly name: string; readonly rows: readonly SheetRow[] }
  | { readonly kind: 'left_out'; readonly name: string }
  | { readonly kind: 'too_many_rows' }
  | { readonly kind: 'end' };

const HEAP_MB = 512;
const LONGEST_MS = 45_000;

export async function readXlsx(name: string, bytes: Buffer): Promise<TableFile> {
  try {
    const entries = readZipDirectory(bytes);
    if (!entries.some((entry) => entry.name === 'xl/workbook.xml')) {
      throw new ZipRefusal('不是 Excel 工作簿', 'is a zip archive and no workbook');
    }
    await refuseForgedSizes(bytes, entries);
  } catch (error) {
    if (error instanceof ZipRefusal) throw refuseFile(name, error.zh, `cannot be taken: ${error.message}`);
    throw error;
  }
  const { sheet, rows, sheetsLeftOut } = await readSheets(name, bytes);
  const [first, ...rest] = rows;
  return {
    format: 'xlsx',
    encoding: sheet ?? '',
    separator: null,
    sheetsLeftOut,
    header: first ? nameColumns(first.cells) : [],
    // A sheet leaves out the empty cells at the end of a row.
    rows: rest.map(({ line, cells }): TableRow => ({ line, cells: padded(cells, first?.cells.length ?? 0) })),
    formulaCellsCount: rows.reduce(
      (sum, row) => sum + row.formulas + row.cells.filter((cell) => looksLikeFormula(cell)).length,
      0,
    ),
  };
}

const padded = (cells: readonly string[], length: number): readonly string[] =>
  cells.length >= length ? cells : [...cells, ...Array<string>(length - cells.length).fill('')];

function readSheets(name: string, bytes: Buffer) {
  const rows: SheetRow[] = [];
  const sheetsLeftOut: string[] = [];
  let sheet: string | null = null;
  const worker = new Worker(new URL('./xlsx.worker.ts', import.meta.url), {
    workerData: new Uint8Array(bytes),
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  const { promise, resolve, reject } = Promise.withResolvers<{
    sheet: string | null;
    rows: SheetRow[];
    sheetsLeftOut: string[];
  }>();
  const unreadable = (): LeveeError =>
    refuseFile(name, '工作簿无法读取', 'is a workbook that cannot be read');
  const late = setTimeout(() => reject(unreadable()), LONGEST_MS);
  worker.on('message', (said: XlsxSaid) => {
    if (said.kind === 'sheet') {
      sheet = said.name;
      rows.push(...said.rows);
    } else if (said.kind === 'left_out') sheetsLeftOut.push(said.name);
    else if (said.kind === 'too_many_rows') reject(refuseTooManyRows(name));
    else resolve({ sheet, rows, sheetsLeftOut });
  });
  // Out of heap, broken XML, a part that is missing: all the same to who sent it.
  worker.on('error', () => reject(unreadable()));
  worker.on('exit', () => reject(unreadable()));
  return promise.finally(() => {
    clearTimeout(late);
    void worker.terminate();
  });
}
