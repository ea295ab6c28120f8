/** A small prefecture with a server on it, a site in each county and people nobody has sampled yet: ground for the failure runs. */
import { join } from 'node:path';
import { newId } from '@levee/contract';
import { preparePrefecture } from '@levee/server/testing';
import pg from 'pg';
import { makeFolder, removeFolder } from './folder.ts';
import { type Server, startServer } from './server.ts';

/** Enough for the places to be there; who is sampled is added by the hundred thousand. */
const RESIDENTS = 2_000;
const COUNTIES = ['632521', '632522', '632523', '632524', '632525'] as const;

interface Account {
  readonly id: string;
  readonly username: string;
  readonly password: string;
}

export interface Town {
  readonly dataDir: string;
  readonly adminUrl: string;
  readonly port: number;
  readonly url: string;
  readonly counties: readonly string[];
  siteOf(county: string): string;
  laboratoryOf(county: string): string;
  accountOf(role: string, division: string): Account;
  /** All of them, where a run asked for several. */
  accountsOf(role: string, division: string): readonly Account[];
  /** Somebody of the county who was not handed out before; undefined when all have been. */
  nextPerson(county: string): string | undefined;
  server: Server;
  start(): Promise<Server>;
  close(): Promise<void>;
}

export async function openTown(given: {
  readonly port: number;
  readonly people: number;
  readonly seed: number;
  /** In homes of their own, with names and households as people have them. */
  readonly residents?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly dataDir?: string;
  /** More epidemiologists of the prefecture than one. */
  readonly epidemiologists?: number;
}): Promise<Town> {
  const dataDir = given.dataDir ?? (await makeFolder());
  const { venues, accounts, adminUrl } = await preparePrefecture({
    dataDir,
    headcount: given.residents ?? RESIDENTS,
    seed: given.seed,
    accounts: [
      ...COUNTIES.flatMap((division) =>
        (['field_worker', 'laboratory'] as const).map((role) => ({ role, division })),
      ),
      { role: 'commander', division: '6325' },
      { role: 'duty_officer', division: '6325' },
      ...Array.from({ length: given.epidemiologists ?? 1 }, () => ({
        role: 'epidemiologist' as const,
        division: '6325',
      })),
      { role: 'security_administrator', division: '6325' },
    ],
  });
  const venueOf = (kind: string, county: string) =>
    venues.get(kind)!.find(({ division }) => division.startsWith(county))!.id;
  const start = () => startServer({ dataDir, port: given.port, ...(given.env && { env: given.env }) });
  const server = await start();
  const people = await addPeople(adminUrl, given.people / COUNTIES.length);
  const town: Town = {
    dataDir,
    adminUrl,
    port: given.port,
    url: server.url,
    counties: COUNTIES,
    siteOf: (county) => venueOf('test_site', county),
    laboratoryOf: (county) => venueOf('laboratory', county),
    accountOf: (role, division) => accounts.find((one) => one.role === role && one.division === division)!,
    accountsOf: (role, division) => accounts.filter((one) => one.role === role && one.division === division),
    nextPerson: (county) => people.get(county)!.pop(),
    server,
    async start() {
      town.server = await start();
      return town.server;
    },
    async close() {
      await town.server.stop();
      if (!given.dataDir) await removeFolder(dataDir);
    },
  };
  return town;
}

export const journalsOf = (town: Town): string => join(town.dataDir, 'journals');

/** People by county, past the server: the fastest way to have very many of whom nothing is known yet. */
async function addPeople(adminUrl: string, each: number): Promise<Map<string, string[]>> {
  const database = new pg.Client({ connectionString: adminUrl });
  await database.connect();
  const people = new Map<string, string[]>();
  try {
    for (const county of COUNTIES) {
      const ids = Array.from({ length: Math.ceil(each) }, () => newId());
      await database.query(
        `insert into person (id, place_id, division, name_zh, sex, created_at)
         select one.id, place.id, place.division, '演练', 'unknown', now()
           from unnest($1::uuid[]) as one (id), place where place.code = $2`,
        [ids, `${county}100`],
      );
      people.set(county, ids);
    }
    await database.query('analyze person');
    return people;
  } finally {
    await database.end();
  }
}
