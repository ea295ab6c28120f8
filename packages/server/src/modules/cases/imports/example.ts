/** The demonstration line list: invented cases with planted errors, to try an import with. */
import { readFile } from 'node:fs/promises';

const FILES = {
  cases: { fileName: 'line-list.csv', rowsCount: 120 },
  cases_gbk: { fileName: 'line-list.gbk.csv', rowsCount: 120 },
  contacts: { fileName: 'contacts.csv', rowsCount: 119 },
} as const;

export async function exampleFile(file: keyof typeof FILES) {
  const { fileName, rowsCount } = FILES[file];
  const bytes = await readFile(new URL(`../../../../../../data/demo/${fileName}`, import.meta.url));
  return { fileName, mediaType: 'text/csv', base64: bytes.toString('base64'), rowsCount };
}
