/** A gateway on loopback that does what gateways do: answers late, twice, in the wrong order, or not at all. */
import type { AddressInfo, Server } from 'node:net';
import { newId } from '@levee/contract';
import smpp, { type PDU, type Session } from 'smpp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inScopedTransaction } from '../../../platform/db/pool.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../platform/testing/index.ts';
import { rememberSender } from './sms.service.ts';
import { isQuiet, nextTry, readQuietHours, readReceipt, segmentsOf } from './sms.ts';
import { createTextSender, type TextSender } from './sms-sender.ts';

const BODY =
  '您08-11采集的样本已有结果。打开https://levee.example/portal/zh/result，输入查询码ABCD-EFGH-JKMN-PQRS-TVWX-YZ12-34和证件号后四位查看。请勿将查询码告诉他人。';
const receipt = (id: string, stat = 'DELIVRD', err = '000') =>
  `id:${id} sub:001 dlvrd:001 submit date:2208112100 done date:2208112101 stat:${stat} err:${err} text:`;

it('a long text is cut at 67 characters, never inside one, and joins to what it was [T65]', () => {
  expect(segmentsOf('字'.repeat(70))).toHaveLength(1);
  const long = `${'字'.repeat(66)}𠮷${'字'.repeat(80)}`;
  const parts = segmentsOf(long);
  expect(parts.every((part) => part.length <= 67)).toBe(true);
  expect(parts.join('')).toBe(long);
  expect(parts[0]).toHaveLength(66);
});

it('quiet hours run over midnight in the time of the place, and a pause grows to a quarter of an hour [T65]', () => {
  const night = readQuietHours('22:00-07:00');
  const at = (time: string) => isQuiet(`2022-08-11T${time}:00+08:00`, night, 'Asia/Shanghai');
  expect(['21:59', '22:00', '03:00', '06:59', '07:00'].map(at)).toEqual([false, true, true, true, false]);
  expect(readQuietHours('off')).toBeNull();
  expect(() => readQuietHours('22-7')).toThrow('"22-7"');
  const pause = (tries: number) =>
    (Date.parse(nextTry('2022-08-11T21:00:00Z', tries)!) - Date.parse('2022-08-11T21:00:00Z')) / 1000;
  expect([1, 2, 3, 9].map(pause)).toEqual([30, 60, 120, 900]);
  expect(nextTry('2022-08-11T21:00:00Z', 40)).toBeNull();
});

it('a report is read from its text or its parameters, and one that names nothing is none [T65]', () => {
  expect(readReceipt(receipt('7f', 'UNDELIV', 'MK:0001'))).toEqual({
    providerId: '7f',
    stat: 'UNDELIV',
    error: 'MK:0001',
  });
  expect(readReceipt('', { id: '7f', state: 2 })).toMatchObject({ providerId: '7f', stat: 'DELIVRD' });
  expect(readReceipt('hello')).toBeNull();
});

describe('texts through a gateway', () => {
  let house: TestHouse;
  let security: SignedIn;
  let gateway: Server;
  let port: number;
  let sender: TextSender;
  const lines = new Set<Session>();
  /** What the gateway took, in order; what it does with a segment is set by each test. */
  let taken: { to: string; text: string; joined: boolean }[] = [];
  let onSubmit: (pdu: PDU, line: Session) => void;
  let count = 0;

  const accept = (pdu: PDU, line: Session): string => {
    count += 1;
    line.send(pdu.response({ message_id: `g${count}` }));
    return `g${count}`;
  };
  const report = (line: Session, id: string, stat?: string, err?: string) =>
    new Promise<void>((resolve) =>
      line.deliver_sm({ esm_class: 4, source_addr: '1', short_message: receipt(id, stat, err) }, () =>
        resolve(),
      ),
    );
  const settings = (more: object = {}) => ({
    ...house.platform,
    config: {
      ...house.platform.config,
      LEVEE_SMPP_URL: `smpp://levee:secret@127.0.0.1:${port}`,
      LEVEE_SMS_SENDER: '10690001',
      LEVEE_SMS_PER_NUMBER_DAY: 2,
      LEVEE_SMS_BUDGET: 1000,
      ...more,
    },
  });

  beforeAll(async () => {
    house = await openTestHouse('2022-08-11T12:00:00+08:00');
    security = await house.signIn('security_administrator', '6325');
    gateway = smpp.createServer((line) => {
      lines.add(line);
      line.on('error', () => {});
      line.on('close', () => lines.delete(line));
      line.on('bind_transceiver', (pdu: PDU) =>
        line.send(pdu.response(pdu.password === 'secret' ? {} : { command_status: 0x0e })),
      );
      line.on('submit_sm', (pdu: PDU) => {
        const { message = '', udh } = pdu.short_message ?? {};
        taken.push({ to: pdu.destination_addr!, text: message, joined: udh !== undefined });
        onSubmit(pdu, line);
      });
      line.on('unbind', (pdu: PDU) => line.send(pdu.response()));
    });
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
    port = (gateway.address() as AddressInfo).port;
  });
  afterAll(async () => {
    for (const line of lines) line.destroy();
    await new Promise((resolve) => gateway.close(resolve));
    await house.close();
  });
  beforeEach(() => {
    taken = [];
    onSubmit = accept;
    house.clock.set('2022-08-11T12:00:00+08:00');
    sender = createTextSender(settings(), 400);
  });
  afterEach(async () => {
    await sender.stop();
    await house.asSuperuser(
      'truncate message_part, message_receipt, message_number, message_budget, message_outbox',
    );
  });

  async function compose(phone = '13900000001', body = BODY): Promise<string> {
    const { cipher, clock } = house.platform;
    const id = newId();
    await inScopedTransaction(house.platform.db, '6325', (trx) =>
      trx
        .insertInto('message_outbox')
        .values({
          id,
          channel: 'sms',
          kind: 'result',
          person_id: newId(),
          division: '632521100',
          about: newId(),
          phone_sealed: cipher.seal('person.phone', phone),
          body_sealed: cipher.seal('message.body', body),
          composed_at: new Date(clock.nowMs()).toISOString(),
        })
        .execute(),
    );
    return id;
  }
  const list = async () => (await security.client.interchange.texts({ query: {} })).items;
  const find = async (id: string) => (await list()).find((one) => one.id === id)!;

  it('goes once, in joined segments, and is delivered when both are reported, however often and early [T65]', async () => {
    const id = await compose();
    onSubmit = (pdu, line) => {
      // The report of the first comes before its answer, and again after it.
      const early = `g${count + 1}`;
      void report(line, early).then(() => report(line, accept(pdu, line)));
    };
    await sender.round();
    await sender.round();
    expect(taken.map(({ to, joined }) => [to, joined])).toEqual([
      ['13900000001', true],
      ['13900000001', true],
    ]);
    expect(taken.map(({ text }) => text).join('')).toBe(BODY);
    await expect.poll(async () => (await find(id)).state).toBe('delivered');
    expect(await find(id)).toMatchObject({ tries: 1, segments: 2, failure: null });
    // Days later the same again, and another word: the first word stands.
    await report([...lines].at(-1)!, 'g1', 'UNDELIV', '001');
    expect((await find(id)).state).toBe('delivered');
  });

  it('two servers, and a round beside a round, send it once [T65 T04]', async () => {
    for (let i = 0; i < 12; i += 1) await compose(`139000001${String(i).padStart(2, '0')}`);
    const other = createTextSender(settings(), 400);
    await Promise.all([sender.round(), other.round(), sender.round(), other.round()]);
    await Promise.all([sender.round(), other.round()]);
    await other.stop();
    expect(taken).toHaveLength(24);
    expect(new Set(taken.map(({ to, text }) => `${to} ${text}`)).size).toBe(24);
  });

  it('what went out unanswered when the line broke is unsure: not sent again but by a person who says why [T65]', async () => {
    const id = await compose();
    onSubmit = (_pdu, line) => line.destroy();
    await sender.round();
    expect(await find(id)).toMatchObject({ state: 'unsure', tries: 1 });
    onSubmit = accept;
    house.clock.advance(24);
    await sender.round();
    expect(taken).toHaveLength(1);
    const reason = '运营商确认未收到';
    await security.client.interchange.resendText({ params: { textId: id }, body: { reason } });
    await sender.round();
    expect(taken).toHaveLength(3);
    expect(await find(id)).toMatchObject({ state: 'submitted', tries: 2 });
    await expect(
      security.client.interchange.resendText({ params: { textId: id }, body: { reason } }),
    ).rejects.toMatchObject({ status: 409 });
  });

  it('an answer that comes after its time is believed, and the session is opened again by itself [T65]', async () => {
    const id = await compose('13900000002', '短');
    onSubmit = (pdu, line) => void setTimeout(() => accept(pdu, line), 700);
    await sender.round();
    expect((await find(id)).state).toBe('unsure');
    await expect.poll(async () => (await find(id)).state, { timeout: 3_000 }).toBe('submitted');
    for (const line of lines) line.destroy();
    await expect.poll(() => sender.state().connected).toBe(false);
    onSubmit = accept;
    const next = await compose('13900000003', '短');
    await sender.round();
    expect((await find(next)).state).toBe('submitted');
  });

  it('a gateway that is full is asked again later, and then once [T65]', async () => {
    const id = await compose();
    onSubmit = (pdu, line) => void line.send(pdu.response({ command_status: 0x58 }));
    await sender.round();
    expect(await find(id)).toMatchObject({ state: 'waiting', waitsFor: 'gateway', failure: '0x58' });
    onSubmit = accept;
    await sender.round();
    expect(taken).toHaveLength(1);
    house.clock.advance(31 / 3600);
    await sender.round();
    expect(
      taken
        .slice(1)
        .map(({ text }) => text)
        .join(''),
    ).toBe(BODY);
    expect(await find(id)).toMatchObject({ state: 'submitted', tries: 2 });
  });

  it('at night nothing goes; in the morning it does, and two days old it does not [T65]', async () => {
    house.clock.set('2022-08-11T23:10:00+08:00');
    const id = await compose();
    await sender.round();
    expect((await security.client.interchange.textsStatus()).isQuiet).toBe(true);
    expect(taken).toEqual([]);
    house.clock.set('2022-08-12T07:00:00+08:00');
    await sender.round();
    expect((await find(id)).state).toBe('submitted');
    const old = await compose('13900000004');
    house.clock.set('2022-08-14T08:00:00+08:00');
    await sender.round();
    expect((await find(old)).state).toBe('expired');
  });

  it('a number gets so many a day, an incident costs so much, until an administrator allows more [T65]', async () => {
    const ids = [await compose(), await compose(), await compose()];
    await sender.round();
    expect(await find(ids[2]!)).toMatchObject({ state: 'waiting', waitsFor: 'number_cap' });
    house.clock.advance(24.1);
    await sender.round();
    expect((await find(ids[2]!)).state).toBe('submitted');

    const poor = createTextSender(settings({ LEVEE_SMS_BUDGET: 7 }), 400);
    const beyond = await compose('13900000005');
    await poor.round();
    expect(await find(beyond)).toMatchObject({ state: 'waiting', waitsFor: 'budget' });
    const body = { incidentId: null, allowed: 8, reason: '追加额度' };
    await security.client.interchange.setTextBudget({ body });
    await poor.round();
    await poor.stop();
    expect((await find(beyond)).state).toBe('submitted');
    const { budgets } = await security.client.interchange.textsStatus();
    expect(budgets).toMatchObject([{ incidentId: null, used: 8, allowed: 8, reason: '追加额度' }]);
  });

  it('a number nobody has gets nothing more, and a person is asked to tell the result in another way [T65 R14]', async () => {
    const id = await compose('13900000006', '短');
    await sender.round();
    await report([...lines].at(-1)!, `g${count}`, 'UNDELIV', 'MK:0001');
    await expect.poll(async () => (await find(id)).failure).toBe('wrong_number');
    const again = await compose('13900000006', '短');
    await compose('110', '短');
    await sender.round();
    expect(taken).toHaveLength(1);
    expect(await find(again)).toMatchObject({ state: 'failed', failure: 'wrong_number' });
    const tasks = await house.asSuperuser<{ count: number }>(
      "select count(*)::int as count from task where kind = 'interchange.reach_person'",
    );
    expect(tasks).toEqual([{ count: 3 }]);
  });

  it('who answers 退订 is sent nothing more [T65]', async () => {
    await compose('13900000007', '短');
    await sender.round();
    const line = [...lines].at(-1)!;
    await new Promise<void>((resolve) =>
      line.deliver_sm({ source_addr: '8613900000007', data_coding: 8, short_message: '退订' }, () =>
        resolve(),
      ),
    );
    const next = await compose('13900000007', '短');
    await sender.round();
    expect(await find(next)).toMatchObject({ state: 'failed', failure: 'opted_out' });
    expect(taken).toHaveLength(1);
  });

  it('a text that names a result or a disease is never sent, whoever composed it [T65]', async () => {
    const id = await compose('13900000008', '您的核酸结果为阳性，请居家等候');
    await sender.round();
    expect(taken).toEqual([]);
    expect(await find(id)).toMatchObject({ state: 'failed', failure: 'forbidden_words' });
  });

  it('administrators see how texts stand, without number, name or words; others do not [I4 T65]', async () => {
    rememberSender(house.platform, sender);
    await compose();
    await sender.round();
    const status = await security.client.interchange.textsStatus();
    expect(status.counts).toMatchObject([{ state: 'submitted', count: 1 }]);
    expect(JSON.stringify([status, await list()])).not.toMatch(/secret|13900000001|查询码/);
    const epidemiologist = await house.signIn('epidemiologist', '6325');
    await expect(epidemiologist.client.interchange.texts({ query: {} })).rejects.toMatchObject({
      status: 403,
    });
    const administrator = await house.signIn('administrator', '6325');
    const body = { incidentId: null, allowed: 1, reason: '试' };
    await expect(administrator.client.interchange.setTextBudget({ body })).rejects.toMatchObject({
      status: 403,
    });
    const waiting = await compose();
    const cancel = { params: { textId: waiting }, body: { reason: '重复' } };
    await security.client.interchange.cancelText(cancel);
    expect((await find(waiting)).state).toBe('cancelled');
  });

  it('a gateway that refuses the account is told to whoever looks, and texts wait [T65]', async () => {
    const wrong = createTextSender(settings({ LEVEE_SMPP_URL: `smpp://levee:wrong@127.0.0.1:${port}` }), 400);
    const id = await compose();
    await wrong.round();
    expect(wrong.state()).toMatchObject({ enabled: true, connected: false });
    expect(wrong.state().problem).toContain('refuses the account');
    expect((await find(id)).state).toBe('waiting');
    await wrong.stop();
    expect(createTextSender(house.platform).state()).toEqual({
      enabled: false,
      connected: false,
      problem: null,
    });
  });
});
