/** A sampling site: a load of tubes recorded by a device, errors and all, handed over in one batch and seen settled. */
import { newId } from '@levee/contract';
import { isRecordFault, type RecordFault } from './faults.ts';
import type { Planted, Tube } from './ledger.ts';
import { type Stage, WRITTEN_BEFORE_MS } from './stage.ts';

const HOURS_48 = 48 * 3_600_000;
const FIRST_LOOK_MS = 150;

export interface Device {
  readonly id: string;
  order: number;
  /** Records that must have an outcome. */
  expected: number;
}

export const newDevice = (): Device => ({ id: newId(), order: 0, expected: 0 });

type Draft = Record<string, unknown> & { readonly id?: string };

/** Hands a load over and waits until everything in it is applied or kept. */
export async function recordLoad(stage: Stage, device: Device, load: readonly Tube[]): Promise<void> {
  const clockWrong = load.filter(({ fault }) => fault?.startsWith('clock') === true);
  await handOver(
    stage,
    device,
    load.filter((tube) => !clockWrong.includes(tube)),
    0,
  );
  for (const tube of clockWrong) {
    await handOver(stage, newDevice(), [tube], tube.fault === 'clock 48 h ahead' ? HOURS_48 : -HOURS_48);
  }
}

async function handOver(
  stage: Stage,
  device: Device,
  tubes: readonly Tube[],
  clockOff: number,
): Promise<void> {
  const { ledger, field } = stage;
  if (tubes.length === 0) return;
  const person = field.get(tubes[0]!.county)!;
  const batch = writeBatch(stage, device, tubes, clockOff);
  const body = {
    deviceId: device.id,
    sentAt: new Date(Date.now() + clockOff).toISOString(),
    commands: batch.commands,
  };
  const answer = await person.client.intake.append({ body, purpose: 'testing' });
  if (tubes.some(({ fault }) => fault === 'sent twice')) {
    await person.client.intake.append({ body, purpose: 'testing' });
  }
  ledger.acknowledged += answer.accepted.length;
  device.expected += answer.accepted.length;
  const refused = answer.refused.map(({ index }) => index).sort((a, b) => a - b);
  if (refused.join() !== batch.refused.map(({ index }) => index).join()) {
    ledger.surprise(
      `batch of ${tubes[0]!.code}: refused ${refused.join()}, expected ${batch.refused.map(({ index }) => index).join()}`,
    );
  }
  for (const { kind, index } of batch.refused) {
    ledger.planted.push({ kind, where: 'door', found: refused.includes(index) });
  }
  ledger.planted.push(...batch.planted);
  for (const tube of tubes) {
    tube.state = 'closed';
    for (const id of tube.personIds) ledger.sampled.add(id);
  }
  await untilSettled(stage, device, tubes[0]!.county);
}

/** As a phone asks: what became of what I sent? */
async function untilSettled(stage: Stage, device: Device, county: string): Promise<void> {
  const { client } = stage.field.get(county)!;
  for (let wait = FIRST_LOOK_MS; ; wait = Math.min(wait * 1.5, 2_000)) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    const { total } = await client.intake.outcomes({ query: { deviceId: device.id, limit: 1 } });
    if ((total ?? 0) >= device.expected) return;
  }
}

interface Batch {
  readonly commands: Draft[];
  readonly planted: Planted[];
  readonly refused: { kind: RecordFault; index: number }[];
}

function writeBatch(stage: Stage, device: Device, tubes: readonly Tube[], clockOff: number): Batch {
  const begun = Date.now() - WRITTEN_BEFORE_MS + clockOff;
  const batch: Batch = { commands: [], planted: [], refused: [] };
  const write = (command: Draft, over: Draft = {}) => {
    device.order += 1;
    const at = new Date(begun + batch.commands.length).toISOString();
    batch.commands.push({ id: newId(), order: device.order, at, ...command, ...over });
    return device.order;
  };
  for (const tube of tubes) {
    const { poolId, code: tubeCode, capacity, siteId, personIds, fault } = tube;
    const known = { poolId, tubeCode, capacity, siteId };
    const ids = personIds.map((personId) => {
      const id = newId();
      write({ kind: 'sample', id, ...known, who: { personId } });
      return id;
    });
    if (isRecordFault(fault) && fault !== 'sampled after sealing')
      plant(stage, device, tube, ids, batch, write, fault);
    const sealed = write({ kind: 'seal', ...known });
    if (fault === 'sampled after sealing') plant(stage, device, tube, ids, batch, write, fault);
    if (clockOff !== 0)
      batch.planted.push({ kind: fault!, where: 'flagged clock', deviceId: device.id, order: sealed });
  }
  return batch;
}

function plant(
  { plan }: Stage,
  device: Device,
  tube: Tube,
  ids: readonly string[],
  { planted, refused, commands }: Batch,
  write: (command: Draft, over?: Draft) => number,
  kind: RecordFault,
): void {
  const known = { poolId: tube.poolId, tubeCode: tube.code, capacity: tube.capacity, siteId: tube.siteId };
  const other = { ...known, poolId: newId(), tubeCode: `${tube.code}B` };
  const somebody = { who: { personId: plan.reserve(tube.county) } };
  const kept = (order: number) => planted.push({ kind, where: 'kept record', deviceId: device.id, order });
  switch (kind) {
    case 'tube used twice':
      return void kept(write({ kind: 'sample', ...known, poolId: other.poolId, ...somebody }));
    case 'person in two open tubes':
      return void kept(write({ kind: 'sample', ...other, who: { personId: tube.personIds[0] } }));
    case 'over-full tube':
    case 'sampled after sealing':
      return void kept(write({ kind: 'sample', ...known, ...somebody }));
    case 'unknown person':
      return void kept(write({ kind: 'sample', ...other, who: { personId: newId() } }));
    case 'unknown identity number':
      return void kept(write({ kind: 'sample', ...other, who: { identityNumber: '632599199001010017' } }));
    case 'not a sampling site':
      return void kept(write({ kind: 'sample', ...other, siteId: plan.marketOf(tube.county), ...somebody }));
    case 'id used again for something else':
      return void kept(write({ kind: 'sample', ...known, ...somebody }, { id: ids[0]! }));
    case 'malformed record':
      write({ kind: 'sample', ...known, tubeCode: '管', ...somebody });
      return void refused.push({ kind, index: commands.length - 1 });
    case 'site of another county': {
      const elsewhere = plan.sites.find(({ county }) => county !== tube.county)!;
      write({ kind: 'sample', ...other, siteId: elsewhere.id, ...somebody });
      return void refused.push({ kind, index: commands.length - 1 });
    }
    case 'sent twice':
      return void planted.push({ kind, where: 'applied once', ids });
    case 'clock 48 h ahead':
    case 'clock 48 h behind':
  }
}
