import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../platform/testing/index.ts';
import { writeAnchor } from './anchor.ts';
import { readHead } from './chain.ts';

describe('the audit trail', () => {
  let house: TestHouse;
  let auditor: SignedIn;
  let security: SignedIn;

  beforeAll(async () => {
    house = await openTestHouse();
    auditor = await house.signIn('auditor');
    security = await house.signIn('security_administrator');
  });
  afterAll(() => house.close());

  const act = async (times: number) => {
    for (let n = 0; n < times; n += 1) {
      const username = `worker-${crypto.randomUUID().slice(0, 8)}`;
      await security.client.access.openAccount({
        body: { username, name: '新人', role: 'field_worker', division: '632521' },
      });
    }
    await sealAll();
  };
  /** A transaction still open in another test file holds sealing back: until it is over there is nothing to look at. */
  const sealAll = async () => {
    for (;;) {
      await house.access.sealAudit();
      const [left] = await house.asSuperuser<{ count: number }>(
        `select count(*)::int as count from audit_entry
          where not exists (select from audit_link where entry_sequence = sequence)`,
      );
      if (left!.count === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const verify = () => auditor.client.audit.verify();

  /** Does something as superuser, looks, and puts everything back. */
  async function tamper(statement: string, restore = true) {
    await house.asSuperuser(
      'create table if not exists kept_entry as select * from audit_entry with no data',
    );
    await house.asSuperuser('create table if not exists kept_link as select * from audit_link with no data');
    await house.asSuperuser('truncate kept_entry, kept_link');
    await house.asSuperuser('insert into kept_entry select * from audit_entry');
    await house.asSuperuser('insert into kept_link select * from audit_link');
    await house.asSuperuser(statement);
    const verdict = await verify();
    if (restore) {
      await house.asSuperuser('truncate audit_entry, audit_link');
      await house.asSuperuser('insert into audit_entry overriding system value select * from kept_entry');
      await house.asSuperuser('insert into audit_link select * from kept_link');
    }
    return verdict;
  }

  beforeEach(async () => {
    await act(4);
    expect((await verify()).intact).toBe(true);
    await sealAll();
  });

  it('names the entry that was edited [T59 I4]', async () => {
    const [row] = await house.asSuperuser<{ ordinal: string }>(
      'select ordinal from audit_link order by ordinal desc offset 2 limit 1',
    );
    const verdict = await tamper(
      `update audit_entry set actor_name = '别人' where sequence =
         (select entry_sequence from audit_link where ordinal = ${row!.ordinal})`,
    );
    expect(verdict.intact).toBe(false);
    expect(verdict.problems[0]!.ordinal).toBe(Number(row!.ordinal));
  });

  it('names the entry that was deleted [T59]', async () => {
    const [row] = await house.asSuperuser<{ ordinal: string }>(
      'select ordinal from audit_link order by ordinal desc offset 1 limit 1',
    );
    const verdict = await tamper(
      `delete from audit_entry where sequence = (select entry_sequence from audit_link where ordinal = ${row!.ordinal})`,
    );
    expect(verdict.problems[0]!.ordinal).toBe(Number(row!.ordinal));
  });

  it('sees an entry slipped in among sealed ones [T59]', async () => {
    const verdict = await tamper(
      `insert into audit_entry (sequence, transaction, at, division, actor_id, actor_name, role, route, outcome)
       overriding system value
       select -1, transaction, at, division, actor_id, actor_name, role, 'access.me', 'done' from audit_entry
        order by sequence limit 1`,
    );
    expect(verdict.intact).toBe(false);
  });

  it('sees a tail cut off, by the anchor kept outside the database [T59]', async () => {
    await anchorNow();
    const verdict = await tamper(
      `with cut as (delete from audit_link where ordinal > (select max(ordinal) - 2 from audit_link) returning entry_sequence)
       delete from audit_entry where sequence in (select entry_sequence from cut)`,
    );
    expect(verdict.problems.map(({ problem }) => problem.en).join()).toContain('the tail was cut');
  });

  it('sees the whole chain written anew after an edit, by the anchor [T59]', async () => {
    await anchorNow();
    await tamper(
      `update audit_entry set outcome = 'done' where sequence = (select min(sequence) from audit_entry)`,
    );
    await house.asSuperuser(
      `update audit_entry set purpose = 'oversight' where sequence = (select min(sequence) from audit_entry)`,
    );
    await house.asSuperuser('truncate audit_link');
    await house.access.sealAudit();
    const verdict = await verify();
    expect(verdict.problems.map(({ problem }) => problem.en).join()).toContain('rewritten');
    await rm(join(house.platform.dataDir, 'anchors'), { recursive: true });
  });

  it('sees an old copy of the tail played back over the new one [T59]', async () => {
    const verdict = await tamper(
      `update audit_link l set hash = o.hash from audit_link o
        where l.ordinal = (select max(ordinal) from audit_link) and o.ordinal = l.ordinal - 1`,
    );
    expect(verdict.intact).toBe(false);
  });

  it('the app role can neither change nor delete an entry or a link [T59 T39]', async () => {
    for (const statement of [
      'update audit_entry set route = $$x$$',
      'delete from audit_entry',
      'update audit_link set ordinal = 0',
      'delete from audit_link',
      'update event set kind = $$x$$',
      'delete from event',
    ]) {
      await expect(house.platform.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('a broken anchor file is said, not passed over', async () => {
    await mkdir(join(house.platform.dataDir, 'anchors'), { recursive: true });
    await writeFile(join(house.platform.dataDir, 'anchors', 'audit.jsonl'), '{"at": 1}\n');
    await expect(verify()).rejects.toMatchObject({ code: 'internal' });
    await rm(join(house.platform.dataDir, 'anchors'), { recursive: true });
  });

  it('reading needs a purpose the role holds, and the reading is itself on record [I4 R2]', async () => {
    await expect(security.client.audit.list({ query: {}, purpose: 'oversight' })).rejects.toMatchObject({
      code: 'access.not_permitted',
    });
    await expect(auditor.client.audit.list({ query: {}, purpose: 'testing' as never })).rejects.toMatchObject(
      { code: 'access.purpose_refused' },
    );
    const page = await auditor.client.audit.list({
      query: { actorId: security.accountId, limit: 500 },
      purpose: 'oversight',
    });
    expect(page.items.some(({ outcome }) => outcome === 'access.not_permitted')).toBe(true);
    const own = await auditor.client.audit.list({
      query: { actorId: auditor.accountId },
      purpose: 'oversight',
    });
    expect(own.items[0]).toMatchObject({ route: 'audit.list', purpose: 'oversight', outcome: 'done' });
  });

  async function anchorNow() {
    const head = await readHead(house.platform.db);
    await writeAnchor(house.platform.dataDir, {
      at: new Date().toISOString(),
      ordinal: head.ordinal,
      hash: head.hash.toString('hex'),
    });
  }
});
