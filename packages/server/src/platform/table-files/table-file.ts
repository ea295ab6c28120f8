/** A file as a table: a header and rows of text, whatever it was made with. */
import { IMPORT_LIMITS, type LeveeError, refuse } from '@levee/contract';

export interface TableRow {
  /** Line of the file, header = 1; of a workbook the row number. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface TableFile {
  readonly format: 'csv' | 'xlsx';
  readonly encoding: string;
  readonly separator: string | null;
  readonly sheetsLeftOut: readonly string[];
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
  readonly formulaCellsCount: number;
}

export const refuseFile = (name: string, zh: string, en: string): LeveeError =>
  refuse(
    { zh: `${name}：${zh}`, en: `${name} ${en}` },
    {
      zh: '改正文件后重新上传；本次没有写入任何内容。',
      en: 'Mend the file and upload it again; nothing was written.',
    },
  );

export const refuseTooManyRows = (name: string): LeveeError =>
  refuseFile(
    name,
    `超过 ${IMPORT_LIMITS.rows} 行，整个文件未导入`,
    `has more than ${IMPORT_LIMITS.rows} rows; the whole file was refused`,
  );

/** A header repeated or empty gets a number, so that every column can be named. */
export function nameColumns(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((cell, index) => {
    const name = cell.trim().replaceAll(/\s+/g, ' ') || `#${index + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}
