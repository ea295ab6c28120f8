/** Ground for the tests of this module: a county with two sites, a laboratory, desks, and people. */
import { newId, type PoolCapacity, type Target } from '@levee/contract';
import { identityCheckCharacter } from '@levee/protocol';
import { placeIdOfCode } from '../../modules/places/index.ts';
import { openTestHouse, type TestHouse } from './index.ts';

export const purpose = 'testing' as const;
export const CLEAN: Target[] = [
  { name: 'ORF1ab', ct: null },
  { name: 'N', ct: null },
];
export const AMPLIFIED: Target[] = [
  { name: 'ORF1ab', ct: 28.4 },
  { name: 'N', ct: 27.1 },
];

/** A valid number with the address code no county has: nobody's. */
export const cardOf = (born: string, sequence: string): string => {
  const body = `632599${born}${sequence}`;
  return body + identityCheckCharacter(body);
};

export type Ground = Awaited<ReturnType<typeof openGround>>;

export async function openGround() {
  const house: TestHouse = await openTestHouse();
  house.clock.set('2022-08-11T18:00:00+08:00');
  const desk = await house.signIn('field_worker', '632521');
  const lab = await house.signIn('laboratory', '632521');
  const secondLab = await house.signIn('laboratory', '632521');
  const surveyor = await house.signIn('epidemiologist', '632521');
  const town = placeIdOfCode('632521100');
  const venue = async (placeClass: 'test_site' | 'laboratory' | 'market', nameZh: string) => {
    const body = {
      id: newId(),
      parentId: town,
      class: placeClass,
      nameZh,
      lon: null,
      lat: null,
      indoors: true,
    };
    return (await surveyor.client.places.add({ body })).id;
  };
  const site = await venue('test_site', '城北新区采样点');
  const labId = await venue('laboratory', '州疾控中心实验室');
  const market = await venue('market', '城北农贸市场');
  let tubes = 0;

  return {
    house,
    desk,
    lab,
    secondLab,
    site,
    labId,
    market,
    town,
    async people(count: number): Promise<string[]> {
      const ids = Array.from({ length: count }, () => newId());
      for (const [index, id] of ids.entries()) {
        const body = { id, nameZh: `居民${index + 1}`, placeId: town };
        await desk.client.people.register({ purpose, body });
      }
      return ids;
    },
    tube: (capacity: PoolCapacity = 10) => {
      tubes += 1;
      return { poolId: newId(), tubeCode: `QH${String(tubes).padStart(6, '0')}`, capacity, siteId: site };
    },
    now: () => new Date(house.clock.nowMs()).toISOString(),
    /** The laboratory has the tube: no result is taken of one it does not have. */
    receive: (tubeCode: string) =>
      lab.client.testing.receive({
        body: { tubeCode, labId, receivedAt: new Date(house.clock.nowMs()).toISOString() },
      }),
    events: (kind: string) =>
      house.asSuperuser('select data from event where kind = $1 order by sequence', [kind]) as Promise<
        { data: Record<string, unknown> }[]
      >,
  };
}

/** Fills a tube with these people and seals it. */
export async function fillTube(ground: Ground, capacity: PoolCapacity, people: readonly string[]) {
  const tube = ground.tube(capacity);
  for (const personId of people) {
    await ground.desk.client.testing.registerSample({
      purpose,
      body: { ...tube, id: newId(), who: { personId }, takenAt: ground.now() },
    });
  }
  await ground.desk.client.testing.closePool({ body: { ...tube, closedAt: ground.now() } });
  return tube;
}
