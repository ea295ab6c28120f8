import { contract, createClient } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cookieJar, openTestHouse, type TestHouse } from '../../platform/testing/index.ts';

describe('access', () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await openTestHouse();
  });
  afterAll(() => house.close());

  it('a person signs in with name and password and is told role, area and what they may do', async () => {
    const { client } = await house.signIn('duty_officer', '632521');
    const me = await client.access.me();
    expect(me).toMatchObject({
      role: 'duty_officer',
      division: '632521',
      divisionName: { zh: '共和县', en: 'Gonghe County' },
    });
    expect(me.permissions).toContain('incidents.activate');
  });

  it('without a session every route but the public ones answers that you are signed out', async () => {
    const stranger = createClient(contract, cookieJar(house.url).transport);
    await expect(stranger.access.me()).rejects.toMatchObject({ code: 'access.signed_out' });
    expect((await stranger.system.health()).ok).toBe(true);
  });

  it('a county sees only its own places, and search counts do not tell of others [T38 T39]', async () => {
    const county = await house.signIn('duty_officer', '632522');
    const prefecture = await house.signIn('duty_officer');
    const own = await county.client.places.search({ query: { level: ['township'], limit: 500 } });
    const all = await prefecture.client.places.search({ query: { level: ['township'], limit: 500 } });
    expect(all.total).toBe(40);
    expect(own.total).toBe(own.items.length);
    expect(own.items.every(({ division }) => division.startsWith('632522'))).toBe(true);
    const foreign = all.items.find(({ division }) => division.startsWith('632521'))!;
    await expect(county.client.places.byId({ params: { placeId: foreign.id } })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('a transaction without a scope sees no row [T39]', async () => {
    const { rows } = await house.platform.pool.query('select count(*)::int as count from place');
    expect(rows).toEqual([{ count: 0 }]);
  });

  it('a command sent twice is done once and answers the same [T18 T20]', async () => {
    const { client } = await house.signIn('epidemiologist');
    const town = (await client.places.search({ query: { q: 'qbq', level: ['township'] } })).items[0]!;
    expect(town.nameZh).toBe('恰卜恰镇');
    const body = {
      id: crypto.randomUUID(),
      parentId: town.id,
      class: 'catering' as const,
      nameZh: '城北面馆',
      lon: null,
      lat: null,
      indoors: true,
    };
    const commandId = crypto.randomUUID();
    const first = await client.places.add({ body, commandId });
    const second = await client.places.add({ body, commandId });
    expect(second).toEqual(first);
    expect(first.path.map(({ nameZh }) => nameZh)).toEqual(['海南藏族自治州', '共和县', '恰卜恰镇']);
    await expect(client.places.add({ body: { ...body, nameZh: '另一家' }, commandId })).rejects.toMatchObject(
      { code: 'command.id_reused' },
    );
    await house.settle();
    const events = await house.asSuperuser(`select kind from event where subject_id = $1`, [body.id]);
    expect(events).toEqual([{ kind: 'place.added' }]);
  });

  it('a role without the permission is refused by name, and the attempt is on record [T38]', async () => {
    const lab = await house.signIn('laboratory');
    await expect(lab.client.access.accounts({ query: {} })).rejects.toMatchObject({
      code: 'access.not_permitted',
    });
    const entries = await house.asSuperuser(
      `select route, outcome from audit_entry where actor_id = $1 order by sequence`,
      [lab.accountId],
    );
    expect(entries).toEqual([
      { route: 'access.signIn', outcome: 'done' },
      { route: 'access.accounts', outcome: 'access.not_permitted' },
    ]);
  });

  it('a misspelt filter is refused, not ignored', async () => {
    const { client } = await house.signIn('duty_officer');
    await expect(client.places.search({ query: { levle: ['county'] } as never })).rejects.toMatchObject({
      code: 'request.invalid',
      faults: [{ where: 'query' }],
    });
  });
});
