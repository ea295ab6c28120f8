import { type Bulletin, newId } from '@levee/contract';
import { identityCheckCharacter } from '@levee/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type SignedIn, type TestHouse } from '../../platform/testing/index.ts';
import { placeIdOfCode } from '../places/index.ts';
import { portalIsBuilt } from './portal-renderer.ts';

const PERSON = '多杰才旦';

describe('bulletins', () => {
  let house: TestHouse;
  let author: SignedIn;
  let commander: SignedIn;
  const incidentId = newId();

  beforeAll(async () => {
    house = await openTestHouse('2022-08-12T21:00:00+08:00');
    author = await house.signIn('information_officer');
    commander = await house.signIn('commander');
    await house.asSuperuser(
      `insert into incident (id, name_zh, name_en, division, pack_id, level, reason, activated_at, activated_by, activated_by_name)
       values ($1, '海南州新冠肺炎疫情', 'COVID-19 in Hainan Prefecture', '6325', 'covid19-cn-9', 'III', 'x',
               '2022-08-11T22:00:00+08:00', $1, '州指挥长')`,
      [incidentId],
    );
    await addCase('632521', 'confirmed');
    await addCase('632521', 'asymptomatic');
    await addCase('632523', 'asymptomatic');
  });
  afterAll(() => house.close());

  async function addCase(division: string, classification: string, personId: string | null = null) {
    await house.asSuperuser(
      `insert into case_file (id, external_id, incident_id, person_id, classification, division, opened_at, changed_at)
       values ($1, 'X-' || gen_random_uuid(), $2, $3, $4, $5, now(), now())`,
      [newId(), incidentId, personId, classification, division],
    );
  }

  const draft = async (by = author, division = '6325') =>
    by.client.information.draft({ body: { id: newId(), incidentId, division } });
  const params = ({ id }: { id: string }) => ({ bulletinId: id });
  const written = ({ editions: [edition] }: Bulletin, changes: { zh?: string; title?: string } = {}) => ({
    title: { ...edition!.title, ...(changes.title && { zh: changes.title }) },
    body: { ...edition!.body, ...(changes.zh && { zh: changes.zh }) },
    tibetan: edition!.tibetan,
  });
  const write = (bulletin: Bulletin, changes: { zh?: string; title?: string }) =>
    author.client.information.write({
      params: params(bulletin),
      body: { ...written(bulletin, changes), version: bulletin.version },
    });
  const step = (by: SignedIn, act: 'check' | 'approve' | 'lockFigures', { id, version }: Bulletin) =>
    by.client.information[act]({ params: { bulletinId: id }, body: { version } });
  const publish = async (bulletin: Bulletin) =>
    step(commander, 'approve', await step(author, 'check', bulletin));
  const openData = async () =>
    (await (await fetch(`${house.url}/portal/bulletins.json`)).json()) as {
      bulletins: { id: string; title: { zh: string }; body: { zh: string }; state: string }[];
    };

  it('a draft takes its figures from the line list, by county, with moment and source [H1]', async () => {
    const bulletin = await draft();
    const [edition] = bulletin.editions;
    const positives = edition!.figures.find(({ name }) => name === 'positives')!;
    expect(positives).toMatchObject({ value: 3, asOf: '2022-08-12T13:00:00.000Z', source: { zh: '病例库' } });
    expect(positives.areas.map(({ name, value }) => [name.zh, value])).toEqual([
      ['共和县', 2],
      ['贵德县', 1],
    ]);
    expect(edition!.body.zh).toContain('{positives:632521}');
    expect(bulletin.title.zh).toBe('海南州新冠肺炎疫情情况通报（8月12日21时）');
  });

  it('two incidents at once: each bulletin counts its own risk areas and isolations, and no other’s [H1]', async () => {
    const second = newId();
    await house.asSuperuser(
      `insert into incident (id, name_zh, name_en, division, pack_id, level, reason, activated_at, activated_by, activated_by_name)
       values ($1, '同德县鼠疫疫情', 'Plague in Tongde', '632522', 'plague-cn', 'II', 'x', '2022-08-12T08:00:00+08:00', $1, '县指挥长')`,
      [second],
    );
    await limit('risk_area', '632521', incidentId, 'high');
    await limit('risk_area', '632522', second, 'high');
    await limit('risk_area', '632522', second, 'medium');
    await limit('home_isolation', '632522', second);
    const unnamed = await limit('home_isolation', '632521', null);
    const figures = async (id: string) => {
      const drafted = await author.client.information.draft({
        body: { id: newId(), incidentId: id, division: '6325' },
      });
      const value = (name: string) => drafted.editions[0]!.figures.find((one) => one.name === name)!.value;
      return [value('high_risk_areas'), value('medium_risk_areas'), value('under_isolation')];
    };
    expect(await figures(incidentId)).toEqual([1, 0, 0]);
    expect(await figures(second)).toEqual([1, 1, 1]);
    // With the other stood down, a limit that names no incident can only be this one's.
    await house.asSuperuser(`update incident set stood_down_at = '2022-08-12T20:00:00+08:00' where id = $1`, [
      second,
    ]);
    expect(await figures(incidentId)).toEqual([1, 0, 1]);
    await house.asSuperuser(
      `set session_replication_role = replica; delete from measure where id = '${unnamed}'`,
    );
  });

  /** A limit in force in the ledger, past the guards that have tests of their own. */
  async function limit(
    kind: 'risk_area' | 'home_isolation',
    division: string,
    incident: string | null,
    level: 'high' | 'medium' | null = null,
  ) {
    const id = newId();
    const notice = JSON.stringify(
      Object.fromEntries(
        ['what', 'why', 'from', 'until', 'release', 'appeal', 'help'].map((each) => [
          each,
          { zh: '文', en: 'text' },
        ]),
      ),
    );
    const milder = { zh: '甲', en: 'a' };
    const way = {
      name: milder,
      expectedEffect: milder,
      rejectedBecause: milder,
      peopleCount: 1,
      burdenPersonDays: 1,
    };
    const isPlace = kind === 'risk_area';
    await house.asSuperuser(`set session_replication_role = replica;
      insert into measure (id, kind, level, subject_type, subject_id, division, incident_id, pack_id, ground, legal_basis,
        power_zh, power_en, author_id, author_name, drafted_at, approver_id, approver_name, approved_at, starts_at, ends_at,
        review_at, alternatives, smallest, people_count, notice)
      values ('${id}', '${kind}', ${level ? `'${level}'` : 'null'}, '${isPlace ? 'place' : 'person'}', '${newId()}', '${division}',
        ${incident ? `'${incident}'` : 'null'}, 'covid19-cn-9', '[{}]', '法', '权', 'power', '${author.accountId}', '甲',
        '2022-08-12T10:00:00+08:00', '${commander.accountId}', '乙', '2022-08-12T10:30:00+08:00', '2022-08-12T11:00:00+08:00',
        '2022-08-15T11:00:00+08:00', ${isPlace ? `'2022-08-14T11:00:00+08:00'` : 'null'}, '${JSON.stringify([way, way])}',
        '{}', 10, '${notice}')`);
    return id;
  }

  it('nobody can write a figure: the route has no place for one, and a typed number is pointed at [H1]', async () => {
    const bulletin = await draft();
    const body = { ...written(bulletin), version: bulletin.version, figures: [] };
    await expect(
      author.client.information.write({ params: params(bulletin), body } as never),
    ).rejects.toMatchObject({ code: 'request.invalid' });
    const typed = await write(bulletin, { zh: '今日新增病例 99 例。' });
    expect(typed.editions[0]!.figures.find(({ name }) => name === 'positives')!.value).toBe(3);
    const checked = await step(author, 'check', typed);
    expect(checked.editions[0]!.findings).toMatchObject([
      { kind: 'typed_figure', severity: 'notice', excerpt: '99 例' },
    ]);
  });

  it('a new lock takes every figure anew, with a new moment [H1]', async () => {
    const bulletin = await draft();
    await addCase('632522', 'asymptomatic');
    house.clock.advance(1);
    const locked = await step(author, 'lockFigures', bulletin);
    expect(locked.editions[0]!.lockedAt).toBe('2022-08-12T14:00:00.000Z');
    expect(locked.editions[0]!.figures.find(({ name }) => name === 'positives')).toMatchObject({
      value: 4,
      asOf: '2022-08-12T14:00:00.000Z',
    });
  });

  it('the author cannot approve, nor can whoever wrote last, nor can it go out unchecked [H1 T64]', async () => {
    const officer = await house.signIn('duty_officer');
    const bulletin = await draft();
    await expect(step(commander, 'approve', bulletin)).rejects.toMatchObject({ code: 'state.refused' });
    const checked = await step(officer, 'check', bulletin);
    await expect(step(author, 'approve', checked)).rejects.toMatchObject({ code: 'access.not_permitted' });
    const rows = await house.asSuperuser(
      `update bulletin_edition set author_id = $2 where bulletin_id = $1 returning state`,
      [bulletin.id, commander.accountId],
    );
    expect(rows).toHaveLength(1);
    await expect(step(commander, 'approve', checked)).rejects.toMatchObject({ code: 'rule.refused' });
    expect((await openData()).bulletins.some(({ id }) => id === bulletin.id)).toBe(false);
  });

  it('the database itself refuses one person as author and approver [T64]', async () => {
    const bulletin = await draft();
    await expect(
      house.asSuperuser(
        `update bulletin_edition set state = 'published', approver_id = author_id, approver_name = 'x', published_at = now()
          where bulletin_id = $1`,
        [bulletin.id],
      ),
    ).rejects.toThrow(/check constraint/);
  });

  it('approved, it is public at once with its numbers filled in: portal data, feed [H1 H5]', async () => {
    const bulletin = await publish(await draft());
    const [found] = (await openData()).bulletins.filter(({ id }) => id === bulletin.id);
    expect(found!.body.zh).toContain('累计报告阳性感染者 4 例（共和县 2 例、同德县 1 例、贵德县 1 例）');
    const feed = await (await fetch(`${house.url}/portal/feed.xml`)).text();
    expect(feed).toContain(`<guid isPermaLink="false">${bulletin.id}-1</guid>`);
    expect(bulletin.issue).toBeGreaterThan(0);
  });

  it('a correction is a new edition by the same two steps; the old one stays with what changed and why [H1]', async () => {
    const first = await publish(await draft());
    const correction = {
      what: { zh: '更正贵德县感染者人数', en: 'The number for Guide County' },
      why: { zh: '一例复核为阴性', en: 'One was negative on re-test' },
    };
    const opened = await author.client.information.correct({
      params: params(first),
      body: { version: first.version, ...correction },
    });
    expect((await openData()).bulletins.find(({ id }) => id === first.id)!.state).toBe('published');
    const corrected = await publish(opened);
    expect(corrected.editions.map(({ number, state }) => [number, state])).toEqual([
      [2, 'published'],
      [1, 'corrected'],
    ]);
    expect(corrected.issue).toBe(first.issue);
    const stored = await house.asSuperuser(
      'select edition, state, what_zh from public_bulletin where bulletin_id = $1 order by edition',
      [first.id],
    );
    expect(stored).toEqual([
      { edition: 1, state: 'corrected', what_zh: null },
      { edition: 2, state: 'published', what_zh: correction.what.zh },
    ]);
  });

  it.skipIf(!portalIsBuilt())(
    'the preview is the portal’s own page of a draft, in its language, and nothing of it is public yet [H1 R14]',
    async () => {
      const bulletin = await write(await draft(), { title: '晚间通报（预览）' });
      const shown = await author.client.information.preview({ params: params(bulletin), query: {} });
      expect(shown.html).toContain('<h1>晚间通报（预览）</h1>');
      expect(shown.html).toContain('贵德县 1 例');
      expect(shown.html).not.toContain('{positives');
      expect(shown.html).toContain('海南藏族自治州');
      const tibetan = await author.client.information.preview({
        params: params(bulletin),
        query: { language: 'bo' },
      });
      expect(tibetan.html).toContain('暂无藏文版');
      expect((await openData()).bulletins.some(({ id }) => id === bulletin.id)).toBe(false);
      expect((await fetch(`${house.url}/portal/zh/bulletins/${bulletin.id}`)).status).toBe(404);
    },
  );

  it('withdrawn, the page keeps its address and says why [H1 T64]', async () => {
    const bulletin = await publish(await draft());
    const reason = { zh: '误发', en: 'Published by mistake' };
    await commander.client.information.withdraw({
      params: params(bulletin),
      body: { version: bulletin.version, reason },
    });
    const found = (await openData()).bulletins.find(({ id }) => id === bulletin.id);
    expect(found).toMatchObject({ state: 'withdrawn', withdrawn: { reason } });
  });

  it('sent back, it is a draft again and the author reads why', async () => {
    const checked = await step(author, 'check', await draft());
    const back = await commander.client.information.sendBack({
      params: params(checked),
      body: { version: checked.version, reason: '请补充就诊提示' },
    });
    expect(back.editions[0]).toMatchObject({ state: 'draft', sentBack: { reason: '请补充就诊提示' } });
  });

  it('two people writing the same draft: the second sees the clash, nothing is lost', async () => {
    const bulletin = await draft();
    await write(bulletin, { zh: '甲写的。' });
    await expect(write(bulletin, { zh: '乙写的。' })).rejects.toMatchObject({ code: 'edit.clash' });
  });

  it('the Tibetan text is what a person wrote, named, or is shown as missing; a correction drops it [H1 R14]', async () => {
    const bulletin = await draft();
    expect(bulletin.hasTibetan).toBe(false);
    const tibetan = { title: 'གསལ་བསྒྲགས།', body: 'བདེ་ཐང་།', writer: '卓玛' };
    const withTibetan = await author.client.information.write({
      params: params(bulletin),
      body: { ...written(bulletin), tibetan, version: bulletin.version },
    });
    expect(withTibetan.hasTibetan).toBe(true);
    const first = await publish(withTibetan);
    const opened = await author.client.information.correct({
      params: params(first),
      body: { version: first.version, what: { zh: '一', en: 'a' }, why: { zh: '二', en: 'b' } },
    });
    expect(opened.editions[0]!.tibetan).toBeNull();
  });

  describe('before publication the text is looked through', () => {
    const born = '63259919900214777';
    const planted: readonly (readonly [string, string])[] = [
      ['an identity number', `患者身份证 ${born}${identityCheckCharacter(born)}。`],
      ['one with gaps', `632599 19900214 777${identityCheckCharacter(born)}`],
      ['one in full-width digits', `６３２５９９１９９００２１４７７７${identityCheckCharacter(born)}`],
      ['a mobile number', '请联系 13897540000。'],
      ['one written 138-9754-0000', '电话138-9754-0000'],
      ['one with an invisible sign in it', '1389754\u200b0000'],
      ['a home down to its door', '城北社区某小区3号楼2单元501室'],
      ['a case by number, sex and age', '病例3：男，35岁，商户。'],
      ['the name of somebody the incident concerns', `感染者${PERSON}曾到过市场。`],
      ['that name with a gap in it', `多杰 才旦`],
    ];

    it.each(planted)('%s is refused [T64 R9]', async (_what, zh) => {
      await nameSomebody();
      const bulletin = await write(await draft(), { zh });
      const refusal = await step(author, 'check', bulletin).catch((error) => error);
      expect(refusal).toMatchObject({ code: 'rule.refused' });
      // What is refused is not repeated in the refusal.
      expect(JSON.stringify(refusal)).not.toContain(zh);
      expect((await openData()).bulletins.some(({ id }) => id === bulletin.id)).toBe(false);
    });

    it('places, times, hotlines and plain advice pass', async () => {
      const zh =
        '8月10日 9:00 至 11:30 到过城北综合市场一层的人员，请拨打 0974-8512345 或 12320 报备，并到 3 号核酸采样点采样。';
      const checked = await step(author, 'check', await write(await draft(), { zh }));
      expect(checked.editions[0]).toMatchObject({ state: 'checked', findings: [] });
    });

    it('a county cannot publish the name of another county’s case, and is not told whose it is [T64 T38]', async () => {
      await nameSomebody();
      const county = await house.signIn('duty_officer', '632525');
      const bulletin = await draft(county, '632525');
      const mine = { ...written(bulletin, { zh: `${PERSON}` }), version: bulletin.version };
      const next = await county.client.information.write({ params: params(bulletin), body: mine });
      const refusal = await step(county, 'check', next).catch((error) => error);
      expect(refusal).toMatchObject({ code: 'rule.refused' });
      await expect(draft(county, '632521')).rejects.toMatchObject({ code: 'access.outside_scope' });
    });

    let named = false;
    async function nameSomebody() {
      if (named) return;
      named = true;
      const investigator = await house.signIn('epidemiologist', '632521');
      const personId = newId();
      const identity = `632599198501013${'21'}`;
      await investigator.client.people.register({
        purpose: 'case_investigation',
        body: {
          id: personId,
          nameZh: PERSON,
          identityNumber: identity + identityCheckCharacter(identity),
          phone: '15498760009',
          placeId: placeIdOfCode('632521100'),
        },
      });
      await house.asSuperuser(
        `insert into event (kind, at, division, subject_type, subject_id, incident_id, data)
         values ('case.opened', now(), '632521', 'case', $1, $2, jsonb_build_object('personId', $3::text))`,
        [newId(), incidentId, personId],
      );
    }
  });

  describe('the public store', () => {
    it('has these columns and no other [T64 R9]', async () => {
      const columns = await house.asSuperuser<{ name: string }>(
        `select table_name || '.' || column_name as name from information_schema.columns
          where table_schema = 'public' and table_name like 'public\\_%' order by table_name, ordinal_position`,
      );
      expect(columns.map(({ name }) => name)).toMatchInlineSnapshot(`
        [
          "public_area_status.id",
          "public_area_status.division",
          "public_area_status.county_zh",
          "public_area_status.county_en",
          "public_area_status.name_zh",
          "public_area_status.name_en",
          "public_area_status.level",
          "public_area_status.since",
          "public_area_status.until",
          "public_area_status.allowed_zh",
          "public_area_status.allowed_en",
          "public_area_status.updated_at",
          "public_bulletin.bulletin_id",
          "public_bulletin.edition",
          "public_bulletin.division",
          "public_bulletin.state",
          "public_bulletin.issue",
          "public_bulletin.issuing_body_zh",
          "public_bulletin.issuing_body_en",
          "public_bulletin.title_zh",
          "public_bulletin.title_en",
          "public_bulletin.body_zh",
          "public_bulletin.body_en",
          "public_bulletin.title_bo",
          "public_bulletin.body_bo",
          "public_bulletin.writer_bo",
          "public_bulletin.locked_at",
          "public_bulletin.published_at",
          "public_bulletin.what_zh",
          "public_bulletin.what_en",
          "public_bulletin.why_zh",
          "public_bulletin.why_en",
          "public_bulletin.withdrawn_at",
          "public_bulletin.withdrawn_reason_zh",
          "public_bulletin.withdrawn_reason_en",
          "public_figure.bulletin_id",
          "public_figure.edition",
          "public_figure.division",
          "public_figure.position",
          "public_figure.name",
          "public_figure.title_zh",
          "public_figure.title_en",
          "public_figure.area_code",
          "public_figure.area_zh",
          "public_figure.area_en",
          "public_figure.value",
          "public_figure.as_of",
          "public_figure.source_zh",
          "public_figure.source_en",
          "public_test_site.site_id",
          "public_test_site.division",
          "public_test_site.county_zh",
          "public_test_site.county_en",
          "public_test_site.name_zh",
          "public_test_site.name_en",
          "public_test_site.open_from",
          "public_test_site.open_until",
          "public_test_site.seconds_per_person",
          "public_test_site.waiting",
          "public_test_site.waiting_counted_at",
          "public_test_site.updated_at",
          "public_view_count.bulletin_id",
          "public_view_count.day",
          "public_view_count.views",
        ]
      `);
    });

    it('is written by nothing but an act in its area: an anonymous reader writes none of it [T64]', async () => {
      const [table] = await house.asSuperuser<{ jsonb: number }>(
        `select count(*)::int as jsonb from information_schema.columns
          where table_schema = 'public' and table_name like 'public\\_%' and data_type in ('jsonb', 'json', 'bytea')`,
      );
      expect(table!.jsonb).toBe(0);
      await expect(
        house.platform.db
          .insertInto('public_area_status')
          .values({
            id: newId(),
            division: '632521100',
            county_zh: 'x',
            county_en: 'x',
            name_zh: 'x',
            name_en: 'x',
            level: 'high',
            since: '2022-08-12',
            until: '2022-08-13',
            allowed_zh: 'x',
            allowed_en: 'x',
            updated_at: '2022-08-12',
          })
          .execute(),
      ).rejects.toMatchObject({ code: '42501' });
    });
  });
});
