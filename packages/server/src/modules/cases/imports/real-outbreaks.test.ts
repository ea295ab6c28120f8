import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImportGround, isWhole, openImportGround, outbreakFile, purpose } from './imports-ground.ts';

describe('real outbreaks come in', () => {
  let ground: ImportGround;
  beforeAll(async () => {
    ground = await openImportGround();
  });
  afterAll(() => ground.house.close());

  it('MERS in Korea 2015: 162 cases and 98 links, nothing mapped by hand, the superspreaders seen [B1 B6]', async (test) => {
    const uploaded = await ground.upload(outbreakFile(test, 'mers_korea_2015_linelist.csv'), {
      contacts: outbreakFile(test, 'mers_korea_2015_contacts.csv'),
    });
    const checked = await ground.check(uploaded, { classification: 'confirmed' });
    expect(checked.counts.cases).toMatchObject({ rows: 162, error: 0, duplicate: 0 });
    expect(checked.counts.contacts).toMatchObject({ rows: 98, error: 0, duplicate: 0 });
    // SK_39 has three possible sources and SK_107 two: said on each of the five links.
    const several = await ground.rows(checked, { file: 'contacts', code: 'several_sources' });
    expect(several.total).toBe(5);

    const done = await ground.commit(checked);
    expect(done).toMatchObject({
      state: 'committed',
      counts: { cases: { accepted: 162 }, contacts: { accepted: 98 } },
    });
    const query = { lineListId: done.lineListId! };
    const chains = await ground.client.cases.chains({ purpose, query });
    expect(chains.linksCount).toBe(98);
    const infectees = Object.fromEntries(chains.nodes.map((node) => [node.externalId, node.infecteesCount]));
    expect(infectees).toMatchObject({ SK_14: 38, SK_1: 26, SK_16: 21 });
    expect(chains.ambiguous.map(({ to }) => to).toSorted()).toEqual(['SK_107', 'SK_39']);

    const curve = await ground.client.cases.curve({ query: { ...query, basis: 'onset' } });
    expect(curve.days.reduce((sum, { count }) => sum + count, 0)).toBe(135);
    expect(curve).toMatchObject({ missingCount: 27, totalCount: 162 });
    const { items } = await ground.casesOf(done.lineListId!);
    expect(items.filter(({ outcome }) => outcome === 'died')).toHaveLength(19);
  });

  it('raw Ebola list: all 59 onsets on or before infection and all 11 spellings of 5 hospitals are shown [B1]', async (test) => {
    const started = performance.now();
    const uploaded = await ground.upload(outbreakFile(test, 'ebola_sim_raw_linelist.csv'));
    const checked = await ground.check(uploaded);
    const onset = await ground.rows(checked, { code: 'onset_not_after_infection' });
    expect(onset.total).toBe(59);
    expect(onset.items.every(({ verdict }) => verdict === 'error')).toBe(true);

    const groups = checked.hospitalGroups.map(({ canonical, variants }) => [
      canonical,
      variants.map(({ name }) => name),
    ]);
    expect(groups).toEqual([
      ['Connaught Hospital', ['Connaught Hopital']],
      ['Military Hospital', ['Military Hopital']],
      ['Rokupa Hospital', ['Rokupa Hopital']],
      ['Princess Christian Maternity Hospital (PCMH)', ['Princess Christian Maternity Hopital (PCMH)']],
      ['Mitylira Hospital', ['Mitylira Hopital']],
    ]);
    expect((await ground.rows(checked, { code: 'hospital_variant' })).total).toBe(47 + 30 + 11 + 11 + 1);

    const rename = checked.hospitalGroups.flatMap(({ canonical, variants }) =>
      variants.map(({ name }) => ({ from: name, to: canonical })),
    );
    const renamed = await ground.check(checked, { rename });
    expect((await ground.rows(renamed, { code: 'hospital_variant' })).total).toBe(0);
    const done = await ground.commit(renamed);
    const seconds = (performance.now() - started) / 1000;
    console.info(`Ebola, 5888 rows: uploaded, checked twice and committed in ${seconds.toFixed(1)} s`);
    expect(done.counts.cases.rows).toBe(5888);
    expect(isWhole(done.counts.cases)).toBe(true);
    const { items } = await ground.client.cases.list({
      purpose,
      query: { lineListId: done.lineListId!, q: 'Hopital', limit: 1 },
    });
    expect(items).toEqual([]);
  });

  it('Ebola contacts: links to cases of no list are counted and kept, not dropped [B6]', async (test) => {
    const uploaded = await ground.upload(outbreakFile(test, 'ebola_sim_clean_linelist.csv'), {
      contacts: outbreakFile(test, 'ebola_sim_clean_contacts.csv'),
    });
    const checked = await ground.check(uploaded);
    const { contacts } = checked.counts;
    expect(contacts).toMatchObject({ rows: 3800, error: 0 });
    expect(checked.faults.find(({ code }) => code === 'unknown_case')?.rowsCount).toBeGreaterThan(1000);
    const done = await ground.commit(checked);
    expect(done.counts.contacts!.accepted).toBe(3800 - contacts!.duplicate);
  });
});
