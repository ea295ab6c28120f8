import { newId } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { purpose } from '../../platform/testing/testing-ground.ts';
import {
  framed,
  type InterchangeGround,
  openInterchangeGround,
  openPeer,
  oru,
} from './interchange-ground.ts';

const reason = '对接已开通';

describe('a message run again after a repair', () => {
  let ground: InterchangeGround;
  beforeAll(async () => {
    ground = await openInterchangeGround();
  });
  afterAll(() => ground.close());

  const send = async (bytes: Buffer | string) => {
    ground.house.clock.advance(0.01);
    const peer = await openPeer(ground.port);
    await peer.write(framed(bytes));
    await peer.ack();
    await peer.end();
  };
  const latest = async () => (await ground.lab.client.interchange.messages({ query: {} })).items[0]!;
  const rerun = (messageId: string) =>
    ground.lab.client.interchange.rerunMessage({ purpose, params: { messageId }, body: { reason } });

  it('from a facility without a link it is kept unread, and applied when the link is open; its sender sends nothing [C4 T51]', async () => {
    const tubeCode = await ground.receivedTube();
    await send(oru([{ tubeCode }], { controlId: ground.controlId(), facility: 'NEWLAB' }));
    const message = await latest();
    expect(message).toMatchObject({ outcome: 'not_understood', rerunAt: null });
    await expect(rerun(message.id)).rejects.toMatchObject({ code: 'rule.refused' });
    expect(await ground.outcomeOf(tubeCode)).toBeNull();
    await ground.security.client.interchange.openLink({
      body: {
        id: newId(),
        name: '新实验室',
        labId: ground.labId,
        accountId: ground.lab.accountId,
        sendingFacility: 'NEWLAB',
        sourceAddresses: ['127.0.0.1'],
      },
    });
    expect(await rerun(message.id)).toMatchObject({
      outcome: 'applied',
      appliedCount: 1,
      problem: null,
      rerunReason: reason,
    });
    expect(await ground.outcomeOf(tubeCode)).toBe('negative');
    // Applied is applied: again is refused, and changes nothing.
    await expect(rerun(message.id)).rejects.toMatchObject({ status: 409 });
  });

  it('one that was kept is tried again whole: what can be applied now is, what cannot stays kept [C4 T20]', async () => {
    const received = await ground.receivedTube();
    const later = 'QH00000077';
    await send(oru([{ tubeCode: received }, { tubeCode: later }], { controlId: ground.controlId() }));
    const message = await latest();
    expect(message).toMatchObject({ outcome: 'partly', resultCount: 2, appliedCount: 1 });
    expect(await rerun(message.id)).toMatchObject({ outcome: 'partly', appliedCount: 1 });
    const { items } = await ground.lab.client.interchange.quarantine({ query: {} });
    expect(items.filter(({ messageId }) => messageId === message.id)).toMatchObject([
      { tubeCode: later, state: 'open' },
    ]);
  });

  it('one that cannot be read still says why, and half of one is not run at all [T51]', async () => {
    await send('MSH|^~\\&|LIS|HNZCDC|L|H|2022||ADT^A01|X1|P|2.5.1\rPID|1\r');
    const unread = await latest();
    await expect(rerun(unread.id)).rejects.toMatchObject({ status: 409 });
    ground.house.clock.advance(0.01);
    const peer = await openPeer(ground.port);
    await peer.write(framed(oru([{ tubeCode: 'QH1' }], { controlId: 'HALF' })).subarray(0, 60));
    await peer.end();
    await expect.poll(async () => (await latest()).outcome).toBe('incomplete');
    await expect(rerun((await latest()).id)).rejects.toMatchObject({ status: 409 });
  });

  it('whoever keeps accounts sees links, laboratories, doors, messages and phones, and no result [I4]', async () => {
    const { interchange, sync } = ground.security.client;
    const { items, laboratories, doors } = await interchange.links();
    expect(items.map(({ sendingFacility }) => sendingFacility)).toContain('HNZCDC');
    expect(laboratories.map(({ id }) => id)).toContain(ground.labId);
    expect(doors).toEqual({ mllp: null, fhir: '/api/fhir' });
    const { items: messages } = await interchange.messages({ query: { outcome: ['not_understood'] } });
    expect(messages.every(({ outcome }) => outcome === 'not_understood')).toBe(true);
    await expect(
      interchange.message({ purpose, params: { messageId: messages[0]!.id } }),
    ).rejects.toMatchObject({ status: 403 });
    expect((await sync.devices({ query: {} })).items).toEqual([]);
    const department = await ground.house.signIn('department', '6325');
    await expect(department.client.interchange.links()).rejects.toMatchObject({ status: 403 });
    await expect(department.client.sync.devices({ query: {} })).rejects.toMatchObject({ status: 403 });
  });
});
