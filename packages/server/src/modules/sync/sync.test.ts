import { createHash, createHmac } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUNDLE_PAGE, type BundlePerson, newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer } from '../../platform/http/server.ts';
import { cardOf, type Ground, openGround, purpose } from '../../platform/testing/testing-ground.ts';
import { placeIdOfCode } from '../places/index.ts';
import { fieldPages } from './field-pages.ts';

describe('a field device', () => {
  let ground: Ground;
  let people: string[];
  const card = cardOf('19770707', '357');
  const cardHolder = newId();
  beforeAll(async () => {
    ground = await openGround();
    people = await ground.people(3);
    await ground.desk.client.people.register({
      purpose,
      body: {
        id: cardHolder,
        nameZh: '才旦卓玛',
        identityNumber: card,
        phone: '15498760002',
        placeId: ground.town,
      },
    });
  });
  afterAll(() => ground.house.close());

  const sync = (who = ground.desk) => who.client.sync;
  const register = async (id = newId(), name = '城北 2 号机') => {
    await sync().register({ body: { id, name, siteId: ground.site } });
    return id;
  };
  const take = (deviceId: string) => sync().takeBundle({ purpose, body: { id: newId(), deviceId } });
  const pagesOf = async (bundle: { id: string; pageCount: number }) => {
    const all: BundlePerson[] = [];
    for (let page = 0; page < bundle.pageCount; page += 1) {
      const params = { bundleId: bundle.id, page };
      all.push(...(await sync().bundlePage({ purpose, params })).people);
    }
    return all;
  };

  it('takes the residents of its site’s area with it, whole and provably so, with no number in it [K3 T27]', async () => {
    const bundle = await take(await register());
    const carried = await pagesOf(bundle);
    expect(carried.length).toBe(bundle.peopleCount);
    expect(carried.map(({ id }) => id)).toEqual(expect.arrayContaining([...people, cardHolder]));
    const digest = createHash('sha256').update(carried.map(({ id }) => id).join('\n'));
    expect(digest.digest('hex')).toBe(bundle.digest);
    expect(JSON.stringify(carried)).not.toContain(card.slice(0, 17));
    expect(JSON.stringify(carried)).not.toContain('15498760002');
    expect(bundle.labs.map(({ id }) => id)).toContain(ground.labId);
    expect(bundle.homes.length).toBeGreaterThan(0);
    expect(bundle.pageCount).toBe(Math.ceil(bundle.peopleCount / BUNDLE_PAGE));
  });

  it('finds a scanned card by the key of its own bundle, and by no other’s [K3 C2]', async () => {
    const deviceId = await register();
    const [first, second] = [await take(deviceId), await take(deviceId)];
    const mark = (key: string) =>
      createHmac('sha256', Buffer.from(key, 'base64'))
        .update(card)
        .digest()
        .subarray(0, 16)
        .toString('base64');
    const carried = await pagesOf(first);
    const found = carried.filter((person) => person.card === mark(first.key));
    expect(found).toMatchObject([
      { id: cardHolder, nameZh: '才旦卓玛', pinyin: 'caidanzhuoma', initials: 'cdzm' },
    ]);
    expect(carried.some((person) => person.card === mark(second.key))).toBe(false);
  });

  it('is told who was sampled when, and who is wanted again [C4]', async () => {
    const tube = ground.tube(10);
    await ground.desk.client.testing.registerSample({
      purpose,
      body: { ...tube, id: newId(), who: { personId: people[0]! }, takenAt: ground.now() },
    });
    const carried = new Map((await pagesOf(await take(await register()))).map((one) => [one.id, one]));
    expect(carried.get(people[0]!)).toMatchObject({ resampleWanted: false });
    expect(Date.parse(carried.get(people[0]!)!.lastSampledAt!)).toBe(Date.parse(ground.now()));
    expect(carried.get(people[1]!)).toMatchObject({ lastSampledAt: null });
  });

  it('carries who owes a test and when, with the employer’s contact; whoever works here and lives elsewhere is in it [C6 K3]', async () => {
    const { desk, house, market, town } = ground;
    const [member, traveller] = [people[2]!, newId()];
    const elsewhere = newId();
    const county = await house.signIn('field_worker', '6325');
    await desk.client.people.register({
      purpose,
      body: { id: traveller, nameZh: '归来', placeId: town },
    });
    await county.client.people.register({
      purpose,
      body: { id: elsewhere, nameZh: '住别处', placeId: placeIdOfCode('632521101') },
    });
    const contact = await house.signIn('field_worker', '632521100');
    const surveyor = await house.signIn('epidemiologist', '632521');
    await surveyor.client.places.setSteward({
      params: { placeId: market },
      body: { accountId: contact.accountId },
    });
    for (const personId of [member, elsewhere]) {
      await desk.client.keyPopulations.enrolPerson({
        purpose,
        body: { population: 'crowded_service_posts', employerId: market, personId },
      });
    }
    const arrivedAt = ground.now();
    const leftAt = new Date(Date.parse(arrivedAt) - 3_600_000).toISOString();
    await desk.client.keyPopulations.registerReturnee({
      purpose,
      body: {
        ...{ id: newId(), personId: traveller, arrivedAt },
        travel: [{ where: '西宁', level: 'low', leftAt }],
      },
    });
    const bundle = await take(await register());
    expect(bundle.employers).toMatchObject([{ id: market, contact: expect.any(String) }]);
    expect(bundle.packId).toBe('covid19-cn-9');
    const carried = new Map((await pagesOf(bundle)).map((one) => [one.id, one]));
    const due = { on: '2022-08-11', why: 'key_population', employerId: market };
    expect(carried.get(member)!.due).toEqual(due);
    expect(carried.get(elsewhere)!.due).toEqual(due);
    expect(carried.get(traveller)!.due).toMatchObject({ why: 'returnee', employerId: null });
    expect(carried.get(people[0]!)!.due).toBeNull();
    // A swab ticks them off: by the next list they owe the next one.
    await desk.client.testing.registerSample({
      purpose,
      body: { ...ground.tube(1), id: newId(), who: { personId: member }, takenAt: ground.now() },
    });
    await house.settle();
    const next = new Map((await pagesOf(await take(await register()))).map((one) => [one.id, one]));
    expect(next.get(member)!.due).toEqual({ ...due, on: '2022-08-14' });
  });

  it('knows the tubes printed for its site, those used already, and how many people each takes [K3 C2]', async () => {
    const order = { siteId: ground.site, batchId: newId(), count: 3, capacity: 5 as const };
    const { codes } = await ground.desk.client.laboratory.labels({ body: order });
    await ground.desk.client.testing.registerSample({
      purpose,
      body: {
        ...{ id: newId(), poolId: newId(), tubeCode: codes[0]!, capacity: 5, siteId: ground.site },
        ...{ who: { personId: (await ground.people(1))[0]! }, takenAt: ground.now() },
      },
    });
    const { tubes } = await take(await register());
    expect(tubes).toEqual({ codes: codes.map((code) => [code, 5]), used: [codes[0]], complete: true });
  });

  it('is another’s for nobody: not its list, not its contact, not its registration [T38]', async () => {
    const deviceId = await register();
    const bundle = await take(deviceId);
    const colleague = await ground.house.signIn('field_worker', '632521');
    const neighbour = await ground.house.signIn('field_worker', '632523');
    const params = { bundleId: bundle.id, page: 0 };
    await expect(sync(colleague).bundlePage({ purpose, params })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(sync(neighbour).bundlePage({ purpose, params })).rejects.toMatchObject({
      code: 'not_found',
    });
    for (const other of [colleague, neighbour]) {
      const body = { id: deviceId, name: '别人的', siteId: ground.site };
      await expect(sync(other).register({ body })).rejects.toThrow();
    }
    await expect(
      sync(colleague).checkIn({ params: { deviceId }, body: { unsent: 0 } }),
    ).rejects.toMatchObject({ code: 'rule.refused' });
    await expect(
      sync(neighbour).checkIn({ params: { deviceId }, body: { unsent: 0 } }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('once revoked gets no list and is told so; it may still hand over what it holds [T26]', async () => {
    const deviceId = await register();
    const bundle = await take(deviceId);
    const colleague = await ground.house.signIn('field_worker', '632521');
    const revoke = (who: typeof colleague) =>
      sync(who).revoke({ params: { deviceId }, body: { reason: '手机遗失' } });
    await expect(revoke(colleague)).rejects.toMatchObject({ code: 'access.not_permitted' });
    const keeper = await ground.house.signIn('security_administrator', '6325');
    expect(await revoke(keeper)).toMatchObject({ revokedReason: '手机遗失' });
    await expect(take(deviceId)).rejects.toMatchObject({ code: 'state.refused' });
    await expect(
      sync().bundlePage({ purpose, params: { bundleId: bundle.id, page: 0 } }),
    ).rejects.toMatchObject({ code: 'state.refused' });
    const { device } = await sync().checkIn({ params: { deviceId }, body: { unsent: 1 } });
    expect(device.revokedAt).not.toBeNull();
    const command = {
      ...{ id: newId(), kind: 'sample', order: 1, at: ground.now() },
      ...{ ...ground.tube(10), who: { personId: people[1]! } },
    };
    const { accepted } = await ground.desk.client.intake.append({
      purpose,
      body: { deviceId, sentAt: ground.now(), commands: [command] },
    });
    expect(accepted).toEqual([command.id]);
  });

  it('an expired list is not handed out; what is not yet sent is shown to whoever watches the site [F33]', async () => {
    const deviceId = await register();
    const bundle = await take(deviceId);
    await sync().checkIn({ params: { deviceId }, body: { unsent: 41 } });
    const { items } = await sync().devices({ query: { siteId: ground.site } });
    expect(items.find(({ id }) => id === deviceId)).toMatchObject({ unsent: 41, name: '城北 2 号机' });
    ground.house.clock.set('2022-08-19T18:00:01+08:00');
    await expect(
      sync().bundlePage({ purpose, params: { bundleId: bundle.id, page: 0 } }),
    ).rejects.toMatchObject({ code: 'state.refused' });
  });

  it('the app is fetched once: what has its content in its name is kept for good, the shell is asked about and nothing else kept [T29]', async () => {
    const root = await mkdtemp(join(tmpdir(), 'levee-field-pages-'));
    await mkdir(join(root, 'assets'));
    for (const file of ['index.html', 'sw.js', 'assets/index-1a2b.js'])
      await writeFile(join(root, file), file);
    const app = await createServer(ground.house.platform);
    await fieldPages(app, root);
    const keeping = async (url: string) => (await app.inject({ url })).headers['cache-control'];
    expect(await keeping('/field/assets/index-1a2b.js')).toBe('public, max-age=31536000, immutable');
    expect([await keeping('/field/'), await keeping('/field/sw.js')]).toEqual(['no-cache', 'no-cache']);
    expect(await keeping('/field/assets/index-gone.js')).toBe('no-store');
    await app.close();
    await rm(root, { recursive: true });
  });

  it('every page is on record with its purpose and the people in it [R2]', async () => {
    const bundle = await take(await register());
    await pagesOf(bundle);
    const entries = await ground.house.asSuperuser<{ purpose: string; opened: unknown }>(
      `select purpose, opened from audit_entry where route = 'sync.bundlePage' and outcome = 'done' order by at desc limit 1`,
    );
    expect(entries).toMatchObject([{ purpose: 'testing' }]);
    expect(JSON.stringify(entries[0]!.opened)).toContain(cardHolder);
  });
});
