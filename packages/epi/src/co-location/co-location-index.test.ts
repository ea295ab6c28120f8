import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstOrderOracle, secondOrderOracle } from '../../test/co-location-oracle.ts';
import { CoLocationIndex } from './co-location-index.ts';
import type { SearchWindow, Stay } from './stay.ts';

/** Times in the tests are minutes; the index counts seconds. */
const stay = (person: string, from: number, until: number, place = 'hall'): Stay => ({
  person,
  place,
  from: 60 * from,
  until: 60 * until,
});
const metBy = (stays: Stay[], lingeringMinutes = 0, minMinutes = 0) =>
  CoLocationIndex.build(stays)
    .searchFirstOrder([{ person: 'case', from: 0, until: 60_000, lingeringMinutes }], { minMinutes })
    .map(({ person, minutes }) => [person, minutes]);

it('people who shared a place and a time with a case are found with place, interval and minutes [B3]', () => {
  const index = CoLocationIndex.build([
    stay('case', 10, 40),
    stay('b', 30, 90),
    stay('c', 30, 90, 'elsewhere'),
    stay('case', 50, 60),
  ]);
  const meeting = { window: 0, person: 'b', place: 'hall', contactStay: 1 };
  expect(index.searchFirstOrder([{ person: 'case', from: 0, until: 6000 }])).toEqual([
    { ...meeting, from: 1800, until: 2400, minutes: 10, sourceStay: 0 },
    { ...meeting, from: 3000, until: 3600, minutes: 10, sourceStay: 3 },
  ]);
  expect(index.stay('b', 1)).toEqual(stay('b', 30, 90));
  expect(index.stay('c', 1)).toBeUndefined();
});

it('all stays of a person are told with the ordinal to take one back by [B3]', () => {
  const index = CoLocationIndex.build([stay('a', 0, 10), stay('b', 0, 10), stay('a', 20, 30, 'elsewhere')]);
  const added = index.add(stay('a', 40, 50));
  expect(index.staysOf('a')).toEqual([
    { ...stay('a', 0, 10), ordinal: 0 },
    { ...stay('a', 20, 30, 'elsewhere'), ordinal: 2 },
    { ...stay('a', 40, 50), ordinal: added },
  ]);
  index.remove('a', 2);
  expect(index.staysOf('a').map(({ ordinal }) => ordinal)).toEqual([0, added]);
  expect(index.staysOf('nobody')).toEqual([]);
});

it('one who comes as the case leaves does not meet the case, unless the air lingers [B3]', () => {
  const stays = [stay('case', 10, 40), stay('b', 40, 60), stay('before', 5, 10)];
  expect(metBy(stays)).toEqual([]);
  expect(metBy(stays, 15)).toEqual([['b', 15]]);
});

it('a moment inside a stay is a meeting of 0 minutes, and none when a minimum is asked for [B3]', () => {
  const stays = [
    stay('case', 10, 40),
    stay('at start', 10, 10),
    stay('inside', 20, 20),
    stay('at end', 40, 40),
  ];
  expect(metBy(stays)).toEqual([
    ['at start', 0],
    ['inside', 0],
  ]);
  expect(metBy(stays, 0, 1)).toEqual([]);
  expect(metBy([stay('case', 20, 20), stay('b', 10, 30), stay('also a moment', 20, 20)])).toEqual([['b', 0]]);
});

it('stays outside the window of the case are not searched; lingering runs on from the cut [B3]', () => {
  const index = CoLocationIndex.build([stay('case', 10, 40), stay('early', 0, 15), stay('late', 25, 50)]);
  const window = { person: 'case', from: 15 * 60, until: 20 * 60 };
  expect(index.searchFirstOrder([window])).toEqual([]);
  expect(index.searchFirstOrder([{ ...window, lingeringMinutes: 10 }])).toMatchObject([
    { person: 'late', from: 25 * 60, until: 30 * 60, minutes: 5 },
  ]);
  expect(index.searchFirstOrder([{ ...window, from: window.until }])).toEqual([]);
});

it('a place can be searched without a stored stay of the case [B3]', () => {
  const index = CoLocationIndex.build([stay('case', 10, 40), stay('b', 30, 90)]);
  const window = { place: 'hall', from: 0, until: 2100 };
  expect(index.searchFirstOrder([window])).toMatchObject([
    { person: 'case', minutes: 25, sourceStay: null },
    { person: 'b', minutes: 5, sourceStay: null },
  ]);
  expect(index.searchFirstOrder([{ ...window, person: 'case' }])).toMatchObject([{ person: 'b' }]);
  expect(index.searchFirstOrder([{ ...window, place: 'nowhere' }])).toEqual([]);
});

it('contacts of contacts are met between first exposure and isolation of the contact [B3]', () => {
  const index = CoLocationIndex.build([
    stay('case', 0, 10),
    stay('b', 5, 10),
    stay('b', 0, 4, 'before'),
    stay('too early', 0, 4, 'before'),
    stay('b', 20, 30, 'work'),
    stay('colleague', 25, 40, 'work'),
    stay('case', 25, 40, 'work'),
    stay('b', 50, 60, 'home'),
    stay('family', 40, 70, 'home'),
  ]);
  const search = (isolatedAt?: Map<string, number>) =>
    index
      .searchSecondOrder([{ person: 'case', from: 0, until: 900 }], { until: 6000, isolatedAt })
      .second.map(({ person, via, minutes }) => [person, via, minutes]);
  expect(search()).toEqual([
    ['colleague', 'b', 5],
    ['family', 'b', 10],
  ]);
  expect(search(new Map([['b', 40 * 60]]))).toEqual([['colleague', 'b', 5]]);
  expect(search(new Map([['b', 60]]))).toEqual([]);
});

it('times that cannot be are refused by ordinal and value, and leave the index as it was [B3]', () => {
  const index = CoLocationIndex.build([stay('case', 10, 40)]);
  expect(() => index.add({ ...stay('b', 0, 1), until: 1.5 })).toThrow(
    'stay 1: 0 to 1.5 are not whole seconds',
  );
  expect(() => index.add(stay('b', 9, 8))).toThrow('stay 1 ends (480) before it begins (540)');
  expect(() => CoLocationIndex.build([{ ...stay('b', 0, 1), from: -1 }])).toThrow('stay 0');
  expect(() => index.searchFirstOrder([{ person: 'case', from: 9, until: 8 }])).toThrow('window 0 ends');
  expect(() => index.searchFirstOrder([{ person: 'case', from: 0, until: 8, lingeringMinutes: -1 }])).toThrow(
    'lingeringMinutes is -1',
  );
  expect([index.staysCount, index.add(stay('b', 0, 1))]).toEqual([1, 1]);
});

const minute = fc.nat(12);
const name = (prefix: string, last: number) => fc.nat(last).map((n) => `${prefix}${n}`);
const stays = fc.array(
  fc
    .tuple(name('person', 4), name('place', 2), minute, fc.oneof(fc.constant(0), fc.nat(8)))
    .map(([person, place, from, length]) => stay(person, from, from + length, place)),
  { maxLength: 30 },
);
const window: fc.Arbitrary<SearchWindow> = fc
  .record({
    person: fc.option(name('person', 5), { nil: undefined }),
    place: fc.option(name('place', 3), { nil: undefined }),
    from: minute.map((n) => 60 * n),
    length: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.nat(12)),
    lingeringMinutes: fc.option(fc.nat(4), { nil: undefined }),
  })
  .map(({ person, place, from, length, lingeringMinutes }) => {
    const times = { from, until: from + 60 * length, lingeringMinutes };
    return place === undefined ? { ...times, person: person ?? 'person0' } : { ...times, place, person };
  });
const windows = fc.array(window, { maxLength: 4 });
const minMinutes = fc.constantFrom(undefined, 0, 1, 3);

/** How an index came to hold its stays must not show in its answers. */
const history = fc.record({
  stays,
  builtCount: fc.nat(30),
  compactedAt: fc.nat(30),
  removed: fc.uniqueArray(fc.nat(29), { maxLength: 5 }),
  ending: fc.constantFrom('as it is', 'compacted', 'from snapshot', 'from state'),
});
function live({
  stays,
  builtCount,
  compactedAt,
  removed,
  ending,
}: typeof history extends fc.Arbitrary<infer T> ? T : never) {
  let index = CoLocationIndex.build(stays.slice(0, builtCount));
  for (let ordinal = builtCount; ordinal < stays.length; ordinal++) {
    expect(index.add(stays[ordinal]!)).toBe(ordinal);
    if (ordinal === compactedAt) index.compact();
  }
  const kept = new Map(stays.entries());
  for (const ordinal of removed) {
    if (!stays[ordinal]) continue;
    expect(index.remove('nobody', ordinal)).toBe(false);
    expect(index.remove(stays[ordinal].person, ordinal)).toBe(true);
    expect(index.remove(stays[ordinal].person, ordinal)).toBe(false);
    kept.delete(ordinal);
  }
  if (ending === 'compacted') index.compact();
  if (ending === 'from snapshot')
    index = CoLocationIndex.deserialise(Buffer.concat(index.serialise('event 7'))).index;
  if (ending === 'from state') index = CoLocationIndex.fromState(structuredClone(index.toState()));
  expect(index.staysCount).toBe(kept.size);
  return { index, kept };
}

it('a first-order search equals the comparison of every stay with every stay [B3]', () => {
  fc.assert(
    fc.property(history, windows, minMinutes, (past, windows, minMinutes) => {
      const { index, kept } = live(past);
      expect(index.searchFirstOrder(windows, { minMinutes })).toEqual(
        firstOrderOracle(kept, windows, minMinutes),
      );
    }),
    { numRuns: 2000 },
  );
});

it('a second-order search equals the comparison of every stay with every stay [B3]', () => {
  const isolatedAt = fc.uniqueArray(fc.tuple(name('person', 4), minute), { selector: ([person]) => person });
  const options = fc.record({
    minMinutes,
    until: minute.map((n) => 60 * n),
    isolatedAt: isolatedAt.map((entries) => new Map(entries.map(([person, n]) => [person, 60 * n]))),
    secondMinMinutes: minMinutes,
    secondLingeringMinutes: fc.option(fc.nat(3), { nil: undefined }),
  });
  fc.assert(
    fc.property(history, windows, options, (past, windows, options) => {
      const { index, kept } = live(past);
      expect(index.searchSecondOrder(windows, options)).toEqual(secondOrderOracle(kept, windows, options));
    }),
    { numRuns: 1000 },
  );
});

it('added stays keep counting where a snapshot ended, and the as-of text comes back [B3]', () => {
  const first = CoLocationIndex.build([stay('case', 0, 10), stay('b', 0, 10)]);
  first.remove('b', 1);
  const { index, asOf } = CoLocationIndex.deserialise(Buffer.concat(first.serialise('event 7')));
  expect([asOf, index.add(stay('湟中 c', 0, 10)), index.deltasCount]).toEqual(['event 7', 2, 1]);
  const again = CoLocationIndex.deserialise(Buffer.concat(index.serialise(''))).index;
  expect(again.searchFirstOrder([{ person: 'case', from: 0, until: 900 }])).toMatchObject([
    { person: '湟中 c', contactStay: 2 },
  ]);
});

it('a snapshot that was cut or changed anywhere in its numbers is refused [B3]', () => {
  const bytes = Buffer.concat(CoLocationIndex.build([stay('case', 0, 10), stay('b', 0, 10)]).serialise(''));
  expect(() => CoLocationIndex.deserialise(bytes.subarray(0, -1))).toThrow('bytes instead of');
  expect(() => CoLocationIndex.deserialise(bytes.subarray(0, 9))).toThrow(RangeError);
  expect(() => CoLocationIndex.deserialise(bytes.subarray(0, 40))).toThrow('header');
  expect(() => CoLocationIndex.deserialise(Buffer.from('something else entirely'))).toThrow(
    'not a co-location',
  );
  for (let position = bytes.lastIndexOf('}') + 1; position < bytes.length; position++) {
    const damaged = Buffer.from(bytes);
    damaged[position]! ^= 1;
    expect(() => CoLocationIndex.deserialise(damaged)).toThrow('damaged');
  }
});

it('a stream of batches builds the same index as all stays at once [B3]', async () => {
  async function* batches() {
    yield [stay('case', 0, 10), stay('b', 5, 10)];
    yield [];
    yield [stay('c', 9, 10)];
  }
  const index = await CoLocationIndex.buildFromStream(batches());
  const met = index.searchFirstOrder([{ person: 'case', from: 0, until: 900 }]);
  expect(met.map(({ person, contactStay }) => [person, contactStay])).toEqual([
    ['b', 1],
    ['c', 2],
  ]);
});

it('a worker answers on the same memory [B3]', async () => {
  const state = CoLocationIndex.build([stay('case', 0, 10), stay('b', 5, 10)]).toState();
  expect(state.columns.from.buffer).toBeInstanceOf(SharedArrayBuffer);
  const program = `
    import { parentPort, workerData } from 'node:worker_threads';
    const { CoLocationIndex } = await import(${JSON.stringify(new URL('./co-location-index.ts', import.meta.url).href)});
    workerData.columns.from[1] += 60; // a write only this test makes, to see it in the other thread
    const index = CoLocationIndex.fromState(workerData);
    parentPort.postMessage(index.searchFirstOrder([{ person: 'case', from: 0, until: 900 }]));`;
  const url = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
  const worker = new Worker(url, { workerData: state });
  const answer = await new Promise((resolve, reject) =>
    worker.once('message', resolve).once('error', reject),
  );
  await worker.terminate();
  expect(answer).toMatchObject([{ person: 'b', minutes: 4 }]);
  expect(state.columns.from[1]).toBe(360);
});
