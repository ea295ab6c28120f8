import { expect, test } from 'vitest';
import { checkTube } from './check-tube.ts';

const tubes = {
  codes: [
    ['ABCD-EFGH-JKM1', 10],
    ['ABCD-EFGH-JKM2', 1],
  ] as [string, 10 | 1][],
  used: ['ABCD-EFGH-JKM2'],
  complete: true,
};

test('a tube printed for the site is known with its people, typed with or without hyphens; a used and a foreign one are told apart offline [K3 C2 F37]', () => {
  expect(checkTube(tubes, 'ABCDEFGHJKM1')).toEqual({ kind: 'own', code: 'ABCD-EFGH-JKM1', capacity: 10 });
  expect(checkTube(tubes, 'ABCD-EFGH-JKM2')).toEqual({ kind: 'used', code: 'ABCD-EFGH-JKM2' });
  expect(checkTube(tubes, 'QH000123')).toEqual({ kind: 'foreign' });
  // With more printed than a phone carries, or none at all, nobody is warned in vain.
  expect(checkTube({ ...tubes, complete: false }, 'QH000123')).toEqual({ kind: 'unknown' });
  expect(checkTube({ codes: [], used: [], complete: true }, 'QH000123')).toEqual({ kind: 'unknown' });
  expect(checkTube(undefined, 'QH000123')).toEqual({ kind: 'unknown' });
});
