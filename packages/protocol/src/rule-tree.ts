import { type Counting, isRule, type ProtocolPack, type Rule, SECTIONS, type Section } from './pack.ts';

export type RuleLeaf = { section: Section; path: string; rule: Rule<unknown> & { counting?: Counting } };

/** Every rule of a pack with its path, in the order of the sections. */
export function rulesOf(pack: ProtocolPack): RuleLeaf[] {
  return SECTIONS.flatMap((section) => leaves(section, section, pack[section]));
}

function leaves(section: Section, path: string, node: unknown): RuleLeaf[] {
  if (isRule(node)) return [{ section, path, rule: node }];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, child]) => leaves(section, `${path}.${key}`, child));
}
