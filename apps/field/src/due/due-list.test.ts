import type { BundleManifest, BundlePerson } from '@levee/contract';
import { expect, test } from 'vitest';
import type { QueueRecord } from '../offline/queue.ts';
import { dueToday } from './due-list.ts';

const market = { id: 'market', nameZh: '农贸市场', nameEn: '', contact: '王' };
const person = (id: string, on: string | null, employerId: string | null = 'market'): BundlePerson => ({
  ...{ id, nameZh: id, pinyin: id, initials: id, identityMasked: null, householdId: null, card: null },
  ...{ lastSampledAt: null, resampleWanted: false },
  due: on === null ? null : { on, why: employerId ? 'key_population' : 'returnee', employerId },
});
const swab = (personId: string, at: string, state = 'saved') =>
  ({
    ...{ id: `${personId}${at}`, state, about: { name: personId } },
    command: { kind: 'sample', who: { personId }, poolId: 'p', tubeCode: 'T', capacity: 10, at },
  }) as unknown as QueueRecord;

test('who owes a test by today stands by employer, longest overdue first; a swab on this phone ticks them off, one taken back does not [C6 K3]', () => {
  const list = {
    manifest: { employers: [market] } as unknown as BundleManifest,
    people: [
      person('late', '2022-08-09'),
      person('today', '2022-08-11'),
      person('ahead', '2022-08-12'),
      person('none', null),
      person('back', '2022-08-11', null),
    ],
  };
  const shown = (records: QueueRecord[]) =>
    dueToday(list, records, '2022-08-11').map(({ employer, open, people }) => [
      employer?.id ?? null,
      open,
      people.map((one) => `${one.person.id}${one.overdue ? '!' : ''}${one.done ? '✓' : ''}`),
    ]);
  expect(shown([])).toEqual([
    ['market', 2, ['late!', 'today']],
    [null, 1, ['back']],
  ]);
  const records = [
    swab('late', '2022-08-11T01:00:00.000Z'),
    swab('today', '2022-08-11T01:00:00.000Z', 'undone'),
    // Yesterday's swab is not the one due today.
    swab('back', '2022-08-10T01:00:00.000Z'),
  ];
  expect(shown(records)).toEqual([
    ['market', 1, ['today', 'late!✓']],
    [null, 1, ['back']],
  ]);
});
