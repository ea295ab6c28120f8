import { newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardOf, type Ground, openGround, purpose } from '../../../platform/testing/testing-ground.ts';
import { portalIsBuilt } from '../../information/index.ts';
import { intakeOf } from '../intake/intake.ts';
import { declareReturnee } from './declarations.service.ts';
import { countSending, formToken } from './public-form-guard.ts';

describe('returnees who register themselves, and those a grid worker registers without a network', () => {
  let ground: Ground;
  const noon = Date.parse('2022-08-11T12:00:00+08:00');
  beforeAll(async () => {
    ground = await openGround();
  });
  afterAll(() => ground.house.close());

  const platform = () => ground.house.platform;
  const form = (number: string, change: Record<string, string> = {}) => ({
    token: formToken(platform().cipher, noon),
    ...{ county: '632521', name: '才让多杰', number, phone: '15498760021', home: ground.town },
    ...{ arrived: '2022-08-12', where1: '西宁市城中区', level1: 'low', left1: '2022-08-11' },
    ...change,
  });
  const send = (typed: Record<string, string>, source = '198.51.100.7', atMs = noon) =>
    declareReturnee(platform(), { typed, source, atMs });
  const waiting = async () =>
    (await ground.desk.client.keyPopulations.declarations({ purpose, query: {} })).items;

  it('a declaration is told its test days by the pack, and is a word until a grid worker has spoken with them [C6 R1]', async () => {
    const number = cardOf('19850505', '031');
    const typed = form(number, { where2: '兰州市城关区', level2: 'unknown', left2: '2022-08-09' });
    const answer = await send(typed);
    expect(answer).toMatchObject({
      kind: 'declared',
      certain: false,
      rule: { zh: expect.stringContaining('防控方案') },
    });
    expect(answer.kind === 'declared' && answer.testDays).toHaveLength(2);
    // The page sent twice is one declaration.
    await send(typed);
    const [one, ...others] = await waiting();
    expect(others).toEqual([]);
    expect(one).toMatchObject({ nameZh: '才让多杰', person: null, phoneMasked: '••••0021' });
    expect(JSON.stringify(one)).not.toContain(number);
    const stored = await ground.house.asSuperuser<{ row: string }>(
      'select row_to_json(returnee_declaration)::text as row from returnee_declaration',
    );
    expect(stored[0]!.row).not.toContain('西宁');
    const { desk, house } = ground;
    const neighbour = await house.signIn('field_worker', '632523');
    expect((await neighbour.client.keyPopulations.declarations({ purpose, query: {} })).total).toBe(0);
    const params = { declarationId: one!.id };
    expect(await desk.client.keyPopulations.declarationPhone({ purpose, params, body: {} })).toEqual({
      value: '15498760021',
    });

    // Spoken with: Lanzhou was a high-risk area, and that decides.
    const travel = one!.travel.map((stay) => ({ ...stay, level: stay.level ?? ('high' as const) }));
    const confirm = () =>
      desk.client.keyPopulations.confirmDeclaration({
        purpose,
        params,
        body: { arrivedAt: one!.arrivedAt, travel },
      });
    const returnee = await confirm();
    expect(returnee).toMatchObject({ managedClass: 'high_area_history', person: { nameZh: '才让多杰' } });
    expect(await confirm()).toEqual(returnee);
    expect(await waiting()).toEqual([]);
    await house.settle();
    const tasks = await house.asSuperuser(
      `select closed_at is not null as closed from task where kind = 'testing.returnee'`,
    );
    expect(tasks).toEqual([{ closed: true }]);
  });

  it('what is wrong is named by its field; a form that is old, forged or one too many is not taken [T43]', async () => {
    const number = cardOf('19850505', '032');
    expect(await send(form('632599198505050000', { left1: '2022-08-13', home: newId() }))).toEqual({
      kind: 'faults',
      faults: ['number', 'travel'],
    });
    expect(await send(form(number, { home: ground.site }))).toEqual({ kind: 'faults', faults: ['home'] });
    expect(await send(form(number), undefined, noon + 3 * 3_600_000)).toEqual({ kind: 'stale' });
    expect(await send(form(number, { token: `${newId()}.${noon}.AAAA` }))).toEqual({ kind: 'stale' });
    const before = (await waiting()).length;
    // The same card again and again: three wait, the others get the same answer and are kept nowhere.
    for (let time = 0; time < 5; time += 1) {
      expect(await send(form(number), '203.0.113.1')).toMatchObject({ kind: 'declared' });
    }
    expect((await waiting()).length - before).toBe(3);
    for (let time = 0; time < 30; time += 1) await countSending(platform().db, '203.0.113.9', noon);
    expect(await send(form(number), '203.0.113.9')).toEqual({ kind: 'busy' });
    expect(await send(form(number), '203.0.113.10')).toMatchObject({ kind: 'declared' });
    for (const { id } of await waiting()) {
      const params = { declarationId: id };
      const body = { reason: '电话核实为误填' };
      await ground.desk.client.keyPopulations.setAsideDeclaration({ purpose, params, body });
    }
    expect(await waiting()).toEqual([]);
  });

  it('a grid worker registers a journey without a network; it comes up the queue with the new person before it, and the pack decides [C6 K3]', async () => {
    const { desk, house } = ground;
    const [personId, id, byCard] = [newId(), newId(), newId()];
    const at = ground.now();
    const recorded = (order: number) => ({ order, at, siteId: ground.site });
    const leftAt = new Date(Date.parse(at) - 6 * 3_600_000).toISOString();
    const travel = [{ where: '西宁市城中区', level: 'low' as const, leftAt }];
    const commands = [
      { ...recorded(1), kind: 'person', id: newId(), personId, nameZh: '桑杰', placeId: ground.town },
      { ...recorded(2), kind: 'returnee', id, who: { personId }, arrivedAt: at, travel },
      {
        ...{ ...recorded(3), kind: 'returnee', id: byCard, arrivedAt: at, travel },
        who: { identityNumber: cardOf('19850505', '039') },
      },
    ];
    const append = () =>
      desk.client.intake.append({ purpose, body: { deviceId: newId(), sentAt: at, commands } });
    expect((await append()).refused).toEqual([]);
    await append();
    await intakeOf(platform()).settle();
    const { items } = await desk.client.keyPopulations.returnees({ purpose, query: {} });
    expect(items.filter((one) => one.id === id)).toMatchObject([
      { personId, managedClass: 'low_area_history', tests: [{ metAt: null }, { metAt: null }] },
    ]);
    const kept = await desk.client.intake.quarantine({ query: {} });
    expect(kept.items.map((one) => one.id)).toEqual([byCard]);
    // What waits holds the journey sealed, not readable in the database.
    const stored = await house.asSuperuser<{ body: string }>(
      `select body::text as body from intake_outcome where id = $1`,
      [byCard],
    );
    expect(stored[0]!.body).not.toContain('西宁');
  });

  it('the form works without script, keeps what was typed when something is wrong, and stands in no cache [H5 C6]', async () => {
    if (!portalIsBuilt()) return console.warn('portal is not built: its pages are not looked at');
    const { url } = ground.house;
    const page = await fetch(`${url}/portal/zh/returning/632521`);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const html = await page.text();
    expect(html).not.toContain('<script');
    const token = /name="token" value="([^"]+)"/.exec(html)![1]!;
    const post = async (typed: Record<string, string>) => {
      const answer = await fetch(`${url}/portal/zh/returning`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(typed).toString(),
      });
      return answer.text();
    };
    const number = cardOf('19850505', '041');
    const wrong = await post({ ...form(number), token, left1: '' });
    expect(wrong).toContain('行程：');
    expect(wrong).toContain('value="才让多杰"');
    expect(await post({ ...form(number), token })).toContain('2022-08-1');
    expect((await waiting()).map(({ identityMasked }) => identityMasked)).toContain(
      `••••${number.slice(-4)}`,
    );
  });
});
