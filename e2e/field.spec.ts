/** The field app on real phones' terms: no network, lost answers, a full disk, two devices that met the same person. */

import { writeFileSync } from 'node:fs';
import { newId } from '@levee/contract';
import { FieldDevice } from './field-device.ts';
import { leaveFirstEdition } from './first-edition.ts';
import { filmOfLabel, launchWithCamera } from './house/camera.ts';
import { getLogInOrThrow } from './house/log-ins.ts';
import { expect, test } from './house/visitor.ts';

/** Codes no other test of the run uses. */
const tube = (n: number) => `FD${String(n).padStart(6, '0')}`;

// The scenes of the demonstration know nothing of the round that was begun here.
test.afterAll(async ({ world }) => world.startOver({ touched: true }));

test('two phones of a screening round meet one person and one tube without a network: both keep every record, the round counts each person once, the rest asks for attention and is put right [K3 C1 C2 T22 T28]', async ({
  browser,
  world,
}) => {
  const roundId = await world.beginRound();
  const [first, second] = [await FieldDevice.atWork(browser), await FieldDevice.atWork(browser)];
  // Fit to be installed: then it opens from the home screen, without a browser's bar and without a network.
  expect(await first.hindrances()).toEqual([]);
  for (const device of [first, second]) {
    await device.flightMode(true);
    await device.restart();
    await expect(device.page.locator('.status')).toContainText('离线');
  }
  await first.scan(tube(1));
  const shared = await first.take('zh', 0);
  const other = await first.take('zh', 1);
  expect(other).not.toBe('');

  await second.scan(tube(2));
  expect(await second.take('zh', 0)).toBe(shared);
  await second.scan(tube(1));
  await second.take('zh', 2);
  await expect(second.page.locator('.status')).toContainText('未上传 2');
  // A flat battery in between: what was green is there.
  await second.restart();
  await expect(second.page.locator('.status')).toContainText('未上传 2');

  await first.flightMode(false);
  await first.open('队列');
  await expect.poll(() => first.states()).toEqual({ 已入库: 2 });
  await second.flightMode(false);
  await second.open('队列');
  await expect.poll(() => second.states()).toEqual({ 待处理: 2 });
  await expect(second.page.locator('.record').first().locator('.trouble')).toContainText(tube(1));

  const sampler = await world.as('gonghe.field-worker');
  const poolOf = async (code: string) => (await sampler.testing.pools({ query: { q: code } })).items[0];
  expect(await poolOf(tube(1))).toMatchObject({ memberCount: 2 });
  const kept = await sampler.intake.quarantine({ query: { limit: 500 } });
  expect(kept.items.length).toBeGreaterThanOrEqual(2);

  // The wrong tube code is put right as a new record; the old one says which took its place.
  const wrongTube = second.page
    .locator('.record')
    .filter({ hasText: tube(1) })
    .filter({ hasNotText: tube(2) })
    .first();
  await wrongTube.getByRole('button', { name: '改正重报' }).click();
  await wrongTube.locator('input[name=tubeCode]').fill(tube(3));
  await wrongTube.getByRole('button', { name: '作为新记录上传' }).click();
  await expect.poll(() => second.states()).toEqual({ 待处理: 1, 已作废: 1, 已入库: 1 });
  expect(await poolOf(tube(3))).toMatchObject({ memberCount: 1 });

  // Four swabs were offered, three people were met: the round has each of them once, and every sum agrees.
  const figures = async () => {
    const { counts, accounting } = await sampler.rounds.byId({ params: { roundId } });
    return [counts.sampled, accounting.registered.value, accounting.identities.map(({ gap }) => gap)];
  };
  await expect.poll(figures).toEqual([3, 3, [0, 0, 0, 0, 0]]);
  const duties = await sampler.tasks.list({ query: { limit: 100 } });
  expect(duties.items.map(({ kind }) => kind)).toContain('testing.quarantine');
  for (const device of [first, second]) await device.throwAway();
});

test('an answer that is lost and a server that is busy cost nothing: sent again, counted once, not before the time asked for [K3 T20 T33]', async ({
  browser,
  world,
}) => {
  const device = await FieldDevice.atWork(browser);
  const { page } = device;
  const seen: { at: number; answered: string }[] = [];
  await page.route('**/api/intake', async (route) => {
    const answered = ['lost', 'busy'][seen.length] ?? 'through';
    seen.push({ at: Date.now(), answered });
    if (answered === 'lost') {
      // Committed by the server; the answer never arrives.
      await route.fetch();
      return route.abort('connectionreset');
    }
    if (answered === 'busy')
      return route.fulfill({ status: 503, headers: { 'retry-after': '3' }, body: '{}' });
    return route.continue();
  });
  await device.scan(tube(10));
  await device.take('li', 0);
  await device.open('队列');
  await expect.poll(() => device.states(), { timeout: 20_000 }).toEqual({ 已入库: 1 });
  expect(seen.map(({ answered }) => answered).slice(0, 3)).toEqual(['lost', 'busy', 'through']);
  expect(seen[2]!.at - seen[1]!.at).toBeGreaterThanOrEqual(3_000);
  const sampler = await world.as('gonghe.field-worker');
  const { items } = await sampler.testing.pools({ query: { q: tube(10) } });
  expect(items).toMatchObject([{ memberCount: 1 }]);
  await device.throwAway();
});

test('a full disk refuses the next person in words and keeps everybody before; a file takes the queue to another phone [K3 T23 F38]', async ({
  browser,
}) => {
  // Filling the disk byte by byte takes its time.
  test.slow();
  const [device, relief] = [await FieldDevice.atWork(browser), await FieldDevice.atWork(browser)];
  await device.flightMode(true);
  await device.scan(tube(20));
  await device.take('wa', 0);
  await device.fillDisk();
  await device.field.fill('wa');
  await device.page.locator('.scan__candidates li > button:first-child').nth(1).click();
  await expect(device.said).toContainText('本机存储已满，此人没有登记');
  await expect(device.page.locator('.status')).toContainText('未上传 1');
  await device.emptyDisk();

  await device.open('队列');
  await device.page.getByRole('button', { name: '导出队列' }).click();
  const code = (await device.page.locator('output.code').textContent()) ?? '';
  const saved = device.page.waitForEvent('download');
  await device.page.getByRole('link', { name: '保存文件' }).click();
  const path = await (await saved).path();
  await relief.open('队列');
  const importing = async (told: string) => {
    await relief.page.locator('input[type=file]').setInputFiles(path);
    await relief.page.getByLabel('对方告知的口令').fill(told);
    await relief.page.locator('button', { hasText: '导入另一部手机的队列' }).click();
  };
  await importing('AAAA-BBBB-CCCC-DDDD');
  await expect(relief.page.getByText('打不开')).toBeVisible();
  await importing(code);
  await expect.poll(() => relief.states()).toEqual({ 已入库: 1 });
  // The first phone comes back and sends the same: counted once, known on both.
  await device.flightMode(false);
  await expect.poll(() => device.states(), { timeout: 45_000 }).toEqual({ 已入库: 1 });
  for (const one of [device, relief]) await one.throwAway();
});

test('a wrong PIN opens nothing and deletes nothing; a list that arrives in part is not used; a revoked phone loses its list and keeps its queue [T25 T26 T27]', async ({
  browser,
  world,
}) => {
  const device = await FieldDevice.atWork(browser);
  const { page } = device;
  await page.route('**/pages/1', (route) => route.abort('connectionreset'));
  await device.open('更多');
  const before = (await page.getByText(/，\d+ 人/).textContent()) ?? '';
  await page.getByRole('button', { name: '更新名单' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByText(/，\d+ 人/)).toHaveText(before);
  await page.unroute('**/pages/1');

  await device.open('采样');
  await device.flightMode(true);
  await device.scan(tube(30));
  const name = await device.take('ya', 0);
  // Nothing of the person lies open in the browser's storage.
  const stored = await page.evaluate(async () => {
    const open = indexedDB.open('levee-field');
    await new Promise((resolve) => (open.onsuccess = resolve));
    const all = open.result.transaction('records').objectStore('records').getAll();
    await new Promise((resolve) => (all.onsuccess = resolve));
    open.result.close();
    return JSON.stringify(all.result, (_, value) =>
      value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value,
    );
  });
  expect(stored).toContain('saved');
  expect(stored).not.toContain(name);
  expect(stored).not.toContain(tube(30));
  await device.restart('000000');
  await expect(page.getByRole('alert')).toContainText('PIN 不对');
  await page.keyboard.type('135790');
  await expect(page.locator('.status')).toContainText('未上传 1');

  const keeper = await world.as('hainan.security-administrator');
  const sampler = await world.as('gonghe.field-worker');
  const { items } = await sampler.sync.devices({ query: { limit: 1 } });
  await keeper.sync.revoke({ params: { deviceId: items[0]!.id }, body: { reason: '演练' } });
  await device.flightMode(false);
  await expect(page.getByText('本机已停用')).toBeVisible();
  await device.open('更多');
  await expect(page.getByText('本机没有名单')).toBeVisible();
  await device.open('队列');
  await expect.poll(() => device.states()).toEqual({ 已入库: 1 });
  await device.throwAway();
});

test('a queue left by the first edition of the app is opened by today’s, whatever was added since, and sent once and whole [T24 K3]', async ({
  browser,
  world,
}) => {
  const sampler = await world.as('gonghe.field-worker');
  const { demonstration } = await sampler.system.health();
  const at = demonstration!.now;
  const { id, username, name } = await sampler.access.me();
  const account = { id, username, name };
  const { items } = await sampler.places.search({ query: { class: ['test_site'], limit: 1 } });
  const site = items[0]!;
  const homes = await sampler.places.search({
    query: { within: site.division, level: ['township', 'community'] },
  });
  const deviceId = newId();
  await sampler.sync.register({ body: { id: deviceId, name: '旧版手机', siteId: site.id } });
  // Every kind of record the first edition wrote, with its fields and no later one.
  const pool = { poolId: newId(), tubeCode: tube(40), capacity: 10 };
  const [first, second] = [newId(), newId()];
  const person = (personId: string, nameZh: string) => ({
    kind: 'person',
    personId,
    nameZh,
    placeId: homes.items[0]!.id,
  });
  const written = [
    person(first, '旧版甲'),
    { kind: 'sample', ...pool, who: { personId: first }, foundIn: 'community_screening' },
    person(second, '旧版乙'),
    { kind: 'sample', ...pool, who: { personId: second }, paperNumber: 'A-07' },
    { kind: 'seal', ...pool },
  ].map((command, index) => ({ id: newId(), order: index + 1, at, siteId: site.id, ...command }));
  // The first two had been offered already when the phone went dark: the server has them, the phone was never told.
  const body = { deviceId, sentAt: at, commands: written.slice(0, 2) };
  await sampler.intake.append({ purpose: 'testing', body });

  const device = await FieldDevice.unpackInto(browser, (page) =>
    leaveFirstEdition(page, {
      ...{ account, deviceId, site, pin: '246802' },
      records: written.map((command, index) => ({
        ...{ command, about: { name: '旧版', tubeCode: pool.tubeCode } },
        state: index < 2 ? ('queued' as const) : ('saved' as const),
      })),
    }),
  );
  const { page } = device;
  await expect(page.locator('.choices')).toContainText('5');
  await device.enter('246802');
  await expect(page.locator('.status')).toContainText('未上传 5');
  // Signed in as it was: nobody is asked for more than the password.
  await device.open('队列');
  await page.locator('input[name=password]').fill(getLogInOrThrow('gonghe.field-worker').password);
  await page.locator('form.sign-in__form button[type=submit]').click();
  await expect.poll(() => device.states(), { timeout: 30_000 }).toEqual({ 已入库: 5 });
  const found = await sampler.testing.pools({ query: { q: pool.tubeCode } });
  expect(found.items).toMatchObject([{ memberCount: 2, state: 'closed' }]);
  // It is today's database now, with every record still in it.
  const version = page.evaluate(async () =>
    (await indexedDB.databases()).find((one) => one.name === 'levee-field'),
  );
  expect(await version).toMatchObject({ version: 20 });
  expect((await device.stored()).map(({ id }) => id).toSorted()).toEqual(
    written.map(({ id }) => id).toSorted(),
  );
  await device.throwAway();
});

test('a label printed for the site is read through the camera and opens its tube; a tube that is not the site’s is asked about without a network [C2 F35 K3]', async ({
  world,
}, info) => {
  const sampler = await world.as('gonghe.field-worker');
  const { items } = await sampler.places.search({ query: { class: ['test_site'], limit: 1 } });
  const { codes } = await sampler.laboratory.labels({
    body: { siteId: items[0]!.id, batchId: newId(), count: 2, capacity: 5 },
  });
  const film = info.outputPath('label.y4m');
  writeFileSync(film, filmOfLabel(codes[0]!));
  const browser = await launchWithCamera(film);
  try {
    const device = await FieldDevice.atWork(browser);
    await device.flightMode(true);
    await device.page.getByRole('button', { name: '相机' }).click();
    await expect(device.page.locator('.tube__code')).toHaveText(codes[0]!);
    await device.page.getByRole('button', { name: '相机' }).click();
    // The sheet said five to a tube; the code typed without its hyphens is the same tube.
    await expect(device.page.locator('.tube__count')).toHaveText('0 / 5 人');
    await device.take('zm', 0);
    await device.scan('FOREIGN-77');
    await expect(device.said).toContainText('不是本点领用的管');
    await device.page.getByRole('button', { name: '取消' }).click();
    await device.scan(codes[1]!.replaceAll('-', ''));
    await expect(device.page.locator('.tube__code')).toHaveText(codes[1]!);
  } finally {
    await browser.close();
  }
});
