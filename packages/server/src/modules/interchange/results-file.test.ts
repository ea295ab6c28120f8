import { newId } from '@levee/contract';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { purpose } from '../../platform/testing/testing-ground.ts';
import { type InterchangeGround, openInterchangeGround } from './interchange-ground.ts';

describe('results by file', () => {
  let ground: InterchangeGround;
  beforeAll(async () => {
    ground = await openInterchangeGround();
  });
  afterAll(() => ground.close());

  const upload = (bytes: Buffer, { dryRun = false, id = newId() } = {}) =>
    ground.lab.client.interchange.reportFile({
      purpose,
      body: { id, labId: ground.labId, name: '结果.csv', content: bytes.toString('base64'), dryRun },
    });
  const HEADER = '管码,检测结果,ORF1ab Ct值,N Ct值,检测时间';

  it('each row has its verdict; a dry run writes nothing; GBK and UTF-8 are read [C4]', async () => {
    const codes = [await ground.receivedTube(), await ground.receivedTube(), await ground.receivedTube()];
    const rows = [
      HEADER,
      `${codes[0]},阴性,,,2022-08-11 17:50`,
      `${codes[1]},阳性,28.4,27.1,2022/8/11 17:50`,
      `${codes[2]},阴性,28.4,27.1,2022-08-11 17:50`,
      'NOSUCHTUBE,阴性,,,',
      '=cmd(),阴性,,,',
      `${codes[0]},阴性`,
    ].join('\r\n');
    const trial = await upload(iconv.encode(rows, 'gbk'), { dryRun: true });
    expect(trial).toMatchObject({ encoding: 'gb18030', rowCount: 6, acceptedCount: 2, quarantinedCount: 4 });
    expect(trial.messageId).toBeNull();
    expect(await ground.outcomeOf(codes[0]!)).toBeNull();
    expect(await ground.messages()).toEqual([]);
    const done = await upload(Buffer.from(`\ufeff${rows}`));
    expect(done.rows.map(({ line, verdict }) => [line, verdict])).toEqual([
      [2, 'accepted'],
      [3, 'accepted'],
      [4, 'quarantined'],
      [5, 'quarantined'],
      [6, 'quarantined'],
      [7, 'quarantined'],
    ]);
    expect(done.rows[2]!.problem?.zh).toContain('不符');
    expect(await ground.outcomeOf(codes[1]!)).toBe('positive');
    const again = await upload(Buffer.from([HEADER, `${codes[0]},阴性,,,`].join('\n')));
    expect(again).toMatchObject({ knownCount: 1, quarantinedCount: 0 });
    expect((await ground.lab.client.interchange.quarantine({ query: {} })).total).toBe(4);
  });

  it('a row about a tube nobody received is kept with a duty and applied on receipt, also where the tube holds a carton [T66 C5]', async () => {
    const { desk, house, labId } = ground;
    const carton = {
      id: newId(),
      poolId: newId(),
      tubeCode: 'WHCSV001',
      siteId: ground.site,
      placeId: ground.market,
      kind: 'goods' as const,
      description: '外包装',
      goods: { product: '冻虾', batchNumber: 'B-1', supplier: null, coldChain: true },
      takenAt: ground.now(),
    };
    await desk.client.specimens.register({ body: carton });
    await desk.client.testing.sendPools({ body: { poolIds: [carton.poolId], labId, sentAt: ground.now() } });
    const done = await upload(Buffer.from([HEADER, 'WHCSV001,阳性,28.4,27.1,'].join('\n')));
    expect(done).toMatchObject({ acceptedCount: 0, quarantinedCount: 1 });
    expect(done.rows[0]!.problem!.zh).toContain('未收样');
    const duties = await house.asSuperuser(
      `select id from task where kind = 'interchange.quarantine' and state = 'open' and source_id = $1`,
      [labId],
    );
    expect(duties).toHaveLength(1);
    expect((await ground.messages()).map(({ outcome }) => outcome)).toContain('quarantined');
    await ground.receive('WHCSV001');
    await house.settle();
    expect(await ground.outcomeOf('WHCSV001')).toBe('positive');
    const seen = await desk.client.specimens.byId({ params: { specimenId: carton.id } });
    expect(seen).toMatchObject({ outcome: 'positive', response: 'open' });
  });

  it('a file that is no table of results is refused whole, by what is wrong with it [T17]', async () => {
    for (const [bytes, said] of [
      [Buffer.from('结果,N\n阴性,'), '管码'],
      [Buffer.from('管码,甲状腺\nA,1'), '甲状腺'],
      [Buffer.from('管码,检测结果'), '没有数据行'],
      [Buffer.from('PK\u0003\u0004xxxx'), 'Excel'],
      [Buffer.from([0x00, 0xff, 0xfe, 0x81]), '文本'],
      [Buffer.from(`管码,检测结果\n${'QH000001,阴性\n'.repeat(20_001)}`), '20000'],
    ] as const) {
      const refused = await upload(bytes).catch((error) => error);
      expect([refused.code, refused.messages.zh]).toEqual(['rule.refused', expect.stringContaining(said)]);
    }
    const elsewhere = await ground.house.signIn('field_worker', '632521');
    await expect(
      elsewhere.client.interchange.reportFile({
        purpose,
        body: { id: newId(), labId: ground.labId, name: 'x.csv', content: '', dryRun: false },
      }),
    ).rejects.toMatchObject({ status: 403 });
  });
});
