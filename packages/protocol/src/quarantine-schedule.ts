import {
  addDays,
  addHours,
  type CivilDay,
  dayOf,
  daysBetween,
  type Instant,
  instantMs,
  laterDay,
  nthDay,
  startOfDay,
  toDay,
} from './calendar.ts';
import { ProtocolError } from './errors.ts';
import type {
  Anchor,
  ManagedClass,
  ManagementPlan,
  PersonCondition,
  PhaseKind,
  PlanPhase,
  ProtocolPack,
  Text,
} from './pack.ts';
import { factOrThrow, type RuleRef, ruleOrThrow, ruleRef } from './rules.ts';

export type QuarantineInput = {
  class: ManagedClass;
  /** What the period can be counted from: civil days or instants. The pack says which one it needs. */
  anchors: Partial<Record<Anchor, CivilDay | Instant>>;
  /** When the person was in fact placed under the measure. */
  placedAt: Instant;
  conditions?: readonly PersonCondition[] | undefined;
};

export type ScheduledTest = {
  /** Day number the document uses, inside its phase. */
  day: number;
  date: CivilDay;
  method: 'pcr' | 'antigen' | 'temperature';
  specimen?: 'oropharyngeal_swab' | 'nasopharyngeal_swab' | undefined;
  /** Set when a late placement moved the release test to the last day: the date the document would give. */
  movedFrom?: CivilDay | undefined;
};

export type QuarantinePhase = {
  kind: PhaseKind;
  fromDate: CivilDay;
  /** Last day under the measure, inclusive. */
  untilDate: CivilDay;
  /** The measure is over from this instant on, whoever forgets it. */
  endsAt: Instant;
  mayGoOut: boolean;
  /** Days the document gives the phase; fewer remain when the person was placed late. */
  plannedDays: number;
  tests: ScheduledTest[];
};

export type LatePlacement = {
  daysBeforePlacement: number;
  daysLeft: number;
  plannedTestDays: number[];
  keptTestDays: number[];
  droppedTestDays: number[];
  /** The other reading, counting the period from isolation too: shown for comparison, never applied. */
  alternative: { untilDate: CivilDay; extraDays: number; tests: ScheduledTest[] };
  text: Text;
};

export type QuarantineSchedule = RuleRef & {
  class: ManagedClass;
  anchor: { name: Anchor; date: CivilDay };
  placedOn: CivilDay;
  phases: QuarantinePhase[];
  /** Last day of everything; null when nothing is left to do. */
  untilDate: CivilDay | null;
  endsAt: Instant | null;
  placedLate: LatePlacement | null;
  linkedContactTests: number;
  siteSamplesAtRelease: boolean;
  notes: Text[];
};

/**
 * Phases and test days of a person under management.
 *
 * Two countings meet here. The period runs from the rule's anchor (9th edition: last exposure, day 0). Test days of
 * the first phase run from isolation (first day = day 1). Someone placed late has fewer days left than tests
 * listed: the period is kept, tests beyond its end fall away, and where the plan asks for it the last one moves to
 * the last day. `placedLate` says what was dropped and kept and gives the other reading beside it.
 *
 * Later phases follow the planned end of the phase before, so a late placement never lengthens them.
 *
 * @throws ProtocolError `rule_not_in_pack` when the class is unknown or no longer determined, `missing_fact`
 *   when the anchor is not given
 */
export function quarantineSchedule(pack: ProtocolPack, input: QuarantineInput): QuarantineSchedule {
  const path = `management.classes.${input.class}`;
  const rule = ruleOrThrow(pack, path, pack.management.classes[input.class], 'choose a class of this pack');
  const plan = rule.value;
  if (!plan.determined) {
    throw new ProtocolError(
      'rule_not_in_pack',
      `pack "${pack.id}" no longer determines "${input.class}"; nobody may be placed under it, end what runs`,
    );
  }
  const { counting } = rule;
  const placedOn = dayOf(input.placedAt, counting.tz);
  const anchorValue = anchorOf(pack, input, counting.anchor);
  const anchorDate = toDay(anchorValue, counting.tz);
  const conditions = input.conditions ?? [];

  const notes: Text[] = [];
  const phases: QuarantinePhase[] = [];
  let placedLate: LatePlacement | null = null;
  let daysBefore = 0;
  for (const [index, planned] of phasesFor(plan, conditions).entries()) {
    // A period with the anchor as day 0 ends on day n; the phase after it starts the day after.
    const plannedFrom = nthDay(anchorDate, daysBefore + 1, counting);
    const untilDate = nthDay(anchorDate, daysBefore + planned.days, counting);
    daysBefore += planned.days;
    if (untilDate < placedOn) continue;

    const fromDate = index === 0 ? placedOn : laterDay(placedOn, plannedFrom);
    const testsFrom = index === 0 && plan.testCounting.anchor === 'isolation_start' ? placedOn : plannedFrom;
    const dayOne =
      index === 0 && plan.testCounting.anchor === 'isolation_start'
        ? plan.testCounting
        : { anchorIsDay: 1 as const };
    const listed = planned.tests.map((test) => ({ ...test, date: nthDay(testsFrom, test.day, dayOne) }));
    const tests = testsInside(listed, fromDate, untilDate, plan.releaseTestOnLastDay);
    if (index === 0 && tests.length > 0 && listed.at(-1)!.date > untilDate) {
      placedLate = latePlacement(planned, listed, tests, { anchorDate, placedOn, untilDate });
    }
    const kind = homeInstead(pack, planned.kind, conditions);
    if (kind !== planned.kind) notes.push(HOME_INSTEAD);
    phases.push({
      kind,
      fromDate,
      untilDate,
      endsAt:
        counting.unit === 'hour' && anchorValue.length > 10
          ? addHours(anchorValue, 24 * daysBefore, counting.tz)
          : startOfDay(addDays(untilDate, 1), counting.tz),
      mayGoOut: planned.mayGoOut,
      plannedDays: planned.days,
      tests,
    });
  }
  if (anchorDate > placedOn && counting.anchor === 'last_exposure') notes.push(EXPOSED_AFTER_PLACEMENT);
  if (phases.length === 0) notes.push(PERIOD_OVER);

  const last = phases.at(-1);
  return {
    ...ruleRef(pack, path, rule),
    class: input.class,
    anchor: { name: counting.anchor, date: anchorDate },
    placedOn,
    phases,
    untilDate: last?.untilDate ?? null,
    endsAt: last?.endsAt ?? null,
    placedLate,
    linkedContactTests: plan.linkedContactTests,
    siteSamplesAtRelease: plan.siteSamplesAtRelease,
    notes,
  };
}

const HOME_INSTEAD: Text = {
  zh: '符合居家隔离条件，以居家隔离代替集中隔离',
  en: 'meets a condition for home isolation, which takes the place of centralised isolation',
};
const EXPOSED_AFTER_PLACEMENT: Text = {
  zh: '末次暴露晚于纳入管理时间，请核对是否在隔离期间再次暴露',
  en: 'last exposure lies after placement: check whether the person was exposed again in isolation',
};
const PERIOD_OVER: Text = { zh: '管理期已满，不再管理', en: 'the period is over: nothing left to manage' };

function anchorOf(pack: ProtocolPack, input: QuarantineInput, anchor: Anchor): CivilDay | Instant {
  const given = input.anchors[anchor] ?? (anchor === 'isolation_start' ? input.placedAt : undefined);
  return factOrThrow(
    given,
    `anchors.${anchor}`,
    `pack "${pack.id}" counts "${input.class}" from ${anchor}; enter that day or instant`,
  );
}

function phasesFor(plan: ManagementPlan, conditions: readonly PersonCondition[]): readonly PlanPhase[] {
  return plan.variants.find((variant) => conditions.includes(variant.condition))?.phases ?? plan.phases;
}

function homeInstead(pack: ProtocolPack, kind: PhaseKind, conditions: readonly PersonCondition[]): PhaseKind {
  const allowed = pack.management.homeInsteadOfCentralised.value;
  const applies = conditions.some((condition) => allowed.includes(condition));
  return kind === 'centralised_isolation' && applies ? 'home_isolation' : kind;
}

function testsInside(
  listed: readonly ScheduledTest[],
  fromDate: CivilDay,
  untilDate: CivilDay,
  releaseTestOnLastDay: boolean,
): ScheduledTest[] {
  const kept = listed.filter((test) => test.date >= fromDate && test.date <= untilDate);
  const release = listed.at(-1);
  if (!release || release.date <= untilDate || !releaseTestOnLastDay) return kept;
  if (kept.at(-1)?.date === untilDate) return kept;
  return [...kept, { ...release, date: untilDate, movedFrom: release.date }];
}

function latePlacement(
  planned: PlanPhase,
  listed: readonly ScheduledTest[],
  tests: readonly ScheduledTest[],
  { anchorDate, placedOn, untilDate }: { anchorDate: CivilDay; placedOn: CivilDay; untilDate: CivilDay },
): LatePlacement {
  const keptTestDays = tests.map((test) => test.day);
  const droppedTestDays = planned.tests.map((test) => test.day).filter((day) => !keptTestDays.includes(day));
  const alternativeUntil = addDays(placedOn, planned.days - 1);
  const daysLeft = daysBetween(placedOn, untilDate) + 1;
  const daysBeforePlacement = daysBetween(anchorDate, placedOn);
  const moved = tests.find((test) => test.movedFrom);
  return {
    daysBeforePlacement,
    daysLeft,
    plannedTestDays: planned.tests.map((test) => test.day),
    keptTestDays,
    droppedTestDays,
    alternative: {
      untilDate: alternativeUntil,
      extraDays: daysBetween(untilDate, alternativeUntil),
      tests: [...listed],
    },
    text: {
      zh: `末次暴露后第${daysBeforePlacement}天才纳入，余${daysLeft}天；取消第${droppedTestDays.join('、') || '（无）'}天检测${moved ? `，第${moved.day}天检测提前至 ${moved.date}` : ''}`,
      en: `Placed ${daysBeforePlacement} days after the anchor, ${daysLeft} days left; tests of day ${droppedTestDays.join(', ') || '(none)'} dropped${moved ? `, test of day ${moved.day} moved to ${moved.date}` : ''}`,
    },
  };
}

/** True while the schedule holds the person at `now`: a test of time, never of a job. */
export function isUnderSchedule(schedule: QuarantineSchedule, now: Instant): boolean {
  return schedule.endsAt !== null && instantMs(now) < instantMs(schedule.endsAt);
}
