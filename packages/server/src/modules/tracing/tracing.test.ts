import { newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type SignedIn, type TestHouse } from '../../platform/testing/index.ts';
import { at, GONGHE, GUIDE, makeWorld, type World } from './tracing-world.ts';

const purpose = 'contact_tracing' as const;

describe('tracing', () => {
  let house: TestHouse;
  let world: World;
  let prefecture: SignedIn;
  let gonghe: SignedIn;
  let guide: SignedIn;
  let caseId: string;
  const people: Record<string, string> = {};
  let coach: string;

  beforeAll(async () => {
    house = await openTestHouse('2022-08-12T09:00:00+08:00');
    world = await makeWorld(house);
    prefecture = await house.signIn('epidemiologist');
    gonghe = await house.signIn('epidemiologist', GONGHE);
    guide = await house.signIn('epidemiologist', GUIDE);

    coach = await world.place('vehicle', 'transport');
    const restaurant = await world.place('venue', 'catering');
    const market = await world.place('venue', 'market');
    const office = await world.place('venue', 'work');
    const home = newId();
    people['case'] = await world.person('病例', { household: home, work: office });
    people['spouse'] = await world.person('配偶', { household: home });
    people['seatmate'] = await world.person('邻座');
    people['far seat'] = await world.person('远座', { county: GUIDE });
    people['no seat'] = await world.person('无座号');
    people['same table'] = await world.person('同桌');
    people['waiter'] = await world.person('服务员', { work: restaurant });
    people['other table'] = await world.person('他桌');
    people['colleague'] = await world.person('同事', { work: office });
    people['shopper'] = await world.person('顾客');
    people['too early'] = await world.person('窗口前');
    people['cousin'] = await world.person('同住亲属', { household: newId() });

    const { stay } = world;
    await stay(people['case'], coach, '09 08:00', '09 09:40', [3, 'A']);
    await stay(people['seatmate'], coach, '09 08:00', '09 09:40', [3, 'B']);
    await stay(people['far seat'], coach, '09 08:00', '09 09:40', [6, 'D']);
    await stay(people['no seat'], coach, '09 08:00', '09 09:40');
    await stay(people['case'], restaurant, '10 18:00', '10 19:10', [4]);
    await stay(people['same table'], restaurant, '10 18:05', '10 19:10', [4]);
    await stay(people['waiter'], restaurant, '10 17:00', '10 21:00');
    await stay(people['other table'], restaurant, '10 18:30', '10 19:00', [9]);
    await stay(people['case'], office, '10 08:30', '10 12:00');
    await stay(people['colleague'], office, '10 08:10', '10 12:05');
    await stay(people['case'], market, '11 10:00', '11 10:20');
    await stay(people['shopper'], market, '11 10:10', '11 10:40');
    await stay(people['case'], market, '05 10:00', '05 11:00');
    await stay(people['too early'], market, '05 10:00', '05 11:00');
    caseId = await world.openCase(people['case'], '2022-08-11');
  });
  afterAll(() => house.close());

  const search = (who: SignedIn, more: object = {}) =>
    who.client.tracing.search({ purpose, body: { id: newId(), caseId, ...more } });
  const found = (result: Awaited<ReturnType<typeof search>>) =>
    Object.fromEntries(result.findings.map(({ person, ...finding }) => [person.nameZh, finding]));

  it('the pack gives the window of a case, with rule and source [B3 B5]', async () => {
    const window = await gonghe.client.tracing.window({ purpose, params: { caseId }, query: {} });
    expect(window).toMatchObject({
      from: '2022-08-09T00:00:00+08:00',
      until: '2022-08-12T09:00:00+08:00',
      rule: 'tracing.windows.case',
      confidence: 'sourced',
      open: true,
      staysCount: 4,
    });
    expect(window.source.title).not.toBe('');
  });

  it('everybody who shared place and time with the case in the window is found, with the class the pack proposes [B3 B4]', async () => {
    const result = await search(prefecture);
    const by = found(result);
    expect(Object.fromEntries(Object.entries(by).map(([name, finding]) => [name, finding.class]))).toEqual({
      配偶: 'close',
      邻座: 'close',
      同桌: 'close',
      服务员: 'close',
      同事: 'close',
      远座: 'general',
      无座号: 'general',
      // Served by the waiter, who had met the case by then.
      他桌: 'contact_of_contact',
      顾客: 'general',
    });
    expect(by['配偶']).toMatchObject({ rule: 'tracing.criteria.household', minutes: null });
    expect(by['同桌']).toMatchObject({ rule: 'tracing.criteria.meal', minutes: 65, meetingsCount: 1 });
    expect(by['服务员']).toMatchObject({ rule: 'tracing.criteria.meal', minutes: 70 });
    expect(by['同事']).toMatchObject({ rule: 'tracing.criteria.workOrStudy', minutes: 210 });
    expect(result.search).toMatchObject({
      path: 'sql',
      adjusted: false,
      counts: { close: 5, contact_of_contact: 1, general: 3 },
      outside: [],
    });
  });

  it('a neighbouring seat in a coach is close contact by estimated distance, and the evidence says it is estimated [B3 B4]', async () => {
    const result = await search(prefecture);
    const exposures = async (name: string) =>
      (
        await prefecture.client.tracing.searchExposures({
          purpose,
          params: { searchId: result.search.id, personId: people[name]! },
        })
      ).exposures[0]!;
    expect(await exposures('seatmate')).toMatchObject({
      setting: 'transport',
      seatRows: 0,
      distanceMetres: 0.5,
      minutes: 100,
      class: 'close',
      met: { nameZh: '病例' },
    });
    expect((await exposures('seatmate')).reasons.map(({ en }) => en)).toContain(
      'distance estimated from the seats',
    );
    expect(await exposures('far seat')).toMatchObject({ seatRows: 3, distanceMetres: 3.1, class: 'general' });
  });

  it('a missing seat or table is told as the fact that would raise the class [B4]', async () => {
    const by = found(await search(prefecture));
    expect(by['无座号']?.undecided).toMatchObject([{ class: 'close', missing: ['distanceMetres'] }]);
    expect(by['他桌']?.undecided).toMatchObject([{ class: 'close', missing: ['near'] }]);
    expect(by['远座']?.undecided).toEqual([]);
  });

  it('contacts of contacts run from first exposure on, and only through contacts of higher risk [B3 B4]', async () => {
    const second = await makeWorld(house);
    const teahouse = await second.place('venue', 'gathering_indoor');
    const diner = await second.place('venue', 'catering');
    const source = await second.person('源');
    const home = newId();
    const friend = await second.person('友', { household: home });
    await second.person('友之同住', { household: home });
    const before = await second.person('此前同桌');
    const after = await second.person('此后同桌');
    await second.stay(source, teahouse, '10 19:00', '10 21:00');
    await second.stay(friend, teahouse, '10 19:30', '10 21:00');
    await second.stay(friend, diner, '10 12:00', '10 13:00', [1]);
    await second.stay(before, diner, '10 12:00', '10 13:00', [1]);
    await second.stay(friend, diner, '11 12:00', '11 13:00', [1]);
    await second.stay(after, diner, '11 12:00', '11 13:00', [1]);
    const own = await second.openCase(source, '2022-08-11');
    const result = await prefecture.client.tracing.search({ purpose, body: { id: newId(), caseId: own } });
    const by = found(result);
    expect(by['友']).toMatchObject({ class: 'close', order: 1 });
    expect(by['友之同住']).toMatchObject({ class: 'contact_of_contact', order: 2, via: { nameZh: '友' } });
    expect(by['此后同桌']).toMatchObject({ class: 'contact_of_contact', order: 2, minutes: 60 });
    expect(by['此前同桌']).toBeUndefined();

    const twenty = await prefecture.client.tracing.search({
      purpose,
      body: { id: newId(), caseId: own, packId: 'covid19-cn-9-20m' },
    });
    expect(Object.keys(found(twenty))).toEqual(['友']);
  });

  it('people outside the area are counted for a request and never shown [B4 T38 T40]', async () => {
    const result = await search(gonghe);
    expect(result.search.outside).toEqual([
      { division: GUIDE, divisionName: { zh: '贵德县', en: 'Guide County' }, peopleCount: 1 },
    ]);
    expect(JSON.stringify(result)).not.toContain(people['far seat']);
    expect(JSON.stringify(result)).not.toContain('远座');
    await expect(
      gonghe.client.tracing.searchExposures({
        purpose,
        params: { searchId: result.search.id, personId: people['far seat']! },
      }),
    ).rejects.toMatchObject({ status: 404 });
    await expect(
      guide.client.tracing.searchById({ purpose, params: { searchId: result.search.id } }),
    ).rejects.toMatchObject({ status: 404 });
    await expect(
      guide.client.tracing.search({ purpose, body: { id: newId(), caseId } }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('every search is on record with case, purpose and who was shown [B3]', async () => {
    const result = await search(gonghe);
    const rows = await house.asSuperuser<{ case_id: string; purpose: string; path: string }>(
      `select case_id, purpose, path from search where id = $1`,
      [result.search.id],
    );
    expect(rows).toEqual([{ case_id: caseId, purpose, path: 'sql' }]);
    const audited = await house.asSuperuser<{ purpose: string }>(
      `select purpose from audit_entry where route = 'tracing.search' and actor_id = $1`,
      [gonghe.accountId],
    );
    expect(audited.every((entry) => entry.purpose === purpose)).toBe(true);
    expect(audited.length).toBeGreaterThan(0);
    await expect(
      gonghe.client.tracing.search({ purpose: 'testing' as never, body: { id: newId(), caseId } }),
    ).rejects.toMatchObject({ code: 'access.purpose_refused' });
  });

  it('searching again with other bounds shows exactly who is added, changed and dropped, and adopting takes that over [B5]', async () => {
    const first = await search(prefecture, { adopt: true });
    expect(first.findings.every(({ contactId }) => contactId !== null)).toBe(true);
    expect((await search(prefecture)).findings.every(({ difference }) => difference === 'unchanged')).toBe(
      true,
    );

    const window = { from: at('05 00:00'), until: at('10 18:30') };
    const other = await search(prefecture, { window });
    expect(other.search.adjusted).toBe(true);
    const by = found(other);
    expect(by['窗口前']).toMatchObject({ difference: 'added' });
    expect(by['同桌']).toMatchObject({ difference: 'changed', minutes: 25 });
    expect(by['邻座']).toMatchObject({ difference: 'unchanged' });
    expect(other.dropped.map(({ person }) => person.nameZh).toSorted()).toEqual(['他桌', '顾客']);

    const adopted = await prefecture.client.tracing.adopt({
      purpose,
      params: { searchId: other.search.id },
    });
    expect(adopted).toEqual({
      addedCount: 1,
      changedCount: 3,
      unchangedCount: 4,
      withdrawnCount: 2,
      lostCount: 0,
    });
    const again = await search(prefecture, { window });
    expect(again.findings.every(({ difference }) => difference === 'unchanged')).toBe(true);
    expect(again.dropped).toEqual([]);
    await search(prefecture, { adopt: true });
  });

  it('a search at one place finds only meetings there [B5]', async () => {
    const result = await search(prefecture, { placeIds: [coach] });
    expect(Object.keys(found(result)).toSorted()).toEqual(['无座号', '远座', '邻座'].toSorted());
  });

  it('review decides on many at once: a class of one’s own and a rejection need a reason, a stale version clashes [B4]', async () => {
    const list = await prefecture.client.tracing.contacts({
      purpose,
      query: { caseId, state: ['proposed'], limit: 500 },
    });
    const contact = (name: string) => list.items.find(({ person }) => person.nameZh === name)!;
    const item = (name: string, more: object = {}) => ({
      contactId: contact(name).id,
      version: contact(name).version,
      decision: 'accept' as const,
      ...more,
    });
    const { items } = await prefecture.client.tracing.review({
      purpose,
      body: {
        items: [
          item('配偶'),
          item('邻座'),
          item('无座号', { class: 'close' }),
          item('他桌', { class: 'close', reason: '邻桌，监控可见' }),
          item('顾客', { decision: 'reject' }),
          item('同桌', { version: 99 }),
          { contactId: newId(), version: 1, decision: 'accept' },
        ],
      },
    });
    expect(items.map(({ outcome }) => outcome)).toEqual([
      'accepted',
      'accepted',
      'refused',
      'accepted',
      'refused',
      'clash',
      'not_found',
    ]);
    const counts = await prefecture.client.tracing.counts({ query: { caseId } });
    expect(counts.accepted).toEqual({ close: 3, contact_of_contact: 0, general: 0 });
    expect(counts.proposed).toEqual({ close: 3, contact_of_contact: 0, general: 3 });

    const events = await house.asSuperuser<{ data: Record<string, string> }>(
      `select data from event where kind = 'contact.accepted' and subject_id = $1`,
      [contact('邻座').id],
    );
    expect(events.map(({ data }) => data)).toEqual([
      {
        contactId: contact('邻座').id,
        personId: people['seatmate'],
        caseId,
        class: 'close',
        lastExposure: at('09 09:40'),
        incidentId: world.incidentId,
      },
    ]);
  });

  it('an accepted contact no longer found is kept and marked for a person to decide again [B5]', async () => {
    const narrow = await search(prefecture, {
      window: { from: at('10 00:00'), until: at('12 00:00') },
      adopt: true,
    });
    const lost = await prefecture.client.tracing.contacts({ purpose, query: { caseId, lost: 'true' } });
    expect(lost.items.map(({ person, state }) => [person.nameZh, state])).toEqual([['邻座', 'accepted']]);
    expect(narrow.findings.some(({ person }) => person.nameZh === '邻座')).toBe(false);
    await search(prefecture, { adopt: true });
    expect(
      (await prefecture.client.tracing.contacts({ purpose, query: { caseId, lost: 'true' } })).total,
    ).toBe(0);
  });

  it('a fact learnt about a meeting raises the proposal, and the duties of the class are shown [B4]', async () => {
    const [contact] = (
      await prefecture.client.tracing.contacts({ purpose, query: { personId: people['no seat']! } })
    ).items;
    const read = () => prefecture.client.tracing.contactById({ purpose, params: { contactId: contact!.id } });
    const before = await read();
    expect(before.contact.proposedClass).toBe('general');
    const after = await prefecture.client.tracing.addFacts({
      purpose,
      params: { contactId: contact!.id },
      body: {
        version: before.contact.version,
        exposureId: before.exposures[0]!.id,
        facts: { companion: true },
      },
    });
    expect(after.contact.proposedClass).toBe('close');
    expect(after.duties).toMatchObject({ class: 'close', anchor: '2022-08-09' });
    expect(after.duties?.phases[0]).toMatchObject({ kind: 'centralised_isolation', untilDate: '2022-08-16' });
  });

  it('a request for assistance hands people to their own area, which decides and answers; the asking area sees numbers [B4 T38]', async () => {
    const { search: made } = await search(gonghe);
    const request = await gonghe.client.tracing.requestAssistance({
      purpose,
      body: { id: newId(), searchId: made.id, toDivision: GUIDE, note: '同车乘客，请核实' },
    });
    expect(request).toMatchObject({ peopleCount: 1, fromName: '共和县', toName: '贵德县', state: 'sent' });
    const received = await guide.client.tracing.contacts({ purpose, query: { caseId } });
    expect(received.items.map(({ person }) => person.nameZh)).toEqual(['远座']);
    const [theirs] = received.items;
    await guide.client.tracing.review({
      purpose,
      body: { items: [{ contactId: theirs!.id, version: theirs!.version, decision: 'accept' }] },
    });
    await expect(
      gonghe.client.tracing.answerAssistance({
        params: { requestId: request.id },
        body: { version: request.version, answer: '不是本县' },
      }),
    ).rejects.toMatchObject({ code: 'access.outside_scope' });
    await guide.client.tracing.answerAssistance({
      params: { requestId: request.id },
      body: { version: request.version, answer: '已落实1人，居家监测' },
    });
    const [back] = (await gonghe.client.tracing.assistanceRequests({ query: {} })).items;
    expect(back).toMatchObject({
      state: 'answered',
      answer: '已落实1人，居家监测',
      counts: { accepted: 1, proposed: 0, rejected: 0 },
    });
    const seen = await gonghe.client.tracing.contacts({ purpose, query: { caseId, limit: 500 } });
    expect(seen.items.some(({ person }) => person.nameZh === '远座')).toBe(false);
    await expect(
      gonghe.client.tracing.contactById({ purpose, params: { contactId: theirs!.id } }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('a search by name treats the wildcard characters and quotes as letters [T48]', async () => {
    for (const q of ['%', '_', "' or 1=1 --", '\\']) {
      const { total } = await prefecture.client.tracing.contacts({ purpose, query: { q } });
      expect(total).toBe(0);
    }
  });
});
