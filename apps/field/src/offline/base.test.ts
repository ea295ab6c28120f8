import { expect, test } from 'vitest';
import { baseOf } from './base.ts';
import type { Draft, QueueRecord } from './queue.ts';

const record = (id: string, command: object, state = 'sent') =>
  ({ id, state, about: { name: '' }, command: { id, ...command } }) as QueueRecord;

test('a record names the one it builds on, so that the server can hold it until that one has come [T19 K3]', () => {
  const tube = { poolId: 't1', tubeCode: 'T1', capacity: 10 };
  const earlier = [
    record('p', { kind: 'person', personId: 'a' }),
    record('s', { kind: 'sample', ...tube, who: { personId: 'a' } }),
    record('c', { kind: 'seal', ...tube }),
    record('b', { kind: 'pack', tubeCodes: ['T1'] }),
  ];
  const of = (draft: object, records = earlier) => baseOf(draft as Draft, records);
  expect(of({ kind: 'sample', ...tube, who: { personId: 'a' } })).toBe('p');
  expect(of({ kind: 'withdraw', sampleId: 's' })).toBe('s');
  expect(of({ kind: 'slip', sampleId: 's' })).toBe('s');
  expect(of({ kind: 'seal', ...tube })).toBe('s');
  expect(of({ kind: 'send', poolIds: ['t1'] })).toBe('c');
  expect(of({ kind: 'pack', tubeCodes: ['T1', 'T2'] })).toBe('c');
  expect(of({ kind: 'hand_over', boxId: 'b' })).toBe('b');
  const withdrawn = [...earlier, record('w', { kind: 'withdraw', sampleId: 's' })];
  expect(of({ kind: 'sample', ...tube, who: { personId: 'a' } }, withdrawn)).toBe('w');
});

test('what stands by itself waits for nothing, and nothing waits for what was taken back or set aside [T19 K3]', () => {
  const tube = { poolId: 't1', tubeCode: 'T1', capacity: 10 };
  const gone = ['undone', 'set_aside'].map((state) =>
    record(state, { kind: 'sample', ...tube, who: { personId: 'a' } }, state),
  );
  const of = (draft: object) => baseOf(draft as Draft, gone);
  expect(of({ kind: 'sample', ...tube, who: { personId: 'b' } })).toBeUndefined();
  expect(of({ kind: 'sample', ...tube, who: { identityNumber: '632599199001010017' } })).toBeUndefined();
  expect(of({ kind: 'person', personId: 'a' })).toBeUndefined();
  expect(of({ kind: 'seal', ...tube })).toBeUndefined();
  expect(of({ kind: 'withdraw', sampleId: 'undone' })).toBeUndefined();
});
