/**
 * The links of a directed graph that lie on a cycle: those whose two ends are in the same strongly connected
 * component. Tarjan's algorithm (SIAM J. Comput. 1972, doi:10.1137/0201010) with its own stack instead of recursion,
 * because chains of a long outbreak are deeper than a call stack. Time O(nodes + links).
 *
 * @param nodeCount nodes are 0 … nodeCount - 1
 * @param links [from, to] pairs
 * @returns indexes into `links`, ascending
 * @example findCycleLinks(3, [[0, 1], [1, 0], [1, 2]]) // Set { 0, 1 }
 */
export function findCycleLinks(nodeCount: number, links: (readonly [number, number])[]): Set<number> {
  const component = numberComponents(nodeCount, links);
  const onCycle = new Set<number>();
  links.forEach(([from, to], i) => {
    if (component[from] === component[to]) onCycle.add(i);
  });
  return onCycle;
}

const UNSEEN = -1;

function numberComponents(nodeCount: number, links: (readonly [number, number])[]): Int32Array {
  const targets: number[][] = Array.from({ length: nodeCount }, () => []);
  for (const [from, to] of links) targets[from]!.push(to);

  const seenAt = new Int32Array(nodeCount).fill(UNSEEN);
  const lowest = new Int32Array(nodeCount);
  const component = new Int32Array(nodeCount).fill(UNSEEN);
  const open: number[] = [];
  const path: number[] = [];
  const nextTarget = new Int32Array(nodeCount);
  let clock = 0;
  let components = 0;

  const enter = (node: number) => {
    seenAt[node] = lowest[node] = clock++;
    open.push(node);
    path.push(node);
  };
  const leave = (node: number) => {
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) lowest[parent] = Math.min(lowest[parent]!, lowest[node]!);
    if (lowest[node] !== seenAt[node]) return;
    for (let member = -1; member !== node; ) {
      member = open.pop()!;
      component[member] = components;
    }
    components++;
  };

  for (let root = 0; root < nodeCount; root++) {
    if (seenAt[root] !== UNSEEN) continue;
    enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const target = targets[node]![nextTarget[node]!++];
      if (target === undefined) leave(node);
      else if (seenAt[target] === UNSEEN) enter(target);
      else if (component[target] === UNSEEN) lowest[node] = Math.min(lowest[node]!, seenAt[target]!);
    }
  }
  return component;
}
