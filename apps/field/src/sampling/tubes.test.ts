import { expect, test } from 'vitest';
import type { Command, QueueRecord } from '../offline/queue.ts';
import { lastSamples, lastSpecimens, sampledHere, tubesOf } from './tubes.ts';

let order = 0;
const record = (
  command: Partial<Command> & { kind: Command['kind'] },
  state: QueueRecord['state'] = 'saved',
) => {
  order += 1;
  const id = `id-${order}`;
  const at = new Date(1_660_000_000_000 + order * 1000).toISOString();
  return {
    ...{ id, deviceId: 'device', order, state, about: { name: '卓玛' } },
    ...{ problem: null, nextStep: null, quarantined: false },
    command: { id, order, at, siteId: 'site', ...command } as Command,
  } satisfies QueueRecord;
};
const tube = { poolId: 'pool', tubeCode: 'QH000001', capacity: 10 as const };
const sample = (personId: string, state?: QueueRecord['state'], of: object = tube) =>
  record({ kind: 'sample', ...of, who: { personId } } as Command, state);

test('a tube holds who was put in and not taken out, whatever the server says of it [C2]', () => {
  const [first, second, third] = [sample('a'), sample('b', 'attention'), sample('c', 'undone')];
  const out = record({ kind: 'withdraw', sampleId: first.id, reason: '撤销' });
  const [one] = tubesOf([first, second, third, out]);
  expect(one).toMatchObject({ tubeCode: 'QH000001', sealed: false, sent: false });
  expect(one!.members.map(({ id }) => id)).toEqual([second.id]);
});

test('a sealed tube is sealed, a single tube from its one swab on, a dispatched one is gone [C2]', () => {
  const single = { poolId: 'single', tubeCode: 'QH000002', capacity: 1 as const };
  const records = [sample('a'), record({ kind: 'seal', ...tube }), sample('b', 'saved', single)];
  expect(tubesOf(records).every(({ sealed }) => sealed)).toBe(true);
  const sent = record({ kind: 'send', poolIds: ['pool'], labId: 'lab' });
  const states = new Map(tubesOf([...records, sent]).map(({ poolId, sent: gone }) => [poolId, gone]));
  expect(states).toEqual(
    new Map([
      ['single', false],
      ['pool', true],
    ]),
  );
  // A seal taken back opens the tube again.
  expect(tubesOf([sample('a'), record({ kind: 'seal', ...tube }, 'undone')])[0]!.sealed).toBe(false);
});

test('the last five are the newest that stand; a second swab of somebody is noticed by record and by card [C2]', () => {
  const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((person) => sample(person));
  expect(lastSamples(many, 5).map(({ id }) => id)).toEqual(
    many
      .slice(1)
      .map(({ id }) => id)
      .reverse(),
  );
  expect(sampledHere(many, { personId: 'a' })?.id).toBe(many[0]!.id);
  expect(sampledHere(many, { personId: 'z' })).toBeUndefined();
  const byCard = record({
    kind: 'sample',
    ...tube,
    who: { identityNumber: '11010519491231002X' },
  } as Command);
  expect(sampledHere([byCard], { number: '11010519491231002X' })?.id).toBe(byCard.id);
  expect(sampledHere([byCard], { personId: 'a' })).toBeUndefined();
});

test('a specimen has its tube alone: it waits for dispatch from its scan on, and is nobody’s last swab [C5]', () => {
  const of = (tubeCode: string, state?: QueueRecord['state']) =>
    record({ kind: 'specimen', poolId: `pool-${tubeCode}`, tubeCode } as Command, state);
  const [first, second] = [of('WH000001'), of('WH000002', 'attention')];
  const records = [sample('a'), first, second];
  expect(
    tubesOf(records)
      .filter(({ sealed, sent }) => sealed && !sent)
      .map(({ tubeCode, members }) => [tubeCode, members.length]),
  ).toEqual([
    ['WH000002', 1],
    ['WH000001', 1],
  ]);
  expect(lastSpecimens(records, 5).map(({ id }) => id)).toEqual([second.id, first.id]);
  expect(lastSamples(records, 5)).toHaveLength(1);
  const out = record({ kind: 'withdraw', sampleId: first.id, reason: '撤销' });
  expect(lastSpecimens([...records, out], 5).map(({ id }) => id)).toEqual([second.id]);
  expect(tubesOf([first, out])[0]!.members).toEqual([]);
});
