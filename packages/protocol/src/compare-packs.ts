import { type ProtocolPack, type Rule, SECTIONS } from './pack.ts';
import { labelOf, type RuleLabel, type RuleText, textOf } from './rule-texts.ts';
import { rulesOf } from './rule-tree.ts';

export type RuleChange = {
  path: string;
  label: RuleLabel;
  change: 'added' | 'removed' | 'changed';
  before: (RuleText & { value: unknown }) | null;
  after: (RuleText & { value: unknown }) | null;
};

/**
 * The rules in which two packs differ, section by section: what a change of edition changes.
 * A rule differs by its value or by how it counts. A new source for the same value is no change.
 */
export function comparePacks(a: ProtocolPack, b: ProtocolPack): RuleChange[] {
  const [rulesBefore, rulesAfter] = [rulesOf(a), rulesOf(b)];
  const before = new Map(rulesBefore.map(({ path, rule }) => [path, rule]));
  const after = new Map(rulesAfter.map(({ path, rule }) => [path, rule]));
  // Section by section, so that what took the place of a removed rule stands right below it.
  const paths = SECTIONS.flatMap((section) => [
    ...new Set(
      [...rulesBefore, ...rulesAfter].filter((leaf) => leaf.section === section).map((leaf) => leaf.path),
    ),
  ]);
  return paths.flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was && is && substance(was) === substance(is)) return [];
    return [
      {
        path,
        label: labelOf(path, (is ?? was)!),
        change: !was ? 'added' : !is ? 'removed' : 'changed',
        before: was ? { ...textOf(path, was), value: was.value } : null,
        after: is ? { ...textOf(path, is), value: is.value } : null,
      } satisfies RuleChange,
    ];
  });
}

function substance(rule: Rule<unknown>): string {
  const counting = 'counting' in rule ? rule.counting : null;
  return JSON.stringify(sortKeys({ value: rule.value, counting }));
}

/** Key order in a file is no difference between two rules. */
function sortKeys(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(sortKeys);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, value]) => [key, sortKeys(value)]),
  );
}
