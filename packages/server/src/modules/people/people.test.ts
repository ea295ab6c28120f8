import { newId } from '@levee/contract';
import { identityCheckCharacter } from '@levee/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../platform/testing/index.ts';
import { placeIdOfCode } from '../places/index.ts';

/** Numbers with the address code no county has: nobody's. */
const identity = (born: string, sequence: string) => {
  const body = `632599${born}${sequence}`;
  return body + identityCheckCharacter(body);
};
const CANARY = { identity: identity('19900214', '777'), phone: '15498760001' };
const purpose = 'case_investigation' as const;

describe('people', () => {
  let house: TestHouse;
  let gonghe: Awaited<ReturnType<TestHouse['signIn']>>;
  let guide: Awaited<ReturnType<TestHouse['signIn']>>;
  const home = placeIdOfCode('632521100');
  const canaryId = newId();
  /** Everything any call of this file answered or was refused with. */
  const answers: string[] = [];
  const keep = async <T>(answer: Promise<T>): Promise<T> => {
    const got = await answer.catch((error) => {
      answers.push(JSON.stringify({ ...error, message: error.message }));
      throw error;
    });
    answers.push(JSON.stringify(got));
    return got;
  };

  beforeAll(async () => {
    house = await openTestHouse();
    gonghe = await house.signIn('epidemiologist', '632521');
    guide = await house.signIn('epidemiologist', '632523');
    await keep(
      gonghe.client.people.register({
        purpose,
        body: {
          id: canaryId,
          nameZh: '才让卓玛',
          identityNumber: CANARY.identity,
          phone: CANARY.phone,
          occupation: '商业服务',
          placeId: home,
        },
      }),
    );
  });
  afterAll(() => house.close());

  it('sex and birth date are read off the identity number, and age counts completed years', async () => {
    house.clock.set('2022-08-11T21:40:00+08:00');
    const person = await keep(gonghe.client.people.byId({ purpose, params: { personId: canaryId } }));
    expect(person).toMatchObject({ sex: 'male', dateBirth: '1990-02-14', age: 32, synthetic: false });
    expect(person.identityMasked).toBe(`••••${CANARY.identity.slice(-4)}`);
    expect(person.phoneMasked).toBe('••••0001');
    expect(person.home.at(-1)?.nameZh).toBe('恰卜恰镇');
  });

  it('a person is found by name, pinyin, initials, whole identity number and whole phone', async () => {
    for (const q of ['才让', 'cairangzhuo', 'crzm']) {
      const found = await keep(gonghe.client.people.search({ purpose, query: { q } }));
      expect(found.items.map(({ id }) => id)).toEqual([canaryId]);
    }
    for (const number of [CANARY.identity, CANARY.phone]) {
      const found = await keep(gonghe.client.people.findByNumber({ purpose, body: { number } }));
      expect(found.items.map(({ id }) => id)).toEqual([canaryId]);
    }
    const part = await gonghe.client.people.findByNumber({ purpose, body: { number: '15498760002' } });
    expect(part.items).toEqual([]);
  });

  it('a number is never looked up through the address of a page [T41]', async () => {
    await expect(
      keep(gonghe.client.people.search({ purpose, query: { q: CANARY.identity } })),
    ).rejects.toMatchObject({ code: 'request.invalid' });
  });

  it('a wrong identity number is refused by what is wrong with it, without repeating it [T41]', async () => {
    const wrong = CANARY.identity.slice(0, -1) + (CANARY.identity.endsWith('1') ? '2' : '1');
    const refused = keep(gonghe.client.people.findByNumber({ purpose, body: { number: wrong } }));
    await expect(refused).rejects.toMatchObject({ code: 'rule.refused' });
    expect(answers.join('\n')).not.toContain(wrong);
  });

  it('the same identity number is registered once, and the refusal says what to do [T40]', async () => {
    for (const client of [gonghe.client, guide.client]) {
      const refused = keep(
        client.people.register({
          purpose,
          body: {
            id: newId(),
            nameZh: '另一人',
            identityNumber: CANARY.identity,
            placeId: client === guide.client ? placeIdOfCode('632523') : home,
          },
        }),
      );
      await expect(refused).rejects.toMatchObject({ code: 'rule.refused' });
    }
  });

  it('a county does not find, open or count a person of another county [T38]', async () => {
    const { client } = guide;
    expect((await client.people.search({ purpose, query: { q: '才让' } })).total).toBe(0);
    expect((await client.people.findByNumber({ purpose, body: { number: CANARY.identity } })).items).toEqual(
      [],
    );
    for (const open of [
      () => client.people.byId({ purpose, params: { personId: canaryId } }),
      () => client.people.household({ purpose, params: { personId: canaryId } }),
      () => client.people.reveal({ purpose, params: { personId: canaryId }, body: { field: 'phone' } }),
    ]) {
      await expect(open()).rejects.toMatchObject({ status: 404 });
    }
  });

  it('the whole number is opened by one route, for a purpose, and stands in the audit [R2]', async () => {
    const { client, accountId } = gonghe;
    const opened = await client.people.reveal({
      purpose,
      params: { personId: canaryId },
      body: { field: 'phone' },
    });
    expect(opened.value).toBe(CANARY.phone);
    const [entry] = (await house.asSuperuser(
      `select purpose, opened from audit_entry where actor_id = $1 and route = 'people.reveal'`,
      [accountId],
    )) as { purpose: string; opened: unknown }[];
    expect(entry).toEqual({ purpose, opened: [{ type: 'person.phone', ids: [canaryId] }] });
    await expect(
      client.people.byId({ purpose: 'oversight' as never, params: { personId: canaryId } }),
    ).rejects.toMatchObject({ code: 'access.purpose_refused' });
  });

  it('a correction made on an old version shows what stands there now, and overwrites nothing', async () => {
    const correct = (version: number, occupation: string) =>
      keep(
        gonghe.client.people.correct({
          purpose,
          params: { personId: canaryId },
          body: { version, occupation },
        }),
      );
    expect(await correct(1, '教师')).toMatchObject({ occupation: '教师', version: 2 });
    await expect(correct(1, '司机')).rejects.toMatchObject({
      code: 'edit.clash',
      detail: { theirs: { occupation: '教师', version: 2 } },
    });
  });

  it('a field nobody asked for is refused in every write [T42]', async () => {
    const columns = (await house.asSuperuser(
      `select column_name as name from information_schema.columns where table_name = 'person'`,
    )) as { name: string }[];
    const camel = (name: string) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    const register = { id: newId(), nameZh: '甲', placeId: home };
    for (const { name } of columns) {
      for (const key of [name, camel(name)]) {
        if (key in register || ['sex', 'dateBirth', 'phone', 'occupation', 'householdId'].includes(key))
          continue;
        await expect(
          gonghe.client.people.register({ purpose, body: { ...register, [key]: 'x' } as never }),
        ).rejects.toMatchObject({ code: 'request.invalid' });
        if (key === 'version') continue;
        await expect(
          gonghe.client.people.correct({
            purpose,
            params: { personId: canaryId },
            body: { version: 2, [key]: 'x' } as never,
          }),
        ).rejects.toMatchObject({ code: 'request.invalid' });
      }
    }
  });

  it('every column about a person says what it is for and how long it is kept [R15]', async () => {
    const silent = await house.asSuperuser(
      `select c.table_name, c.column_name from information_schema.columns c
        where c.table_schema = 'public' and c.table_name in ('household', 'person', 'sample', 'result')
          and coalesce(col_description(format('public.%I', c.table_name)::regclass, c.ordinal_position), '')
              !~ '^purpose: .+; retention: (register|episode)$'`,
    );
    expect(silent).toEqual([]);
  });

  it('no column holds religion, ethnicity or politics [R1]', async () => {
    const named = await house.asSuperuser(
      `select table_name, column_name from information_schema.columns where table_schema = 'public'
        and column_name ~* '(relig|ethnic|nationality|minzu|faith|politic|party|race$|clan)'`,
    );
    expect(named).toEqual([]);
  });

  it('identity number and phone are in no answer, event, audit entry, kept command or column but by reveal [T41]', async () => {
    await house.settle();
    const tables = ['event', 'audit_entry', 'command', 'person', 'reaction_failure'];
    for (const table of tables) {
      const rows = await house.asSuperuser(`select to_jsonb(t)::text as text from ${table} t`);
      answers.push(JSON.stringify(rows));
    }
    const everything = answers.join('\n');
    expect(everything).toContain(canaryId);
    expect(everything).not.toContain(CANARY.identity);
    expect(everything).not.toContain(CANARY.identity.slice(6, 17));
    expect(everything).not.toContain(CANARY.phone);
  });
});
