import { readFileSync } from 'node:fs';
import { IMPORT_LIMITS, LeveeError, newId } from '@levee/contract';
import { identityCheckCharacter } from '@levee/protocol';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoFile, type ImportGround, isWhole, openImportGround, purpose } from './imports-ground.ts';

const planted = JSON.parse(
  readFileSync(new URL('../../../../../../data/demo/planted.json', import.meta.url), 'utf8'),
) as { lineList: Record<string, { lines: number[] }>; contacts: Record<string, { lines: number[] }> };

describe('imports', () => {
  let ground: ImportGround;
  beforeAll(async () => {
    ground = await openImportGround();
  });
  afterAll(() => ground.house.close());

  const linesOf = async (
    one: Parameters<ImportGround['rows']>[0],
    code: string,
    file?: 'cases' | 'contacts',
  ) => (await ground.rows(one, { code, ...(file && { file }) })).items.map(({ line }) => line);

  it('every error planted in the demonstration list is found on its line, and no other [B1]', async () => {
    const uploaded = await ground.upload(demoFile('line-list.csv'), { contacts: demoFile('contacts.csv') });
    const checked = await ground.check(uploaded);
    const found: Record<string, number[]> = {};
    for (const code of [
      'outcome_before_onset',
      'date_impossible',
      'date_read_as',
      'date_ambiguous',
      'date_future',
      'date_unreadable',
      'hospital_variant',
      'age_impossible',
      'formula_text',
      'duplicate_row',
      'duplicate_id',
    ]) {
      found[code] = await linesOf(checked, code);
    }
    const lines = (kind: string) => planted.lineList[kind]!.lines;
    expect(found).toEqual({
      outcome_before_onset: lines('onset_after_outcome'),
      date_impossible: lines('impossible_day'),
      date_read_as: lines('day_month_year'),
      date_ambiguous: lines('day_month_ambiguous'),
      date_future: lines('future_date'),
      date_unreadable: lines('text_date'),
      hospital_variant: lines('misspelt_hospital'),
      age_impossible: lines('impossible_age'),
      formula_text: lines('formula_cell'),
      duplicate_row: lines('duplicate_row'),
      duplicate_id: lines('duplicate_id'),
    });
    for (const [code, kind] of [
      ['unknown_case', 'unknown_case'],
      ['self_link', 'self_contact'],
      ['duplicate_row', 'duplicate_row'],
    ] as const) {
      expect(await linesOf(checked, code, 'contacts')).toEqual(planted.contacts[kind]!.lines);
    }
  });

  it('a column of ethnicity is dropped and reported, under any name, and no cell of it is stored [R1]', async () => {
    const uploaded = await ground.upload(
      '编号,发病日期,民族,备注,x\nA-1,2022-08-01,藏族,无殊,汉族\nA-2,2022-08-02,土族,,回族\n',
    );
    expect(uploaded.cases.columns.map(({ name, status, samples }) => [name, status, samples.length])).toEqual(
      [
        ['编号', 'mapped', 2],
        ['发病日期', 'mapped', 2],
        ['民族', 'dropped', 0],
        ['备注', 'mapped', 1],
        ['x', 'dropped', 0],
      ],
    );
    const checked = await ground.check(uploaded, { map: { 民族: 'note' } });
    await ground.commit(checked);
    const stored = await ground.house.asSuperuser<{ text: string }>(
      `select coalesce(string_agg(i::text, ''), '') || coalesce((select string_agg(c::text, '') from case_file c), '') ||
              coalesce((select string_agg(response::text, '') from command), '') as text from import_row i`,
    );
    expect(stored[0]!.text).not.toMatch(/藏族|土族|汉族|回族/);
    await expect(
      ground.client.cases.checkImport({
        purpose,
        params: { importId: (await ground.upload('id,religion\n1,x\n')).id },
        body: { mapping: [{ column: 1, target: 'note' }] },
      }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it('a row with too many cells stores nothing that might be of a dropped column [R1]', async () => {
    const uploaded = await ground.upload('id,民族,note\nB-1,x,藏族,y\nB-2,z,ok\n');
    const checked = await ground.check(uploaded);
    const { items } = await ground.rows(checked);
    expect(items.map(({ cells, verdict }) => [verdict, cells])).toEqual([
      ['error', ['B-1', '•••', '•••', '•••']],
      ['ok', ['B-2', '', 'ok']],
    ]);
  });

  it.each(['utf-8', 'utf-8 with mark', 'gbk', 'gb18030', 'utf-16le', 'utf-16be'])(
    'a list in %s is read as what it is [B1]',
    async (encoding) => {
      const sign = encoding === 'gb18030' ? '𠮷' : '贵';
      const text = `病例编号;发病日期;收治医院\r\nC-1;2022/8/1;${sign}德县人民医院\r\n`;
      const bytes =
        encoding === 'utf-8 with mark'
          ? Buffer.from(`\uFEFF${text}`)
          : iconv.encode(text, encoding, { addBOM: encoding.startsWith('utf-16') });
      const checked = await ground.check(await ground.upload(bytes));
      expect(checked.cases).toMatchObject({ encoding: encoding.replace(' with mark', ''), separator: ';' });
      const [row] = (await ground.rows(checked)).items;
      expect(row).toMatchObject({
        verdict: 'ok',
        line: 2,
        cells: ['C-1', '2022/8/1', `${sign}德县人民医院`],
      });
    },
  );

  it('the demonstration list in GBK is the same list [B1]', async () => {
    const [utf8, gbk] = [
      await ground.check(await ground.upload(demoFile('line-list.csv'))),
      await ground.check(await ground.upload(demoFile('line-list.gbk.csv'))),
    ];
    expect(gbk.cases.encoding).toBe('gbk');
    expect(gbk.counts).toEqual(utf8.counts);
    expect(gbk.mappingRemembered).toBe(true);
  });

  it('more than 20 MB is refused whole, and so are more rows than the limit: nothing is written [B1 T17]', async () => {
    const before = await ground.client.cases.imports({ query: {} });
    const tooLarge = Buffer.alloc(IMPORT_LIMITS.bytes + 1, 'id,note\n1,x\n');
    await expect(ground.upload(tooLarge)).rejects.toMatchObject({ code: 'request.too_large', status: 413 });
    const tooMany = `id\n${'1\n'.repeat(IMPORT_LIMITS.rows + 1)}`;
    await expect(ground.upload(tooMany)).rejects.toMatchObject({ status: 422 });
    expect((await ground.client.cases.imports({ query: {} })).total).toBe(before.total);
  });

  it('a file cut off inside a quote is refused with its line [T17]', async () => {
    const refusal = await ground.upload('id,note\n1,"a\n2,b\n').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(LeveeError);
    expect((refusal as LeveeError).messages.en).toMatch(/quote that never closes/);
  });

  it('a wrong number of cells, unknown words, long cells and missing ids are errors with the value named [B1]', async () => {
    const uploaded = await ground.upload(
      [
        'id,gender,hcw,note,age',
        'D-1,male,true,fine,30',
        'D-2,male,true',
        'D-3,甲,true,x,30',
        `D-4,female,false,${'长'.repeat(301)},30`,
        ',female,false,x,30',
        'D-6,female,perhaps,x,thirty',
      ].join('\n'),
    );
    const { items } = await ground.rows(await ground.check(uploaded));
    expect(
      items.map(({ verdict, faults }) => [verdict, faults.map(({ code, column }) => [code, column])]),
    ).toEqual([
      ['ok', []],
      ['error', [['column_count', null]]],
      ['error', [['unknown_word', 'gender']]],
      ['error', [['cell_too_long', 'note']]],
      ['error', [['id_missing', 'id']]],
      [
        'error',
        [
          ['unknown_word', 'hcw'],
          ['age_unreadable', 'age'],
        ],
      ],
    ]);
    expect(items[2]!.faults[0]!.problem.zh).toContain('甲');
  });

  it('the order of day and month, once said, settles every date [B1]', async () => {
    const uploaded = await ground.upload('id,date_onset\nE-1,03/08/2022\nE-2,21/06/2022\n');
    expect((await ground.check(uploaded)).counts.cases).toMatchObject({ error: 1, warning: 1 });
    const checked = await ground.check(uploaded, { dateOrder: 'day_first' });
    expect(checked.counts.cases).toMatchObject({ ok: 2 });
    const done = await ground.commit(checked);
    const { items } = await ground.casesOf(done.lineListId!);
    expect(items.map(({ dateOnset }) => dateOnset).toSorted()).toEqual(['2022-06-21', '2022-08-03']);
  });

  it('the same file sent into the same list again adds nothing, in the dry run and in the commit [B1]', async () => {
    const text = 'id,date_onset\nF-1,2022-08-01\nF-2,2022-08-02\n';
    const first = await ground.commit(await ground.check(await ground.upload(text)));
    const into = { lineListId: first.lineListId! };
    const again = await ground.check(await ground.upload(text), { into });
    expect(again.counts.cases.duplicate).toBe(2);
    const unseen = await ground.commit(await ground.check(await ground.upload(text)), into);
    expect(unseen.counts.cases).toMatchObject({ accepted: 0, left: 2 });
    expect((await ground.casesOf(first.lineListId!)).total).toBe(2);
  });

  it('rows with an error stay out, those with a warning as asked, and every row is accounted for [B1 T16]', async () => {
    const checked = await ground.check(await ground.upload(demoFile('line-list.csv')));
    const { ok, warning, error, duplicate } = checked.counts.cases;
    const strict = await ground.commit(checked, undefined, false);
    expect(strict.counts.cases).toMatchObject({ accepted: ok, rejected: warning + error, left: duplicate });
    expect(isWhole(strict.counts.cases)).toBe(true);
    const file = await ground.client.cases.failedRows({
      purpose,
      params: { importId: strict.id },
      query: {},
    });
    const text = Buffer.from(file.base64, 'base64').toString('utf8');
    expect(file.rowsCount).toBe(warning + error + duplicate);
    expect(text).not.toContain('民族');
    expect(text).toContain('2022-06-31');
    expect(text).toContain("'=HYPERLINK");
    // Mended or not, it is read again: its own columns are known.
    const back = await ground.check(await ground.upload(text));
    expect(back.cases.columns.at(-1)).toMatchObject({ status: 'ignored' });
    expect(await linesOf(back, 'formula_text')).toHaveLength(2);
  });

  it('an undo takes every case and link away but those somebody has worked on, and counts them [B1]', async () => {
    const uploaded = await ground.upload('id,date_onset\nG-1,2022-08-01\nG-2,2022-08-02\nG-3,2022-08-03\n', {
      contacts: 'from,to\nG-1,G-2\nG-2,G-3\n',
    });
    const done = await ground.commit(await ground.check(uploaded));
    const { items } = await ground.casesOf(done.lineListId!);
    const worked = items.find(({ externalId }) => externalId === 'G-2')!;
    await ground.client.cases.change({
      purpose,
      params: { caseId: worked.id },
      body: { version: worked.version, values: { note: '电话核实' }, reason: '核实' },
    });
    const undone = await ground.client.cases.undoImport({ purpose, params: { importId: done.id }, body: {} });
    expect(undone).toMatchObject({ state: 'undone', keptCount: 1 });
    expect((await ground.casesOf(done.lineListId!)).items.map(({ externalId }) => externalId)).toEqual([
      'G-2',
    ]);
    const { chains } = ground.client.cases;
    expect((await chains({ purpose, query: { lineListId: done.lineListId! } })).linksCount).toBe(0);
  });

  it('an undo with nothing left takes the list it made along [B1]', async () => {
    const done = await ground.commit(await ground.check(await ground.upload('id\nH-1\n')));
    await ground.client.cases.undoImport({ purpose, params: { importId: done.id }, body: {} });
    const { items } = await ground.client.cases.lineLists();
    expect(items.some(({ id }) => id === done.lineListId)).toBe(false);
  });

  it('a cancelled import leaves no row of the file and no case [B1]', async () => {
    const checked = await ground.check(await ground.upload('id,note\nI-1,canary-cancel\n'));
    await ground.client.cases.cancelImport({ params: { importId: checked.id }, body: {} });
    const rows = await ground.house.asSuperuser('select from import_row where import_id = $1', [checked.id]);
    expect(rows).toHaveLength(0);
    await expect(ground.commit(checked)).rejects.toMatchObject({ code: 'state.refused' });
  });

  it('identity numbers are stored sealed, shown as dots, and name the person of the case [R15]', async () => {
    const body = '63259919900214777';
    const number = body + identityCheckCharacter(body);
    const uploaded = await ground.upload(
      `编号,身份证号,联系电话\nJ-1,${number},13800000000\nJ-2,63259919900214000X,\n`,
    );
    const checked = await ground.check(uploaded);
    const { items } = await ground.rows(checked);
    expect(items[0]!.cells).toEqual(['J-1', '••••', '••••']);
    expect(items.map(({ faults }) => faults.map(({ code }) => code))).toEqual([
      ['identity_unknown'],
      ['identity_wrong'],
    ]);
    const [stored] = await ground.house.asSuperuser<{ text: string }>(
      'select string_agg(r::text, $2) as text from import_row r where import_id = $1',
      [checked.id, ''],
    );
    expect(stored!.text).not.toMatch(/19900214|13800000000/);
  });

  it('a list goes into an incident: its cases are counted, and taken off again by an undo [B1]', async () => {
    const duty = await ground.house.signIn('duty_officer', '632521');
    const signal = await duty.client.incidents.raiseSignal({
      body: { id: newId(), division: '632521100', note: '初筛阳性' },
    });
    const incidentId = newId();
    await duty.client.incidents.activate({
      body: {
        id: incidentId,
        signalIds: [signal.id],
        packId: 'covid19-cn-9',
        level: 'II',
        division: '632521',
        name: { zh: '共和县疫情', en: 'Gonghe outbreak' },
        reason: '发现初筛阳性',
      },
    });
    await ground.house.settle();
    const query = { query: { incidentId }, purpose };
    const before = (await ground.client.cases.list(query)).total;
    const checked = await ground.check(await ground.upload('id,location\nK-1,632521100\nK-2,\n'), {
      into: { incidentId },
    });
    const done = await ground.commit(checked, { incidentId });
    await ground.house.settle();
    const { items, total } = await ground.client.cases.list(query);
    expect(total).toBe(before + 2);
    expect(items.find(({ externalId }) => externalId === 'K-1')!.division).toBe('632521100');
    const members = () =>
      ground.house.asSuperuser('select from situation_member where name = $1 and until_at = $$infinity$$', [
        'cases',
      ]);
    const counted = (await members()).length;
    await ground.client.cases.undoImport({ purpose, params: { importId: done.id }, body: {} });
    await ground.house.settle();
    expect((await ground.client.cases.list(query)).total).toBe(before);
    expect((await members()).length).toBe(counted - 2);
  });

  it('another county sees neither the import nor its rows, and may not import into this one [T38]', async () => {
    const gonghe = await ground.house.signIn('epidemiologist', '632521');
    const guide = await ground.house.signIn('epidemiologist', '632523');
    const one = await ground.upload('id\nL-1\n', { as: gonghe.client, division: '632521' });
    const params = { importId: one.id };
    await expect(guide.client.cases.importById({ params })).rejects.toMatchObject({ status: 404 });
    await expect(guide.client.cases.importRows({ purpose, params, query: {} })).rejects.toMatchObject({
      status: 404,
    });
    await expect(ground.upload('id\n1\n', { as: guide.client, division: '632521' })).rejects.toMatchObject({
      code: 'access.outside_scope',
    });
    const nurse = await ground.house.signIn('field_worker', '632521');
    await expect(ground.upload('id\n1\n', { as: nurse.client, division: '632521' })).rejects.toMatchObject({
      code: 'access.not_permitted',
    });
  });

  it('the example file is handed out and can be imported as it is [B1]', async () => {
    const example = await ground.client.cases.importExample({ query: { file: 'cases' } });
    expect(Buffer.from(example.base64, 'base64').equals(demoFile('line-list.csv'))).toBe(true);
  });
});
