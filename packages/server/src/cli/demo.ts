/** `levee demo`: a synthetic prefecture, the model case played through the real doors, and log-ins for every role. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Role, roles } from '@levee/contract';
import type { Command } from 'commander';
import { type House, openHouse } from '../main.ts';
import { openAccount } from '../modules/access/index.ts';
import {
  type Cast,
  castOf,
  createPlayer,
  type DrillAccount,
  GRID,
  generatePopulation,
  generateStays,
  gridSiteOf,
  loadWorld,
  type Population,
  STARTS_AT,
  TOWN,
  type WorldStay,
} from '../modules/drills/index.ts';
import { seedHeadquarters } from '../modules/organisations/index.ts';
import { placeIdOfCode, readDivisions, seedDivisions, setSteward } from '../modules/places/index.ts';
import { enrolKeyPopulation } from '../modules/testing/index.ts';
import { createCipher } from '../platform/cipher.ts';
import { HandClock, RunningClock } from '../platform/clock.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { systemContext } from '../platform/context.ts';
import { migrate } from '../platform/db/migrate.ts';
import { inScopedTransaction } from '../platform/db/pool.ts';
import { createLog } from '../platform/log.ts';
import { defaultDataDir, type Postgres, startPostgres } from '../platform/postgres/index.ts';
import { keepSecret } from './installation.ts';
import { choosePort, untilStopped } from './listen.ts';
import { progressLine } from './progress.ts';

const SEED = 20220811;
const HEADCOUNT = 447_000;
const EVERYDAY_PEOPLE = 20_000;
const DATABASE = 'levee_demo';
const ROLES_SHOWN: readonly [Role, string][] = [
  ['duty_officer', '632521'],
  ['commander', '632521'],
  ['epidemiologist', '632521'],
  ['laboratory', '632521'],
  ['field_worker', '632521'],
  ['information_officer', '632521'],
  ['hospital', '632521'],
  ['inspector', '632521'],
  ['department', '632521'],
  ['duty_officer', '6325'],
  ['commander', '6325'],
  ['epidemiologist', '6325'],
  ['inspector', '6325'],
  ['administrator', '6325'],
  ['security_administrator', '6325'],
  ['auditor', '6325'],
  // Grid workers: the lists of their phones are those of the town and of one community.
  ['field_worker', TOWN],
  ['field_worker', GRID],
];
const AREAS: Readonly<Record<string, { zh: string; code: string }>> = {
  '6325': { zh: '州', code: 'hainan' },
  '632521': { zh: '共和', code: 'gonghe' },
  [TOWN]: { zh: '恰卜恰镇', code: 'qiabuqia' },
  [GRID]: { zh: '城北新区', code: 'chengbei' },
};

interface DemoOptions {
  readonly speed: string;
  readonly paused?: true;
  readonly people: string;
}

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('Play the model case (Hainan prefecture, 11–14 August 2022) on a synthetic population')
    .option('--speed <n>', 'scenario seconds per second', '600')
    .option('--paused', 'start at the first minute and play the duty officer yourself')
    .option('--people <n>', 'size of the population', String(HEADCOUNT))
    .addHelpText('after', '\nExamples:\n  levee demo\n  levee demo --speed 1200\n  levee demo --paused')
    .action(async (options: DemoOptions, command: Command) => {
      const speed = Number(options.speed);
      const people = Number(options.people);
      if (!(speed >= 1)) command.error(`--speed ${options.speed}: a number from 1 up`);
      if (!Number.isInteger(people) || people < 20_000)
        command.error(`--people ${options.people}: a whole number from 20000 up`);
      await demo({ speed, people, plays: options.paused !== true });
    });
}

async function demo(options: { speed: number; people: number; plays: boolean }): Promise<void> {
  const config = readConfig({ LEVEE_LOG_LEVEL: 'warn', ...process.env });
  const log = createLog(config);
  const dataDir = config.LEVEE_DATA_DIR ?? `${defaultDataDir()}-demo`;
  const stopped = untilStopped();
  const postgres = await startPostgres({ dataDir, log: (message) => log.info(message) });
  try {
    const secret = keepSecret(dataDir, config);
    const population = makePopulation(options.people);
    const cast = castOf(population);
    const prepared = await prepareSeed({ postgres, config, dataDir, secret, population, cast });
    const port = await choosePort(config);
    let first = true;
    for (;;) {
      await postgres.dropDatabase(DATABASE);
      await postgres.cloneDatabase(prepared.database, DATABASE);
      let restart = () => {};
      const restarted = new Promise<'again'>((resolve) => {
        restart = () => resolve('again');
      });
      const clock = new RunningClock(STARTS_AT, 0);
      const player = createPlayer({ ...options, clock, cast, accounts: prepared.accounts, log, restart });
      const appUrl = postgres.appUrl(DATABASE);
      const house = await openHouse({ config, log, appUrl, dataDir, secret, clock, demonstration: player });
      const address = await house.listen(port);
      player.start(address);
      if (first) announce(address, prepared.accounts);
      first = false;
      const ended = await Promise.race([stopped, restarted]);
      await player.stop();
      await house.close();
      if (ended !== 'again') return;
    }
  } finally {
    await postgres.stop();
  }
}

function makePopulation(headcount: number): Population {
  return generatePopulation({ divisions: readDivisions(), seed: SEED, headcount, today: '2022-08-11' });
}

interface Seed {
  readonly database: string;
  readonly accounts: DrillAccount[];
}

/** The seeded database is made once per version of schema, code of the world, and size; later starts copy it. */
async function prepareSeed(given: {
  postgres: Postgres;
  config: Config;
  dataDir: string;
  secret: string;
  population: Population;
  cast: Cast;
}): Promise<Seed> {
  const { postgres, config, dataDir, secret, population, cast } = given;
  const key = seedKey(population);
  const database = `levee_seed_${key}`;
  const accountsFile = join(dataDir, `demo-accounts-${key}.json`);
  if (await postgres.databaseExists(database)) {
    return { database, accounts: JSON.parse(readFileSync(accountsFile, 'utf8')) as DrillAccount[] };
  }
  const making = `${database}_making`;
  await postgres.dropDatabase(making);
  await postgres.createDatabase(making);
  await migrate(postgres.ownerUrl(making));
  const line = progressLine('population');
  const total = population.communities.reduce((sum, { headcount }) => sum + headcount, 0);
  await loadWorld(
    postgres.adminUrl(making),
    createCipher(secret),
    { population, places: [gridSiteOf(population)], stays: staysOf(population, cast), recordedAt: STARTS_AT },
    (done) => line.show(done, total),
  );
  line.end();
  const clock = new HandClock(STARTS_AT);
  const house = await openHouse({
    config,
    log: createLog(config),
    appUrl: postgres.appUrl(making),
    dataDir,
    secret,
    clock,
  });
  await seedDivisions(house.platform.db, config.LEVEE_JURISDICTION);
  const accounts = await openAccounts(house, cast);
  await house.close();
  writeFileSync(accountsFile, JSON.stringify(accounts, null, 2), { mode: 0o600 });
  await postgres.cloneDatabase(making, database);
  await postgres.dropDatabase(making);
  return { database, accounts };
}

/** Everyday life around the case, without the people and places of the case itself. */
function* staysOf(population: Population, cast: Cast): Generator<WorldStay> {
  yield* cast.stays;
  const everyday = generateStays({
    population,
    from: '2022-08-09',
    until: '2022-08-12',
    people: EVERYDAY_PEOPLE,
    within: '632521100',
  });
  for (const stay of everyday) {
    if (cast.personIds.has(stay.personId) || cast.placeIds.has(stay.placeId)) continue;
    yield { ...stay, source: 'everyday' };
  }
}

async function openAccounts(house: House, cast: Cast): Promise<DrillAccount[]> {
  const accounts: DrillAccount[] = [];
  await inScopedTransaction(house.platform.db, house.platform.config.LEVEE_JURISDICTION, async (trx) => {
    const context = systemContext(house.platform, trx);
    for (const [role, division] of ROLES_SHOWN) {
      const where = AREAS[division]!;
      const username = `${where.code}.${role.replaceAll('_', '-')}`;
      const name = `${where.zh}${roles[role].title.zh}（演示）`;
      const { account, password } = await openAccount(context, house.access.authentication, {
        username,
        name,
        role,
        division,
      });
      accounts.push({ username, password, name, role, division });
      if (division === GRID)
        await setSteward(context, { placeId: placeIdOfCode(GRID), accountId: account.id });
      if (division === TOWN) await setSteward(context, { placeId: cast.market.id, accountId: account.id });
    }
    await seedHeadquarters(context);
    await enrolKeyPopulation(context, {
      population: 'crowded_service_posts',
      employerId: cast.market.id,
    });
  });
  return accounts;
}

/** Changes with the schema, the code that makes the world, and the size. */
function seedKey(population: Population): string {
  const hash = createHash('sha256').update(
    String(population.communities.reduce((sum, { headcount }) => sum + headcount, 0)),
  );
  for (const folder of [
    '../../migrations/',
    '../modules/drills/population/',
    '../modules/drills/scenario/',
    '../modules/drills/world/',
  ]) {
    const path = fileURLToPath(new URL(folder, import.meta.url));
    for (const file of readdirSync(path).sort()) hash.update(file).update(readFileSync(join(path, file)));
  }
  return hash
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest('hex')
    .slice(0, 12);
}

function announce(address: string, accounts: readonly DrillAccount[]): void {
  console.log(`ready ${address}`);
  console.log('\n演示：人物均为虚构。Demonstration: all people are synthetic.\n登录 Log-ins:');
  for (const { username, password, role, division } of accounts) {
    const { zh, en } = roles[role].title;
    console.log(`  ${username.padEnd(30)} ${password}   ${division.padEnd(13)} ${zh} ${en}`);
  }
  console.log(`\n控制台 Console  ${address}\n公众端 Portal   ${address}/portal/zh`);
}
