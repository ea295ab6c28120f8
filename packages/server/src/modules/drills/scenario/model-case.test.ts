import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, contract, createClient, type Role } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../../../main.ts';
import { createCipher } from '../../../platform/cipher.ts';
import { RunningClock } from '../../../platform/clock.ts';
import { readConfig } from '../../../platform/config.ts';
import { systemContext } from '../../../platform/context.ts';
import { inScopedTransaction } from '../../../platform/db/pool.ts';
import { cookieJar } from '../../../platform/http/cookie-jar.ts';
import { silentLog } from '../../../platform/log.ts';
import { startTestCluster } from '../../../platform/postgres/test-cluster.ts';
import { databaseUrls, prepareTemplate } from '../../../platform/testing/template.ts';
import { openAccount } from '../../access/index.ts';
import { seedHeadquarters } from '../../organisations/index.ts';
import { readDivisions } from '../../places/index.ts';
import { generatePopulation } from '../population/index.ts';
import { loadWorld } from '../world/load-world.ts';
import { castOf } from './cast.ts';
import { createPlayer, type DrillAccount, type Player } from './player.ts';
import { STARTS_AT } from './scenes.ts';

const ROLES: readonly Role[] = [
  'duty_officer',
  'commander',
  'epidemiologist',
  'laboratory',
  'field_worker',
  'information_officer',
];

describe('the model case, played over HTTP by role accounts', () => {
  let house: House;
  let player: Player;
  let drop: () => Promise<void>;
  let dataDir: string;
  let investigator: Client;
  let url: string;

  beforeAll(async () => {
    // A cluster of its own: loading 200,000 people is one transaction, and while it runs no event of any database of
    // the same cluster counts as settled.
    const { cluster, remove } = await startTestCluster();
    drop = remove;
    await prepareTemplate(cluster);
    const urls = await databaseUrls(cluster);
    dataDir = mkdtempSync(join(tmpdir(), 'levee-model-case-'));
    const secret = 'a test secret that is long enough to be one';
    const population = generatePopulation({
      divisions: readDivisions(),
      seed: 20220811,
      headcount: 200_000,
      today: '2022-08-11',
    });
    const cast = castOf(population);
    await loadWorld(urls.admin, createCipher(secret), {
      population,
      places: [],
      stays: cast.stays,
      recordedAt: STARTS_AT,
    });
    const clock = new RunningClock(STARTS_AT, 0);
    const accounts: DrillAccount[] = [];
    player = createPlayer({
      clock,
      cast,
      accounts,
      log: silentLog(),
      speed: 600,
      plays: true,
      restart: () => {},
    });
    const config = readConfig({ LEVEE_LOG_LEVEL: 'error' });
    house = await openHouse({
      config,
      log: silentLog(),
      appUrl: urls.app,
      dataDir,
      secret,
      clock,
      demonstration: player,
    });
    await inScopedTransaction(house.platform.db, '6325', async (trx) => {
      const context = systemContext(house.platform, trx);
      for (const role of ROLES) {
        const account = {
          username: `gonghe.${role.replaceAll('_', '-')}`,
          name: role,
          role,
          division: '632521',
        };
        const { password } = await openAccount(context, house.access.authentication, account);
        accounts.push({ ...account, password });
      }
      await seedHeadquarters(context);
    });
    url = await house.listen(0);
    player.start(url);
    player.pause();
    await player.playAll();
    investigator = createClient(contract, cookieJar(url).transport);
    const { username, password } = accounts.find(({ role }) => role === 'epidemiologist')!;
    await investigator.access.signIn({ body: { username, password } });
    await house.dispatcher.settle();
  }, 600_000);
  afterAll(async () => {
    await player.stop();
    await house.close();
    await drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('no scene is refused [A1 A2 B1 B2 B3 B4 C3 D1 H1]', () => {
    expect(player.state().scenes.filter(({ state }) => state !== 'done')).toEqual([]);
  });

  it('has 12 close contacts and 38 contacts of contacts, found by the search and accepted [B3 B4]', async () => {
    const { accepted } = await investigator.tracing.counts({ query: {} });
    expect(accepted).toMatchObject({ close: 12, contact_of_contact: 38 });
  });

  it('has four positives in Gonghe at the end [B1]', async () => {
    const { items } = await investigator.cases.list({ query: {}, purpose: 'case_investigation' });
    expect(items).toHaveLength(4);
    expect(items.every(({ division }) => division.startsWith('632521'))).toBe(true);
  });

  it('each of the 12 close contacts has one order with test days, release conditions and two persons behind it [E1 B4 R4]', async () => {
    const { items } = await investigator.isolation.orders({
      query: { class: ['close'], limit: 500 },
      purpose: 'isolation_care',
    });
    expect(items).toHaveLength(12);
    for (const { id } of items) {
      const order = await investigator.isolation.orderById({
        params: { orderId: id },
        purpose: 'isolation_care',
      });
      const [first] = order.phases;
      expect(first?.tests.map(({ day }) => day)).toEqual([1, 2, 3, 5, 7].slice(0, first!.tests.length));
      expect(first!.tests.length).toBeGreaterThanOrEqual(4);
      expect(order.release.releasable).toBe(false);
      expect(order.release.blocking.length).toBeGreaterThan(0);
      expect(order.source).not.toBe('');
      for (const { measure } of order.phases) {
        expect(measure?.approver).not.toBeNull();
        expect(measure?.approver?.id).not.toBe(measure?.author.id);
      }
    }
  });

  it('everybody under an order was told, admitted and followed up every day, and no seam is late [D4 E1]', async () => {
    const { items } = await investigator.isolation.orders({
      query: { state: ['in_force'], limit: 500 },
      purpose: 'isolation_care',
    });
    expect(items).toHaveLength(50);
    expect(items.filter(({ notifiedAt, admittedAt }) => notifiedAt === null || admittedAt === null)).toEqual(
      [],
    );
    expect(items.filter(({ late }) => late.length > 0)).toEqual([]);
    expect(items.filter(({ followUpDueToday }) => followUpDueToday)).toEqual([]);
    expect(items.filter(({ positive }) => positive)).toHaveLength(3);
    const { items: sites, toAdmit } = await investigator.isolation.facilities({ query: {} });
    const inRooms = items.filter(({ room }) => room !== null).length;
    expect(inRooms).toBeGreaterThan(0);
    expect(sites.reduce((sum, { occupiedCount }) => sum + occupiedCount, 0)).toBe(inRooms);
    expect(toAdmit).toBe(0);
  });

  it('met every clock of the law in time, the 24 hours of the first investigation too [A2]', async () => {
    const { items } = await investigator.incidents.current();
    const { clocks } = await investigator.incidents.byId({ params: { incidentId: items[0]!.id } });
    expect(clocks.map(({ kind, state }) => [kind, state])).toEqual(clocks.map(({ kind }) => [kind, 'met']));
  });

  it('met the two-hour report in time, and risk areas hold with a second person [A2 D1 R4]', async () => {
    const { items } = await investigator.incidents.current();
    const { clocks } = await investigator.incidents.byId({ params: { incidentId: items[0]!.id } });
    expect(clocks.some(({ state }) => state === 'met')).toBe(true);
    const areas = await investigator.measures.list({ query: { kind: ['risk_area'] } });
    expect(areas.items.length).toBeGreaterThan(0);
    expect(areas.items.every(({ author, approver }) => approver !== null && approver.id !== author.id)).toBe(
      true,
    );
  });

  it('published its bulletins on the portal, and the portal says it is a demonstration [H1 H5]', async () => {
    const data = (await (await fetch(`${url}/portal/bulletins.json`)).json()) as {
      bulletins: { body: { zh: string } }[];
    };
    expect(data.bulletins).toHaveLength(2);
    expect(data.bulletins.map(({ body }) => body.zh).join()).toContain('12');
    const health = await createClient(contract, cookieJar(url).transport).system.health();
    expect(health.demonstration).not.toBeNull();
  });
});
