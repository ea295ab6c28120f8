import type { SourceTree } from './source-tree.ts';

/**
 * File-level import cycles, each as `a -> b -> a`. One that exists only through type imports is said so;
 * it is as hard to read, though it does no harm at run time.
 */
export function cycleProblems(tree: SourceTree): string[] {
  const runTime = cycles(tree, (link) => !link.typeOnly).map(
    (files) => `import cycle: ${files.join(' -> ')}`,
  );
  const known = new Set(runTime);
  const all = cycles(tree, () => true).map((files) => files.join(' -> '));
  const typeOnly = all.filter((path) => !known.has(`import cycle: ${path}`));
  return [...runTime, ...typeOnly.map((path) => `import cycle (through types): ${path}`)];
}

/** One cycle per back edge met by a depth-first walk: not every cycle, but none when there is none. */
function cycles(tree: SourceTree, counts: (link: { typeOnly: boolean }) => boolean): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const walk = (file: string) => {
    const start = path.indexOf(file);
    if (start >= 0) return void found.push([...path.slice(start), file]);
    if (done.has(file)) return;
    path.push(file);
    for (const link of tree.get(file) ?? []) {
      if (counts(link) && link.to !== undefined && tree.has(link.to)) walk(link.to);
    }
    path.pop();
    done.add(file);
  };
  for (const file of tree.keys()) walk(file);
  return found;
}
