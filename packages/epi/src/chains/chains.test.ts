import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readOutbreak } from '../../test/outbreak-data.ts';
import { buildChains } from './build-chains.ts';
import type { ChainCase, ChainContact } from './chains.ts';
import { clusters } from './clusters.ts';
import { generations } from './generations.ts';
import { infecteesPerInfector } from './infectees-per-infector.ts';
import { offspringTable } from './offspring-table.ts';
import { serialIntervals } from './serial-intervals.ts';

const may = (day: number) => `2015-05-${String(day).padStart(2, '0')}`;

it('impossible links are reported with their reason, and none is lost [B6]', () => {
  const chains = buildChains(
    [
      { id: 'a', dateOnset: may(10) },
      { id: 'b', dateOnset: may(9) },
      { id: 'c' },
      { id: 'd' },
      { id: 'e', dateOnset: may(12) },
    ],
    [
      { from: 'a', to: 'b' },
      { from: 'a', to: 'a' },
      { from: 'x', to: 'a' },
      { from: 'x', to: 'y' },
      { from: 'c', to: 'd' },
      { from: 'd', to: 'c' },
      { from: 'c', to: 'e' },
      { from: 'a', to: 'e' },
      { from: 'a', to: 'e' },
    ],
  );
  expect(chains.impossible).toEqual([
    { row: 0, from: 'a', to: 'b', reason: 'onset_before_infector', serialIntervalDays: -1 },
    { row: 1, from: 'a', to: 'a', reason: 'self_link' },
    { row: 2, from: 'x', to: 'a', reason: 'unknown_id', unknownIds: ['x'] },
    { row: 3, from: 'x', to: 'y', reason: 'unknown_id', unknownIds: ['x', 'y'] },
    { row: 4, from: 'c', to: 'd', reason: 'cycle' },
    { row: 5, from: 'd', to: 'c', reason: 'cycle' },
  ]);
  expect(chains.links.map((link) => link.row)).toEqual([6, 7]);
  expect(chains.repeated).toEqual([{ row: 8, from: 'a', to: 'e', firstRow: 7 }]);
  expect(chains.ambiguous).toEqual([{ to: 'e', from: ['c', 'a'], rows: [6, 7] }]);
});

it('an infectee who fell ill first is possible within the tolerance, and its negative interval counts either way [B6]', () => {
  const cases = [
    { id: 'a', dateOnset: may(10) },
    { id: 'b', dateOnset: may(8) },
    { id: 'c', dateOnset: may(10) },
    { id: 'd' },
  ];
  const contacts = ['b', 'c', 'd'].map((to) => ({ from: 'a', to }));
  const strict = buildChains(cases, contacts);
  expect(strict.impossible).toHaveLength(1);
  expect(buildChains(cases, contacts, { toleranceDays: 1 }).impossible).toHaveLength(1);
  const tolerant = buildChains(cases, contacts, { toleranceDays: 2 });
  expect(tolerant.impossible).toEqual([]);
  expect(buildChains(cases, contacts, { toleranceDays: Number.POSITIVE_INFINITY }).impossible).toEqual([]);
  expect(() => buildChains(cases, contacts, { toleranceDays: -1 })).toThrow('toleranceDays is -1');
  const expected = {
    n: 2,
    mean: -1,
    sd: Math.SQRT2,
    median: -1,
    negativeCount: 1,
    undatedCount: 1,
    values: [-2, 0],
  };
  expect(serialIntervals(strict)).toEqual({ unit: 'day', ...expected });
  expect(serialIntervals(tolerant)).toEqual({ unit: 'day', ...expected });
});

it('a first case alone has no serial interval, one generation and no offspring [B6]', () => {
  const chains = buildChains([{ id: 'a', dateOnset: may(1) }], []);
  expect(serialIntervals(chains)).toMatchObject({ n: 0, mean: null, sd: null, median: null });
  expect(generations(chains)).toMatchObject([{ generation: 0, casesCount: 1, unlinkedCount: 1 }]);
  expect(offspringTable(chains)).toEqual([{ infecteesCount: 0, casesCount: 1, casesProportion: 1 }]);
  expect(infecteesPerInfector(chains)).toEqual([]);
  expect(clusters(chains, { minimumSize: 2 })).toEqual([]);
  expect(offspringTable(buildChains([], []))).toEqual([]);
});

it('a row that cannot be read is refused by its number and value [B6]', () => {
  expect(() => buildChains([{ id: 'a' }, { id: 'a' }], [])).toThrow(
    'row 1: case "a" was given before, in row 0',
  );
  expect(() => buildChains([{ id: 'a', dateOnset: '2015-02-30' }], [])).toThrow(
    'row 0, dateOnset of case "a": "2015-02-30"',
  );
});

it('a chain of 50,000 generations is built without a stack overflow [B6]', () => {
  const cases = Array.from({ length: 50_000 }, (_, i) => ({ id: String(i) }));
  const contacts = cases.slice(1).map((_, i) => ({ from: String(i), to: String(i + 1) }));
  expect(generations(buildChains(cases, contacts))).toHaveLength(50_000);
  expect(buildChains(cases, [...contacts, { from: '49999', to: '0' }]).impossible).toHaveLength(50_000);
});

const outbreak = fc.record({
  cases: fc
    .array(fc.option(fc.integer({ min: 1, max: 28 }), { nil: undefined }), { maxLength: 9 })
    .map((days) => days.map((day, i): ChainCase => ({ id: String(i), dateOnset: day ? may(day) : null }))),
  contacts: fc.array(
    fc
      .tuple(fc.nat(10), fc.nat(10))
      .map(([from, to]): ChainContact => ({ from: String(from), to: String(to) })),
    { maxLength: 25 },
  ),
  toleranceDays: fc.constantFrom(0, 3, 40),
});

it('every contact ends in exactly one of links, impossible and repeated [B6]', () => {
  fc.assert(
    fc.property(outbreak, ({ cases, contacts, toleranceDays }) => {
      const chains = buildChains(cases, contacts, { toleranceDays });
      const rows = [...chains.links, ...chains.impossible, ...chains.repeated].map((link) => link.row);
      expect(rows.sort((a, b) => a - b)).toEqual(contacts.map((_, row) => row));
    }),
  );
});

it('a link is called a cycle exactly when its infector can be reached from its infectee [B6]', () => {
  fc.assert(
    fc.property(outbreak, ({ cases, contacts, toleranceDays }) => {
      const { links, impossible } = buildChains(cases, contacts, { toleranceDays });
      const cyclic = impossible.filter((link) => link.reason === 'cycle');
      const all = [...links, ...cyclic];
      const reachableFrom = (start: string) => {
        const reached = new Set([start]);
        for (const id of reached) for (const link of all) if (link.from === id) reached.add(link.to);
        return reached;
      };
      for (const link of all)
        expect(cyclic.some(({ row }) => row === link.row)).toBe(reachableFrom(link.to).has(link.from));
    }),
  );
});

it('counts agree: links = infectees = offspring; every case is in one cluster and one generation [B6]', () => {
  fc.assert(
    fc.property(outbreak, ({ cases, contacts, toleranceDays }) => {
      const chains = buildChains(cases, contacts, { toleranceDays });
      const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
      const linksCount = chains.links.length;
      expect(sum(infecteesPerInfector(chains).map((row) => row.infecteesCount))).toBe(linksCount);
      expect(sum(offspringTable(chains).map((row) => row.infecteesCount * row.casesCount))).toBe(linksCount);
      expect(sum(generations(chains).map((row) => row.infecteesCount))).toBe(linksCount);
      expect(sum(generations(chains).map((row) => row.casesCount))).toBe(cases.length);
      expect(sum(clusters(chains).map((row) => row.casesCount))).toBe(cases.length);
      const nodeOf = new Map(chains.nodes.map((node) => [node.id, node]));
      for (const node of chains.nodes) {
        const above = node.infectors.map((id) => nodeOf.get(id)!.generation);
        expect(node.generation).toBe(above.length === 0 ? 0 : 1 + Math.min(...above));
      }
      for (const { from, to } of chains.links)
        expect(nodeOf.get(from)!.cluster).toBe(nodeOf.get(to)!.cluster);
    }),
  );
});

const mersCases = readOutbreak('mers_korea_2015_linelist.csv');
const mersContacts = readOutbreak('mers_korea_2015_contacts.csv');

it.skipIf(!mersCases || !mersContacts)('MERS Korea 2015: 162 cases, 98 links, SK_14 infected 38 [B6]', () => {
  const chains = buildChains(
    mersCases!.map((row) => ({ id: row.id!, dateOnset: row.dt_onset })),
    mersContacts!.map((row) => ({ from: row.from!, to: row.to! })),
  );
  expect([chains.nodes.length, chains.links.length]).toEqual([162, 98]);
  expect([chains.impossible, chains.repeated]).toEqual([[], []]);
  expect(infecteesPerInfector(chains).map((row) => [row.id, row.infecteesCount])).toEqual([
    ['SK_14', 38],
    ['SK_1', 26],
    ['SK_16', 21],
    ['SK_15', 4],
    ['SK_6', 2],
    ['SK_76', 2],
    ...['SK_11', 'SK_12', 'SK_87', 'SK_118', 'SK_123'].map((id) => [id, 1]),
  ]);
  expect(new Map(chains.ambiguous.map(({ to, from }) => [to, from.toSorted()]))).toEqual(
    new Map([
      ['SK_39', ['SK_11', 'SK_12', 'SK_14']],
      ['SK_107', ['SK_16', 'SK_87']],
    ]),
  );
  expect(chains.nodes.filter((node) => node.infectors.length > 0)).toHaveLength(95);
  expect(generations(chains).map((row) => row.casesCount)).toEqual([67, 28, 65, 2]);
  expect(clusters(chains, { minimumSize: 2 }).map((row) => row.casesCount)).toEqual([94, 3]);

  const intervals = serialIntervals(chains);
  expect(intervals).toMatchObject({ n: 98, median: 14, negativeCount: 0, undatedCount: 0 });
  expect(intervals.mean).toBeCloseTo(14.47, 2);
  expect(intervals.sd).toBeCloseTo(5.2, 2);
  expect([Math.min(...intervals.values), Math.max(...intervals.values)]).toEqual([2, 27]);
  expect(intervals.values).toEqual(mersContacts!.map((row) => Number(row.diff_dt_onset)));
});

const ebolaCases = readOutbreak('ebola_sim_clean_linelist.csv');
const ebolaRawCases = readOutbreak('ebola_sim_raw_linelist.csv');
const ebolaContacts = readOutbreak('ebola_sim_clean_contacts.csv');

it.skipIf(!ebolaCases || !ebolaRawCases || !ebolaContacts)(
  'simulated Ebola: dangling references are reported, 2116 pairs have a mean interval of 11.06 days [B6]',
  () => {
    const contacts = ebolaContacts!.map((row) => ({ from: row.infector!, to: row.case_id! }));
    const build = (rows: Record<string, string>[]) =>
      buildChains(
        rows.map((row) => ({ id: row.case_id!, dateOnset: row.date_of_onset })),
        contacts,
      );
    const raw = build(ebolaRawCases!);
    expect([raw.nodes.length, raw.links.length]).toEqual([5888, 2161]);
    expect(raw.impossible.filter((link) => link.reason === 'unknown_id')).toHaveLength(1639);

    const clean = build(ebolaCases!);
    expect([clean.nodes.length, clean.links.length]).toEqual([5829, 2116]);
    expect(clean.links.length + clean.impossible.length).toBe(3800);
    const listed = new Set(ebolaCases!.map((row) => row.case_id));
    expect(contacts.filter(({ from }) => listed.has(from))).toHaveLength(2143);
    expect(offspringTable(clean).at(-1)).toMatchObject({ infecteesCount: 6, casesCount: 1 });

    const intervals = serialIntervals(clean);
    expect(intervals).toMatchObject({ n: 2116, median: 9, negativeCount: 0, undatedCount: 0 });
    expect(intervals.mean).toBeCloseTo(11.06, 2);
    expect(intervals.sd).toBeCloseTo(8.08, 2);
  },
);
