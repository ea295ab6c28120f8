/** From the site to the laboratory: packed, sent, received; and what gets lost, turns up unannounced or leaks. */
import { newId } from '@levee/contract';
import type { Tube } from './ledger.ts';
import { reportOne } from './reporting.ts';
import type { Stage } from './stage.ts';

const now = () => new Date().toISOString();
const codesOf = (tubes: readonly Tube[]) => tubes.map(({ code }) => code);

export interface Box {
  readonly id: string;
  readonly code: string;
  readonly packed: readonly Tube[];
  readonly unlisted: readonly Tube[];
}

export async function packAndSend(stage: Stage, load: readonly Tube[]): Promise<Box> {
  const unlisted = load.filter(({ fault }) => fault === 'in a box whose list does not name it');
  const packed = load.filter((tube) => !unlisted.includes(tube));
  const { county, siteId } = load[0]!;
  const { client } = stage.field.get(county)!;
  const box = { id: newId(), code: `BX-${newId().slice(-12).toUpperCase()}`, packed, unlisted };
  await client.laboratory.packBox({
    body: {
      id: box.id,
      code: box.code,
      fromId: siteId,
      labId: stage.laboratories.get(county)!.id,
      tubeCodes: codesOf(packed),
      packedAt: now(),
    },
  });
  await client.laboratory.sendBox({ params: { boxId: box.id }, body: { sentAt: now() } });
  for (const tube of packed) tube.state = 'sent';
  return box;
}

/** Returns the tubes that wait for the analyser. */
export async function receive(stage: Stage, box: Box): Promise<Tube[]> {
  const { ledger } = stage;
  const { county } = box.packed[0]!;
  const lab = stage.laboratories.get(county)!;
  const early = box.packed.filter(({ fault }) => fault === 'result before receipt');
  for (const tube of early)
    await reportOne(stage, lab, tube, 'AE', { code: 'before_receipt', state: 'applied' });
  const missing = box.packed.filter(({ fault }) => fault === 'missing from its box, declared lost');
  const arrived = [...box.packed.filter((tube) => !missing.includes(tube)), ...box.unlisted];
  const view = await lab.person.client.laboratory.receiveBox({
    body: { code: box.code, labId: lab.id, tubeCodes: codesOf(arrived), receivedAt: now() },
  });
  if (view.missingCount !== missing.length || view.extraCount !== box.unlisted.length) {
    ledger.surprise(`box ${box.code}: ${view.missingCount} missing, ${view.extraCount} extra`);
  }
  for (const tube of arrived) tube.state = 'received';
  for (const { fault } of [...missing, ...box.unlisted]) {
    ledger.planted.push({ kind: fault!, where: 'box difference', boxId: box.id });
  }
  for (const tube of missing) {
    const { id: lossId } = await stage.field.get(county)!.client.laboratory.proposeLoss({
      params: { poolId: tube.poolId },
      body: { id: newId(), reason: '途中遗失，未找到', lostAt: now() },
    });
    // The laboratory looks again on its side.
    const body = { decision: 'confirmed' as const, note: '实验室再查未见' };
    await lab.person.client.laboratory.decideLoss({ params: { lossId }, body });
    tube.state = 'lost';
  }
  for (const tube of arrived.filter(({ fault }) => fault === 'voided tube, then a result for it')) {
    await lab.person.client.testing.receive({
      body: { tubeCode: tube.code, labId: lab.id, receivedAt: now(), rejectedReason: '管身渗漏' },
    });
    tube.state = 'rejected';
    await reportOne(stage, lab, tube, 'AE', { code: 'rejected_tube', state: 'open' });
  }
  // The early result is applied by the receipt itself.
  for (const tube of early) {
    tube.state = 'resulted';
    tube.outcome = 'negative';
  }
  return arrived.filter(({ state }) => state === 'received');
}
