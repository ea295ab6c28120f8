import { newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemContext } from '../../platform/context.ts';
import { inScopedTransaction } from '../../platform/db/pool.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../platform/testing/index.ts';
import { ownerFor, seedHeadquarters } from '../organisations/index.ts';
import { PNG } from './evidence/pictures.ts';
import { closeTasksOf, openTask } from './index.ts';

describe('tasks', () => {
  let house: TestHouse;
  let prefecture: SignedIn;
  let county: SignedIn;
  let officer: SignedIn;
  let deputy: SignedIn;
  const inHouse = <T>(work: (context: ReturnType<typeof systemContext>) => Promise<T>) =>
    inScopedTransaction(house.platform.db, '6325', (trx) => work(systemContext(house.platform, trx)));
  const hoursFromNow = (hours: number) => new Date(house.clock.nowMs() + hours * 3_600_000).toISOString();

  beforeAll(async () => {
    house = await openTestHouse();
    // The ladder must hold with nothing running behind it.
    await house.sweeper.stop();
    prefecture = await house.signIn('commander', '6325');
    county = await house.signIn('commander', '632521');
    officer = await house.signIn('duty_officer', '632521');
    deputy = await house.signIn('duty_officer', '632521');
    await inHouse((context) => seedHeadquarters(context));
  });
  afterAll(() => house.close());

  const give = async (over: object = {}) => {
    const body = {
      id: newId(),
      title: { zh: '核查仁和路场所名单', en: 'Check the list of venues of Renhe road' },
      division: '632521100',
      role: 'duty_officer' as const,
      dueAt: hoursFromNow(2),
      ...over,
    };
    return county.client.tasks.open({ body });
  };
  const idsOf = async (who: SignedIn) =>
    (await who.client.tasks.mine({ query: { limit: 500 } })).items.map(({ id }) => id);

  it('a headquarters stands at the prefecture and in each county, its posts held by named people [A4]', async () => {
    const { items } = await prefecture.client.organisations.headquarters();
    expect(items.map(({ division }) => division)).toEqual([
      '6325',
      '632521',
      '632522',
      '632523',
      '632524',
      '632525',
    ]);
    const gonghe = items.find(({ division }) => division === '632521')!;
    expect(gonghe.name.zh).toBe('共和县疫情防控指挥部');
    expect(gonghe.posts.find(({ role }) => role === 'duty_officer')).toMatchObject({
      holder: { id: officer.accountId },
      deputy: { id: deputy.accountId },
    });
  });

  it('a county sees its own headquarters and the one above, never a neighbour [A4 T38]', async () => {
    const { items } = await county.client.organisations.headquarters();
    expect(items.map(({ division }) => division)).toEqual(['6325', '632521']);
  });

  it('a duty finds the nearest post of its role, else the one above, else the commander [A4 A6]', async () => {
    const owner = (division: string, role: 'duty_officer' | 'commander' | 'laboratory') =>
      inHouse((context) => ownerFor(context, { division, role }));
    expect(await owner('632521100003', 'duty_officer')).toBe(officer.accountId);
    expect(await owner('632524100', 'commander')).toBe(prefecture.accountId);
    expect(await owner('632521', 'laboratory')).toBe(county.accountId);
  });

  it('a task has one named owner, is accepted, and is done only with evidence [A6]', async () => {
    const task = await give({ evidenceWanted: { zh: '场所清单', en: 'the list' } });
    expect(task.owner).toMatchObject({ id: officer.accountId });
    expect(await idsOf(officer)).toContain(task.id);
    const accepted = await officer.client.tasks.accept({
      params: { taskId: task.id },
      body: { version: task.version },
    });
    expect(accepted.state).toBe('accepted');
    await expect(
      officer.client.tasks.done({
        params: { taskId: task.id },
        body: { evidence: { text: '', records: [] }, version: accepted.version },
      }),
    ).rejects.toMatchObject({ code: 'request.invalid' });
    const evidence = { text: '已核查 14 处，名单附后。', records: [{ type: 'task', id: task.id }] };
    const done = await officer.client.tasks.done({
      params: { taskId: task.id },
      body: { evidence, version: accepted.version },
    });
    expect(done).toMatchObject({ state: 'done', evidence });
    expect(await idsOf(officer)).not.toContain(task.id);
    const { entries } = await officer.client.tasks.byId({ params: { taskId: task.id } });
    expect(entries.map(({ kind }) => kind)).toEqual(['opened', 'accepted', 'done']);
  });

  it('who does not stand on the ladder of a task cannot report it done [A6]', async () => {
    const stranger = await house.signIn('epidemiologist', '632521');
    const task = await give();
    await expect(
      stranger.client.tasks.accept({ params: { taskId: task.id }, body: { version: task.version } }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it('a directive goes down to counties as a task each, and its progress is theirs [A6]', async () => {
    const body = {
      id: newId(),
      title: { zh: '返州人员登记', en: 'Register people coming back' },
      division: '6325',
      role: 'duty_officer' as const,
      dueAt: hoursFromNow(24),
      cascade: ['632521', '632522'],
    };
    const parent = await prefecture.client.tasks.open({ body });
    expect(parent.below).toEqual({ done: 0, total: 2 });
    const below = await prefecture.client.tasks.list({ query: { parentId: parent.id } });
    const own = below.items.find(({ division }) => division === '632521')!;
    expect(own.owner).toMatchObject({ id: officer.accountId });
    await officer.client.tasks.done({
      params: { taskId: own.id },
      body: { evidence: { text: '登记 31 人', records: [] }, version: own.version },
    });
    const { task } = await prefecture.client.tasks.byId({ params: { taskId: parent.id } });
    expect(task.below).toEqual({ done: 1, total: 2 });
  });

  it('the same key opens once, and closing a record closes its tasks [A6 T18]', async () => {
    const source = { type: 'pool', id: newId() };
    const open = () =>
      inHouse((context) =>
        openTask(context, {
          kind: 'testing.resample',
          title: { zh: '单采复核', en: 'Take single samples' },
          division: '632521100',
          role: 'duty_officer',
          dueAt: hoursFromNow(4),
          source,
          key: `resample-${source.id}`,
        }),
      );
    const [first, second] = [await open(), await open()];
    expect(second).toBe(first);
    const closed = await inHouse((context) => closeTasksOf(context, source, { text: '复采完成' }));
    expect(closed).toBe(1);
    const { task } = await officer.client.tasks.byId({ params: { taskId: first } });
    expect(task).toMatchObject({ state: 'done', evidence: { text: '复采完成', records: [source] } });
  });

  it('a late task reaches deputy, headquarters and the headquarters above with no job running [I1]', async () => {
    const task = await give();
    expect(await idsOf(deputy)).not.toContain(task.id);
    house.clock.advance(2);
    expect(await idsOf(officer)).toContain(task.id);
    expect(await idsOf(deputy)).toContain(task.id);
    expect(await idsOf(county)).not.toContain(task.id);
    house.clock.advance(0.5);
    expect(await idsOf(county)).toContain(task.id);
    expect(await idsOf(prefecture)).not.toContain(task.id);
    house.clock.advance(1.5);
    expect(await idsOf(prefecture)).toContain(task.id);

    const { task: late } = await county.client.tasks.byId({ params: { taskId: task.id } });
    expect(late).toMatchObject({ overdue: true, step: 'upper_headquarters', state: 'open' });
    const overdue = await county.client.tasks.list({ query: { overdue: 'true', limit: 500 } });
    expect(overdue.items.map(({ id }) => id)).toContain(task.id);
    expect((await county.client.tasks.board({ query: {} })).overdueCount).toBe(overdue.total);
  });

  it('the sweep writes each step of the climb down once, and the reason for being late stands beside it [I1]', async () => {
    const task = await give();
    house.clock.advance(3);
    await house.sweeper.round();
    await house.sweeper.round();
    await officer.client.tasks.explain({
      params: { taskId: task.id },
      body: { reason: '道路积水，人员未能到位' },
    });
    const { entries } = await county.client.tasks.byId({ params: { taskId: task.id } });
    expect(entries.map(({ kind, step }) => [kind, step])).toEqual([
      ['opened', null],
      ['climbed', 'deputy'],
      ['climbed', 'headquarters'],
      ['explained', null],
    ]);
    house.clock.advance(1);
    await house.sweeper.round();
    const after = await county.client.tasks.byId({ params: { taskId: task.id } });
    expect(after.entries.at(-1)).toMatchObject({
      kind: 'climbed',
      step: 'upper_headquarters',
      account: { id: prefecture.accountId },
    });
  });

  it('reassigning, with a reason, leaves the clock as it was [A6 F13]', async () => {
    const task = await give();
    house.clock.advance(1);
    const moved = await county.client.tasks.reassign({
      params: { taskId: task.id },
      body: { toAccountId: deputy.accountId, reason: '换班', version: task.version },
    });
    expect(moved).toMatchObject({
      owner: { id: deputy.accountId },
      dueAt: task.dueAt,
      openedAt: task.openedAt,
    });
    await expect(
      county.client.tasks.reassign({
        params: { taskId: task.id },
        body: { toAccountId: officer.accountId, reason: '换班', version: task.version },
      }),
    ).rejects.toMatchObject({ code: 'edit.clash' });
  });

  it('a photograph proves a duty: kept, refused when it is not what it says or no duty of the sender [A6]', async () => {
    const task = await give();
    const picture = PNG;
    const file = (over: object = {}) => ({
      params: { taskId: task.id },
      body: {
        id: newId(),
        name: '仁和路清单.png',
        mediaType: 'image/png' as const,
        content: picture.toString('base64'),
        ...over,
      },
    });
    const added = await officer.client.tasks.addFile(file());
    expect(added).toMatchObject({ bytes: picture.length, addedBy: { id: officer.accountId } });
    const { files } = await county.client.tasks.byId({ params: { taskId: task.id } });
    expect(files).toEqual([added]);
    const read = await county.client.tasks.file({ params: { taskId: task.id, fileId: added.id } });
    expect(Buffer.from(read.content, 'base64').equals(picture)).toBe(true);

    await expect(officer.client.tasks.addFile(file({ mediaType: 'application/pdf' }))).rejects.toMatchObject({
      code: 'rule.refused',
      messages: { zh: expect.stringContaining('仁和路清单.png') },
    });
    const stranger = await house.signIn('epidemiologist', '632521');
    await expect(stranger.client.tasks.addFile(file())).rejects.toMatchObject({ code: 'rule.refused' });
    const neighbour = await house.signIn('commander', '632523');
    await expect(
      neighbour.client.tasks.file({ params: { taskId: task.id, fileId: added.id } }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('the tasks of a working group are those of its post in its area; another group’s are not among them [A6]', async () => {
    const mine = await give();
    const others = await give({ role: 'commander' });
    const { items } = await county.client.tasks.list({
      query: { role: 'duty_officer', within: '632521', limit: 500 },
    });
    const ids = items.map(({ id }) => id);
    expect(ids).toContain(mine.id);
    expect(ids).not.toContain(others.id);
  });

  it('a duty can be given to people whose area covers it, the nearest first, and to no neighbour [A6 T38]', async () => {
    const neighbour = await house.signIn('duty_officer', '632523');
    const { items } = await prefecture.client.tasks.candidates({ query: { division: '632521100' } });
    const ids = items.map(({ id }) => id);
    expect(ids).toContain(officer.accountId);
    expect(ids.indexOf(officer.accountId)).toBeLessThan(ids.indexOf(prefecture.accountId));
    expect(ids).not.toContain(neighbour.accountId);
    await expect(county.client.tasks.candidates({ query: { division: '632523' } })).rejects.toMatchObject({
      code: 'access.outside_scope',
    });
  });

  it('a post handed over takes its open tasks along, clocks running on [A4 F12]', async () => {
    const task = await give();
    const { items } = await officer.client.organisations.headquarters();
    const post = items
      .find(({ division }) => division === '632521')!
      .posts.find(({ role }) => role === 'duty_officer')!;
    const after = await officer.client.organisations.handOver({
      params: { postId: post.id },
      body: {
        toAccountId: deputy.accountId,
        openItems: '仁和路名单待核',
        risks: '夜间降雨，检查点可能中断',
        version: post.version,
      },
    });
    expect(after).toMatchObject({ holder: { id: deputy.accountId }, deputy: { id: officer.accountId } });
    await house.settle();
    const { task: moved } = await deputy.client.tasks.byId({ params: { taskId: task.id } });
    expect(moved).toMatchObject({ owner: { id: deputy.accountId }, dueAt: task.dueAt });
  });
});
