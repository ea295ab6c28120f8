/** node scripts/demo/make-line-list.ts — writes the demonstration line list and contacts into data/demo/. */
import { writeFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { COLUMNS, CONTACT_COLUMNS, makeLineList, toCsv } from './line-list.ts';

const { rows, contacts, planted, plantedContacts } = makeLineList();
const write = (name: string, content: string | Buffer) =>
  writeFileSync(new URL(`../../data/demo/${name}`, import.meta.url), content);

write('line-list.csv', toCsv(COLUMNS, rows));
// As a spreadsheet on a Chinese Windows saves it.
write('line-list.gbk.csv', iconv.encode(toCsv(COLUMNS, rows, '\r\n'), 'gbk'));
write('contacts.csv', toCsv(CONTACT_COLUMNS, contacts));
write(
  'planted.json',
  `${JSON.stringify({ rowCount: rows.length, contactCount: contacts.length, lineList: planted, contacts: plantedContacts }, null, 2)}\n`,
);
