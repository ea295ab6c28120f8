/** Chains laid out as rows on a time axis: one row for each case that is shown, children under their infector. Pure. */
import type { CaseChains } from '@levee/contract';

export type ChainNode = CaseChains['nodes'][number];

export interface ChainRow {
  readonly node: ChainNode;
  /** Steps below the root of its tree. */
  readonly depth: number;
  /** Row of the infector it hangs under; null for a root. */
  readonly parentRow: number | null;
  /** Cases below it in the tree, shown or not. */
  readonly belowCount: number;
  readonly isOpen: boolean;
}

export interface ChainForest {
  /** Roots in the order of their clusters, largest first. */
  readonly roots: readonly string[];
  /** Clusters of more than one case, largest first. */
  readonly clusters: readonly { readonly cluster: number; readonly casesCount: number }[];
  readonly byId: ReadonlyMap<string, ChainNode>;
  /** The one infector each case hangs under: the likeliest is not known, so the first on record. */
  readonly parentOf: ReadonlyMap<string, string>;
  readonly childrenOf: ReadonlyMap<string, readonly string[]>;
  readonly belowOf: ReadonlyMap<string, number>;
  /** First and last day on the axis, whatever is open; null where no case of a chain has one. */
  readonly span: { readonly first: string; readonly last: string } | null;
}

/** Day a case stands on the axis: onset, else report; null where neither is known. */
export const dayOfNode = ({ dateOnset, dateReporting }: ChainNode): string | null =>
  dateOnset ?? dateReporting;

const byDay = (a: ChainNode, b: ChainNode) =>
  (dayOfNode(a) ?? '9999').localeCompare(dayOfNode(b) ?? '9999') || a.externalId.localeCompare(b.externalId);

/** The spanning forest of the links. O(cases + links); lone cases are no chain and are left out. */
export function forestOf(nodes: readonly ChainNode[]): ChainForest {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parentOf = new Map<string, string>();
  const childrenOf = new Map<string, string[]>();
  for (const node of nodes) {
    // A parent of an earlier generation, so that no case can hang under itself.
    const parent = node.infectors.find((id) => (byId.get(id)?.generation ?? 0) === node.generation - 1);
    if (parent === undefined) continue;
    parentOf.set(node.id, parent);
    const siblings = childrenOf.get(parent);
    if (siblings) siblings.push(node.id);
    else childrenOf.set(parent, [node.id]);
  }
  for (const [id, children] of childrenOf) {
    childrenOf.set(
      id,
      children.toSorted((a, b) => byDay(byId.get(a)!, byId.get(b)!)),
    );
  }
  const belowOf = new Map<string, number>();
  // Deepest generation first, so that every child is counted before its parent.
  for (const { id } of nodes.toSorted((a, b) => b.generation - a.generation)) {
    const children = childrenOf.get(id) ?? [];
    belowOf.set(
      id,
      children.reduce((sum, child) => sum + 1 + (belowOf.get(child) ?? 0), 0),
    );
  }
  const sizeOf = new Map<number, number>();
  for (const { cluster } of nodes) sizeOf.set(cluster, (sizeOf.get(cluster) ?? 0) + 1);
  const clusters = [...sizeOf]
    .filter(([, casesCount]) => casesCount > 1)
    .map(([cluster, casesCount]) => ({ cluster, casesCount }))
    .sort((a, b) => b.casesCount - a.casesCount || a.cluster - b.cluster);
  const roots = nodes
    .filter(({ id, cluster }) => !parentOf.has(id) && (sizeOf.get(cluster) ?? 0) > 1)
    .toSorted(
      (a, b) => sizeOf.get(b.cluster)! - sizeOf.get(a.cluster)! || a.cluster - b.cluster || byDay(a, b),
    )
    .map(({ id }) => id);
  const days = nodes
    .filter(({ cluster }) => (sizeOf.get(cluster) ?? 0) > 1)
    .flatMap((node) => dayOfNode(node) ?? [])
    .sort();
  const [first, last] = [days[0], days.at(-1)];
  const span = first === undefined || last === undefined ? null : { first, last };
  return { roots, clusters, byId, parentOf, childrenOf, belowOf, span };
}

/** The rows to draw: every root, and below each open case its infectees. O(rows). */
export function rowsOf(
  forest: ChainForest,
  isOpen: (id: string) => boolean,
  roots: readonly string[] = forest.roots,
): ChainRow[] {
  const rows: ChainRow[] = [];
  const stack = roots.toReversed().map((id) => ({ id, depth: 0, parentRow: null as number | null }));
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { id, depth, parentRow } = next;
    const children = forest.childrenOf.get(id) ?? [];
    const open = children.length > 0 && isOpen(id);
    const row = rows.length;
    rows.push({
      node: forest.byId.get(id)!,
      depth,
      parentRow,
      belowCount: forest.belowOf.get(id) ?? 0,
      isOpen: open,
    });
    if (open) {
      for (const child of children.toReversed()) stack.push({ id: child, depth: depth + 1, parentRow: row });
    }
  }
  return rows;
}

/** From the case up to the root of its tree: what must be open for it to be seen. */
export function pathTo(forest: ChainForest, id: string): string[] {
  const path: string[] = [];
  for (let at = forest.parentOf.get(id); at !== undefined; at = forest.parentOf.get(at)) path.push(at);
  return path;
}

/**
 * What is open at first: tree by tree in their order, each generation by generation, as long as it fits into so many rows
 * beyond the roots.
 */
export function openAtFirst(forest: ChainForest, most: number): Set<string> {
  const open = new Set<string>();
  let rows = 0;
  for (const root of forest.roots) {
    const queue = [root];
    for (const id of queue) {
      const children = forest.childrenOf.get(id) ?? [];
      if (children.length === 0 || rows + children.length > most) continue;
      rows += children.length;
      open.add(id);
      queue.push(...children);
    }
  }
  return open;
}
