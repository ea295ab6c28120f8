import { newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AMPLIFIED,
  fillTube,
  type Ground,
  openGround,
  purpose,
} from '../../platform/testing/testing-ground.ts';

describe('the situation at a moment', () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround();
  });
  afterAll(() => ground.house.close());

  /** A person sampled alone and found positive at the hour the clock stands at. */
  async function positive() {
    const [personId] = await ground.people(1);
    const tube = await fillTube(ground, 1, [personId!]);
    const labId = ground.labId;
    await ground.desk.client.testing.sendPools({
      body: { poolIds: [tube.poolId], labId, sentAt: ground.now() },
    });
    const { testing } = ground.lab.client;
    await testing.receive({ body: { tubeCode: tube.tubeCode, labId, receivedAt: ground.now() } });
    await testing.reportResult({
      purpose,
      body: {
        id: newId(),
        tubeCode: tube.tubeCode,
        labId,
        outcome: 'positive',
        targets: AMPLIFIED,
        testedAt: ground.now(),
      },
    });
  }

  it('a look back within a day shows what there was at that moment, not the whole day [A1]', async () => {
    const { house } = ground;
    const duty = await house.signIn('duty_officer', '632521');
    house.clock.set('2022-08-11T09:00:00+08:00');
    await positive();
    house.clock.set('2022-08-11T15:00:00+08:00');
    await positive();
    await positive();
    await house.settle();
    const figuresAt = async (at?: string) => {
      const { figures } = await duty.client.incidents.situation({ query: at ? { at } : {} });
      const value = (name: string) => figures.find((figure) => figure.name === name)!.value;
      return { samples: value('samples'), positives: value('positives') };
    };
    expect(await figuresAt('2022-08-11T08:59:59+08:00')).toEqual({ samples: 0, positives: 0 });
    expect(await figuresAt('2022-08-11T09:00:00+08:00')).toEqual({ samples: 1, positives: 1 });
    expect(await figuresAt('2022-08-11T14:59:59+08:00')).toEqual({ samples: 1, positives: 1 });
    expect(await figuresAt()).toEqual({ samples: 3, positives: 3 });
    house.clock.set('2022-08-12T10:00:00+08:00');
    expect(await figuresAt('2022-08-11T12:00:00+08:00')).toEqual({ samples: 1, positives: 1 });
    const { figures } = await duty.client.incidents.situation({ query: {} });
    expect(figures.find(({ name }) => name === 'positives')!.series.slice(-2)).toEqual([
      { day: '2022-08-11', value: 3 },
      { day: '2022-08-12', value: 0 },
    ]);
  });
});
