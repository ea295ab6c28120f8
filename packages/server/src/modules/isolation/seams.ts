/** The seams of the closed loop and the time the pack allows each (D4). Pure. */
import { LOOP_STEPS, type LoopStep, type Role } from '@levee/contract';
import { addDays, dayOf, type ProtocolPack, startOfDay } from '@levee/protocol';
import { type IsolationOrder, type PersonTest, stepsOf, testState } from './isolation.ts';

/** Clock of the pack that limits each step; a pack without it sets no limit. */
const CLOCKS: Readonly<Partial<Record<LoopStep, string>>> = {
  notified: 'contactNotified',
  transferred: 'contactTransfer',
  admitted: 'contactAdmitted',
  tested: 'isolationResult',
  released: 'contactReleased',
};

export interface SeamLimit {
  readonly minutes: number;
  readonly name: { readonly zh: string; readonly en: string };
  readonly source: string;
  readonly confidence: 'sourced' | 'unverified';
}

export function limitOf(pack: ProtocolPack, step: LoopStep): SeamLimit | null {
  const rule = pack.clocks[CLOCKS[step] ?? ''];
  if (!rule) return null;
  return {
    minutes: rule.value.minutes,
    name: rule.value.name,
    source: [rule.source.title, rule.source.section].filter(Boolean).join(' '),
    confidence: rule.confidence,
  };
}

/** Who answers for a step; while an order waits for its second person, the commander does. */
export function roleOfStep(step: LoopStep, state: IsolationOrder['state']): Role {
  if (state === 'awaiting') return 'commander';
  if (step === 'tested') return 'laboratory';
  return 'field_worker';
}

export interface Seam {
  readonly step: LoopStep;
  readonly applies: boolean;
  readonly at: string | null;
  readonly startedAt: string | null;
  readonly dueAt: string | null;
  readonly late: boolean;
  readonly limit: SeamLimit | null;
}

/**
 * Every step with the clock of the seam before it. A seam is late when its time has run out and the step has not
 * happened; nothing has to have run for that. Orders that hold nobody (rejected, ended) are never late.
 */
export function loopOf(
  order: IsolationOrder,
  pack: ProtocolPack,
  tests: readonly PersonTest[],
  now: string,
): Seam[] {
  const steps = stepsOf(order);
  const runs = order.state === 'awaiting' || order.state === 'in_force';
  return LOOP_STEPS.map((step) => {
    // At home nobody arrives: the time allowed between arrival and room limits nothing there.
    const limit = step === 'admitted' && !steps.has('transferred') ? null : limitOf(pack, step);
    const applies = steps.has(step);
    const at = happenedAt(order, step, tests, pack.tz);
    const clock = applies && at === null ? clockOf(order, step, limit, tests, pack.tz, now) : null;
    const late = runs && clock !== null && Date.parse(clock.dueAt) <= Date.parse(now);
    return { step, applies, at, startedAt: null, dueAt: null, ...clock, late, limit };
  });
}

function happenedAt(
  order: IsolationOrder,
  step: LoopStep,
  tests: readonly PersonTest[],
  tz: string,
): string | null {
  switch (step) {
    case 'found':
      return order.foundAt;
    case 'notified':
      return order.notifiedAt;
    case 'transferred':
      return order.transferredAt;
    case 'admitted':
      return order.admittedAt;
    case 'tested':
      return releaseNegative(order, tests, tz)?.resultedAt ?? null;
    case 'released':
      return order.releasedAt;
  }
}

/** The negative that answers the last test of the first phase. */
function releaseNegative(order: IsolationOrder, tests: readonly PersonTest[], tz: string) {
  const last = order.schedule.phases[0]?.tests.at(-1);
  if (!last) return undefined;
  return tests.find(({ sampledAt, result }) => result === 'negative' && dayOf(sampledAt, tz) >= last.date);
}

const after = (startedAt: string, limit: SeamLimit | null) =>
  limit && { startedAt, dueAt: new Date(Date.parse(startedAt) + limit.minutes * 60_000).toISOString() };

function clockOf(
  order: IsolationOrder,
  step: LoopStep,
  limit: SeamLimit | null,
  tests: readonly PersonTest[],
  tz: string,
  now: string,
) {
  if (step === 'notified') return after(order.foundAt, limit);
  if (step === 'transferred') return after(order.foundAt, limit);
  if (step === 'admitted') return order.transferredAt === null ? null : after(order.transferredAt, limit);
  if (step === 'released') {
    const negative = releaseNegative(order, tests, tz);
    return negative?.resultedAt ? after(negative.resultedAt, limit) : null;
  }
  if (step === 'tested' && order.admittedAt !== null) return testClock(order, limit, tests, tz, now);
  return null;
}

/** The earliest of: a sample without result, a test day gone by without a sample since. */
function testClock(
  order: IsolationOrder,
  limit: SeamLimit | null,
  tests: readonly PersonTest[],
  tz: string,
  now: string,
) {
  const today = dayOf(now, tz);
  const open = tests
    .filter(({ result, sampledAt }) => result === 'pending' && sampledAt >= order.admittedAt!)
    .map(({ sampledAt }) => after(sampledAt, limit));
  const missed = order.schedule.phases[0]!.tests.filter(
    (test) =>
      testState(test, tests, today, tz).state === 'missed' &&
      !tests.some(({ sampledAt }) => dayOf(sampledAt, tz) > test.date),
  ).map(({ date }) => ({
    startedAt: new Date(startOfDay(date, tz)).toISOString(),
    dueAt: new Date(startOfDay(addDays(date, 1), tz)).toISOString(),
  }));
  return (
    [...open, ...missed]
      .filter((clock) => clock !== null)
      .toSorted((a, b) => a.dueAt.localeCompare(b.dueAt))[0] ?? null
  );
}

/** The last step that has happened. Steps that do not apply are passed over. */
export function stageOf(seams: readonly Seam[]): LoopStep {
  return seams.findLast(({ applies, at }) => applies && at !== null)?.step ?? 'found';
}
