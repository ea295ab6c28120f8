import { Hl7Message } from '@medplum/core';
import { Hl7Client } from '@medplum/hl7';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AMPLIFIED, fillTube, purpose } from '../../platform/testing/testing-ground.ts';
import {
  codeOf,
  fieldsOf,
  framed,
  type InterchangeGround,
  inGbk,
  openInterchangeGround,
  openPeer,
  oru,
} from './interchange-ground.ts';

describe('HL7 v2.5.1 over MLLP', () => {
  let ground: InterchangeGround;
  beforeAll(async () => {
    ground = await openInterchangeGround({ frameTimeoutMs: 60_000 });
  });
  afterAll(() => ground.close());

  const exchange = async (bytes: Buffer | string): Promise<string> => {
    const peer = await openPeer(ground.port);
    await peer.write(framed(bytes));
    const ack = await peer.ack();
    await peer.end();
    return ack;
  };
  const send = (tubes: Parameters<typeof oru>[0], options: Partial<Parameters<typeof oru>[1]> = {}) =>
    exchange(oru(tubes, { controlId: ground.controlId(), ...options }));
  const kept = () => ground.lab.client.interchange.quarantine({ query: {} });
  const duties = () =>
    ground.house.asSuperuser(
      `select state from task where kind = 'interchange.quarantine' order by opened_at`,
    );

  it('a library’s client sends an ORU^R01 and gets AA when the results are committed [C4 T51]', async () => {
    const [clean, positive] = [await ground.receivedTube(), await ground.receivedTube()];
    const client = new Hl7Client({ host: '127.0.0.1', port: ground.port });
    const ack = await client.sendAndWait(
      // The client has a copy of the library of its own.
      Hl7Message.parse(
        oru([{ tubeCode: clean }, { tubeCode: positive, orf: '28.4', n: '27.1', outcome: '阳性' }], {
          controlId: ground.controlId(),
        }),
      ) as never,
    );
    await client.close();
    expect(ack.getSegment('MSA')?.getField(1).toString()).toBe('AA');
    expect(await ground.outcomeOf(clean)).toBe('negative');
    expect(await ground.outcomeOf(positive)).toBe('positive');
    expect(await ground.events('pool.positive')).toHaveLength(1);
    const [stored] = await ground.house.asSuperuser(`select targets from result where outcome = 'positive'`);
    expect(stored).toEqual({ targets: AMPLIFIED });
  });

  it('a message that loses its database half-way is told so on the same line, and is taken when sent again [T02 T51]', async () => {
    const tubeCode = await ground.receivedTube();
    const message = oru([{ tubeCode }], { controlId: ground.controlId() });
    const holder = new pg.Client({ connectionString: ground.house.adminUrl });
    await holder.connect();
    await holder.query('begin; lock table result in share mode');
    const peer = await openPeer(ground.port);
    await peer.write(framed(message));
    const lost = `select pg_terminate_backend(pid) from pg_stat_activity join pg_locks using (pid)
                   where wait_event_type = 'Lock' and not granted and relation = 'result'::regclass`;
    while ((await holder.query(lost)).rowCount === 0) await new Promise((go) => setTimeout(go, 5));
    await holder.end();
    expect(codeOf(await peer.ack())).toBe('AR');
    expect(await ground.outcomeOf(tubeCode)).toBeNull();
    await peer.write(framed(message));
    expect(codeOf(await peer.ack())).toBe('AA');
    await peer.end();
    expect(await ground.outcomeOf(tubeCode)).toBe('negative');
  });

  it('GBK and UTF-8 are read by MSH-18, and a name with = is a name [C4 T51]', async () => {
    for (const [charset, encode] of [
      ['UNICODE UTF-8', Buffer.from],
      ['GB 18030-2000', inGbk],
      ['GBK', inGbk],
      ['', inGbk],
    ] as const) {
      const tubeCode = await ground.receivedTube();
      const text = oru([{ tubeCode, outcome: '阴性' }], {
        controlId: ground.controlId(),
        charset,
        patient: '=HYPERLINK("x")^龘=叕',
      });
      expect(codeOf(await exchange((encode as (text: string) => Buffer)(text)))).toBe('AA');
      expect(await ground.outcomeOf(tubeCode)).toBe('negative');
    }
    const { items } = await ground.lab.client.interchange.messages({ query: { limit: 500 } });
    expect(new Set(items.map(({ charset }) => charset))).toEqual(
      new Set(['utf-8', 'gb18030', 'gb18030 (assumed)']),
    );
    const gbk = items.find(({ charset }) => charset === 'gb18030')!;
    const { raw } = await ground.lab.client.interchange.message({ purpose, params: { messageId: gbk.id } });
    expect(raw).toContain('龘=叕');
  });

  it('bytes that are not what MSH-18 says, and a set it does not know, are AR and kept [T51]', async () => {
    const text = oru([{ tubeCode: 'QH999999' }], { controlId: ground.controlId() });
    expect(codeOf(await exchange(inGbk(text)))).toBe('AR');
    expect(codeOf(await send([{ tubeCode: 'QH999999' }], { charset: 'EBCDIC' }))).toBe('AR');
    const unread = (await ground.messages()).filter(({ outcome }) => outcome === 'not_understood');
    expect(unread).toHaveLength(2);
  });

  it('other separators are read where MSH-1 and MSH-2 declare them, and refused where they lie [T51]', async () => {
    const tubeCode = await ground.receivedTube();
    const declared = oru([{ tubeCode }], { controlId: ground.controlId(), marks: '#@*!$' });
    const ack = await exchange(declared);
    expect(ack.slice(0, 9)).toBe('MSH#@*!$#');
    expect(ack).toContain('MSA#AA#');
    expect(await ground.outcomeOf(tubeCode)).toBe('negative');
    const lying = oru([{ tubeCode }], { controlId: ground.controlId() }).replace('|^~\\&|', '|^^^^|');
    expect(codeOf(await exchange(lying))).toBe('AR');
    const lost = oru([{ tubeCode }], { controlId: ground.controlId(), marks: '|@*!$' }).replace(
      '|@*!$|',
      '|^~\\&|',
    );
    expect(codeOf(await exchange(lost))).toBe('AR');
  });

  it('a message that comes byte by byte is one message, and two in one packet are two [T51]', async () => {
    const [one, two, three] = [
      await ground.receivedTube(),
      await ground.receivedTube(),
      await ground.receivedTube(),
    ];
    const message = (tubeCode: string) => oru([{ tubeCode }], { controlId: ground.controlId() });
    const peer = await openPeer(ground.port);
    for (const byte of framed(message(one))) await peer.write(Buffer.of(byte));
    expect(codeOf(await peer.ack())).toBe('AA');
    await peer.write(Buffer.concat([framed(message(two)), framed(message(three))]));
    expect([codeOf(await peer.ack()), codeOf(await peer.ack())]).toEqual(['AA', 'AA']);
    await peer.end();
    expect(await Promise.all([one, two, three].map(ground.outcomeOf))).toEqual(Array(3).fill('negative'));
  });

  it('half a message is no message: nothing is applied, what came is kept, and the next is read [T51]', async () => {
    const tubeCode = await ground.receivedTube();
    const whole = framed(oru([{ tubeCode }], { controlId: ground.controlId() }));
    const peer = await openPeer(ground.port);
    await peer.write(whole.subarray(0, 400));
    await peer.end();
    const inner = await openPeer(ground.port);
    await inner.write(Buffer.concat([whole.subarray(0, 300), whole]));
    expect(codeOf(await inner.ack())).toBe('AA');
    await inner.end();
    const broken = (await ground.messages()).filter(({ outcome }) => outcome === 'incomplete');
    expect(broken.map(({ bytes }) => bytes).sort()).toEqual([299, 399]);
  });

  it('a frame that is not finished in time is cut and kept [T51]', async () => {
    const hasty = await openInterchangeGround({ frameTimeoutMs: 30 });
    const peer = await openPeer(hasty.port);
    await peer.write(framed(oru([{ tubeCode: 'QH000001' }], { controlId: 'T1' })).subarray(0, 200));
    await peer.closed;
    await hasty.stopListening();
    expect(await hasty.messages()).toEqual([
      { outcome: 'incomplete', control_id: null, bytes: 199, first: true },
    ]);
    await hasty.close();
  });

  it('a message of 10 MB is refused without being held, its beginning is kept, and the line goes on [T51]', async () => {
    const tubeCode = await ground.receivedTube();
    const huge = oru([{ tubeCode, outcome: '阴'.repeat(3_500_000) }], { controlId: ground.controlId() });
    const peer = await openPeer(ground.port);
    await peer.write(framed(huge));
    expect(codeOf(await peer.ack())).toBe('AR');
    await peer.write(framed(oru([{ tubeCode }], { controlId: ground.controlId() })));
    expect(codeOf(await peer.ack())).toBe('AA');
    await peer.end();
    const [large] = (await ground.messages()).filter(({ outcome }) => outcome === 'too_large');
    expect(large!.bytes).toBeGreaterThan(1024 * 1024);
  });

  it('the same control id twice is one result and the same answer; with other content it is refused [T20]', async () => {
    const tubeCode = await ground.receivedTube();
    const controlId = ground.controlId();
    const message = oru([{ tubeCode }], { controlId });
    const first = await exchange(message);
    expect(codeOf(first)).toBe('AA');
    expect(await exchange(message)).toBe(first);
    const both = await Promise.all([exchange(message), exchange(message)]);
    expect(both).toEqual([first, first]);
    const other = await send([{ tubeCode, orf: '20', n: '20', outcome: '阳性' }], { controlId });
    expect(codeOf(other)).toBe('AE');
    expect(await ground.outcomeOf(tubeCode)).toBe('negative');
    const rows = (await ground.messages()).filter((row) => row.control_id === controlId);
    expect(rows.map(({ first: isFirst }) => isFirst)).toEqual([true, false]);
  });

  it('what cannot be applied is AE with its reason, kept, and somebody’s duty; the rest is applied [C4 T66]', async () => {
    const good = await ground.receivedTube();
    const rejected = await fillTube(ground, 5, await ground.people(1));
    await ground.lab.client.testing.receive({
      body: {
        tubeCode: rejected.tubeCode,
        labId: ground.labId,
        receivedAt: ground.now(),
        rejectedReason: '渗漏',
      },
    });
    const resulted = await ground.receivedTube();
    await send([{ tubeCode: resulted }]);
    const contradictory = await ground.receivedTube();
    const before = (await kept()).total;
    const ack = await send([
      { tubeCode: good },
      { tubeCode: 'NOSUCHTUBE' },
      { tubeCode: rejected.tubeCode },
      { tubeCode: resulted, orf: '22', n: '23', outcome: '阳性' },
      { tubeCode: contradictory, orf: '22', n: '23', outcome: '阴性' },
      { tubeCode: '**' },
    ]);
    expect(codeOf(ack)).toBe('AE');
    expect(fieldsOf(ack, 'ERR').map((fields) => fields[2])).toEqual([
      'OBR^2',
      'OBR^3',
      'OBR^4',
      'OBR^5',
      'OBR^6',
    ]);
    expect(fieldsOf(ack, 'MSA')[0]![3]).toContain('NOSUCHTUBE');
    expect(await ground.outcomeOf(good)).toBe('negative');
    expect(await ground.outcomeOf(resulted)).toBe('negative');
    expect((await kept()).total).toBe(before + 5);
    expect((await duties()).at(-1)).toEqual({ state: 'open' });
  });

  it('the very result that is in force, sent again under a new id, is accepted and changes nothing [T20]', async () => {
    const tubeCode = await ground.receivedTube();
    await send([{ tubeCode }]);
    expect(codeOf(await send([{ tubeCode }]))).toBe('AA');
    const results = await ground.house.asSuperuser(
      'select result.id from result join pool on pool.id = result.pool_id where tube_code = $1',
      [tubeCode],
    );
    expect(results).toHaveLength(1);
  });

  it('a result that comes before its tube is applied by itself when the tube is received [C4 T66]', async () => {
    const { desk, lab, labId } = ground;
    const tube = await fillTube(ground, 5, await ground.people(2));
    await desk.client.testing.sendPools({ body: { poolIds: [tube.poolId], labId, sentAt: ground.now() } });
    expect(codeOf(await send([{ tubeCode: tube.tubeCode }]))).toBe('AE');
    expect(await ground.outcomeOf(tube.tubeCode)).toBeNull();
    const mine = async () => (await kept()).items.find(({ tubeCode }) => tubeCode === tube.tubeCode);
    expect(await mine()).toMatchObject({ waitsForReceipt: true, outcome: 'negative' });
    await lab.client.testing.receive({ body: { tubeCode: tube.tubeCode, labId, receivedAt: ground.now() } });
    await ground.house.settle();
    expect(await ground.outcomeOf(tube.tubeCode)).toBe('negative');
    expect(await mine()).toBeUndefined();
  });

  it('a correction never overwrites: it becomes an amendment that another person confirms [C4 T66]', async () => {
    const tubeCode = await ground.receivedTube();
    await send([{ tubeCode }]);
    const corrected = [{ tubeCode, orf: '28.4', n: '27.1', outcome: '阳性', status: 'C' }];
    expect(codeOf(await send(corrected))).toBe('AA');
    expect(await ground.outcomeOf(tubeCode)).toBe('negative');
    const { items } = await ground.lab.client.testing.pools({ query: { q: tubeCode } });
    const detail = await ground.lab.client.testing.poolById({ purpose, params: { poolId: items[0]!.id } });
    const params = { amendmentId: detail.amendments[0]!.id };
    const body = { decision: 'confirmed' as const };
    await expect(ground.lab.client.testing.decideAmendment({ purpose, params, body })).rejects.toMatchObject({
      code: 'rule.refused',
    });
    await ground.secondLab.client.testing.decideAmendment({ purpose, params, body });
    expect(await ground.outcomeOf(tubeCode)).toBe('positive');
  });

  it('a kept result is tried again or set aside with a reason, and the last one closes the duty [A6 C4]', async () => {
    const { items } = await kept();
    const [first] = items;
    const settle = (id: string, decision: 'retry' | 'set_aside') =>
      ground.lab.client.interchange.settle({
        purpose,
        params: { quarantinedId: id },
        body: { decision, reason: '核对原始曲线后作废' },
      });
    await expect(settle(first!.id, 'retry')).rejects.toMatchObject({ code: 'state.refused' });
    for (const { id } of items) expect((await settle(id, 'set_aside')).state).toBe('set_aside');
    expect((await kept()).total).toBe(0);
    expect((await duties()).every(({ state }) => state === 'done')).toBe(true);
  });

  it('a sender nobody linked, a training message, and another type are AR; only a linked one’s are kept [T51]', async () => {
    const tubeCode = await ground.receivedTube();
    const count = (await ground.messages()).length;
    expect(codeOf(await send([{ tubeCode }], { facility: 'ELSEWHERE' }))).toBe('AR');
    expect(codeOf(await send([{ tubeCode }], { processing: 'T' }))).toBe('AR');
    const adt = oru([{ tubeCode }], { controlId: ground.controlId() }).replace('ORU^R01^ORU_R01', 'ADT^A01');
    expect(codeOf(await exchange(adt))).toBe('AR');
    expect(codeOf(await exchange('GET / HTTP/1.1'))).toBe('AR');
    expect(await ground.messages()).toHaveLength(count + 4);
    expect(await ground.outcomeOf(tubeCode)).toBeNull();
    await ground.security.client.interchange.closeLink({ params: { linkId: ground.linkId } });
    expect(codeOf(await send([{ tubeCode }]))).toBe('AR');
    expect(await ground.messages()).toHaveLength(count + 4);
  });

  it('raw messages are sealed, seen only inside the area, and opening one is on record [R2 T39 T41]', async () => {
    const [row] = await ground.house.asSuperuser<{ raw: Buffer }>('select raw from lab_message limit 1');
    expect(row!.raw.includes(Buffer.from('MSH'))).toBe(false);
    const elsewhere = await ground.house.signIn('laboratory', '632522');
    expect((await elsewhere.client.interchange.messages({ query: {} })).total).toBe(0);
    const messageId = (await ground.lab.client.interchange.messages({ query: {} })).items[0]!.id;
    await expect(
      elsewhere.client.interchange.message({ purpose, params: { messageId } }),
    ).rejects.toMatchObject({ status: 404 });
    await ground.lab.client.interchange.message({ purpose, params: { messageId } });
    const opened = await ground.house.asSuperuser(
      `select 1 from audit_entry where route = 'interchange.message' and outcome = 'done'`,
    );
    expect(opened.length).toBeGreaterThan(0);
  });
});
