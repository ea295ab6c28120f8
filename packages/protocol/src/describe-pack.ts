import type { Confidence, ProtocolPack, Section, Source, Text } from './pack.ts';
import { labelOf, type RuleLabel, SECTION_TITLES, textOf } from './rule-texts.ts';
import { rulesOf } from './rule-tree.ts';

export type PackRow = {
  path: string;
  label: RuleLabel;
  value: Text;
  /** How days are counted, in words; null for rules without time. */
  counting: Text | null;
  source: Source;
  confidence: Confidence;
  note: string | null;
};

export type PackSection = { section: Section; title: Text; rows: PackRow[] };

/** The pack as a person reads it: sections of rows, each with its value in words, its source and its trust. */
export function describePack(pack: ProtocolPack): PackSection[] {
  const sections = new Map<Section, PackSection>();
  for (const { section, path, rule } of rulesOf(pack)) {
    const entry = sections.get(section) ?? { section, title: SECTION_TITLES[section], rows: [] };
    sections.set(section, entry);
    const { text, counting } = textOf(path, rule);
    entry.rows.push({
      path,
      label: labelOf(path, rule),
      value: text,
      counting,
      source: rule.source,
      confidence: rule.confidence,
      note: rule.note ?? null,
    });
  }
  return [...sections.values()];
}
