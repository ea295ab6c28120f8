/** A whole Levee for a test file: its own database cloned from a migrated template, real HTTP on loopback. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, contract, createClient, type Role } from '@levee/contract';
import pg from 'pg';
import { inject } from 'vitest';
import { type House, openHouse } from '../../main.ts';
import { openAccount } from '../../modules/access/index.ts';
import { type StayIndex, startStayIndex } from '../../modules/tracing/index.ts';
import { HandClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { systemContext } from '../context.ts';
import { inScopedTransaction } from '../db/pool.ts';
import { cookieJar } from '../http/cookie-jar.ts';
import { silentLog } from '../log.ts';
import type { TestCluster } from '../postgres/test-cluster.ts';
import type { Measure } from '../space/index.ts';
import { databaseUrls, prepareTemplate } from './template.ts';

export interface SignedIn {
  readonly client: Client;
  readonly username: string;
  readonly password: string;
  readonly accountId: string;
  /** `name=value; …`, for raw requests. */
  cookie(): string;
}

export interface TestHouse extends House {
  readonly clock: HandClock;
  readonly url: string;
  readonly appUrl: string;
  readonly ownerUrl: string;
  /** As superuser on the house's database: for what nobody should be able to do. */
  readonly adminUrl: string;
  /** Opens an account and signs it in over HTTP. */
  signIn(role: Role, division?: string): Promise<SignedIn>;
  /** Starts the index over all stays, which a test house does without otherwise. */
  startStayIndex(): StayIndex;
  /** Waits until every reaction has handled what was written. */
  settle(): Promise<void>;
  /** Runs SQL as superuser, past row-level security: to look, or to do what an attacker would. */
  asSuperuser<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** Opens a house at `now` (default: the evening the model case begins). Call `close()` in afterAll. */
export async function openTestHouse(
  now = '2022-08-11T21:00:00+08:00',
  cluster: TestCluster = inject('postgres'),
  // The disk of whoever runs the tests may be full enough for an alarm.
  measureSpace: Measure = async () => [],
): Promise<TestHouse> {
  await prepareTemplate(cluster);
  const urls = await databaseUrls(cluster);
  const dataDir = mkdtempSync(join(tmpdir(), 'levee-house-'));
  const clock = new HandClock(now);
  const config = readConfig({ LEVEE_LOG_LEVEL: 'error', DATABASE_POOL: '8' });
  const secret = 'a test secret that is long enough to be one';
  const house = await openHouse({
    config,
    log: silentLog(),
    appUrl: urls.app,
    dataDir,
    secret,
    clock,
    stayIndex: false,
    measureSpace,
  });
  const url = await house.listen(0);
  let opened = 0;

  return {
    ...house,
    clock,
    url,
    appUrl: urls.app,
    ownerUrl: urls.owner,
    adminUrl: urls.admin,
    startStayIndex: () => startStayIndex(house.platform, urls.app),
    settle: () => house.dispatcher.settle(),
    async signIn(role, division = '6325') {
      opened += 1;
      const username = `${role.replaceAll('_', '-')}-${division}-${opened}`;
      const made = await inScopedTransaction(house.platform.db, '6325', (trx) =>
        openAccount(systemContext(house.platform, trx), house.access.authentication, {
          username,
          name: `测试 ${role} ${opened}`,
          role,
          division,
        }),
      );
      const jar = cookieJar(url);
      const client = createClient(contract, jar.transport);
      await client.access.signIn({ body: { username, password: made.password } });
      return { client, username, password: made.password, accountId: made.account.id, cookie: jar.cookie };
    },
    async asSuperuser(text, values = []) {
      const connection = new pg.Client({ connectionString: urls.admin });
      await connection.connect();
      try {
        return (await connection.query(text, values)).rows;
      } finally {
        await connection.end();
      }
    },
    async close() {
      await house.close();
      await urls.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
