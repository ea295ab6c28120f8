import { type SourceTree, workspaceOf } from './source-tree.ts';

/** What each step of the ladder may import of ours; a step only looks down. */
export const LADDER: Record<string, readonly string[]> = {
  'apps/console': ['packages/ui', 'packages/contract', 'packages/epi', 'packages/protocol'],
  'apps/field': ['packages/ui', 'packages/contract', 'packages/protocol'],
  'apps/portal': ['packages/ui', 'packages/contract'],
  'packages/ui': ['packages/contract', 'packages/protocol'],
  'packages/server': ['packages/contract', 'packages/epi', 'packages/protocol'],
  'packages/contract': ['packages/protocol'],
  'packages/protocol': [],
  'packages/epi': [],
};

const MODULE = /^packages\/server\/src\/modules\/([^/]+)\//;
const PLATFORM = 'packages/server/src/platform/';
/** Where the modules are put together; they may name the face of any. */
const COMPOSITION = /^packages\/server\/(src\/cli\/|src\/[^/]+\.ts$|scripts\/)/;
// A test may look around: it proves what its file does together with others.
const isTest = (file: string) => /\.test\.tsx?$|\/testing\//.test(file);

/** Imports that climb the ladder, cross a package's root by a path, or give `epi` a dependency. */
export function ladderProblems(tree: SourceTree): string[] {
  return eachLink(tree, (file, { specifier, to }) => {
    const from = workspaceOf(file);
    const allowed = LADDER[from];
    if (allowed === undefined) return `${from} has no place on the ladder`;
    if (from === 'packages/epi' && to === undefined && !isTest(file)) {
      return `epi depends on nothing, but imports ${specifier}`;
    }
    if (to === undefined || workspaceOf(to) === from) return undefined;
    if (specifier.startsWith('.')) return `reaches into ${workspaceOf(to)} by a path; import its name`;
    return allowed.includes(to) ? undefined : `${from} may not import ${to}`;
  });
}

/** Server modules that import a later module, or another module past its face `index.ts`. */
export function moduleProblems(tree: SourceTree, order: readonly string[]): string[] {
  return eachLink(tree, (file, { to }) => {
    const target = to?.match(MODULE)?.[1];
    if (to === undefined || target === undefined) return undefined;
    const own = file.match(MODULE)?.[1];
    if (own === target) return undefined;
    const face = `packages/server/src/modules/${target}/index.ts`;
    if (file.startsWith(PLATFORM) && !isTest(file)) return `platform imports the module ${target}`;
    if (to !== face) return `goes past the face of ${target}: import ${target}/index.ts`;
    if (own === undefined)
      return COMPOSITION.test(file) || isTest(file) ? undefined : `may not import the module ${target}`;
    if (isTest(file)) return undefined;
    return order.indexOf(target) < order.indexOf(own)
      ? undefined
      : `${own} imports ${target}, which comes after it`;
  });
}

/** Differences between the list in `modules.ts` and the folders. */
export function listProblems(order: readonly string[], folders: readonly string[]): string[] {
  return [
    ...order
      .filter((name) => !folders.includes(name))
      .map((name) => `modules.ts lists ${name}, which has no folder`),
    ...folders
      .filter((name) => !order.includes(name))
      .map((name) => `the folder modules/${name} is not in modules.ts`),
    ...order
      .filter((name, place) => order.indexOf(name) !== place)
      .map((name) => `modules.ts lists ${name} twice`),
  ];
}

function eachLink(
  tree: SourceTree,
  judge: (file: string, link: { specifier: string; to: string | undefined }) => string | undefined,
): string[] {
  const problems: string[] = [];
  for (const [file, links] of tree) {
    for (const link of links) {
      const problem = judge(file, link);
      if (problem !== undefined) problems.push(`${file}:${link.line}: ${problem}`);
    }
  }
  return problems;
}
