/** An order made of an accepted contact, its schedule and its place in the closed loop. Pure rules. */
import type { IsolationClass, LoopStep, NotifyChannel, OrderState, TestState } from '@levee/contract';
import {
  addDays,
  dayOf,
  daysBetween,
  getPackOrThrow,
  type PersonCondition,
  type PhaseKind,
  type ProtocolPack,
  type QuarantineSchedule,
  quarantineSchedule,
  type ScheduledTest,
} from '@levee/protocol';

export interface IsolationOrder {
  readonly id: string;
  readonly contactId: string;
  readonly personId: string;
  readonly caseId: string | null;
  readonly incidentId: string | null;
  readonly division: string;
  readonly packId: string;
  readonly class: IsolationClass;
  readonly schedule: QuarantineSchedule;
  readonly conditions: readonly PersonCondition[];
  readonly revision: number;
  readonly draftedAt: string;
  readonly foundAt: string;
  readonly notifiedAt: string | null;
  readonly notifiedBy: string | null;
  readonly notifiedChannel: NotifyChannel | null;
  readonly transferredAt: string | null;
  readonly transferredBy: string | null;
  readonly admittedAt: string | null;
  readonly admittedBy: string | null;
  readonly roomId: string | null;
  readonly releasedAt: string | null;
  readonly releasedBy: string | null;
  readonly withdrawnAt: string | null;
  readonly withdrawnReason: string | null;
  readonly undraftedReason: string | null;
  readonly version: number;
  /** As the query answered for the time it was asked for. */
  readonly state: OrderState;
  readonly approvedAt: string | null;
}

/** Less strict later: a change to a higher number frees at once. */
const STRICTNESS: Readonly<Record<IsolationClass, number>> = { close: 0, contact_of_contact: 1, general: 2 };
export const isMilder = (to: IsolationClass, from: IsolationClass): boolean =>
  STRICTNESS[to] > STRICTNESS[from];

/** Where the person is to be in the phase that decides the loop; null when nothing could be drafted. */
export const kindOf = (order: Pick<IsolationOrder, 'schedule'>): PhaseKind | null =>
  order.schedule.phases[0]?.kind ?? null;

/** Which steps an order goes through: nobody is transferred into their own home, nobody is admitted to self-monitoring. */
export function stepsOf(order: Pick<IsolationOrder, 'schedule'>): ReadonlySet<LoopStep> {
  const kind = kindOf(order);
  const steps = new Set<LoopStep>(['found', 'notified', 'released']);
  if (kind === 'centralised_isolation') steps.add('transferred').add('admitted');
  if (kind === 'home_isolation') steps.add('admitted');
  if ((order.schedule.phases[0]?.tests.length ?? 0) > 0) steps.add('tested');
  return steps;
}

/** @throws ProtocolError where the pack does not determine the class, or lacks the anchor */
export function makeSchedule(
  pack: ProtocolPack,
  facts: {
    class: IsolationClass;
    lastExposure: string;
    placedAt: string;
    conditions: readonly PersonCondition[];
  },
): QuarantineSchedule {
  return quarantineSchedule(pack, {
    class: facts.class,
    anchors: { last_exposure: dayOf(facts.lastExposure, pack.tz) },
    placedAt: facts.placedAt,
    conditions: facts.conditions,
  });
}

/** Test days run from the day the person is in fact placed; the period keeps the end that was decided. */
export function retimeTests(order: IsolationOrder, placedAt: string): QuarantineSchedule {
  const { anchor } = order.schedule;
  return quarantineSchedule(getPackOrThrow(order.packId), {
    class: order.class,
    anchors: { [anchor.name]: anchor.date },
    placedAt,
    conditions: order.conditions,
  });
}

/** Two schedules that ask the same of a person. */
export const samePeriod = (a: QuarantineSchedule, b: QuarantineSchedule): boolean =>
  a.phases.length === b.phases.length &&
  a.phases.every(
    (phase, index) => phase.kind === b.phases[index]!.kind && phase.endsAt === b.phases[index]!.endsAt,
  );

/** Day n of m of the phase that runs on `today`; null outside all phases. */
export function dayIn(schedule: QuarantineSchedule, today: string) {
  const phase = schedule.phases.find(({ fromDate, untilDate }) => fromDate <= today && today <= untilDate);
  if (!phase) return null;
  return {
    kind: phase.kind,
    n: daysBetween(phase.fromDate, today) + 1,
    of: daysBetween(phase.fromDate, phase.untilDate) + 1,
  };
}

/** One sample of the person, as far as it says something about them. */
export interface PersonTest {
  readonly sampledAt: string;
  readonly resultedAt: string | null;
  readonly result: 'negative' | 'positive' | 'inconclusive' | 'pending';
}

/** A scheduled test beside what was done: the sample of its day, else a later one that covers it. */
export function testState(
  test: ScheduledTest,
  tests: readonly PersonTest[],
  today: string,
  tz: string,
): { state: TestState; sampledAt: string | null; resultedAt: string | null } {
  const onDay = tests.filter(({ sampledAt }) => dayOf(sampledAt, tz) === test.date);
  // A negative of the same day answers an earlier tube that failed.
  const found = onDay.find(({ result }) => result === 'positive') ?? onDay.findLast(() => true);
  if (found) {
    const state = found.result === 'inconclusive' ? ('unclear' as const) : found.result;
    return { state, sampledAt: found.sampledAt, resultedAt: found.resultedAt };
  }
  const state = test.date > today ? 'planned' : test.date === today ? 'due' : 'missed';
  return { state, sampledAt: null, resultedAt: null };
}

/** Days from `today` on: today and the six after it. */
export const weekFrom = (today: string): string[] =>
  Array.from({ length: 7 }, (_, index) => addDays(today, index));
