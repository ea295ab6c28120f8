import { newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AMPLIFIED,
  CLEAN,
  cardOf,
  type Ground,
  openGround,
  purpose,
} from '../../../platform/testing/testing-ground.ts';
import { portalIsBuilt } from '../../information/index.ts';
import { intakeOf } from '../intake/intake.ts';
import { ownResult } from './resident-results.service.ts';
import { hashToken, makeToken, readToken, spellToken } from './token.ts';

describe('what a resident is told', () => {
  let ground: Ground;
  const card = cardOf('19900101', '021');
  beforeAll(async () => {
    ground = await openGround();
  });
  afterAll(() => ground.house.close());

  async function tested(outcome: 'negative' | 'positive', identityNumber: string, phone: string) {
    const { desk, lab, labId } = ground;
    const personId = newId();
    await desk.client.people.register({
      purpose,
      body: { id: personId, nameZh: '卓玛', placeId: ground.town, identityNumber, phone },
    });
    const tube = ground.tube(1);
    const sampleId = newId();
    await desk.client.testing.registerSample({
      purpose,
      body: { ...tube, id: sampleId, who: { personId }, takenAt: ground.now() },
    });
    await ground.receive(tube.tubeCode);
    await lab.client.testing.reportResult({
      purpose,
      body: {
        id: newId(),
        tubeCode: tube.tubeCode,
        labId,
        outcome,
        targets: outcome === 'positive' ? AMPLIFIED : CLEAN,
        testedAt: ground.now(),
      },
    });
    await ground.house.settle();
    const [message] = await ground.house.asSuperuser<{ body_sealed: Buffer; sent_at: string | null }>(
      'select body_sealed, sent_at from message_outbox where about = $1',
      [sampleId],
    );
    const text = ground.house.platform.cipher.open('message.body', message!.body_sealed);
    return {
      sampleId,
      personId,
      text,
      token: /查询码([0-9A-Z-]+)/.exec(text)![1]!,
      sentAt: message!.sent_at,
    };
  }
  const ask = (token: string, lastDigits: string) =>
    ownResult(ground.house.platform, ground.house.access.door, { token, lastDigits });

  it('a code holds 128 random bits, is read as it is spelt, and is kept only as a hash [T43]', async () => {
    const codes = Array.from({ length: 200 }, makeToken);
    expect(new Set(codes).size).toBe(200);
    expect(codes.every((code) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(code))).toBe(true);
    const [code] = codes;
    expect(readToken(spellToken(code!).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code);
    const one = await tested('negative', cardOf('19800101', '021'), '13900000001');
    const stored = await ground.house.asSuperuser<{ row: string }>(
      'select row_to_json(result_token)::text as row from result_token where sample_id = $1',
      [one.sampleId],
    );
    expect(stored[0]!.row).not.toContain(one.token.replaceAll('-', ''));
  });

  it('the text says that a result is there, never what it is, and waits in the outbox [T65]', async () => {
    const positive = await tested('positive', card, '13900000002');
    expect(positive.text).toContain('已有结果');
    expect(positive.text).not.toMatch(/阳|阴|核酸|新冠|COVID|卓玛/);
    expect(positive.sentAt).toBeNull();
    expect(await ask(positive.token, card.slice(-4))).toMatchObject({
      meaning: 'screening_positive',
      capacity: 1,
    });
    const entries = await ground.house.asSuperuser<{ purpose: string }>(
      `select purpose from audit_entry where route = 'portal.ownResult'`,
    );
    expect(entries).toEqual([{ purpose: 'subject_access' }]);
  });

  it('one proof is none: wrong digits, an unknown code and a locked one get the same answer; five wrong tries lock it a day [T43]', async () => {
    const number = cardOf('19700101', '021');
    const one = await tested('negative', number, '13900000003');
    const right = number.slice(-4);
    const wrong = right === '0000' ? '1111' : '0000';
    expect(await ask(makeToken(), right)).toBeNull();
    expect(await ask(one.token, '')).toBeNull();
    for (let guess = 0; guess < 4; guess += 1) expect(await ask(one.token, wrong)).toBeNull();
    expect(await ask(one.token, right)).toBeNull();
    ground.house.clock.advance(23);
    expect(await ask(one.token, right)).toBeNull();
    ground.house.clock.advance(2);
    expect(await ask(one.token, right)).toMatchObject({ meaning: 'negative' });
    ground.house.clock.advance(24 * 31);
    expect(await ask(one.token, right)).toBeNull();
  });

  it('one result is one code and one text, however often it is told [T18]', async () => {
    const number = cardOf('19600101', '021');
    const one = await tested('negative', number, '13900000004');
    await ground.house.asSuperuser(`update reaction_checkpoint set transaction = '0', sequence = 0
                                     where name = 'resident-results.tell'`);
    await ground.house.settle();
    const rows = await ground.house.asSuperuser<{ count: number }>(
      'select count(*)::int as count from message_outbox where about = $1',
      [one.sampleId],
    );
    expect(rows).toEqual([{ count: 1 }]);
  });

  it('the public page of a running round tells the queue: people counted × median seconds, and nobody’s name [H5]', async () => {
    const { house, desk, site } = ground;
    const commander = await house.signIn('commander', '632521');
    const incidentId = newId();
    const signalId = newId();
    await commander.client.incidents.raiseSignal({
      body: { id: signalId, division: '632521100', note: '初筛阳性' },
    });
    await commander.client.incidents.activate({
      body: {
        id: incidentId,
        signalIds: [signalId],
        packId: 'covid19-cn-9',
        level: 'II',
        division: '632521',
        name: { zh: '共和县疫情', en: 'Gonghe outbreak' },
        reason: '社会面发现一名初筛阳性人员',
      },
    });
    const endsAt = new Date(house.clock.nowMs() + 86_400_000).toISOString();
    const roundId = newId();
    await commander.client.rounds.start({
      body: {
        id: roundId,
        incidentId,
        division: '632521',
        poolSize: 10,
        startsAt: ground.now(),
        endsAt,
        siteIds: [site],
      },
    });
    const tube = ground.tube(10);
    for (const personId of await ground.people(6)) {
      house.clock.advance(40 / 3600);
      await desk.client.testing.registerSample({
        purpose,
        body: { ...tube, id: newId(), who: { personId }, takenAt: ground.now() },
      });
    }
    await desk.client.rounds.countQueue({ params: { siteId: site }, body: { waiting: 45 } });
    const stored = await house.asSuperuser('select seconds_per_person, waiting from public_test_site');
    expect(stored).toEqual([{ seconds_per_person: 40, waiting: 45 }]);
    if (!portalIsBuilt()) return console.warn('portal is not built: its pages are not looked at');
    const page = await (await fetch(`${house.url}/portal/zh/sites`)).text();
    expect(page).toContain('约等 30 分钟');
    expect(page).not.toContain('居民');
    expect(page).not.toContain('<script');
    await commander.client.rounds.close({ params: { roundId } });
    house.clock.advance(0.1);
    await house.sweeper.round();
    expect(await (await fetch(`${house.url}/portal/zh/sites`)).text()).toContain('目前没有开放的采样点');
  });

  it('a slip given at the swab without a network reads the result later, beside the text; only its hash came up, and three are enough [C3 H5 K3 T43]', async () => {
    const { desk, house, lab, labId } = ground;
    const number = cardOf('19550505', '021');
    const personId = newId();
    const body = {
      id: personId,
      nameZh: '次仁',
      placeId: ground.town,
      identityNumber: number,
      phone: '13900000009',
    };
    await desk.client.people.register({ purpose, body });
    const [tube, sampleId, at] = [ground.tube(1), newId(), ground.now()];
    const slips = Array.from({ length: 4 }, makeToken);
    const recorded = (order: number) => ({ order, at, siteId: ground.site });
    const slip = (token: string, order: number) => ({
      ...recorded(order),
      ...{ kind: 'slip', id: newId(), sampleId, tokenHash: hashToken(token).toString('base64') },
    });
    const commands = [
      { ...recorded(1), ...tube, kind: 'sample', id: sampleId, who: { personId } },
      ...slips.map((token, place) => slip(token, place + 2)),
    ];
    expect(JSON.stringify(commands)).not.toContain(slips[0]!);
    await desk.client.intake.append({ purpose, body: { deviceId: newId(), sentAt: at, commands } });
    await intakeOf(house.platform).settle();
    expect((await desk.client.intake.quarantine({ query: {} })).total).toBe(1);
    expect(await ask(slips[0]!, number.slice(-4))).toMatchObject({ meaning: 'pending' });
    house.clock.advance(0.1);
    await lab.client.testing.receive({
      body: { tubeCode: tube.tubeCode, labId, receivedAt: ground.now() },
    });
    await lab.client.testing.reportResult({
      purpose,
      body: {
        ...{ id: newId(), tubeCode: tube.tubeCode, labId, outcome: 'negative', targets: CLEAN },
        testedAt: ground.now(),
      },
    });
    await house.settle();
    const texts = await house.asSuperuser('select 1 from message_outbox where about = $1', [sampleId]);
    expect(texts).toHaveLength(1);
    expect(await ask(slips[2]!, number.slice(-4))).toMatchObject({ meaning: 'negative' });
    expect(await ask(slips[3]!, number.slice(-4))).toBeNull();
  });

  it('the form works without script, is kept by no cache, and answers every mistake alike [T43 H5]', async () => {
    if (!portalIsBuilt()) return console.warn('portal is not built: its pages are not looked at');
    const number = cardOf('19500101', '021');
    const one = await tested('positive', number, '13900000005');
    const send = async (code: string, digits: string, headers: Record<string, string> = {}) => {
      const answer = await fetch(`${ground.house.url}/portal/zh/result`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams({ code, digits }).toString(),
      });
      return { status: answer.status, cache: answer.headers.get('cache-control'), html: await answer.text() };
    };
    const unknown = await send(makeToken(), number.slice(-4));
    const wrong = await send(one.token, number.slice(-4) === '0000' ? '1111' : '0000');
    const bare = (html: string) => html.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, '');
    expect([unknown.status, unknown.cache, bare(unknown.html)]).toEqual([
      wrong.status,
      wrong.cache,
      bare(wrong.html),
    ]);
    const right = await send(one.token, number.slice(-4));
    expect(right.html).toContain('初筛阳性');
    expect(right.html).not.toContain('卓玛');
    expect(right.html).not.toContain(one.token);
    expect(right.cache).toBe('no-store');
    expect((await send(one.token, number.slice(-4), { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await send('x'.repeat(4000), '1234')).status).toBe(413);
  });
});
