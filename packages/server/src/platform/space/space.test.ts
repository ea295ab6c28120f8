import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedHeadquarters } from '../../modules/organisations/index.ts';
import { systemContext } from '../context.ts';
import { inScopedTransaction } from '../db/pool.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../testing/index.ts';
import { measureFolder } from './measure.ts';
import { alarmsAt, allows, type Level, levelOf, type Reading } from './space.ts';

const GB = 1024 ** 3;
const MB = 1024 ** 2;
const disk = (freeBytes: number, totalBytes = 100 * GB): Reading => ({
  place: 'data',
  freeBytes,
  totalBytes,
});

describe('levels of space', () => {
  it('a disk passes 80 and 90 percent, then refuses bulk, commands and last of all samples [T11]', () => {
    const seen: [number, Level][] = [];
    let level: Level = 'ample';
    for (let free = 100 * GB; free > 0; free -= 8 * MB) {
      const next = levelOf(disk(free), level);
      if (next !== level) seen.push([Math.round(free / MB), next]);
      level = next;
    }
    expect(seen).toEqual([
      [20_480, 'low'],
      [10_240, 'critical'],
      [3_072, 'tight'],
      [64, 'short'],
      [32, 'full'],
    ]);
    const refused = (at: Level) =>
      (['read', 'bulk', 'command', 'intake'] as const).filter((need) => !allows(at, need));
    expect(refused('critical')).toEqual([]);
    expect(refused('tight')).toEqual(['bulk']);
    expect(refused('short')).toEqual(['bulk', 'command']);
    expect(refused('full')).toEqual(['bulk', 'command', 'intake']);
  });

  it('a level is left only with a fifth more room than it began at [T11]', () => {
    expect(levelOf(disk(23.9 * GB), 'low')).toBe('low');
    expect(levelOf(disk(24.1 * GB), 'low')).toBe('ample');
    expect(levelOf(disk(11 * GB), 'critical')).toBe('critical');
    expect(levelOf(disk(13 * GB), 'critical')).toBe('low');
    expect(levelOf(disk(90 * GB), 'full')).toBe('ample');
  });

  it('three percent of a disk array is no emergency, and 128 MB of a small disk is one [T11]', () => {
    expect(levelOf(disk(200 * GB, 10_000 * GB), 'ample')).toBe('critical');
    expect(levelOf(disk(8 * GB, 10_000 * GB), 'ample')).toBe('tight');
    expect(levelOf(disk(120 * MB, GB), 'ample')).toBe('tight');
    expect(alarmsAt('tight')).toEqual(['warning', 'critical']);
  });
});

describe('a disk that fills', () => {
  let house: TestHouse;
  let duty: SignedIn;
  let free = 50 * GB;
  beforeAll(async () => {
    house = await openTestHouse(undefined, undefined, async () => [disk(free)]);
    duty = await house.signIn('duty_officer', '6325');
    await inScopedTransaction(house.platform.db, '6325', (trx) =>
      seedHeadquarters(systemContext(house.platform, trx)),
    );
    await house.settle();
  });
  afterAll(() => house.close());

  const look = async (bytes: number) => {
    free = bytes;
    await house.platform.space.look();
    await house.settle();
  };
  const tasks = async () =>
    (await duty.client.tasks.list({ query: { limit: 200 } })).items.filter(
      ({ kind }) => kind === 'system.space',
    );
  const check = async () => {
    const response = await fetch(`${house.url}/api/health`);
    const { checks } = (await response.json()) as {
      checks: { name: string; alarm?: string; detail: { zh: string } }[];
    };
    return { status: response.status, ...checks.find(({ name }) => name === 'space')! };
  };

  it('raises each alarm once, as a duty with an owner, and closes it when there is room again [T11]', async () => {
    expect(await tasks()).toEqual([]);
    for (const percentFree of [19, 18, 19, 18]) await look(percentFree * GB);
    const [warning, ...more] = await tasks();
    expect(more).toEqual([]);
    expect(warning).toMatchObject({ owner: { id: duty.accountId }, state: 'open', division: '6325' });
    expect(warning!.title.zh).toContain('81%');
    expect(await check()).toMatchObject({ status: 200, alarm: 'warning' });

    for (const percentFree of [9, 11, 9]) await look(percentFree * GB);
    expect(await tasks()).toHaveLength(2);
    expect(await check()).toMatchObject({ status: 200, alarm: 'critical' });

    await look(21 * GB);
    expect((await tasks()).map(({ state, title }) => [title.en.slice(0, 6), state]).toSorted()).toEqual([
      ['The di', 'open'],
      ['Urgent', 'done'],
    ]);
    await look(50 * GB);
    expect((await tasks()).every(({ state }) => state === 'done')).toBe(true);
    expect(await check()).not.toHaveProperty('alarm');
  });

  it('an alarm that could not be written while the disk was full is on record afterwards [T11]', async () => {
    const before = (await tasks()).length;
    await house.asSuperuser('revoke insert on space_alarm from levee_app');
    await look(9 * GB);
    await look(50 * GB);
    expect(await tasks()).toHaveLength(before);
    await house.asSuperuser('grant insert on space_alarm to levee_app');
    await look(50 * GB);
    const after = await tasks();
    expect(after).toHaveLength(before + 2);
    expect(after.every(({ state }) => state === 'done')).toBe(true);
  });

  it('refuses before it acknowledges, samples last, in both languages and with Retry-After; reads go on [T11]', async () => {
    const worker = await house.signIn('field_worker', '632521');
    const analyst = await house.signIn('epidemiologist', '6325');
    const call = async (who: SignedIn, path: string, body: object | null, purpose: string) => {
      const response = await fetch(house.url + path, {
        method: body ? 'POST' : 'GET',
        headers: {
          cookie: who.cookie(),
          'levee-purpose': purpose,
          ...(body && { 'content-type': 'application/json', 'levee-command': newId() }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const error =
        response.status >= 400 ? (JSON.parse(text) as { error: { message: object } }).error : null;
      return { status: response.status, retryAfter: response.headers.get('retry-after'), error };
    };
    const intake = { deviceId: newId(), sentAt: '2022-08-11T21:00:00+08:00', commands: [{}] };
    const all = async () => ({
      upload: await call(analyst, '/api/cases/imports', {}, 'case_investigation'),
      export: await call(analyst, '/api/cases/export', null, 'case_investigation'),
      command: await call(duty, `/api/tasks/${newId()}/accept`, { version: 1 }, 'outbreak_command'),
      intake: await call(worker, '/api/intake', intake, 'testing'),
      read: await call(analyst, '/api/cases', null, 'case_investigation'),
    });
    const statuses = async () =>
      Object.fromEntries(Object.entries(await all()).map(([name, { status }]) => [name, status]));

    await look(50 * GB);
    expect(await statuses()).toEqual({ upload: 400, export: 200, command: 404, intake: 200, read: 200 });
    await look(2 * GB);
    expect(await statuses()).toEqual({ upload: 507, export: 507, command: 404, intake: 200, read: 200 });
    await look(50 * MB);
    expect(await statuses()).toEqual({ upload: 507, export: 507, command: 503, intake: 200, read: 200 });
    await look(20 * MB);
    const full = await all();
    expect(full.intake).toMatchObject({ status: 503, retryAfter: '15' });
    expect(full.upload).toMatchObject({ status: 507, retryAfter: '60' });
    expect(full.upload.error).toMatchObject({
      message: {
        zh: '服务器磁盘空间不足（剩余 20 MB），暂停上传、导入、导出和其他大批量操作',
        en: 'Little disk space is left on the server (20 MB): uploads, imports, exports and other bulk work are paused',
      },
    });
    expect(full.read.status).toBe(200);
    await house.signIn('inspector', '6325');
    await look(50 * GB);
    expect(await statuses()).toEqual({ upload: 400, export: 200, command: 404, intake: 200, read: 200 });
  });
});

describe('a real disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'levee-space-'));
  let mounted = false;
  beforeAll(() => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder], { stdio: 'ignore' });
      mounted = true;
    } catch {}
  });
  afterAll(() => {
    if (mounted) execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('is read as df reads it, filled and freed [T11]', async ({ skip }) => {
    if (!mounted) skip('no tmpfs may be mounted here: not root');
    const measure = measureFolder(folder);
    const freeMegabytes = async () => (await measure()).map(({ freeBytes }) => Math.round(freeBytes / MB));
    expect((await measure()).map(({ totalBytes }) => totalBytes)).toEqual([64 * MB]);
    expect(await freeMegabytes()).toEqual([64]);
    execFileSync('fallocate', ['-l', '60M', join(folder, 'ballast')]);
    expect(await freeMegabytes()).toEqual([4]);
    expect(levelOf((await measure())[0]!, 'ample')).toBe('full');
    rmSync(join(folder, 'ballast'));
    expect(levelOf((await measure())[0]!, 'full')).not.toBe('full');
  });
});
