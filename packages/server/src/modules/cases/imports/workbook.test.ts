import { deflateRawSync } from 'node:zlib';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImportGround, openImportGround } from './imports-ground.ts';

/** A zip archive of these entries; `says` forges the unpacked size in both headers. */
function zip(entries: readonly { name: string; body: Buffer; says?: number }[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, body, says } of entries) {
    const packed = deflateRawSync(body, { level: 9 });
    const size = says ?? body.length;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(size, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(size, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    parts.push(local, Buffer.from(name), packed);
    directory.push(central, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

async function workbook(fill: (book: exceljs.Workbook) => void): Promise<Buffer> {
  const book = new exceljs.Workbook();
  fill(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

describe('workbooks', () => {
  let ground: ImportGround;
  beforeAll(async () => {
    ground = await openImportGround();
  });
  afterAll(() => ground.house.close());

  const refused = async (bytes: Buffer): Promise<string> => {
    const error = await ground
      .upload(bytes, { name: 'a.xlsx' })
      .catch((thrown: { messages: { en: string } }) => thrown);
    return 'messages' in error ? error.messages.en : 'taken';
  };

  it('dates, numbers, rich text and empty ends are read; sheets left out are named [B1]', async () => {
    const bytes = await workbook((book) => {
      const sheet = book.addWorksheet('病例');
      sheet.addRow(['编号', '发病日期', '年龄', '收治医院', '备注']);
      sheet.addRow([
        'W-1',
        new Date('2022-08-01T00:00:00Z'),
        45,
        { richText: [{ text: '共和县' }, { text: '人民医院' }] },
      ]);
      sheet.addRow(['W-2', '2022-08-02', '8个月', '共和县人民医院', '轻']);
      book.addWorksheet('空表');
      book.addWorksheet('说明').addRow(['别处的话']);
    });
    const uploaded = await ground.upload(bytes, { name: '名单.xlsx' });
    expect(uploaded.cases).toMatchObject({
      format: 'xlsx',
      encoding: '病例',
      separator: null,
      sheetsLeftOut: ['说明'],
      rowsCount: 2,
    });
    const done = await ground.commit(await ground.check(uploaded));
    const { items } = await ground.casesOf(done.lineListId!);
    expect(items.toSorted((a, b) => a.externalId.localeCompare(b.externalId))).toMatchObject([
      { externalId: 'W-1', dateOnset: '2022-08-01', age: 45, hospital: '共和县人民医院' },
      { externalId: 'W-2', dateOnset: '2022-08-02', age: 0, note: '轻' },
    ]);
  });

  it('a formula cell is its own text, never its result [T49]', async () => {
    const bytes = await workbook((book) => {
      const sheet = book.addWorksheet('a');
      sheet.addRow(['id', 'note']);
      sheet.addRow(['W-3', { formula: 'HYPERLINK("http://example.invalid")', result: '点我' }]);
    });
    const uploaded = await ground.upload(bytes, { name: 'a.xlsx' });
    expect(uploaded.cases.formulaCellsCount).toBeGreaterThan(0);
    const checked = await ground.check(uploaded);
    const { items } = await ground.rows(checked, { code: 'formula_text' });
    expect(items.map(({ cells }) => cells[1])).toEqual(['=HYPERLINK("http://example.invalid")']);
  });

  it('a bomb is refused from its directory, before a byte is unpacked [T53]', async () => {
    const zeros = Buffer.alloc(60 * 1024 * 1024);
    const bomb = zip([
      { name: 'xl/workbook.xml', body: Buffer.from('<x/>') },
      { name: 'xl/worksheets/sheet1.xml', body: zeros },
    ]);
    expect(bomb.length).toBeLessThan(100_000);
    const started = performance.now();
    expect(await refused(bomb)).toMatch(/suspiciously well/);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('a size forged in the directory is found out by counting [T53]', async () => {
    const zeros = Buffer.alloc(60 * 1024 * 1024);
    const forged = zip([
      { name: 'xl/workbook.xml', body: Buffer.from('<x/>') },
      { name: 'xl/worksheets/sheet1.xml', body: zeros, says: 1000 },
    ]);
    expect(await refused(forged)).toMatch(/does not tell the truth/);
  });

  it.each([
    [
      'an archive inside the archive',
      [
        { name: 'xl/workbook.xml', body: '<x/>' },
        { name: 'xl/inner.zip', body: 'PK' },
      ],
      /another archive/,
    ],
    ['a path that leads out', [{ name: '../../etc/passwd', body: 'x' }], /leads out/],
    ['a zip that is no workbook', [{ name: 'readme.txt', body: 'x' }], /no workbook/],
  ] as const)('%s is refused [T53]', async (_what, entries, message) => {
    expect(await refused(zip(entries.map(({ name, body }) => ({ name, body: Buffer.from(body) }))))).toMatch(
      message,
    );
  });

  it('an archive cut off, or with broken sheets, is refused and the server goes on [T53]', async () => {
    const whole = await workbook((book) => book.addWorksheet('a').addRow(['id']));
    expect(await refused(whole.subarray(0, whole.length - 30))).toMatch(/cut off/);
    const broken = zip([
      { name: 'xl/workbook.xml', body: Buffer.from('<workbook><sheets><sheet name="a"') },
      { name: 'xl/worksheets/sheet1.xml', body: Buffer.from('<worksheet><sheetData><row r="1"><c') },
    ]);
    expect(await refused(broken)).toMatch(/cannot be read|header/);
    expect((await ground.upload('id\n1\n')).state).toBe('uploaded');
  });

  it('an old .xls is refused with the way out [B1]', async () => {
    expect(await refused(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toMatch(/old format/);
  });
});
