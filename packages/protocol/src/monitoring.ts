import {
  addDays,
  addHours,
  type CivilDay,
  dayOf,
  type Instant,
  instantMs,
  startOfDay,
  toInstant,
} from './calendar.ts';
import type { KeyPopulation, ManagedClass, ProtocolPack, RiskLevel } from './pack.ts';
import { type RuleRef, ruleOrThrow, ruleRef } from './rules.ts';

export type NextTest = RuleRef & {
  /** A sample before this instant would be too soon after the last. */
  notBefore: Instant | null;
  /** Sample by the end of this civil day. */
  dueOn: CivilDay;
  overdue: boolean;
};

/**
 * When a person of a key population must be sampled next: the week is divided evenly (2 a week = every 3 days), the
 * rule's least distance in hours is kept. Never sampled = due today.
 */
export function nextTestDue(
  pack: ProtocolPack,
  population: KeyPopulation,
  lastSampledAt: Instant | null,
  now: Instant,
): NextTest {
  const path = `monitoring.populations.${population}`;
  const rule = ruleOrThrow(
    pack,
    path,
    pack.monitoring.populations[population],
    'this pack tests no such population',
  );
  const { counting, value } = rule;
  const today = dayOf(now, counting.tz);
  const dueOn = lastSampledAt
    ? addDays(dayOf(lastSampledAt, counting.tz), Math.floor(7 / value.perWeek))
    : today;
  const notBefore = lastSampledAt ? addHours(lastSampledAt, value.minHoursBetween, counting.tz) : null;
  return { ...ruleRef(pack, path, rule), notBefore, dueOn, overdue: dueOn < today };
}

export type TravelDuty = {
  class: Extract<ManagedClass, 'high_area_history' | 'medium_area_history' | 'low_area_history'>;
  /** The stay that decides: feed this day into `quarantineSchedule` as anchor `leaving_area`. */
  leftOn: CivilDay;
};

/**
 * The management class of a person arriving, from the risk areas of the last days alone: travel, never who they are.
 * The highest level decides, then the latest departure. A class the edition abolished is passed over. null = no duty.
 *
 * @param lookBackDays civil days of history that count; the 9th edition asks for 7
 */
export function travelDuty(
  pack: ProtocolPack,
  history: readonly { level: RiskLevel; leftAt: Instant }[],
  arrivedAt: Instant,
  lookBackDays = 7,
): TravelDuty | null {
  const from = instantMs(startOfDay(addDays(dayOf(arrivedAt, pack.tz), -lookBackDays), pack.tz));
  const until = instantMs(arrivedAt);
  for (const [level, managed] of TRAVEL_CLASSES) {
    if (!pack.management.classes[managed]?.value.determined) continue;
    const left = history
      .filter((stay) => stay.level === level)
      .map((stay) => instantMs(stay.leftAt))
      .filter((ms) => ms >= from && ms <= until);
    if (left.length > 0)
      return { class: managed, leftOn: dayOf(toInstant(Math.max(...left), pack.tz), pack.tz) };
  }
  return null;
}

const TRAVEL_CLASSES = [
  ['high', 'high_area_history'],
  ['medium', 'medium_area_history'],
  ['low', 'low_area_history'],
] as const;
