import { newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../../platform/testing/index.ts';
import { cardOf, type Ground, openGround, purpose } from '../../../platform/testing/testing-ground.ts';

describe('key populations', () => {
  let ground: Ground;
  let workers: string[];
  let contact: SignedIn;
  beforeAll(async () => {
    ground = await openGround();
    const { house, market } = ground;
    workers = await ground.people(4);
    // The desk's form does not ask where people work; imports and the population loader do.
    await house.asSuperuser(
      `update person set work_id = $1, occupation = 'trade_service' where id = any($2::uuid[])`,
      [market, workers],
    );
    await house.asSuperuser(`update person set occupation = 'driver' where id = $1`, [workers[3]]);
    contact = await house.signIn('field_worker', '632521100');
    const surveyor = await house.signIn('epidemiologist', '632521');
    await surveyor.client.places.setSteward({
      params: { placeId: market },
      body: { accountId: contact.accountId },
    });
  });
  afterAll(() => ground.house.close());

  const members = async (query: object = {}) => {
    await ground.house.settle();
    return ground.desk.client.keyPopulations.members({ purpose, query });
  };
  const sample = (personId: string) =>
    ground.desk.client.testing.registerSample({
      purpose,
      body: { ...ground.tube(1), id: newId(), who: { personId }, takenAt: ground.now() },
    });
  const enrol = (occupations?: string[]) =>
    ground.desk.client.keyPopulations.enrol({
      purpose,
      body: {
        population: 'crowded_service_posts',
        employerId: ground.market,
        ...(occupations && { occupations }),
      },
    });

  it('the pack says how often: posts in direct contact daily, crowded services twice a week, with its source [C6 P1]', async () => {
    const { items } = await ground.desk.client.keyPopulations.rules();
    expect(items.map(({ population, perWeek }) => [population, perWeek])).toEqual([
      ['direct_exposure_posts', 7],
      ['crowded_service_posts', 2],
    ]);
    expect(items[1]).toMatchObject({
      minHoursBetween: 48,
      rule: 'monitoring.populations.crowded_service_posts',
    });
  });

  it('who belongs follows from the place of work and the occupation; enrolling twice enrols once [C6 T18]', async () => {
    expect(await enrol(['trade_service'])).toEqual({ enrolled: 3, known: 0 });
    expect(await enrol()).toEqual({ enrolled: 1, known: 3 });
    const { items, total } = await members();
    expect(total).toBe(4);
    expect(items[0]).toMatchObject({ dueOn: '2022-08-11', state: 'due', lastSampledAt: null });
    const empty = ground.desk.client.keyPopulations.enrol({
      purpose,
      body: { population: 'crowded_service_posts', employerId: ground.labId },
    });
    await expect(empty).rejects.toMatchObject({ code: 'rule.refused' });
  });

  it('a swab moves the next due day by the pack: three days on, not within 48 hours; a missed day is overdue by the clock alone [C6]', async () => {
    await sample(workers[0]!);
    const ahead = await members({ state: 'ahead' });
    expect(ahead.items).toMatchObject([{ personId: workers[0], dueOn: '2022-08-14', state: 'ahead' }]);
    expect(Date.parse(ahead.items[0]!.notBefore!) - Date.parse(ahead.items[0]!.lastSampledAt!)).toBe(
      48 * 3_600_000,
    );
    ground.house.clock.advance(24);
    expect((await members({ state: 'overdue' })).total).toBe(3);
    ground.house.clock.advance(48);
    expect((await members({ state: 'due' })).items.map(({ personId }) => personId)).toEqual([workers[0]]);
  });

  it('the due list reaches the employer’s contact as one task a day, and the grid of the home as a list [C6 G3]', async () => {
    const { items } = await ground.desk.client.keyPopulations.employers({ query: {} });
    expect(items).toMatchObject([{ employer: { id: ground.market }, members: 4, due: 1, overdue: 3 }]);
    const call = () => ground.desk.client.keyPopulations.call({ params: { employerId: ground.market } });
    const first = await call();
    expect(first.people).toBe(4);
    expect(await call()).toEqual(first);
    const tasks = await ground.house.asSuperuser<{ owner_id: string }>(
      `select owner_id from task where kind = 'testing.key_population'`,
    );
    expect(tasks).toEqual([{ owner_id: contact.accountId }]);
    expect((await members({ within: '632521100', state: 'overdue' })).total).toBe(3);
    const neighbour = await ground.house.signIn('field_worker', '632523');
    expect((await neighbour.client.keyPopulations.members({ purpose, query: {} })).total).toBe(0);
  });

  it('whoever left the post is due no longer [C6]', async () => {
    const end = () =>
      ground.desk.client.keyPopulations.end({
        purpose,
        params: { personId: workers[3]! },
        body: { population: 'crowded_service_posts' },
      });
    expect(await end()).toEqual({ ended: 1 });
    expect(await end()).toEqual({ ended: 0 });
    expect((await members()).total).toBe(3);
  });

  it('an employer’s list gets a verdict for every row and writes nothing dry; sent for good it enrols who is plain, once [C6 T18]', async () => {
    const { desk, house, town, market } = ground;
    const cards = ['051', '052', '053'].map((sequence) => cardOf('19800808', sequence));
    for (const [index, identityNumber] of cards.slice(0, 2).entries()) {
      const body = { id: newId(), nameZh: ['卓玛措', '旦正·才让'][index]!, identityNumber, placeId: town };
      await desk.client.people.register({ purpose, body });
    }
    const rows = [
      `卓玛措,${cards[0]},藏`,
      `旦正才让,${cards[1]},藏`,
      `卓玛措,${cards[0]},藏`,
      `无此人,${cards[2]},汉`,
      `写错,63259919800808000X,汉`,
    ];
    const order = (dryRun: boolean, head = '姓名,证件号码,民族', who = desk) =>
      who.client.keyPopulations.enrolList({
        purpose,
        body: {
          population: 'crowded_service_posts',
          employerId: market,
          file: { name: '名单.csv', base64: Buffer.from([head, ...rows].join('\n')).toString('base64') },
          dryRun,
        },
      });
    const before = (await members()).total;
    const dry = await order(true);
    expect(dry.lines.map(({ line, verdict }) => [line, verdict])).toEqual([
      [2, 'new'],
      [3, 'new'],
      [4, 'repeated'],
      [5, 'unknown'],
      [6, 'bad_number'],
    ]);
    expect(dry).toMatchObject({ enrolled: 0, ignored: ['民族'] });
    expect(JSON.stringify(dry)).not.toContain(cards[0]!);
    expect((await members()).total).toBe(before);
    expect(await order(false)).toMatchObject({ enrolled: 2, known: 0 });
    expect(await order(false)).toMatchObject({ enrolled: 0, known: 2 });
    expect((await members()).total).toBe(before + 2);
    await expect(order(true, '名字拼音,号码,民族')).rejects.toMatchObject({ code: 'rule.refused' });
    const neighbour = await house.signIn('field_worker', '632523');
    await expect(order(true, '姓名,证件号码,民族', neighbour)).rejects.toThrow();
  });

  it('one person is enrolled by hand, and nobody of another area [C6 T38]', async () => {
    const [one] = await ground.people(1);
    const enrolOne = (who: SignedIn) =>
      who.client.keyPopulations.enrolPerson({
        purpose,
        body: { population: 'direct_exposure_posts', employerId: ground.labId, personId: one! },
      });
    expect(await enrolOne(ground.desk)).toEqual({ enrolled: 1, known: 0 });
    expect(await enrolOne(ground.desk)).toEqual({ enrolled: 0, known: 1 });
    const neighbour = await ground.house.signIn('field_worker', '632523');
    await expect(enrolOne(neighbour)).rejects.toThrow();
    expect((await members({ population: 'direct_exposure_posts' })).total).toBe(1);
  });

  it('a returnee’s tests follow from the journey alone, and a swab meets the one that is due [C6]', async () => {
    const [traveller, local] = await ground.people(2);
    const arrivedAt = ground.now();
    const leftAt = new Date(Date.parse(arrivedAt) - 12 * 3_600_000).toISOString();
    const register = (
      personId: string,
      travel: { where: string; level: 'high' | 'low' | 'routine'; leftAt: string }[],
    ) =>
      ground.desk.client.keyPopulations.registerReturnee({
        purpose,
        body: { id: newId(), personId, arrivedAt, travel },
      });
    const came = await register(traveller!, [{ where: '西宁市城中区', level: 'low', leftAt }]);
    expect(came).toMatchObject({ managedClass: 'low_area_history', overdue: false });
    expect(came.tests).toHaveLength(2);
    expect(await register(local!, [{ where: '贵德县', level: 'routine', leftAt }])).toMatchObject({
      managedClass: null,
      tests: [],
    });
    await expect(
      register(local!, [
        { where: '兰州市', level: 'high', leftAt: new Date(Date.parse(arrivedAt) + 1000).toISOString() },
      ]),
    ).rejects.toMatchObject({ code: 'rule.refused' });
    await sample(traveller!);
    await ground.house.settle();
    const list = async (query: object = {}) =>
      (await ground.desk.client.keyPopulations.returnees({ purpose, query })).items.find(
        ({ id }) => id === came.id,
      );
    expect((await list())!.tests.map(({ metAt }) => metAt !== null)).toEqual([true, false]);
    expect(await list({ overdue: 'true' })).toBeUndefined();
    ground.house.clock.advance(24 * 5);
    expect(await list({ overdue: 'true' })).toMatchObject({ overdue: true });
  });
});
