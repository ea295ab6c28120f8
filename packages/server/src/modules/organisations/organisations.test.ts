import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemContext } from '../../platform/context.ts';
import { inScopedTransaction } from '../../platform/db/pool.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../platform/testing/index.ts';
import { placeIdOfCode } from '../places/index.ts';
import { seedHeadquarters } from './index.ts';

describe('who answers', () => {
  let house: TestHouse;
  let prefecture: SignedIn;
  let county: SignedIn;
  let officer: SignedIn;
  beforeAll(async () => {
    house = await openTestHouse();
    prefecture = await house.signIn('commander', '6325');
    county = await house.signIn('commander', '632521');
    officer = await house.signIn('duty_officer', '632521');
    await inScopedTransaction(house.platform.db, '6325', (trx) =>
      seedHeadquarters(systemContext(house.platform, trx)),
    );
  });
  afterAll(() => house.close());

  it('for a place and a duty: the post, the headquarters, the one above, and the steward on the spot [G3]', async () => {
    const writer = await house.signIn('epidemiologist', '632521');
    const worker = await house.signIn('field_worker', '632521100');
    const query = { division: '632521100001', role: 'duty_officer' as const };
    const before = await county.client.organisations.whoAnswers({ query });
    expect(before.steps.map(({ step, account }) => [step, account?.id ?? null])).toEqual([
      ['owner', officer.accountId],
      ['deputy', null],
      ['headquarters', county.accountId],
      ['upper_headquarters', prefecture.accountId],
    ]);
    expect(before.steward).toBeNull();
    await writer.client.places.setSteward({
      params: { placeId: placeIdOfCode('632521100001') },
      body: { accountId: worker.accountId },
    });
    const after = await county.client.organisations.whoAnswers({
      query: { ...query, division: '632521100001' },
    });
    expect(after.steward).toMatchObject({ account: { id: worker.accountId }, placeName: '城中社区' });
    const around = await county.client.organisations.whoAnswers({
      query: { ...query, division: '632521100' },
    });
    expect(around.steward).toBeNull();
  });

  it('a county asks nothing about a neighbour [G3 T38]', async () => {
    await expect(
      county.client.organisations.whoAnswers({ query: { division: '632523', role: 'commander' } }),
    ).rejects.toMatchObject({ code: 'access.outside_scope' });
  });

  it('a post is offered people of its role whose area covers it, and filled with one of them [A4]', async () => {
    const { items } = await county.client.organisations.headquarters();
    const post = items
      .find(({ division }) => division === '632521')!
      .posts.find(({ role }) => role === 'laboratory')!;
    expect(post.holder).toBeNull();
    const chemist = await house.signIn('laboratory', '632521');
    const far = await house.signIn('laboratory', '632523');
    const params = { postId: post.id };
    const offered = (await county.client.organisations.postCandidates({ params })).items.map(({ id }) => id);
    expect(offered).toContain(chemist.accountId);
    expect(offered).not.toContain(far.accountId);
    const filled = await county.client.organisations.fillPost({
      params,
      body: { holderId: chemist.accountId, deputyId: null, version: post.version },
    });
    expect(filled.holder).toMatchObject({ id: chemist.accountId });
  });
});
