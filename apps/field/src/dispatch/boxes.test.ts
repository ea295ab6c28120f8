import { expect, test } from 'vitest';
import type { QueueRecord } from '../offline/queue.ts';
import { tubesOf } from '../sampling/tubes.ts';
import { boxesOf } from './boxes.ts';

const record = (id: string, command: object, state = 'saved') =>
  ({
    id,
    state,
    about: { name: '' },
    command: { id, at: '2022-08-11T10:00:00Z', ...command },
  }) as QueueRecord;

test('a tube in a box is no longer to be packed, and is on its way once the box is handed over; a box set aside gives its tubes back [C4 K3]', () => {
  const tube = { poolId: 'p1', tubeCode: 'T1', capacity: 10 };
  const swab = record('s', { kind: 'sample', ...tube, who: { personId: 'a' } });
  const seal = record('c', { kind: 'seal', ...tube });
  const pack = record('b', { kind: 'pack', code: 'BOX1', labId: 'lab', tubeCodes: ['T1'] });
  const hand = record('h', { kind: 'hand_over', boxId: 'b', courier: '马师傅' });
  const of = (...records: QueueRecord[]) => tubesOf(records).map(({ boxed, sent }) => [boxed, sent]);
  expect(of(swab, seal)).toEqual([[null, false]]);
  expect(of(swab, seal, pack)).toEqual([['BOX1', false]]);
  expect(of(swab, seal, pack, hand)).toEqual([['BOX1', true]]);
  expect(boxesOf([pack, hand])).toMatchObject([{ code: 'BOX1', courier: '马师傅', last: { id: 'h' } }]);
  const aside = { ...pack, state: 'set_aside' } as QueueRecord;
  expect(of(swab, seal, aside, hand)).toEqual([[null, false]]);
  expect(boxesOf([aside, hand])).toEqual([]);
});
