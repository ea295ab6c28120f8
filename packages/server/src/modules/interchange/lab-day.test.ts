import { newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../platform/testing/index.ts';
import { fillTube, purpose } from '../../platform/testing/testing-ground.ts';
import {
  codeOf,
  framed,
  type InterchangeGround,
  openInterchangeGround,
  openPeer,
  oru,
} from './interchange-ground.ts';

/** Tubes of the day; `LEVEE_LAB_DAY_TUBES=5000` for a long one. */
const TUBES = Number(process.env['LEVEE_LAB_DAY_TUBES'] ?? 40);

/** mulberry32: the same day at every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

describe('a laboratory day', () => {
  let ground: InterchangeGround;
  beforeAll(async () => {
    ground = await openInterchangeGround();
  });
  afterAll(() => ground.close());

  it('with planted errors holds custody: collected = received + in transit + rejected + lost, and nothing is silent [T66]', async () => {
    const random = seeded(66);
    const { desk, lab, labId } = ground;
    const peer = await openPeer(ground.port);
    const send = async (...tubes: Parameters<typeof oru>[0][number][]) => {
      await peer.write(framed(oru(tubes, { controlId: ground.controlId() })));
      return codeOf(await peer.ack());
    };
    const planned = { received: 0, rejected: 0, lost: 0, inTransit: 0, resulted: 0 };
    const answers: Record<string, string[]> = {};
    const note = (what: string, answer: string) => {
      answers[what] = [...(answers[what] ?? []), answer];
    };
    let colleague: SignedIn | undefined;
    for (let number = 0; number < TUBES; number += 1) {
      const count = 1 + Math.floor(random() * 3);
      const tube = await fillTube(ground, 5, await ground.people(count));
      const { tubeCode, poolId } = tube;
      await desk.client.testing.sendPools({ body: { poolIds: [poolId], labId, sentAt: ground.now() } });
      const receive = (rejectedReason?: string) =>
        lab.client.testing.receive({
          body: { tubeCode, labId, receivedAt: ground.now(), ...(rejectedReason && { rejectedReason }) },
        });
      const luck = random();
      if (luck < 0.1) {
        const { id } = await desk.client.laboratory.proposeLoss({
          params: { poolId },
          body: { id: newId(), reason: '途中遗失', lostAt: ground.now() },
        });
        colleague ??= await ground.house.signIn('field_worker', '632521');
        const decision = { decision: 'confirmed' } as const;
        await colleague.client.laboratory.decideLoss({ params: { lossId: id }, body: decision });
        planned.lost += count;
      } else if (luck < 0.2) {
        // Result before receipt: kept, and the tube stays in transit.
        note('early', await send({ tubeCode }));
        planned.inTransit += count;
      } else if (luck < 0.3) {
        await receive('管身渗漏');
        note('voided', await send({ tubeCode }));
        planned.rejected += count;
      } else if (luck < 0.4) {
        // Scanned twice, and no result ever: the silent tube waits in the queue, in sight.
        await receive();
        await receive();
        planned.received += count;
      } else {
        await receive();
        const positive = random() < 0.2;
        const result = positive ? { tubeCode, orf: '30', n: '31', outcome: '阳性' } : { tubeCode };
        note('good', await send(result));
        if (random() < 0.3)
          note(
            'rewrite',
            await send(positive ? { tubeCode } : { tubeCode, orf: '30', n: '31', outcome: '阳性' }),
          );
        planned.resulted += count;
      }
    }
    note('unknown', await send({ tubeCode: 'NOSUCHTUBE' }));
    await peer.end();

    for (const what of ['early', 'voided', 'rewrite', 'unknown']) {
      expect([what, new Set(answers[what])]).toEqual([what, new Set(['AE'])]);
    }
    expect(new Set(answers['good'])).toEqual(new Set(['AA']));
    const strip = await lab.client.testing.accounting({ query: {} });
    expect({
      received: strip.received.value,
      rejected: strip.rejected.value,
      lost: strip.lost.value,
      inTransit: strip.inTransit.value,
      resulted: strip.resulted.value,
    }).toEqual(planned);
    const all = Object.values(planned).reduce((sum, one) => sum + one, 0);
    expect(strip.registered.value).toBe(all);
    expect(strip.missing.value).toBe(0);
    // Every planted error is in somebody's hands.
    const bad = ['early', 'voided', 'rewrite', 'unknown'].flatMap((what) => answers[what] ?? []).length;
    expect((await lab.client.interchange.quarantine({ query: {} })).total).toBe(bad);
    const duties = await ground.house.asSuperuser(
      `select 1 from task where kind = 'interchange.quarantine' and state = 'open'`,
    );
    expect(duties).toHaveLength(1);
    // A tube that was never reported is seen waiting.
    const queue = await lab.client.laboratory.load({});
    expect(queue.items[0]!.waiting.value).toBeGreaterThan(0);
    // A pool is not overfilled, whoever tries.
    const over = await fillTube(ground, 5, await ground.people(5));
    const [sixth] = await ground.people(1);
    await expect(
      desk.client.testing.registerSample({
        purpose,
        body: { ...over, id: crypto.randomUUID(), who: { personId: sixth! }, takenAt: ground.now() },
      }),
    ).rejects.toMatchObject({ code: 'state.refused' });
  });
});
