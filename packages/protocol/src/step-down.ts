import {
  addDays,
  type CivilDay,
  dayOf,
  daysBetween,
  type Instant,
  instantMs,
  startOfDay,
} from './calendar.ts';
import { ProtocolError } from './errors.ts';
import type { ProtocolPack, RiskLevel, Text } from './pack.ts';
import { type RuleRef, ruleRef } from './rules.ts';

export type RiskArea = {
  level: RiskLevel;
  /** When the area got this level. */
  since: Instant;
  /** The level it came down from, if it did. */
  cameFrom?: RiskLevel | undefined;
};

export type ScreeningFact = {
  /** Civil day on which the round of the area was sampled. */
  sampledOn: CivilDay;
  /** Everybody due was sampled. */
  complete: boolean;
  /** null while results are out. */
  allNegative: boolean | null;
};

export type AreaFacts = {
  /** Time of the last new infected person of the area; null or absent when there was none since `since`. */
  lastNewCaseAt?: Instant | null | undefined;
  screenings: readonly ScreeningFact[];
  /** High and medium areas still standing in the same county; decides low -> routine. */
  otherAreasAbove?: number | undefined;
};

export type StepDownAnswer = Partial<RuleRef> & {
  level: RiskLevel;
  /** null when the pack knows no step down from here. */
  nextLevel: RiskLevel | null;
  /** The day the clock counts from. */
  clockFrom: CivilDay | null;
  /** Complete days without a new infected person. */
  daysWithout: number;
  daysNeeded: number;
  /** When the time condition is met, if no new case comes; other conditions stand in `blocking`. */
  earliestAt: Instant | null;
  ready: boolean;
  blocking: { rule: string; why: Text; clearsAt?: Instant }[];
};

/**
 * What an area is waiting for before it may step down.
 *
 * The clock is never stored: it is the time since the last new infected person (or since the level began), so a new
 * case resets it by itself, and a late case date moves it back. "7 days without" are seven complete days: with the
 * last case on the 1st, the 2nd to the 8th, over at the start of the 9th. The screening round must be sampled on
 * day 7 of that clock or later; an earlier clean round does not count.
 *
 * @throws ProtocolError `time_in_future` when the last case lies after `now`
 */
export function stepDown(pack: ProtocolPack, area: RiskArea, facts: AreaFacts, now: Instant): StepDownAnswer {
  const lastCaseAt = facts.lastNewCaseAt ?? null;
  if (lastCaseAt !== null && instantMs(lastCaseAt) > instantMs(now)) {
    throw new ProtocolError(
      'time_in_future',
      `lastNewCaseAt ${lastCaseAt} lies after now (${now}); correct it`,
    );
  }
  const newCaseSince = lastCaseAt !== null && instantMs(lastCaseAt) > instantMs(area.since);
  const step = stepFrom(pack, area, newCaseSince);
  if (!step) return noStep(pack, area);

  const { path, rule } = step;
  const { counting, value } = rule;
  const anchor = counting.anchor === 'last_new_case' ? (lastCaseAt ?? area.since) : area.since;
  const clockFrom = dayOf(anchor, counting.tz);
  const lastDay = addDays(clockFrom, value.days - counting.anchorIsDay);
  const earliestDay = value.days > 0 && counting.reached === 'day_end' ? addDays(lastDay, 1) : lastDay;
  const earliestAt = startOfDay(earliestDay, counting.tz);
  const today = dayOf(now, counting.tz);
  const daysWithout = Math.max(0, daysBetween(clockFrom, today) - 1);

  const blocking: StepDownAnswer['blocking'] = [];
  if (value.days > 0 && instantMs(now) < instantMs(earliestAt)) {
    blocking.push({
      rule: path,
      why: {
        zh: `连续无新增${Math.min(daysWithout, value.days)}天，需${value.days}天`,
        en: `${Math.min(daysWithout, value.days)} full days without a new case, ${value.days} needed`,
      },
      clearsAt: earliestAt,
    });
  }
  if (value.screeningOnDay !== null) {
    const from = addDays(clockFrom, value.screeningOnDay - counting.anchorIsDay);
    const missing = screeningBlock(facts.screenings, from);
    if (missing) blocking.push({ rule: path, why: missing });
  }
  if (area.level === 'low' && (facts.otherAreasAbove ?? 0) > 0) {
    blocking.push({
      rule: path,
      why: {
        zh: `全县仍有${facts.otherAreasAbove}个高、中风险区`,
        en: `${facts.otherAreasAbove} high or medium areas still stand in the county`,
      },
    });
  }
  if (area.cameFrom && newCaseSince) {
    blocking.push({
      rule: path,
      why: {
        zh: '降级后出现新增感染者，请重新研判等级',
        en: 'a new case since the step down: judge the level again',
      },
    });
  }
  return {
    ...ruleRef(pack, path, rule),
    level: area.level,
    nextLevel: value.to,
    clockFrom,
    daysWithout,
    daysNeeded: value.days,
    earliestAt,
    ready: blocking.length === 0,
    blocking,
  };
}

function stepFrom(pack: ProtocolPack, area: RiskArea, newCaseSince: boolean) {
  const steps = Object.entries(pack.areas.steps)
    .filter(([, rule]) => rule.value.from === area.level)
    .map(([name, rule]) => ({ path: `areas.steps.${name}`, rule }));
  // The shorter way for an area that came down holds only while no new case has appeared on it.
  const special = steps.find(
    ({ rule }) => rule.value.cameFrom !== undefined && rule.value.cameFrom === area.cameFrom && !newCaseSince,
  );
  return special ?? steps.find(({ rule }) => rule.value.cameFrom === undefined);
}

function noStep(pack: ProtocolPack, area: RiskArea): StepDownAnswer {
  const known = pack.areas.levels.value.includes(area.level);
  const blocking = known
    ? []
    : [
        {
          rule: 'areas.levels',
          why: {
            zh: `规则包 ${pack.id} 已无此等级，请重新研判`,
            en: `pack ${pack.id} no longer knows the level "${area.level}": judge the area again`,
          },
        },
      ];
  return {
    level: area.level,
    nextLevel: null,
    clockFrom: null,
    daysWithout: 0,
    daysNeeded: 0,
    earliestAt: null,
    ready: false,
    blocking,
  };
}

function screeningBlock(screenings: readonly ScreeningFact[], from: CivilDay): Text | null {
  const counting = screenings.filter((round) => round.sampledOn >= from);
  if (counting.some((round) => round.complete && round.allNegative === true)) return null;
  if (counting.some((round) => round.allNegative === false)) {
    return { zh: '区域筛查有阳性', en: 'the screening round of the area has a positive' };
  }
  if (counting.some((round) => round.allNegative === null)) {
    return { zh: '区域筛查结果未出', en: 'results of the screening round are not out' };
  }
  if (counting.length > 0) {
    return { zh: '区域筛查未全员完成', en: 'the screening round has not reached everybody' };
  }
  return {
    zh: `缺 ${from} 或之后采样的全员筛查`,
    en: `no full round of the area sampled on ${from} or later`,
  };
}
