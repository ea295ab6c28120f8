import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  firstOrderOracle,
  pairsOracle,
  peopleOracle,
  secondOrderOracle,
} from '../../test/co-location-oracle.ts';
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
  const meeting = { window: 0, person: 'b', place: 'hall', contactStay: { from: 1800, until: 5400 } };
  expect(index.searchFirstOrder([{ person: 'case', from: 0, until: 6000 }])).toEqual([
    { ...meeting, from: 1800, until: 2400, minutes: 10, sourceStay: { from: 600, until: 2400 } },
    { ...meeting, from: 3000, until: 3600, minutes: 10, sourceStay: { from: 3000, until: 3600 } },
  ]);
});

it('all stays of a person are told in order of time, and one of them can be taken back [B3]', () => {
  const index = CoLocationIndex.build([
    stay('a', 20, 30, 'elsewhere'),
    stay('b', 0, 10),
    stay('a', 0, 10),
    stay('a', 0, 10),
  ]);
  index.add(stay('a', 40, 50));
  const [first, second, third] = [stay('a', 0, 10), stay('a', 20, 30, 'elsewhere'), stay('a', 40, 50)];
  expect(index.staysOf('a')).toEqual([first, first, second, third]);
  expect(index.remove(first)).toBe(true);
  expect(index.remove(third)).toBe(true);
  expect(index.remove(third)).toBe(false);
  expect(index.remove({ ...second, until: 1801 })).toBe(false);
  expect(index.staysOf('a')).toEqual([first, second]);
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

it('times that cannot be are refused by number and value, and leave the index as it was [B3]', () => {
  const index = CoLocationIndex.build([stay('case', 10, 40)]);
  expect(() => index.add({ ...stay('b', 0, 1), until: 1.5 })).toThrow(
    'the stay: 0 to 1.5 are not whole seconds',
  );
  expect(() => index.add(stay('b', 9, 8))).toThrow('the stay ends (480) before it begins (540)');
  expect(() => CoLocationIndex.build([{ ...stay('b', 0, 1), from: -1 }])).toThrow('stay 0');
  expect(() => CoLocationIndex.build([stay('b', 0, 1), stay('b', 1, 0)])).toThrow('stay 1 ends');
  expect(() => index.searchFirstOrder([{ person: 'case', from: 9, until: 8 }])).toThrow('window 0 ends');
  expect(() => index.searchFirstOrder([{ person: 'case', from: 0, until: 8, lingeringMinutes: -1 }])).toThrow(
    'lingeringMinutes is -1',
  );
  expect([index.staysCount, index.deltasCount]).toEqual([1, 0]);
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
  ending: fc.constantFrom('as it is', 'compacted', 'from snapshot', 'from state', 'adopted'),
});
function live({
  stays,
  builtCount,
  compactedAt,
  removed,
  ending,
}: typeof history extends fc.Arbitrary<infer T> ? T : never) {
  let index = CoLocationIndex.build(stays.slice(0, builtCount));
  for (let number = builtCount; number < stays.length; number++) {
    index.add(stays[number]!);
    if (number === compactedAt) index.compact();
  }
  const kept = [...stays];
  for (const number of removed) {
    const gone = stays[number];
    if (!gone) continue;
    expect(index.remove({ ...gone, person: 'nobody' })).toBe(false);
    expect(index.remove(gone)).toBe(true);
    kept.splice(kept.indexOf(gone), 1);
    const others = kept.filter((one) => JSON.stringify(one) === JSON.stringify(gone));
    if (others.length === 0) expect(index.remove(gone)).toBe(false);
  }
  if (ending === 'compacted') index.compact();
  if (ending === 'from snapshot')
    index = CoLocationIndex.deserialise(Buffer.concat(index.serialise('event 7'))).index;
  if (ending === 'from state') index = CoLocationIndex.fromState(structuredClone(index.toState()));
  if (ending === 'adopted') {
    const other = CoLocationIndex.build([]);
    other.adopt(index.toState());
    index = other;
  }
  expect(index.staysCount).toBe(kept.length);
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

const algorithm = fc.constantFrom(undefined, 'probe' as const, 'sweep' as const, 'pull' as const);

it('totals by person equal the comparison of every stay with every stay, by probe, by sweep and by pull [B3]', () => {
  fc.assert(
    fc.property(history, windows, minMinutes, algorithm, (past, windows, minTotalMinutes, algorithm) => {
      const { index, kept } = live(past);
      const expected = peopleOracle(kept, windows, minTotalMinutes);
      const all = index.searchPeople(windows, { minTotalMinutes, algorithm });
      const found = [...all.persons].map((number, i) => [
        index.personName(number),
        { seconds: all.seconds[i], firstFrom: all.firstFrom[i] },
      ]);
      expect(found.sort()).toEqual([...expected]);
      const only = index.searchPeople(windows, { minTotalMinutes, algorithm, totals: false });
      expect(only.persons.toSorted()).toEqual(all.persons.toSorted());
    }),
    { numRuns: 2000 },
  );
});

it('totals by pair equal the comparison of every stay with every stay, one search after another [B3]', () => {
  fc.assert(
    fc.property(history, windows, windows, minMinutes, (past, windows, others, minTotalMinutes) => {
      const { index, kept } = live(past);
      for (const asked of [windows, others]) {
        const { start, persons, seconds, firstFrom } = index.searchPairs(asked, { minTotalMinutes });
        const found = asked.flatMap((_, window) =>
          Array.from({ length: start[window + 1]! - start[window]! }, (_, n) => {
            const at = start[window]! + n;
            const totals = { seconds: seconds[at], firstFrom: firstFrom[at] };
            return [`${window} ${index.personName(persons[at]!)}`, totals];
          }),
        );
        expect(found.sort()).toEqual([...pairsOracle(kept, asked, minTotalMinutes)]);
      }
    }),
    { numRuns: 1000 },
  );
});

it('windows of many persons by number give what the same windows by name give, but those known [B3]', () => {
  const asked = fc.record({
    from: minute.map((n) => 60 * n),
    length: fc.nat(12),
    lingeringMinutes: fc.nat(4),
  });
  fc.assert(
    fc.property(history, asked, algorithm, (past, { from, length, lingeringMinutes }, algorithm) => {
      const { index } = live(past);
      const names = ['person0', 'person2', 'person3'].filter(
        (person) => index.personNumber(person) !== undefined,
      );
      const persons = Uint32Array.from(names, (person) => index.personNumber(person)!);
      const known = Uint32Array.from(
        index.personNumber('person1') === undefined ? [] : [index.personNumber('person1')!],
      );
      const times = { from, until: from + 60 * length, lingeringMinutes };
      const byName = names.map((person) => ({ person, ...times }));
      const byNumber = { persons, ...times, from: new Uint32Array(persons.length).fill(from) };
      const people = index.searchPeople(byNumber, { known, algorithm });
      expect(people).toEqual(index.searchPeople(byName, { known, algorithm }));
      expect([...people.persons]).not.toContain(known[0]);
      expect(index.searchPairs(byNumber, { known })).toEqual(index.searchPairs(byName, { known }));
    }),
    { numRuns: 500 },
  );
});

it('a stay of more than 18 hours is met at its end as well as at its start [B3]', () => {
  const day = 24 * 60;
  const index = CoLocationIndex.build([
    stay('case', 14 * day - 60, 15 * day),
    stay('in isolation', 0, 14 * day),
    stay('nurse', 14 * day - 30, 14 * day + 30),
  ]);
  const window = { person: 'case', from: 0, until: Number.POSITIVE_INFINITY };
  const met = () => index.searchFirstOrder([window]).map(({ person, minutes }) => [person, minutes]);
  expect(met()).toEqual([
    ['in isolation', 60],
    ['nurse', 60],
  ]);
  index.remove(stay('in isolation', 0, 14 * day));
  expect(met()).toEqual([['nurse', 60]]);
  index.compact();
  expect(met()).toEqual([['nurse', 60]]);
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

it('stays are added to a snapshot read back, and the as-of text comes back [B3]', () => {
  const first = CoLocationIndex.build([stay('case', 0, 10), stay('b', 0, 10)]);
  first.remove(stay('b', 0, 10));
  const { index, asOf } = CoLocationIndex.deserialise(Buffer.concat(first.serialise('事件 7')));
  index.add(stay('湟中 c', 0, 10));
  expect([asOf, index.deltasCount]).toEqual(['事件 7', 1]);
  const again = CoLocationIndex.deserialise(Buffer.concat(index.serialise(''))).index;
  expect(again.searchFirstOrder([{ person: 'case', from: 0, until: 900 }])).toMatchObject([
    { person: '湟中 c', contactStay: { from: 0, until: 600 } },
  ]);
});

it('a snapshot that was cut or changed anywhere is refused, and one of another layout by its number [B3]', () => {
  const index = CoLocationIndex.build([stay('case', 0, 10), stay('b', 0, 10), stay('b', 0, 2000)]);
  const bytes = Buffer.concat(index.serialise('event 7'));
  const read = (changed: Uint8Array) => () => CoLocationIndex.deserialise(changed);
  for (let length = 0; length < bytes.length; length++)
    expect(read(bytes.subarray(0, length))).toThrow(RangeError);
  expect(read(bytes.subarray(0, -8))).toThrow('bytes instead of');
  expect(read(Buffer.from('something else entirely'))).toThrow('not a co-location snapshot');
  const filling: number[] = [];
  for (let position = 0; position < bytes.length; position++) {
    const damaged = Buffer.from(bytes);
    damaged[position]! ^= 1;
    try {
      CoLocationIndex.deserialise(damaged);
      filling.push(position);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
    }
  }
  // Only the spaces that fill a column up to 8 bytes mean nothing.
  for (const position of filling) expect(bytes[position]).toBe(0x20);
  expect(filling.length).toBeLessThan(8 * 17);
  const older = Buffer.from(bytes);
  older.writeUInt32LE(1, 8);
  expect(read(older)).toThrow('the snapshot has layout 1; this program reads 2');
});

it('a snapshot read into shared memory is used where it lies [B3]', () => {
  const bytes = Buffer.concat(CoLocationIndex.build([stay('case', 0, 10), stay('b', 0, 10)]).serialise(''));
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  const { index } = CoLocationIndex.deserialise(shared);
  expect(index.toState().columns.person.buffer).toBe(shared.buffer);
  index.add(stay('a new name', 5, 10));
  expect(index.searchFirstOrder([{ person: 'case', from: 0, until: 900 }])).toHaveLength(2);
  expect(Buffer.compare(shared, bytes)).toBe(0);
});

it('a stay takes no more than 15 bytes, names and later additions included [B3]', () => {
  const many = function* () {
    for (let person = 0; person < 1000; person++) {
      for (let n = 0; n < 120; n++) {
        yield stay(
          `018f2c4e-0000-7000-8000-${String(person).padStart(12, '0')}`,
          60 * n,
          60 * n + 45,
          `place ${n % 50}`,
        );
      }
    }
  };
  const index = CoLocationIndex.build(many());
  for (let n = 0; n < 1000; n++) index.add(stay(`later ${n % 10}`, n, n + 9, 'place 7'));
  expect(index.byteLength / index.staysCount).toBeLessThan(15);
});

it('a stream of batches builds the same index as all stays at once [B3]', async () => {
  async function* batches() {
    yield [stay('case', 0, 10), stay('b', 5, 10)];
    yield [];
    yield [stay('c', 9, 10)];
  }
  const index = await CoLocationIndex.buildFromStream(batches());
  const met = index.searchFirstOrder([{ person: 'case', from: 0, until: 900 }]);
  expect(met.map(({ person, contactStay }) => [person, contactStay.from])).toEqual([
    ['b', 300],
    ['c', 540],
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
