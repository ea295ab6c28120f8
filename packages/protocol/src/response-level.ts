import { addDays, type CivilDay } from './calendar.ts';
import type { ProtocolPack, ResponseLevel, Text } from './pack.ts';
import { type RuleRef, ruleRef } from './rules.ts';

/** Cases that count for the level: where and when. No other attribute is needed. */
export type SituationCase = {
  /** Division code of the county (GB/T 2260, 6 digits); its first 4 and 2 digits are prefecture and province. */
  county: string;
  date: CivilDay;
  form?: string | undefined;
};

export type LevelProposal = {
  /** null = ungraded (未分级): no criterion of the pack is met. */
  level: ResponseLevel | null;
  authority: Text | null;
  /** Criteria met, highest level first, each with the number that met it. */
  met: (RuleRef & { level: ResponseLevel; text: Text; count: number; atLeast: number })[];
};

/**
 * The response level the pack's criteria give. Numbers are the highest in any window of `withinDays` civil days, so a
 * level reached once stays visible until people end it; adjusting and ending are acts of an authority, not of this.
 */
export function proposeLevel(pack: ProtocolPack, cases: readonly SituationCase[]): LevelProposal {
  const met: LevelProposal['met'] = [];
  for (const [name, rule] of Object.entries(pack.response.criteria)) {
    const { level, metric, atLeast, withinDays, forms, text } = rule.value;
    const counted = forms
      ? cases.filter((each) => each.form !== undefined && forms.includes(each.form))
      : cases;
    const count = highestInWindow(counted, withinDays, METRICS[metric]);
    if (count >= atLeast) {
      met.push({ ...ruleRef(pack, `response.criteria.${name}`, rule), level, text, count, atLeast });
    }
  }
  met.sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
  const level = met[0]?.level ?? null;
  return { level, authority: level ? pack.response.levels[level].value.authority : null, met };
}

const ORDER: readonly ResponseLevel[] = ['I', 'II', 'III', 'IV'];

type Metric = ProtocolPack['response']['criteria'][string]['value']['metric'];

const METRICS: Record<Metric, (cases: readonly SituationCase[]) => number> = {
  cases_in_one_county: (cases) => Math.max(0, ...countBy(cases, 6).values()),
  counties_affected: (cases) => countBy(cases, 6).size,
  prefectures_affected: (cases) => countBy(cases, 4).size,
  provinces_affected: (cases) => countBy(cases, 2).size,
};

function countBy(cases: readonly SituationCase[], digits: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { county } of cases) {
    const key = county.slice(0, digits);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function highestInWindow(
  cases: readonly SituationCase[],
  days: number,
  measure: (cases: readonly SituationCase[]) => number,
): number {
  // The highest window can always be slid to start on the day of a case.
  const starts = new Set(cases.map((each) => each.date));
  let highest = 0;
  for (const start of starts) {
    const end = addDays(start, days - 1);
    highest = Math.max(highest, measure(cases.filter((each) => each.date >= start && each.date <= end)));
  }
  return highest;
}

export type ResponseLevelPlan = RuleRef & ProtocolPack['response']['levels'][ResponseLevel]['value'];

/** Name, authority, standing measures and tasks of a level: proposed, adopted line by line. */
export function responseLevel(pack: ProtocolPack, level: ResponseLevel): ResponseLevelPlan {
  const rule = pack.response.levels[level];
  return { ...ruleRef(pack, `response.levels.${level}`, rule), ...rule.value };
}

/** What raising or lowering the level would add and what it would end, as lines to adopt one by one. */
export function compareLevels(pack: ProtocolPack, from: ResponseLevel | null, to: ResponseLevel) {
  const before = from ? pack.response.levels[from].value : { measures: [], tasks: [] };
  const after = pack.response.levels[to].value;
  const without = <T extends { id: string }>(lines: readonly T[], other: readonly { id: string }[]): T[] =>
    lines.filter((line) => !other.some((each) => each.id === line.id));
  return {
    measuresAdded: without(after.measures, before.measures),
    measuresEnded: without(before.measures, after.measures),
    tasksAdded: without(after.tasks, before.tasks),
    tasksEnded: without(before.tasks, after.tasks),
  };
}
