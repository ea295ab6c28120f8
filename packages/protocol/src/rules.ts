import { ProtocolError } from './errors.ts';
import type { Confidence, ProtocolPack, Rule, Source } from './pack.ts';

/** Where an answer came from: the path of the rule in its pack, with the source and trust of that rule. */
export type RuleRef = {
  packId: string;
  /** Path inside the pack, like `management.classes.close`. */
  rule: string;
  source: Source;
  confidence: Confidence;
};

export function ruleRef(pack: ProtocolPack, path: string, rule: Rule<unknown>): RuleRef {
  return { packId: pack.id, rule: path, source: rule.source, confidence: rule.confidence };
}

/** The rule, or a refusal that names the pack, the path and what to do. */
export function ruleOrThrow<T>(
  pack: ProtocolPack,
  path: string,
  rule: T | null | undefined,
  next: string,
): T {
  if (rule === undefined || rule === null) {
    throw new ProtocolError('rule_not_in_pack', `pack "${pack.id}" has no rule ${path}; ${next}`);
  }
  return rule;
}

export function factOrThrow<T>(fact: T | null | undefined, name: string, why: string): T {
  if (fact === undefined || fact === null) {
    throw new ProtocolError('missing_fact', `${name} is missing: ${why}`);
  }
  return fact;
}
