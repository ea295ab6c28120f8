import type { CaseChains } from '@levee/contract';
import { expect, it } from 'vitest';
import { type ChainNode, forestOf, openAtFirst, pathTo, rowsOf } from './chain-tree.ts';

function node(id: string, generation: number, infectors: string[], more: Partial<ChainNode> = {}): ChainNode {
  return {
    id,
    externalId: id,
    classification: 'confirmed',
    dateOnset: `2022-08-${String(5 + generation * 3).padStart(2, '0')}`,
    dateReporting: null,
    outcome: null,
    division: '632521',
    infecteesCount: 0,
    generation,
    cluster: 1,
    infectors,
    infectees: [],
    ...more,
  } satisfies CaseChains['nodes'][number];
}
const nodes = [
  node('a', 0, []),
  node('b', 1, ['a']),
  node('c', 1, ['a'], { dateOnset: '2022-08-07' }),
  node('d', 2, ['b', 'c']),
  node('lone', 0, [], { cluster: 2 }),
  node('x', 0, [], { cluster: 3 }),
  node('y', 1, ['x'], { cluster: 3 }),
];
const drawn = (open: readonly string[]) =>
  rowsOf(forestOf(nodes), (id) => open.includes(id)).map(
    ({ node: { id }, depth, parentRow }) => `${'.'.repeat(depth)}${id}<${parentRow ?? ''}`,
  );

it('infectees stand under their infector by onset, the largest cluster first, lone cases nowhere [B6]', () => {
  expect(drawn(['a', 'b', 'x'])).toEqual(['a<', '.c<0', '.b<0', '..d<2', 'x<', '.y<4']);
});

it('what is closed hides all below it and says how many [B6]', () => {
  expect(drawn([])).toEqual(['a<', 'x<']);
  expect(rowsOf(forestOf(nodes), () => false).map(({ belowCount }) => belowCount)).toEqual([3, 1]);
});

it('a case with two possible infectors is drawn once [B6]', () => {
  const rows = rowsOf(forestOf(nodes), () => true);
  expect(rows.filter(({ node: { id } }) => id === 'd')).toHaveLength(1);
});

it('the way to a case is opened from its root [B6]', () => {
  expect(pathTo(forestOf(nodes), 'd')).toEqual(['b', 'a']);
});

it('at first as many rows are open as fit, and ten thousand cases are laid out at once [B6]', () => {
  expect(openAtFirst(forestOf(nodes), 2)).toEqual(new Set(['a']));
  expect(openAtFirst(forestOf(nodes), 100)).toEqual(new Set(['a', 'b', 'x']));
  const many = Array.from({ length: 10_000 }, (_, index) =>
    node(`n${index}`, Math.min(index, 1 + Math.floor(Math.log2(index + 1))), []),
  );
  const linked = many.map((one, index) => {
    const parent = many.slice(0, index).findLast(({ generation }) => generation === one.generation - 1);
    return index === 0 ? { ...one, generation: 0 } : { ...one, infectors: parent ? [parent.id] : [] };
  });
  const forest = forestOf(linked);
  const all = rowsOf(forest, () => true);
  expect(all.length).toBeGreaterThan(9_000);
  const first = openAtFirst(forest, 300);
  const shown = rowsOf(forest, (id) => first.has(id)).length;
  expect(shown).toBeLessThanOrEqual(300 + forest.roots.length);
  expect(shown).toBeGreaterThan(50);
});
