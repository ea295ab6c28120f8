import { dayOf, daysBetween, type Instant } from './calendar.ts';
import type { ProtocolPack, Text } from './pack.ts';
import {
  type QuarantineInput,
  type QuarantineSchedule,
  quarantineSchedule,
  type ScheduledTest,
} from './quarantine-schedule.ts';

export type EditionEffect = {
  mode: 'keep' | 'retime';
  before: QuarantineSchedule;
  /** The schedule to run from the change on; null when the new edition ends the measure. */
  after: QuarantineSchedule | null;
  endsAtBefore: Instant | null;
  endsAtAfter: Instant | null;
  /** Negative = the person is free earlier. */
  daysChanged: number;
  testsAdded: ScheduledTest[];
  testsRemoved: ScheduledTest[];
  /** The new edition would hold longer: not applied, it needs a new decision with new evidence. */
  needsNewDecision: boolean;
  text: Text;
};

/**
 * What a change of edition does to one running schedule, before anybody presses the button.
 *
 * `keep` leaves it as it is. `retime` counts again from the same anchor with the new rules; a class that is no longer
 * determined ends at the change. A new edition never prolongs by itself: where it would, the old end stays and
 * `needsNewDecision` is set. `testsAdded` may lie before the change:
 * they were not asked for then and are not missed now.
 *
 * @param running what the schedule was made from; `changedAt` when the new edition is adopted
 */
export function changeEdition(
  from: ProtocolPack,
  to: ProtocolPack,
  running: QuarantineInput,
  changedAt: Instant,
): EditionEffect {
  const before = quarantineSchedule(from, running);
  const mode = to.onEditionChange;
  if (mode === 'keep') return effect(mode, before, before, false, KEPT);

  const plan = to.management.classes[running.class];
  if (!plan?.value.determined) {
    const today = dayOf(changedAt, to.tz);
    const alreadyOver = before.untilDate === null || before.untilDate < today;
    if (alreadyOver) return effect(mode, before, before, false, KEPT);
    return {
      ...effect(mode, before, null, false, ENDED),
      endsAtAfter: changedAt,
      daysChanged: daysBetween(before.untilDate!, today),
    };
  }
  const after = quarantineSchedule(to, running);
  const longer = (after.untilDate ?? '') > (before.untilDate ?? '');
  return longer ? effect(mode, before, before, true, LONGER) : effect(mode, before, after, false, RETIMED);
}

const KEPT: Text = { zh: '按原版本执行至期满', en: 'runs to its end under the old edition' };
const ENDED: Text = {
  zh: '新版本不再判定该类人员，自变更时起解除',
  en: 'the new edition no longer determines this class: ends at the change',
};
const LONGER: Text = {
  zh: '新版本期限更长，未自动延长，须凭新证据另行决定',
  en: 'the new edition is longer: not prolonged without a new decision on new evidence',
};
const RETIMED: Text = { zh: '按新版本重新计算', en: 'counted again under the new edition' };

function effect(
  mode: 'keep' | 'retime',
  before: QuarantineSchedule,
  after: QuarantineSchedule | null,
  needsNewDecision: boolean,
  text: Text,
): EditionEffect {
  const testsBefore = testsOf(before);
  const testsAfter = testsOf(after);
  const dates = (tests: ScheduledTest[]) => new Set(tests.map((test) => `${test.date} ${test.method}`));
  const [datesBefore, datesAfter] = [dates(testsBefore), dates(testsAfter)];
  return {
    mode,
    before,
    after,
    endsAtBefore: before.endsAt,
    endsAtAfter: after?.endsAt ?? null,
    daysChanged: before.untilDate && after?.untilDate ? daysBetween(before.untilDate, after.untilDate) : 0,
    testsAdded: testsAfter.filter((test) => !datesBefore.has(`${test.date} ${test.method}`)),
    testsRemoved: testsBefore.filter((test) => !datesAfter.has(`${test.date} ${test.method}`)),
    needsNewDecision,
    text,
  };
}

function testsOf(schedule: QuarantineSchedule | null): ScheduledTest[] {
  return schedule?.phases.flatMap((phase) => phase.tests) ?? [];
}
