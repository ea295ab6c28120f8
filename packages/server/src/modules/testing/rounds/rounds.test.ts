import { type EventKind, newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../../platform/testing/index.ts';
import {
  AMPLIFIED,
  CLEAN,
  type Ground,
  openGround,
  purpose,
} from '../../../platform/testing/testing-ground.ts';
import { placeIdOfCode } from '../../places/index.ts';
import { intakeOf } from '../intake/intake.ts';
import { roundsReactions } from './rounds.reactions.ts';

const COUNTY = '632521';
const VILLAGE = '632521100001';
const NEXT_VILLAGE = '632521100002';

describe('rounds', () => {
  let ground: Ground;
  let commander: SignedIn;
  let steward: SignedIn;
  let incidentId: string;
  let village: string[];
  let roundId: string;

  beforeAll(async () => {
    ground = await openGround();
    const { house } = ground;
    commander = await house.signIn('commander', COUNTY);
    steward = await house.signIn('field_worker', '632521100');
    const surveyor = await house.signIn('epidemiologist', COUNTY);
    await surveyor.client.places.setSteward({
      params: { placeId: placeIdOfCode(VILLAGE) },
      body: { accountId: steward.accountId },
    });
    incidentId = await activate('covid19-cn-9');
    village = await people(VILLAGE, 12);
    await people(NEXT_VILLAGE, 3);
  });
  afterAll(() => ground.house.close());

  async function activate(packId: string): Promise<string> {
    const id = newId();
    const signalId = newId();
    await commander.client.incidents.raiseSignal({
      body: { id: signalId, division: '632521100', note: '单采复核初筛阳性' },
    });
    await commander.client.incidents.activate({
      body: {
        id,
        signalIds: [signalId],
        packId,
        level: 'II',
        division: COUNTY,
        name: { zh: '共和县疫情', en: 'Gonghe outbreak' },
        reason: '社会面发现一名初筛阳性人员',
      },
    });
    return id;
  }

  async function people(division: string, count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, () => newId());
    for (const [index, id] of ids.entries()) {
      const body = { id, nameZh: `居民${index + 1}`, placeId: placeIdOfCode(division) };
      await ground.desk.client.people.register({ purpose, body });
    }
    return ids;
  }

  const inHours = (hours: number) => new Date(ground.house.clock.nowMs() + hours * 3_600_000).toISOString();
  const newRound = (over: object = {}) => ({
    id: newId(),
    incidentId,
    division: COUNTY,
    poolSize: 10 as const,
    startsAt: ground.now(),
    endsAt: inHours(24),
    siteIds: [ground.site],
    ...over,
  });
  const sample = (tube: ReturnType<Ground['tube']>, personId: string, takenAt = ground.now()) =>
    ground.desk.client.testing.registerSample({
      purpose,
      body: { ...tube, id: newId(), who: { personId }, takenAt },
    });
  const report = async (tubeCode: string, outcome: 'negative' | 'positive') => {
    await ground.receive(tubeCode);
    return ground.lab.client.testing.reportResult({
      purpose,
      body: {
        id: newId(),
        tubeCode,
        labId: ground.labId,
        outcome,
        targets: outcome === 'positive' ? AMPLIFIED : CLEAN,
        testedAt: ground.now(),
      },
    });
  };
  const look = async (who = commander, id = roundId) => {
    await ground.house.settle();
    return who.client.rounds.byId({ params: { roundId: id } });
  };
  const areasOf = async (level: 'community' | 'grid' = 'community', who = commander) =>
    (await who.client.rounds.areas({ params: { roundId }, query: { level } })).items;
  const balanced = (round: { accounting: { identities: { name: string; gap: number }[] } }) =>
    round.accounting.identities.filter(({ gap }) => gap !== 0);

  it('the pack says before the start what a round is: pool size, hours, three clean rounds, with where it says so [C1 P1]', async () => {
    const plan = await commander.client.rounds.plan({ query: { incidentId, division: COUNTY } });
    expect(plan.headcount.value).toBe(15);
    expect(plan.poolSizes).toMatchObject({ sizes: [10, 20], rule: 'pooling.sizes.large_low_risk' });
    expect(plan.hours).toMatchObject({ minutes: 1440, confidence: 'sourced' });
    expect(plan.next).toMatchObject({
      step: 'screen',
      cleanRounds: 0,
      cleanRoundsNeeded: 3,
      rule: 'screening.stop',
    });
    expect(plan.next!.source).toContain('核酸检测实施办法');
    expect(plan.sites.map(({ id }) => id)).toEqual([ground.site]);
  });

  it('a round is refused a tube the pack does not allow, a start in the past, a market as site, a pack that screens nobody [C1]', async () => {
    const refused = (over: object) =>
      commander.client.rounds.start({ body: newRound(over) }).then(
        () => 'started',
        (error) => error.messages.en as string,
      );
    expect(await refused({ poolSize: 5 })).toContain('does not allow 5');
    expect(await refused({ startsAt: inHours(-1) })).toContain('in the past');
    expect(await refused({ endsAt: inHours(-1) })).toContain('not after the start');
    expect(await refused({ siteIds: [ground.market] })).toContain('no test site');
    const plague = await activate('plague-cn');
    expect(await refused({ incidentId: plague })).toContain('screens no areas');
    await expect(ground.desk.client.rounds.start({ body: newRound() })).rejects.toMatchObject({
      code: 'access.not_permitted',
    });
  });

  it('a round begins with everybody of the register missed, once however often it is sent [C1 T18]', async () => {
    const body = newRound();
    roundId = body.id;
    const started = await commander.client.rounds.start({ body });
    expect(await commander.client.rounds.start({ body })).toMatchObject({ id: roundId, number: 1 });
    expect(started.counts).toEqual({ headcount: 15, sampled: 0, exempt: 0, away: 0, missed: 15 });
    await expect(commander.client.rounds.start({ body: newRound() })).rejects.toMatchObject({
      code: 'state.refused',
    });
  });

  it('whoever is registered after the count is added once, whoever was counted is not added again [C1 F25]', async () => {
    await people(NEXT_VILLAGE, 1);
    expect((await look()).counts).toMatchObject({ headcount: 16, missed: 16 });
  });

  it('a person counts once a round however often they are sampled, at the desk or by a device [C1]', async () => {
    ground.house.clock.advance(0.5);
    const [first, second] = [ground.tube(10), ground.tube(10)];
    for (const id of village.slice(0, 3)) await sample(first, id);
    await ground.desk.client.testing.closePool({ body: { ...first, closedAt: ground.now() } });
    await sample(second, village[0]!);
    await ground.desk.client.testing.closePool({ body: { ...second, closedAt: ground.now() } });
    const tube = ground.tube(10);
    const commands = [village[0]!, village[3]!].map((personId, index) => ({
      kind: 'sample' as const,
      id: newId(),
      order: index + 1,
      at: ground.now(),
      ...tube,
      who: { personId },
    }));
    const { refused } = await ground.desk.client.intake.append({
      purpose,
      body: { deviceId: newId(), sentAt: ground.now(), commands },
    });
    expect(refused).toEqual([]);
    await intakeOf(ground.house.platform).settle();
    const round = await look();
    expect(round.counts).toMatchObject({ sampled: 4, missed: 12 });
    expect(balanced(round)).toEqual([]);
    expect(round.accounting.registered.value).toBe(6);
    expect((await areasOf()).find(({ division }) => division === VILLAGE)).toMatchObject({
      headcount: 12,
      sampled: 4,
      missed: 8,
      steward: { account: { id: steward.accountId } },
    });
  });

  it('a registration taken back makes the person missed again, unless another swab of the round counts them [C1]', async () => {
    const tube = ground.tube(10);
    const mine = await sample(tube, village[4]!);
    expect((await look()).counts.sampled).toBe(5);
    const withdraw = (sampleId: string) =>
      ground.desk.client.testing.withdrawSample({
        purpose,
        params: { sampleId },
        body: { reason: '误登记' },
      });
    await withdraw(mine.sample.id);
    expect((await look()).counts).toMatchObject({ sampled: 4, missed: 12 });
    const one = await sample(ground.tube(1), village[4]!);
    await sample(ground.tube(1), village[4]!);
    await withdraw(one.sample.id);
    const round = await look();
    expect(round.counts.sampled).toBe(5);
    expect(balanced(round)).toEqual([]);
  });

  it('exempt and away carry a reason, leave the missed, and give way to a swab [C1]', async () => {
    const put = (
      personIds: string[],
      standing: 'exempt' | 'away' | 'missed',
      reason?: 'isolated' | 'herding',
    ) =>
      steward.client.rounds.setStanding({
        purpose,
        params: { roundId },
        body: { personIds, standing, ...(reason && { reason }) },
      });
    await expect(put([village[5]!], 'exempt')).rejects.toMatchObject({ code: 'request.invalid' });
    await expect(put([village[5]!], 'exempt', 'herding')).rejects.toMatchObject({ code: 'request.invalid' });
    expect(await put([village[5]!, village[6]!], 'exempt', 'isolated')).toEqual({ changed: 2 });
    expect(await put([village[7]!], 'away', 'herding')).toEqual({ changed: 1 });
    // Whoever has been sampled stays sampled.
    expect(await put([village[0]!], 'away', 'herding')).toEqual({ changed: 0 });
    expect((await look()).counts).toEqual({ headcount: 16, sampled: 5, exempt: 2, away: 1, missed: 8 });
    await put([village[6]!], 'missed');
    await sample(ground.tube(1), village[7]!);
    expect((await look()).counts).toEqual({ headcount: 16, sampled: 6, exempt: 1, away: 0, missed: 9 });
  });

  it('the missed are a paged list for whoever may see names, and of the own area only [C1 T38]', async () => {
    const list = (who: SignedIn, over: object = {}) =>
      who.client.rounds.people({
        purpose,
        params: { roundId },
        query: { within: VILLAGE, limit: 2, ...over },
      });
    const first = await list(steward);
    expect(first.total).toBe(5);
    expect(first.items).toHaveLength(2);
    expect(first.items[0]).toMatchObject({ standing: 'missed', person: { division: VILLAGE } });
    const ids = new Set<string>();
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page: Awaited<ReturnType<typeof list>> = await list(steward, cursor ? { cursor } : {});
      for (const { personId } of page.items) ids.add(personId);
      cursor = page.nextCursor ?? undefined;
    }
    expect(ids).toEqual(new Set([village[6], ...village.slice(8)]));
    const neighbour = await ground.house.signIn('field_worker', '632523');
    await expect(list(neighbour)).rejects.toMatchObject({ code: 'not_found' });
    const nextTown = await ground.house.signIn('field_worker', '632521101');
    expect((await list(nextTown)).items).toEqual([]);
    expect((await look(nextTown)).counts.headcount).toBe(0);
  });

  it('the missed of a community become one task of its steward, which closes when nobody is missed there [C1 G3]', async () => {
    const call = () => commander.client.rounds.callMissed({ params: { roundId }, body: {} });
    expect(await call()).toEqual({ called: 2, people: 9 });
    expect(await call()).toEqual({ called: 0, people: 0 });
    const tasks = () =>
      ground.house.asSuperuser<{ division: string; owner_id: string | null; state: string }>(
        `select division, owner_id, state from task where kind = 'testing.round_missed' order by division`,
      );
    expect(await tasks()).toMatchObject([
      { division: VILLAGE, owner_id: steward.accountId, state: 'open' },
      { division: NEXT_VILLAGE, owner_id: steward.accountId, state: 'open' },
    ]);
    const tube = ground.tube(10);
    for (const id of [village[6]!, ...village.slice(8)]) await sample(tube, id);
    expect((await look()).counts.missed).toBe(4);
    expect((await tasks()).map(({ state }) => state)).toEqual(['done', 'open']);
  });

  it('the expected end comes from the rate of the last hour [C1]', async () => {
    const round = await look();
    expect(round.perHour.value).toBeGreaterThan(0);
    const hours = (Date.parse(round.expectedEnd!) - Date.parse(round.asOf)) / 3_600_000;
    expect(hours).toBeCloseTo(round.counts.missed / round.perHour.value!, 2);
    ground.house.clock.advance(3);
    const idle = await look();
    expect(idle.perHour.value).toBe(0);
    expect(idle.expectedEnd).toBeNull();
  });

  it('the strip balances at every step of custody; a planted hole is a task with a named owner until it is gone [C4 F25 T28]', async () => {
    const { house, desk, lab, labId } = ground;
    const officer = await house.signIn('duty_officer', COUNTY);
    const check = async () => {
      house.clock.advance(0.05);
      await house.sweeper.round();
      return look();
    };
    expect(balanced(await check())).toEqual([]);
    const pools = (await desk.client.testing.pools({ query: { limit: 500 } })).items.filter(
      (one) => one.memberCount > 0,
    );
    for (const { id: poolId, tubeCode, capacity, state } of pools) {
      if (state === 'open') {
        await desk.client.testing.closePool({
          body: { poolId, tubeCode, capacity, siteId: ground.site, closedAt: ground.now() },
        });
      }
    }
    await desk.client.testing.sendPools({
      body: { poolIds: pools.map(({ id }) => id), labId, sentAt: ground.now() },
    });
    expect(balanced(await look())).toEqual([]);
    const [rejected, ...taken] = pools;
    await lab.client.testing.receive({
      body: { tubeCode: rejected!.tubeCode, labId, receivedAt: ground.now(), rejectedReason: '漏液' },
    });
    for (const { tubeCode } of taken) {
      await lab.client.testing.receive({ body: { tubeCode, labId, receivedAt: ground.now() } });
    }
    const received = await look();
    expect(balanced(received)).toEqual([]);
    expect(received.accounting.rejected.value).toBe(rejected!.memberCount);
    for (const { tubeCode } of taken.slice(1)) await report(tubeCode, 'negative');
    expect(balanced(await check())).toEqual([]);

    // A result vanishes: what no door can do.
    const [lost] = taken.slice(1);
    await house.asSuperuser('update result set current = false where pool_id = $1', [lost!.id]);
    const holed = await check();
    expect(balanced(holed)).toMatchObject([{ name: 'tested', gap: lost!.memberCount }]);
    expect(holed.accounting.holeSince).not.toBeNull();
    const task = () =>
      house.asSuperuser<{ owner_id: string; state: string }>(
        `select owner_id, state from task where kind = 'testing.round_hole'`,
      );
    expect(await task()).toEqual([{ owner_id: officer.accountId, state: 'open' }]);
    await check();
    expect(await task()).toHaveLength(1);
    await house.asSuperuser('update result set current = true where pool_id = $1', [lost!.id]);
    expect((await check()).accounting.holeSince).toBeNull();
    expect(await task()).toMatchObject([{ state: 'done' }]);
    // A swab lost from the register shows against the tubes.
    await house.asSuperuser('update pool set member_count = member_count - 1 where id = $1', [lost!.id]);
    expect(balanced(await check())).toMatchObject([{ name: 'registered', gap: 1 }]);
    await house.asSuperuser('update pool set member_count = member_count + 1 where id = $1', [lost!.id]);
    await check();
  });

  it('a round decides nothing until its results are out; then the pack says what comes next and why [C1 P1]', async () => {
    const { house } = ground;
    const closed = await commander.client.rounds.close({ params: { roundId } });
    expect(closed.closedBy).toMatchObject({ id: commander.accountId });
    expect(closed.next).toMatchObject({ step: 'finish_round', nextOn: null });
    const waiting = await house.asSuperuser<{ tube_code: string }>(
      `select tube_code from pool where state not in ('resulted', 'rejected') and member_count > 0`,
    );
    for (const { tube_code } of waiting) await report(tube_code, 'negative');
    const done = await look();
    expect(done.next).toMatchObject({
      step: 'screen',
      cleanRounds: 1,
      nextOn: '2022-08-12',
      rule: 'screening.stop',
    });
    expect(done.next!.text.zh).toBe('已连续1轮无社会面感染者，需3轮');
  });

  it('a device that comes into coverage after the close still counts who was sampled in time, and not who came later [C1 T16]', async () => {
    const [late, tooLate] = await people(NEXT_VILLAGE, 2);
    const before = (await look()).counts;
    const takenAt = (await look()).startsAt;
    await sample(ground.tube(1), late!, takenAt);
    ground.house.clock.advance(1);
    await sample(ground.tube(1), tooLate!);
    expect((await look()).counts.sampled).toBe(before.sampled + 1);
  });

  it('a community positive breaks the row of clean rounds; one found in isolation does not [C1]', async () => {
    const { house } = ground;
    house.clock.set('2022-08-12T08:00:00+08:00');
    const body = newRound();
    await commander.client.rounds.start({ body });
    const tube = ground.tube(1);
    await sample(tube, village[5]!);
    await report(tube.tubeCode, 'positive');
    const pool = ground.tube(5);
    await sample(pool, village[6]!);
    await house.settle();
    await report(pool.tubeCode, 'positive');
    const { items: wanted } = await commander.client.testing.resamples({
      purpose: 'outbreak_command',
      query: { poolId: pool.poolId },
    });
    // The pack of the incident the round belongs to, not the house's.
    expect(wanted[0]!.rule).toBe('covid19-cn-9 pooling.reflex');
    await house.settle();
    await commander.client.rounds.close({ params: { roundId: body.id } });
    const round = await look(commander, body.id);
    expect(round.positiveFoundIn).toEqual([{ foundIn: 'community_screening', count: 1 }]);
    expect(round.next).toMatchObject({ step: 'screen', cleanRounds: 0, nextOn: '2022-08-13' });
    const rounds = await commander.client.rounds.list({ query: { incidentId } });
    expect(rounds.items.map(({ number, positives }) => [number, positives])).toEqual([
      [2, 1],
      [1, 0],
    ]);
  });

  it('names of the missed are opened for a purpose and on the record [R2]', async () => {
    const entries = await ground.house.asSuperuser<{ count: number }>(
      `select count(*)::int as count from audit_entry where route = 'rounds.people' and actor_id = $1`,
      [steward.accountId],
    );
    expect(entries[0]!.count).toBeGreaterThan(0);
  });
});

describe('the counters of a round', () => {
  it('hear swabs and their results by one reaction: two would judge a result before its swab is counted [C1 T66]', () => {
    const heard = (kind: EventKind) => roundsReactions.filter(({ kinds }) => kinds.includes(kind));
    const [counting] = heard('sample.registered');
    for (const kind of ['sample.withdrawn', 'result.screening_positive', 'result.amended'] as const) {
      expect(heard(kind)).toEqual([counting]);
    }
  });
});
