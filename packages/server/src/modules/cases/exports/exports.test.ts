import { EXPORT_LIMIT } from '@levee/contract';
import { parse } from 'csv-parse/sync';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoFile, type ImportGround, openImportGround, purpose } from '../imports/imports-ground.ts';

const bytesOf = (file: { base64: string }) => Buffer.from(file.base64, 'base64');
const table = (file: { base64: string }): string[][] => parse(bytesOf(file).toString('utf8'));

describe('exports', () => {
  let ground: ImportGround;
  let lineListId: string;
  beforeAll(async () => {
    ground = await openImportGround();
    const uploaded = await ground.upload(demoFile('line-list.csv'), { contacts: demoFile('contacts.csv') });
    lineListId = (await ground.commit(await ground.check(uploaded))).lineListId!;
  });
  afterAll(() => ground.house.close());

  const LEADS = ['=1+1', '+A1', '-A1', '@SUM(A1)', '\t=1', '＝1+1', '＋A1', '－A1', '＠x', ' =1'];

  it('columns carry exactly the tags of the linelist standard, empty cells are missing values [B1]', async () => {
    const file = await ground.client.cases.exportCases({ purpose, query: { lineListId } });
    const [header, ...rows] = table(file);
    expect(header).toEqual(
      'id classification date_infection date_onset date_sample date_reporting date_admission date_discharge date_outcome outcome severity hospital gender age occupation hcw location found_in note'.split(
        ' ',
      ),
    );
    expect(rows).toHaveLength(file.rowsCount);
    const first = rows.find(([id]) => id === 'HN-001')!;
    expect(first[header!.indexOf('date_onset')]).toBe('2022-06-08');
    expect(first[header!.indexOf('date_sample')]).toBe('');
  });

  it('what was exported comes in again as it was, cases and links [B1 B6]', async () => {
    const query = { lineListId };
    const cases = await ground.client.cases.exportCases({ purpose, query });
    const contacts = await ground.client.cases.exportContacts({ purpose, query });
    const uploaded = await ground.upload(bytesOf(cases), { contacts: bytesOf(contacts) });
    expect(uploaded.cases.columns.every(({ status }) => status === 'mapped')).toBe(true);
    const again = await ground.commit(await ground.check(uploaded));
    const query2 = { lineListId: again.lineListId! };
    expect(table(await ground.client.cases.exportCases({ purpose, query: query2 }))).toEqual(table(cases));
    expect(table(await ground.client.cases.exportContacts({ purpose, query: query2 }))).toEqual(
      table(contacts),
    );
  });

  it('text that would run as a formula is defused in CSV and is a text cell in a workbook [T49]', async () => {
    const rows = LEADS.map((lead, index) => `N-${index},"${lead}"`);
    const done = await ground.commit(
      await ground.check(await ground.upload(['id,note', ...rows].join('\n'))),
    );
    expect(done.counts.cases.accepted).toBeGreaterThan(7);
    const query = { lineListId: done.lineListId! };
    const csv = await ground.client.cases.exportCases({ purpose, query });
    for (const row of table(csv).slice(1)) expect(row.at(-1)).toMatch(/^'/);
    const book = new exceljs.Workbook();
    const file = await ground.client.cases.exportCases({ purpose, query: { ...query, format: 'xlsx' } });
    await book.xlsx.load(bytesOf(file) as never);
    const sheet = book.getWorksheet('linelist')!;
    expect(sheet.rowCount).toBe(done.counts.cases.accepted + 1);
    sheet.eachRow((row) => row.eachCell((cell) => expect(cell.type).toBe(exceljs.ValueType.String)));
  });

  it('a workbook says whose copy it is, when and for what it was made [R16]', async () => {
    const file = await ground.client.cases.exportCases({ purpose, query: { lineListId, format: 'xlsx' } });
    const book = new exceljs.Workbook();
    await book.xlsx.load(bytesOf(file) as never);
    const about = book.getWorksheet('about')!.getSheetValues().flat().join(' ');
    expect(about).toContain('测试 epidemiologist');
    expect(about).toContain('2022-08-12');
    expect(about).toContain('病例流行病学调查');
  });

  it('an export needs its permission and a purpose, and is on record with every case it opened [R2 R16]', async () => {
    const officer = await ground.house.signIn('duty_officer', '6325');
    await expect(officer.client.cases.exportCases({ purpose, query: {} })).rejects.toMatchObject({
      code: 'access.not_permitted',
    });
    const file = await ground.client.cases.exportCases({ purpose, query: { lineListId } });
    const [entry] = await ground.house.asSuperuser(
      `select purpose, opened from audit_entry where route = 'cases.exportCases' and outcome = 'done' order by sequence desc limit 1`,
    );
    expect(entry!['purpose']).toBe(purpose);
    expect(JSON.stringify(entry!['opened']).match(/[0-9a-f]{8}-/g)).toHaveLength(file.rowsCount);
  });

  it('more rows than one file may hold are refused, not cut [R16]', async () => {
    await ground.house.asSuperuser(
      `insert into case_file (id, external_id, line_list_id, classification, division, opened_at, changed_at)
       select gen_random_uuid(), 'big-' || n, $1, 'suspected', '632521', now(), now() from generate_series(1, ${EXPORT_LIMIT}) n`,
      [lineListId],
    );
    await expect(ground.client.cases.exportCases({ purpose, query: { lineListId } })).rejects.toMatchObject({
      status: 422,
    });
  });
});
