/** CSV as it comes: any of five encodings, four separators, quotes where needed. */
import { IMPORT_LIMITS } from '@levee/contract';
import { CsvError, parse } from 'csv-parse';
import { decodeText } from './encoding.ts';
import { looksLikeFormula } from './formula.ts';
import { nameColumns, refuseFile, refuseTooManyRows, type TableFile, type TableRow } from './table-file.ts';

const SEPARATORS = [',', ';', '\t', '|'] as const;

export async function readCsv(name: string, bytes: Buffer): Promise<TableFile> {
  const decoded = decodeText(bytes);
  if (!decoded) {
    throw refuseFile(
      name,
      '文字编码无法识别（支持 UTF-8、UTF-16、GBK、GB18030）',
      'is in no encoding known here (UTF-8, UTF-16, GBK, GB18030)',
    );
  }
  const separator = findSeparator(decoded.text);
  const parser = parse(decoded.text, {
    delimiter: separator,
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  let header: string[] | null = null;
  let formulaCellsCount = 0;
  const rows: TableRow[] = [];
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (!header) {
        header = nameColumns(record);
        continue;
      }
      if (record.every((cell) => cell.trim() === '')) continue;
      if (rows.length === IMPORT_LIMITS.rows) throw refuseTooManyRows(name);
      const breaks = record.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
      const cells = record.map(cleanCell);
      for (const cell of cells) if (looksLikeFormula(cell)) formulaCellsCount += 1;
      // The reader names the line a row ends on; people look for the one it begins on.
      rows.push({ line: info.lines - breaks, cells });
    }
  } catch (error) {
    if (error instanceof CsvError) throw brokenCsv(name, error);
    throw error;
  }
  return {
    format: 'csv',
    encoding: decoded.encoding,
    separator,
    sheetsLeftOut: [],
    header: header ?? [],
    rows,
    formulaCellsCount,
  };
}

/** NUL cannot be stored and half a surrogate pair is no sign; both are made visible, not dropped. */
export const cleanCell = (cell: string): string => cell.replaceAll('\0', '␀').toWellFormed();

/** The one that splits the header into most cells, quotes respected. */
function findSeparator(text: string): (typeof SEPARATORS)[number] {
  const headerLine = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text.replace(/^\uFEFF/, '').trimStart())?.[0] ?? '';
  const bare = headerLine.replaceAll(/"(?:[^"]|"")*"/g, '');
  const cells = (separator: string) => bare.split(separator).length;
  return SEPARATORS.reduce((best, separator) => (cells(separator) > cells(best) ? separator : best));
}

function brokenCsv(name: string, error: CsvError) {
  const line = Number((error as unknown as { lines?: number }).lines ?? 0);
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return refuseFile(
      name,
      `第 ${line} 行附近的引号没有闭合，文件可能被截断`,
      `has a quote that never closes, near line ${line}; it may have been cut off`,
    );
  }
  return refuseFile(name, `第 ${line} 行无法读取`, `cannot be read at line ${line}`);
}
