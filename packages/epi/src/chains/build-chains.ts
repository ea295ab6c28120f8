import { dayNumber } from '../calendar/civil-day.ts';
import type {
  AmbiguousInfectee,
  ChainCase,
  ChainContact,
  ChainLink,
  Chains,
  ImpossibleLink,
} from './chains.ts';
import { findCycleLinks } from './find-cycle-links.ts';

export type BuildChainsOptions = {
  /**
   * How many days an infectee may fall ill before the infector. 0 (the default) calls every strictly earlier onset
   * impossible; raise it for diseases that spread before symptoms, where the infectee's incubation may be the shorter one:
   * of 468 pairs of COVID-19 in China 59 had a negative serial interval (Du Z et al., Emerg Infect Dis 2020,
   * doi:10.3201/eid2606.200357). `Infinity` takes any order as possible.
   */
  toleranceDays?: number | undefined;
};

/**
 * Who infected whom: joins a line list and from/to pairs into nodes and links.
 *
 * A link is **impossible** when an id is not in the line list, when it joins a case to itself, when the infectee fell
 * ill more than `toleranceDays` before the infector, or when it lies on a cycle of otherwise possible links (all links
 * of the cycle are named, because the data cannot say which is wrong). A case with several possible infectors is
 * **ambiguous**; its links stay, so `infecteesCount` may sum to more than the number of infected. Nothing is dropped:
 * each contact ends in `links`, `impossible` or `repeated`.
 *
 * Assumes that one row is one case and that a pair is a claim about direction. Misleads when links were found by
 * looking for a known source: superspreaders attract links, a negative interval taken as possible may be a pair the wrong way
 * round, and silent infections shorten or cut chains. A generation
 * counts known links only, so it is a lower bound wherever an infector is missing.
 *
 * Time O(cases + contacts). After epicontacts: Nagraj VP et al., F1000Research 2018, doi:10.12688/f1000research.15168.1
 *
 * @throws RangeError on an id given twice or a `dateOnset` that is no day, naming row (from 0) and value
 * @example
 * buildChains([{ id: 'a', dateOnset: '2015-05-11' }, { id: 'b', dateOnset: '2015-05-18' }], [{ from: 'a', to: 'b' }])
 *   .links // [{ row: 0, from: 'a', to: 'b', serialIntervalDays: 7 }]
 */
export function buildChains(
  cases: Iterable<ChainCase>,
  contacts: Iterable<ChainContact>,
  { toleranceDays = 0 }: BuildChainsOptions = {},
): Chains {
  if (!(toleranceDays >= 0)) {
    throw new RangeError(`toleranceDays is ${toleranceDays}; it must be a number of days from 0`);
  }
  const list = [...cases];
  const { indexOf, onsets } = readCases(list);
  const { links, impossible, repeated } = readContacts(contacts, indexOf, onsets, toleranceDays);

  const onCycle = findCycleLinks(
    list.length,
    links.map((link) => [indexOf.get(link.from)!, indexOf.get(link.to)!]),
  );
  const possible = links.filter((_, i) => !onCycle.has(i));
  for (const i of onCycle) {
    const { row, from, to } = links[i]!;
    impossible.push({ row, from, to, reason: 'cycle' });
  }
  impossible.sort((a, b) => a.row - b.row);

  const infectors: number[][] = list.map(() => []);
  const infectees: number[][] = list.map(() => []);
  for (const { from, to } of possible) {
    infectors[indexOf.get(to)!]!.push(indexOf.get(from)!);
    infectees[indexOf.get(from)!]!.push(indexOf.get(to)!);
  }
  const generation = numberGenerations(infectors, infectees);
  const cluster = numberClusters(infectors, infectees);
  const idsOf = (indexes: number[]) => indexes.map((i) => list[i]!.id);

  return {
    nodes: list.map(({ id, dateOnset }, i) => ({
      id,
      dateOnset: dateOnset || null,
      infectors: idsOf(infectors[i]!),
      infectees: idsOf(infectees[i]!),
      infecteesCount: infectees[i]!.length,
      generation: generation[i]!,
      cluster: cluster[i]!,
    })),
    links: possible,
    impossible,
    repeated,
    ambiguous: findAmbiguous(possible),
  };
}

function readCases(list: ChainCase[]) {
  const indexOf = new Map<string, number>();
  const onsets = list.map(({ id, dateOnset }, row) => {
    if (indexOf.has(id))
      throw new RangeError(`row ${row}: case "${id}" was given before, in row ${indexOf.get(id)}`);
    indexOf.set(id, row);
    try {
      return dateOnset ? dayNumber(dateOnset) : null;
    } catch (cause) {
      throw new RangeError(`row ${row}, dateOnset of case "${id}": ${(cause as Error).message}`, { cause });
    }
  });
  return { indexOf, onsets };
}

function readContacts(
  contacts: Iterable<ChainContact>,
  indexOf: Map<string, number>,
  onsets: (number | null)[],
  toleranceDays: number,
) {
  const links: ChainLink[] = [];
  const impossible: ImpossibleLink[] = [];
  const repeated: Chains['repeated'] = [];
  const firstRows = new Map<string, Map<string, number>>();
  let row = -1;
  for (const { from, to } of contacts) {
    row++;
    const rowsOfInfector = firstRows.get(from) ?? new Map<string, number>();
    firstRows.set(from, rowsOfInfector);
    const firstRow = rowsOfInfector.get(to);
    if (firstRow !== undefined) {
      repeated.push({ row, from, to, firstRow });
      continue;
    }
    rowsOfInfector.set(to, row);

    const unknownIds = [...new Set([from, to])].filter((id) => !indexOf.has(id));
    if (unknownIds.length > 0) {
      impossible.push({ row, from, to, reason: 'unknown_id', unknownIds });
      continue;
    }
    if (from === to) {
      impossible.push({ row, from, to, reason: 'self_link' });
      continue;
    }
    const onsetFrom = onsets[indexOf.get(from)!]!;
    const onsetTo = onsets[indexOf.get(to)!]!;
    const serialIntervalDays = onsetFrom === null || onsetTo === null ? null : onsetTo - onsetFrom;
    if (serialIntervalDays !== null && serialIntervalDays < -toleranceDays) {
      impossible.push({ row, from, to, reason: 'onset_before_infector', serialIntervalDays });
      continue;
    }
    links.push({ row, from, to, serialIntervalDays });
  }
  return { links, impossible, repeated };
}

/** Breadth first from all cases without infector at once; the links have no cycle, so every case is reached. */
function numberGenerations(infectors: number[][], infectees: number[][]): number[] {
  const generation = infectors.map((known): number => (known.length === 0 ? 0 : -1));
  const queue = generation.flatMap((value, i) => (value === 0 ? [i] : []));
  for (let head = 0; head < queue.length; head++) {
    const current = queue[head]!;
    for (const next of infectees[current]!) {
      if (generation[next] !== -1) continue;
      generation[next] = generation[current]! + 1;
      queue.push(next);
    }
  }
  return generation;
}

function numberClusters(infectors: number[][], infectees: number[][]): number[] {
  const cluster = infectors.map(() => 0);
  let last = 0;
  for (let start = 0; start < cluster.length; start++) {
    if (cluster[start] !== 0) continue;
    cluster[start] = ++last;
    const stack = [start];
    for (let current = stack.pop(); current !== undefined; current = stack.pop()) {
      for (const neighbours of [infectors[current]!, infectees[current]!]) {
        for (const next of neighbours) {
          if (cluster[next] !== 0) continue;
          cluster[next] = last;
          stack.push(next);
        }
      }
    }
  }
  return cluster;
}

function findAmbiguous(links: ChainLink[]): AmbiguousInfectee[] {
  const byInfectee = Map.groupBy(links, (link) => link.to);
  return [...byInfectee]
    .filter(([, group]) => group.length > 1)
    .map(([to, group]) => ({ to, from: group.map((l) => l.from), rows: group.map((l) => l.row) }));
}
