/** The server under load, in a process of its own: told the cluster, tells its address, a site, people and sessions. */
import { newId } from '@levee/contract';
import { openTestHouse, type TestCluster } from '@levee/server/testing';

export interface Ready {
  readonly url: string;
  readonly adminUrl: string;
  readonly siteId: string;
  readonly personIds: readonly string[];
  readonly cookies: readonly string[];
}

const NOW = '2022-08-11T21:00:00+08:00';

process.once('message', async (asked: { cluster: TestCluster; people: number; devices: number }) => {
  const house = await openTestHouse(NOW, asked.cluster);
  const surveyor = await house.signIn('epidemiologist', '632521');
  const town = await house.asSuperuser<{ id: string }>(`select id from place where code = '632521100'`);
  const siteId = newId();
  await surveyor.client.places.add({
    body: {
      id: siteId,
      parentId: town[0]!.id,
      class: 'test_site',
      nameZh: '压测采样点',
      lon: null,
      lat: null,
      indoors: true,
    },
  });
  const personIds = Array.from({ length: asked.people }, () => newId());
  await house.asSuperuser(
    `insert into person (id, place_id, division, name_zh, sex, created_at)
     select id, $2, '632521100', '压测', 'unknown', $3 from unnest($1::uuid[]) as one (id)`,
    [personIds, town[0]!.id, NOW],
  );
  // As it is of any installation that has run for a minute.
  await house.asSuperuser('analyze person');
  const cookies: string[] = [];
  for (let device = 0; device < asked.devices; device += 1)
    cookies.push((await house.signIn('field_worker', '632521')).cookie());
  process.send!({ url: house.url, adminUrl: house.adminUrl, siteId, personIds, cookies } satisfies Ready);
  process.once('message', async () => {
    await house.close();
    process.exit(0);
  });
});
