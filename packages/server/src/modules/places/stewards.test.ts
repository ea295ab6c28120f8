import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemContext } from '../../platform/context.ts';
import { inScopedTransaction } from '../../platform/db/pool.ts';
import { openTestHouse, type TestHouse } from '../../platform/testing/index.ts';
import { importDivisions } from './authority-map/authority-map.ts';
import { placeIdOfCode } from './divisions.ts';

describe('the division tree', () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await openTestHouse();
    await inScopedTransaction(house.platform.db, '6325', (trx) =>
      importDivisions(
        systemContext(house.platform, trx),
        'code,name,headcount\n632521100001-G01,一网格,200\n632521100001-G02,二网格,180\n',
      ),
    );
  });
  afterAll(() => house.close());

  it('begins at the reader’s own area and goes down level by level with headcounts [D2]', async () => {
    const { client } = await house.signIn('duty_officer', '632521');
    const [root] = (await client.places.tree({ query: {} })).items;
    expect(root).toMatchObject({ code: '632521', level: 'county', gridCount: 2, gridsWithoutSteward: 2 });
    const townships = await client.places.tree({ query: { parentId: root!.id, limit: 100 } });
    expect(townships.items.every(({ level }) => level === 'township')).toBe(true);
    expect(townships.total).toBe(root!.childCount);
    const community = await client.places.tree({ query: { parentId: placeIdOfCode('632521100001') } });
    expect(community.items.map(({ nameZh, headcount }) => [nameZh, headcount])).toEqual([
      ['一网格', 200],
      ['二网格', 180],
    ]);
  });

  it('a steward fills the gap of the grid and of everything above it; taken away, the gap is back [D2]', async () => {
    const { client } = await house.signIn('epidemiologist', '632521');
    const worker = await house.signIn('field_worker', '632521100');
    const params = { placeId: placeIdOfCode('632521100001-G01') };
    const { items } = await client.places.stewardCandidates({ params });
    expect(items.map(({ id }) => id)).toContain(worker.accountId);
    const set = await client.places.setSteward({ params, body: { accountId: worker.accountId } });
    expect(set).toMatchObject({ gridsWithoutSteward: 0, steward: { account: { id: worker.accountId } } });
    const [county] = (await client.places.tree({ query: {} })).items;
    expect(county!.gridsWithoutSteward).toBe(1);
    const none = await client.places.setSteward({ params, body: { accountId: null } });
    expect(none).toMatchObject({ steward: null, gridsWithoutSteward: 1 });
  });

  it('nobody looks after a place their area does not reach, and no county places a neighbour’s steward [D2 T38]', async () => {
    const { client } = await house.signIn('epidemiologist', '6325');
    const far = await house.signIn('field_worker', '632523');
    const params = { placeId: placeIdOfCode('632521100001-G02') };
    await expect(
      client.places.setSteward({ params, body: { accountId: far.accountId } }),
    ).rejects.toMatchObject({ code: 'rule.refused' });
    const neighbour = await house.signIn('epidemiologist', '632523');
    await expect(
      neighbour.client.places.setSteward({ params, body: { accountId: far.accountId } }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});
