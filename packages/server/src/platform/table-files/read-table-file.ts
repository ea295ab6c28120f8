import { IMPORT_LIMITS, LeveeError, refuse } from '@levee/contract';
import { readCsv } from './csv-file.ts';
import { refuseFile, type TableFile } from './table-file.ts';
import { readXlsx } from './xlsx-file.ts';

const OLD_EXCEL = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const ZIP = Buffer.from('PK');

/**
 * Reads a whole file or refuses it whole, naming what is wrong with it: nothing is cut. What a file is is told by its
 * first bytes, for its name may say anything.
 *
 * @throws LeveeError `request.too_large`, `rule.refused`
 */
export async function readTableFile(name: string, bytes: Buffer): Promise<TableFile> {
  if (bytes.length > IMPORT_LIMITS.bytes) {
    throw new LeveeError('request.too_large', { limit: `${IMPORT_LIMITS.bytes / 1024 / 1024} MB` });
  }
  if (bytes.length === 0) throw refuseFile(name, '文件是空的', 'is empty');
  if (bytes.subarray(0, 4).equals(OLD_EXCEL)) {
    throw refuse(
      { zh: `${name} 是旧版 Excel 文件（.xls）`, en: `${name} is a workbook of the old format (.xls)` },
      { zh: '在 Excel 中另存为 .xlsx 或 CSV 后重新上传。', en: 'Save it as .xlsx or CSV and upload that.' },
    );
  }
  const file = bytes.subarray(0, 2).equals(ZIP) ? await readXlsx(name, bytes) : await readCsv(name, bytes);
  if (file.header.length === 0) throw refuseFile(name, '没有表头', 'has no header row');
  if (file.header.length > IMPORT_LIMITS.columns) {
    throw refuseFile(
      name,
      `有 ${file.header.length} 列，上限 ${IMPORT_LIMITS.columns} 列`,
      `has ${file.header.length} columns; the most is ${IMPORT_LIMITS.columns}`,
    );
  }
  if (file.rows.length === 0) throw refuseFile(name, '只有表头，没有数据行', 'has a header and no rows');
  return file;
}
