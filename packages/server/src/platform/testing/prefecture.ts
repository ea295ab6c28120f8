/** A whole prefecture in a data folder, as an installation has it before a large day: `levee serve` is run on it. */
import type { Role } from '@levee/contract';
import { openInstallation } from '../../cli/installation.ts';
import { openHouse } from '../../main.ts';
import { openAccount } from '../../modules/access/index.ts';
import { generatePopulation, loadWorld } from '../../modules/drills/index.ts';
import { seedHeadquarters } from '../../modules/organisations/index.ts';
import { readDivisions, seedDivisions } from '../../modules/places/index.ts';
import { createCipher } from '../cipher.ts';
import { systemContext } from '../context.ts';
import { migrate } from '../db/migrate.ts';
import { inScopedTransaction } from '../db/pool.ts';

export interface PrefectureAccount {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  readonly role: Role;
  readonly division: string;
}

export interface Prefecture {
  /** Ids of the residents by community (12 digits). */
  readonly residents: ReadonlyMap<string, readonly string[]>;
  /** Venues by class: test sites, laboratories, markets … with the division they lie in. */
  readonly venues: ReadonlyMap<string, readonly { readonly id: string; readonly division: string }[]>;
  readonly accounts: readonly PrefectureAccount[];
  /** The database as superuser, valid while a server runs on the folder: for checkers that trust nobody. */
  readonly adminUrl: string;
}

export interface PrefectureInput {
  readonly dataDir: string;
  readonly headcount: number;
  readonly seed: number;
  readonly accounts: readonly { readonly role: Role; readonly division: string }[];
}

/** Migrates, loads a synthetic population and opens accounts with headquarters; leaves nothing running. */
export async function preparePrefecture(input: PrefectureInput): Promise<Prefecture> {
  const installation = await openInstallation({
    env: { LEVEE_DATA_DIR: input.dataDir, LEVEE_LOG_LEVEL: 'warn' },
  });
  try {
    const { ownerUrl, adminUrl, secret, config } = installation;
    if (!adminUrl) throw new Error('a prefecture is prepared in an embedded database only');
    const database = new URL(adminUrl);
    database.pathname = new URL(ownerUrl).pathname;
    await migrate(ownerUrl);
    const now = new Date().toISOString();
    const population = generatePopulation({
      divisions: readDivisions(),
      seed: input.seed,
      headcount: input.headcount,
      today: now.slice(0, 10),
    });
    await loadWorld(database.href, createCipher(secret), {
      population,
      places: [],
      stays: [],
      recordedAt: now,
    });
    const house = await openHouse({ ...installation, stayIndex: false });
    await seedDivisions(house.platform.db, config.LEVEE_JURISDICTION);
    const accounts: PrefectureAccount[] = [];
    await inScopedTransaction(house.platform.db, config.LEVEE_JURISDICTION, async (trx) => {
      const context = systemContext(house.platform, trx);
      for (const [at, { role, division }] of input.accounts.entries()) {
        const username = `${role.replaceAll('_', '-')}-${division}-${at}`;
        const { account, password } = await openAccount(context, house.access.authentication, {
          username,
          name: `演练 ${role} ${at}`,
          role,
          division,
        });
        accounts.push({ id: account.id, username, password, role, division });
      }
      await seedHeadquarters(context);
    });
    await house.close();
    const residents = new Map<string, string[]>();
    for (const { division, persons } of population.batches()) {
      residents.set(
        division,
        persons.map(({ id }) => id),
      );
    }
    const venues = Map.groupBy(
      population.places.flatMap(({ id, division, class: kind, level }) =>
        kind && level === 'venue' ? [{ id, division, kind }] : [],
      ),
      ({ kind }) => kind,
    );
    return { residents, venues, accounts, adminUrl: database.href };
  } finally {
    await installation.close();
  }
}
