import { newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../../platform/testing/index.ts';
import {
  AMPLIFIED,
  CLEAN,
  fillTube,
  type Ground,
  openGround,
  purpose,
} from '../../../platform/testing/testing-ground.ts';
import { intakeOf } from '../intake/intake.ts';
import { reconcile } from './assay.ts';

describe('the laboratory', () => {
  let ground: Ground;
  let otherLab: string;
  let boxes = 0;
  beforeAll(async () => {
    ground = await openGround();
    const surveyor = await ground.house.signIn('epidemiologist', '632521');
    const body = {
      id: newId(),
      parentId: ground.town,
      class: 'laboratory' as const,
      nameZh: '共和县医院检验科',
      lon: null,
      lat: null,
      indoors: true,
    };
    otherLab = (await surveyor.client.places.add({ body })).id;
  });
  afterAll(() => ground.house.close());

  const filled = async (count = 1) => fillTube(ground, 5, await ground.people(count));
  const pack = (
    tubeCodes: string[],
    fromId = ground.site,
    labId = ground.labId,
    client = ground.desk.client,
  ) => {
    boxes += 1;
    const body = {
      id: newId(),
      code: `BOX${1000 + boxes}`,
      fromId,
      labId,
      tubeCodes,
      packedAt: ground.now(),
    };
    return client.laboratory.packBox({ body });
  };
  const hand = (boxId: string, client = ground.desk.client) =>
    client.laboratory.sendBox({ params: { boxId }, body: { sentAt: ground.now() } });
  const scanIn = (code: string, tubeCodes: string[], labId = ground.labId) =>
    ground.lab.client.laboratory.receiveBox({ body: { code, labId, tubeCodes, receivedAt: ground.now() } });
  const stateOf = async (tubeCode: string) =>
    (await ground.lab.client.testing.pools({ query: { q: tubeCode } })).items[0]!;
  const received = async (count = 1) => {
    const tube = await filled(count);
    const box = await pack([tube.tubeCode]);
    await hand(box.id);
    await scanIn(box.code, [tube.tubeCode]);
    return tube.tubeCode;
  };

  it('a box is packed, handed over and received by scanning; its tubes go with it [C4]', async () => {
    const codes = [(await filled()).tubeCode, (await filled()).tubeCode];
    const box = await pack(codes);
    expect(box).toMatchObject({ state: 'packed', missingCount: 0 });
    expect((await hand(box.id)).state).toBe('sent');
    expect((await stateOf(codes[0]!)).state).toBe('sent');
    const there = await scanIn(box.code, codes);
    expect(there).toMatchObject({ state: 'received', missingCount: 0, extraCount: 0 });
    expect((await stateOf(codes[1]!)).state).toBe('received');
  });

  it('what was packed and did not arrive, and what arrived unpacked, is flagged and looked for; lost only once a second person has looked again [C4 T66 F25]', async () => {
    const [here, gone, stray] = [await filled(), await filled(2), await filled()];
    const box = await pack([here.tubeCode, gone.tubeCode]);
    await hand(box.id);
    const view = await scanIn(box.code, [here.tubeCode, stray.tubeCode, 'UNKNOWN-1']);
    expect(view).toMatchObject({ missingCount: 1, extraCount: 2 });
    expect(view.tubes.find(({ tubeCode }) => tubeCode === gone.tubeCode)?.state).toBe('missing');
    const duty = () => ground.house.asSuperuser(`select state from task where source_id = $1`, [box.id]);
    expect(await duty()).toEqual([{ state: 'open' }]);
    const differing = await ground.lab.client.laboratory.boxes({ query: { differing: 'true' } });
    expect(differing.items.map(({ id }) => id)).toEqual([box.id]);
    // Looked for and not found: declared lost, and its people are asked back.
    const loss = await ground.desk.client.laboratory.proposeLoss({
      params: { poolId: gone.poolId },
      body: { id: newId(), reason: '运输途中遗失，已查车辆与交接点', lostAt: ground.now() },
    });
    const decide = (who: SignedIn, decision: 'confirmed' | 'refused' = 'confirmed') =>
      who.client.laboratory.decideLoss({
        params: { lossId: loss.id },
        body: { decision, note: '又查了一遍' },
      });
    // Whoever says so does not confirm it; until somebody else has looked again nothing has changed.
    await expect(decide(ground.desk)).rejects.toMatchObject({ code: 'rule.refused' });
    expect((await stateOf(gone.tubeCode)).state).toBe('sent');
    const colleague = await ground.house.signIn('field_worker', '632521');
    expect(await decide(colleague)).toMatchObject({ decision: 'confirmed' });
    expect(await decide(colleague)).toMatchObject({ decision: 'confirmed' });
    await expect(decide(colleague, 'refused')).rejects.toMatchObject({ code: 'state.refused' });
    expect(await stateOf(gone.tubeCode)).toMatchObject({
      ...{ state: 'lost', lostReason: '运输途中遗失，已查车辆与交接点' },
    });
    const wanted = await ground.desk.client.testing.resamples({ purpose, query: { poolId: gone.poolId } });
    expect(wanted.items.map(({ rule }) => rule)).toEqual(['pool.lost', 'pool.lost']);
    // Turned up after all, it is received.
    expect((await scanIn(box.code, [gone.tubeCode])).missingCount).toBe(0);
    expect((await stateOf(gone.tubeCode)).state).toBe('received');
  });

  it('a box packed, sealed and handed over on a phone without a network arrives with its courier’s name, once [C4 K3]', async () => {
    const tubes = [await filled(), await filled()];
    const [boxId, at] = [newId(), ground.now()];
    const recorded = (order: number) => ({ order, at, siteId: ground.site });
    const commands = [
      {
        ...{ ...recorded(1), kind: 'pack', id: boxId, code: 'BOX-PHONE-1', labId: ground.labId },
        tubeCodes: tubes.map(({ tubeCode }) => tubeCode),
      },
      { ...recorded(2), kind: 'hand_over', id: newId(), boxId, courier: '马师傅 青E·A1234' },
    ];
    for (let time = 0; time < 2; time += 1) {
      await ground.desk.client.intake.append({
        purpose,
        body: { deviceId: newId(), sentAt: at, commands },
      });
      await intakeOf(ground.house.platform).settle();
    }
    expect((await ground.desk.client.intake.quarantine({ query: {} })).items).toEqual([]);
    const { items } = await ground.lab.client.laboratory.boxes({ query: { state: 'sent' } });
    expect(items.filter(({ id }) => id === boxId)).toMatchObject([
      { code: 'BOX-PHONE-1', courier: '马师傅 青E·A1234', tubes: [{}, {}] },
    ]);
    expect((await stateOf(tubes[0]!.tubeCode)).state).toBe('sent');
  });

  it('a tube is in one box, an unsealed or foreign tube is not packed, and a box is all or nothing [C4]', async () => {
    const tube = await filled();
    await pack([tube.tubeCode]);
    await expect(pack([tube.tubeCode])).rejects.toMatchObject({ code: 'state.refused' });
    const good = await filled();
    await expect(pack([good.tubeCode, 'NOSUCHTUBE'])).rejects.toMatchObject({ code: 'state.refused' });
    expect((await pack([good.tubeCode])).tubes).toHaveLength(1);
  });

  it('a box from laboratory to laboratory moves the queue with it [C4]', async () => {
    const code = await received();
    const box = await pack([code], ground.labId, otherLab, ground.lab.client);
    await hand(box.id, ground.lab.client);
    expect(await stateOf(code)).toMatchObject({ state: 'sent', lab: { id: otherLab } });
    await expect(scanIn(box.code, [code])).rejects.toMatchObject({ code: 'state.refused' });
    await scanIn(box.code, [code], otherLab);
    expect(await stateOf(code)).toMatchObject({ state: 'received', lab: { id: otherLab } });
  });

  const run = (tubeCodes: string[], id = newId()) =>
    ground.lab.client.laboratory.openRun({
      body: {
        id,
        labId: ground.labId,
        assay: 'SARS2-NAAT',
        plateCode: 'P-1',
        startedAt: ground.now(),
        wells: [
          ...tubeCodes.map((tubeCode, index) => ({ well: `A${index + 1}`, kind: 'tube' as const, tubeCode })),
          { well: 'H11', kind: 'positive_control' as const },
          { well: 'H12', kind: 'negative_control' as const },
        ],
      },
    });
  const read = (
    runId: string,
    readings: Record<string, typeof CLEAN>,
    { recheck = [] as string[], positive = AMPLIFIED, negative = CLEAN } = {},
  ) =>
    ground.lab.client.laboratory.readRun({
      purpose,
      params: { runId },
      body: {
        readAt: ground.now(),
        recheck,
        wells: [
          ...Object.entries(readings).map(([well, targets]) => ({ well, targets })),
          { well: 'H11', targets: positive },
          { well: 'H12', targets: negative },
        ],
      },
    });

  it('a plate is read by the kit’s cut-off: above it nothing counts, one target of two is inconclusive [C4]', async () => {
    const codes = [await received(), await received(), await received()];
    const { id } = await run(codes);
    const above = [
      { name: 'ORF1ab', ct: 41.2 },
      { name: 'N', ct: null },
    ];
    const one = [
      { name: 'ORF1ab', ct: 38.8 },
      { name: 'N', ct: null },
    ];
    const reported = await read(id, { A1: AMPLIFIED, A2: above, A3: one });
    expect(reported.state).toBe('reported');
    const outcomes = reported.wells.filter(({ kind }) => kind === 'tube').map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['positive', 'negative', 'inconclusive']);
    expect((await Promise.all(codes.map(stateOf))).map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(reported.wells.map(({ well }) => well)).toEqual(['A1', 'A2', 'A3', 'H11', 'H12']);
  });

  it('a control that fails makes the run void: nothing is reported, and the tubes wait on [C4 T66]', async () => {
    const code = await received();
    for (const wrong of [{ negative: AMPLIFIED }, { positive: CLEAN }]) {
      const { id } = await run([code]);
      const ended = await read(id, { A1: AMPLIFIED }, wrong);
      expect(ended.state).toBe('invalid');
      expect(ended.invalidReason).toContain('质控');
      await expect(read(id, { A1: CLEAN })).rejects.toMatchObject({ code: 'state.refused' });
    }
    expect(await stateOf(code)).toMatchObject({ state: 'received', outcome: null });
  });

  it('a well kept for a second run is not reported until that run says [C4]', async () => {
    const code = await received();
    const first = await run([code]);
    const kept = await read(first.id, { A1: AMPLIFIED }, { recheck: ['A1'] });
    expect(kept.wells[0]).toMatchObject({ decision: 'recheck', outcome: 'positive' });
    expect((await stateOf(code)).outcome).toBeNull();
    const { items } = await ground.lab.client.laboratory.load({});
    expect(items.find(({ lab }) => lab.id === ground.labId)!.recheck.value).toBe(2);
    const second = await run([code]);
    await read(second.id, { A1: CLEAN });
    expect((await stateOf(code)).outcome).toBe('negative');
  });

  it('a plate without controls, a tube twice, a tube not received or on another plate is refused [C4]', async () => {
    const code = await received();
    const open = await run([code]);
    for (const codes of [[code], ['NOSUCHTUBE'], [(await filled()).tubeCode], [code, code]]) {
      await expect(run(codes)).rejects.toMatchObject({ status: expect.any(Number) });
    }
    const bare = {
      id: newId(),
      labId: ground.labId,
      assay: 'SARS2-NAAT',
      plateCode: 'P-2',
      startedAt: ground.now(),
      wells: ['A1', 'A2', 'A3'].map((well) => ({ well, kind: 'tube' as const, tubeCode: code })),
    };
    await expect(ground.lab.client.laboratory.openRun({ body: bare })).rejects.toMatchObject({
      code: 'rule.refused',
    });
    await ground.lab.client.laboratory.invalidateRun({
      params: { runId: open.id },
      body: { reason: '板封膜脱落' },
    });
    expect((await run([code])).state).toBe('open');
  });

  it('the queue, the turnaround and the forecast of a laboratory are told with time and source [C4]', async () => {
    ground.house.clock.advance(24);
    const codes = [];
    for (let index = 0; index < 6; index += 1) codes.push(await received());
    ground.house.clock.advance(1);
    const { id } = await run(codes.slice(0, 2));
    await read(id, { A1: CLEAN, A2: CLEAN });
    const { items } = await ground.lab.client.laboratory.load({});
    const mine = items.find(({ lab }) => lab.id === ground.labId)!;
    expect(mine.arrivedPerHour.value).toBe(2);
    expect(mine.resultedPerHour.value).toBeCloseTo(0.67, 2);
    expect(mine.medianHours.value).toBeCloseTo(1, 2);
    expect(mine.waiting.value).toBeGreaterThanOrEqual(4);
    expect(['will_exceed', 'exceeded']).toContain(mine.state);
    expect(mine.waiting.source.zh).not.toBe('');
  });

  it('the laboratory’s word may be more careful than its curves and never contradict them [C4]', async () => {
    const { items } = await ground.lab.client.laboratory.assays({});
    const [assay] = items;
    expect(reconcile(assay!, 'inconclusive', AMPLIFIED).outcome).toBe('inconclusive');
    expect(reconcile(assay!, 'invalid', []).outcome).toBe('invalid');
    expect(() => reconcile(assay!, 'negative', AMPLIFIED)).toThrow();
    expect(() => reconcile(assay!, null, [{ name: 'N', ct: 20 }])).toThrow();
  });
});
