import type { PlaceLevel, ProtocolPack, RiskLevel, Text } from './pack.ts';
import { type RuleRef, ruleRef } from './rules.ts';

export type AreaPlace = { code: string; level: PlaceLevel };

/** A place where a case stayed, with the areas around it, smallest first. */
export type CaseStay = {
  caseId: string;
  place: AreaPlace;
  /** Areas the place lies in, in any order: building, compound, village, township, county. */
  within: readonly AreaPlace[];
  kind: 'home' | 'work' | 'activity' | 'isolation_site';
  /** Judged by the investigation: frequent activity there, and how likely transmission was. */
  frequent?: boolean | undefined;
  transmissionRisk: 'high' | 'possible' | 'low';
};

export type AreaProposal = RuleRef & {
  level: Extract<RiskLevel, 'high' | 'medium' | 'low'>;
  area: AreaPlace;
  caseIds: string[];
  reason: Text;
  /** Smaller area around the same stays, for the least-restrictive comparison; null when there is none. */
  smaller: AreaPlace | null;
};

export type AreaContext = {
  /** Transmission risk unclear or spread wide: the pack may then name larger units. */
  spreadUnclear?: boolean | undefined;
};

export type AreaProposals = {
  proposals: AreaProposal[];
  /** Stays that lead to no area, each with its reason: nothing is dropped silently. */
  without: { caseId: string; place: AreaPlace; reason: Text }[];
};

/**
 * Proposes risk areas from the stays of cases. A proposal is not a measure: it still needs ground, a second approver,
 * an end and a review.
 *
 * High: the dwelling of a case, and work or activity places used frequently with high transmission risk. Medium:
 * places with possible transmission risk. The area is the smallest unit around the place that the pack names for the
 * level. Proposals for one area are merged, the higher level wins. Low: the rest of each county with a proposal.
 */
export function proposeAreas(
  pack: ProtocolPack,
  stays: readonly CaseStay[],
  context: AreaContext = {},
): AreaProposals {
  const byArea = new Map<string, AreaProposal>();
  const without: AreaProposals['without'] = [];
  const counties = new Map<string, Set<string>>();

  for (const stay of stays) {
    const judged = judge(pack, stay);
    if (judged.level === null) {
      without.push({ caseId: stay.caseId, place: stay.place, reason: judged.reason });
      continue;
    }
    const proposal = proposalFor(pack, stay, judged.level, judged.reason, context);
    const earlier = byArea.get(proposal.area.code);
    byArea.set(proposal.area.code, earlier ? merge(earlier, proposal) : proposal);
    const county = [stay.place, ...stay.within].find((area) => area.level === 'county');
    if (county) counties.set(county.code, (counties.get(county.code) ?? new Set()).add(stay.caseId));
  }

  const proposals = [...byArea.values()].sort(
    (a, b) => LEVEL_ORDER[a.level] - LEVEL_ORDER[b.level] || a.area.code.localeCompare(b.area.code),
  );
  return { proposals: [...proposals, ...lowAreas(pack, counties)], without };
}

const LEVEL_ORDER = { high: 0, medium: 1, low: 2 } as const;

function judge(pack: ProtocolPack, stay: CaseStay): { level: 'high' | 'medium' | null; reason: Text } {
  if (stay.kind === 'isolation_site') {
    return {
      level: null,
      reason: { zh: '隔离管控中发现，不划区', en: 'found under isolation: no area is drawn' },
    };
  }
  const levels = pack.areas.levels.value;
  if (stay.kind === 'home') {
    return levels.includes('high')
      ? { level: 'high', reason: { zh: '感染者居住地', en: 'dwelling of an infected person' } }
      : { level: null, reason: LEVEL_UNKNOWN };
  }
  if (stay.frequent && stay.transmissionRisk === 'high') {
    return levels.includes('high')
      ? {
          level: 'high',
          reason: {
            zh: '活动频繁且传播风险较高的工作、活动地',
            en: 'work or activity place, frequent and with high transmission risk',
          },
        }
      : { level: null, reason: LEVEL_UNKNOWN };
  }
  if (stay.transmissionRisk === 'low') {
    return {
      level: null,
      reason: { zh: '传播风险低，追踪人员即可', en: 'low transmission risk: trace people, no area' },
    };
  }
  return levels.includes('medium')
    ? {
        level: 'medium',
        reason: { zh: '停留一定时间且可能存在传播风险', en: 'stayed some time, transmission possible' },
      }
    : {
        level: null,
        reason: {
          zh: '本版不设中风险区，追踪人员即可',
          en: 'this edition has no medium areas: trace people',
        },
      };
}

const LEVEL_UNKNOWN: Text = { zh: '本规则包不划风险区', en: 'this pack draws no risk areas' };

function proposalFor(
  pack: ProtocolPack,
  stay: CaseStay,
  level: 'high' | 'medium',
  reason: Text,
  context: AreaContext,
): AreaProposal {
  const path =
    level === 'medium' && pack.areas.mediumUnits
      ? 'areas.mediumUnits'
      : context.spreadUnclear
        ? 'areas.highUnitsWhenUnclear'
        : 'areas.highUnits';
  const rule =
    path === 'areas.mediumUnits'
      ? pack.areas.mediumUnits!
      : path === 'areas.highUnitsWhenUnclear'
        ? pack.areas.highUnitsWhenUnclear
        : pack.areas.highUnits;
  const around = [stay.place, ...stay.within].sort((a, b) => SIZE[a.level] - SIZE[b.level]);
  const fits = around.filter((area) => rule.value.includes(area.level));
  const area = fits[0] ?? stay.place;
  const noUnit: Text = {
    zh: `${reason.zh}（缺所属${rule.value.join('/')}资料，以场所本身划定）`,
    en: `${reason.en} (no ${rule.value.join(' or ')} on record: the place itself)`,
  };
  return {
    ...ruleRef(pack, path, rule),
    level,
    area: { code: area.code, level: area.level },
    caseIds: [stay.caseId],
    reason: fits[0] ? reason : noUnit,
    smaller: around.filter((each) => SIZE[each.level] < SIZE[area.level]).at(-1) ?? null,
  };
}

const SIZE: Record<PlaceLevel, number> = {
  household: 0,
  floor: 1,
  unit: 2,
  building: 3,
  compound: 4,
  grid: 5,
  village: 6,
  township: 7,
  county: 8,
  prefecture: 9,
};

function merge(a: AreaProposal, b: AreaProposal): AreaProposal {
  const [higher, other] = LEVEL_ORDER[a.level] <= LEVEL_ORDER[b.level] ? [a, b] : [b, a];
  const reason = higher.reason.zh.includes(other.reason.zh)
    ? higher.reason
    : { zh: `${higher.reason.zh}；${other.reason.zh}`, en: `${higher.reason.en}; ${other.reason.en}` };
  // Two stays in different buildings: the building of one no longer holds both.
  const smaller = a.smaller?.code === b.smaller?.code ? higher.smaller : null;
  return { ...higher, caseIds: [...new Set([...a.caseIds, ...b.caseIds])], reason, smaller };
}

function lowAreas(pack: ProtocolPack, counties: ReadonlyMap<string, ReadonlySet<string>>): AreaProposal[] {
  if (!pack.areas.levels.value.includes('low')) return [];
  return [...counties].map(([code, caseIds]) => ({
    ...ruleRef(pack, 'areas.levels', pack.areas.levels),
    level: 'low',
    area: { code, level: 'county' },
    caseIds: [...caseIds],
    reason: { zh: '本县其余地区', en: 'rest of the county' },
    smaller: null,
  }));
}
