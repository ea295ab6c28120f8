import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../testing/index.ts';
import { inScopedTransaction } from './pool.ts';

/** Tables that hold nothing of an area or of a person; each with its reason. A new table without one fails. */
const WITHOUT_DIVISION: Readonly<Record<string, string>> = {
  migration: 'names of applied files; not granted to the app role',
  setting: 'settings of the installation',
  command: 'answers by command id, read only by the id and only for the actor who sent it',
  reaction_checkpoint: 'positions in the event log',
  reaction_failure: 'positions and error classes',
  audit_link: 'hashes',
  assay: 'kits and their cut-offs',
  measure_limit: 'longest times of the packs',
};

/** Functions that look beyond the caller's area, and all they tell. A new one without its reason fails. */
const DEFINERS: Readonly<Record<string, string>> = {
  person_id_by_identity: 'an id, to whoever gives the whole identity number',
  evidence_concerns: 'a yes or a no about a record the caller names',
};

describe('row-level security', () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await openTestHouse();
  });
  afterAll(() => house.close());

  it('is forced on every table that has a division, and the rest say why they have none [T39]', async () => {
    const tables = await house.asSuperuser<{ name: string; forced: boolean; policies: number }>(
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
              (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
         from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
    );
    const open = tables.filter(
      ({ name, forced, policies }) => !(forced && policies > 0) && !(name in WITHOUT_DIVISION),
    );
    expect(open.map(({ name }) => name)).toEqual([]);
    expect(tables.length).toBeGreaterThan(6);
  });

  it('the app role owns nothing, is no superuser and cannot pass by [T39]', async () => {
    const [role] = await house.asSuperuser(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = 'levee_app'`,
    );
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false });
    const owned = await house.asSuperuser(
      `select relname from pg_class where relowner = 'levee_app'::regrole and relkind <> 'i'`,
    );
    expect(owned).toEqual([]);
  });

  it('no view and no definer function opens a way around [T39]', async () => {
    const views = await house.asSuperuser(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v'
          and not coalesce('security_invoker=true' = any(reloptions) or 'security_invoker=on' = any(reloptions), false)`,
    );
    expect(views).toEqual([]);
    const definers = await house.asSuperuser<{ name: string; pinned: boolean; everybody: boolean }>(
      `select proname as name, proconfig::text like '%search_path=%' as pinned,
              has_function_privilege('public', oid, 'execute') as everybody
         from pg_proc where pronamespace = 'public'::regnamespace and prosecdef`,
    );
    expect(definers.filter(({ name }) => !(name in DEFINERS))).toEqual([]);
    expect(definers.filter(({ pinned, everybody }) => !pinned || everybody)).toEqual([]);
  });

  it('an empty and an unset scope match nothing; a pooled connection does not carry one on [T39]', async () => {
    const count = async (scope: string) =>
      inScopedTransaction(
        house.platform.db,
        scope,
        async (trx) =>
          (await trx.selectFrom('place').select(trx.fn.countAll<number>().as('n')).executeTakeFirstOrThrow())
            .n,
      );
    expect(await count('6325')).toBeGreaterThan(500);
    expect(await count('')).toBe(0);
    for (let n = 0; n < 20; n += 1) {
      const { rows } = await house.platform.pool.query('select count(*)::int as n from place');
      expect(rows[0].n).toBe(0);
    }
  });

  it('writing outside the scope is refused by the database itself [T39]', async () => {
    await expect(
      inScopedTransaction(house.platform.db, '632521', (trx) =>
        trx
          .updateTable('place')
          .set({ division: '632522', code: '632522' })
          .where('code', '=', '632521')
          .execute(),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('a scope is an area, not a prefix of digits: 63252 sees no county by accident of writing', async () => {
    const seen = await inScopedTransaction(house.platform.db, '632521100', (trx) =>
      trx.selectFrom('place').select('division').execute(),
    );
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.every(({ division }) => division.startsWith('632521100'))).toBe(true);
  });
});
