/** People with cards in a site's area: on the list a phone takes there, and read by their card. */
import { newId } from '@levee/contract';
import { identityCheckCharacter } from '@levee/protocol';
import pg from 'pg';
import { inParallel, signIn } from './client.ts';
import type { Town } from './town.ts';

export interface CardHolder {
  readonly id: string;
  readonly name: string;
  readonly card: string;
}
export interface Worksite {
  readonly siteId: string;
  readonly division: string;
  readonly account: { readonly username: string; readonly password: string };
  readonly people: readonly CardHolder[];
}

/** The site a phone of the county's sampler is offered first, with so many people registered in its area. */
export async function openWorksite(town: Town, county: string, count: number): Promise<Worksite> {
  const account = town.accountOf('field_worker', county);
  const { client } = await signIn(town.url, account);
  const { items } = await client.places.search({ query: { class: ['test_site'], limit: 500 } });
  const site = items[0]!;
  const placeId = await homeIn(town.adminUrl, site.division);
  const people = Array.from({ length: count }, (_, at): CardHolder => {
    const body = `${county}19${60 + Math.floor(at / 1_000)}0101${String(at % 1_000).padStart(3, '0')}`;
    const name = `演练${String(at).padStart(4, '0')}`;
    return { id: newId(), name, card: body + identityCheckCharacter(body) };
  });
  await inParallel(people, 4, async ({ id, name, card }) => {
    const body = { id, nameZh: name, identityNumber: card, placeId };
    await client.people.register({ purpose: 'testing', body });
  });
  return { siteId: site.id, division: site.division, account, people };
}

async function homeIn(adminUrl: string, division: string): Promise<string> {
  const database = new pg.Client({ connectionString: adminUrl });
  await database.connect();
  try {
    const { rows } = await database.query<{ id: string }>(
      `select id from place where division = $1 and level in ('township', 'community') limit 1`,
      [division],
    );
    if (!rows[0]) throw new Error(`no village, town or community is ${division}`);
    return rows[0].id;
  } finally {
    await database.end();
  }
}
