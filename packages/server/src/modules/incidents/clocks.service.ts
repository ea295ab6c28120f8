/** Statutory clocks: each starts with a task to a named owner, and is met once, with evidence. */
import { newId } from '@levee/contract';
import type { StatutoryClock } from '@levee/protocol';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { closeTasksOf, openTask } from '../tasks/index.ts';
import { type Clock, clockState, type Incident, roleOfClock } from './incident.ts';
import * as incidents from './incidents.repository.ts';

export function answerOfClock(clock: Clock, now: string) {
  const { division: _, ...rest } = clock;
  return { ...rest, state: clockState(clock, now) };
}

export const utc = (instant: string): string => new Date(instant).toISOString();

export const clockColumns = (clock: StatutoryClock) => ({
  kind: clock.id,
  name: { zh: clock.nameZh, en: clock.nameEn },
  source: [clock.source.title, clock.source.section].filter(Boolean).join(' '),
  confidence: clock.confidence,
});

export async function startClock(
  context: Context,
  incident: Pick<Incident, 'id' | 'division'>,
  clock: StatutoryClock,
): Promise<void> {
  const id = newId(Date.parse(context.now));
  const columns = clockColumns(clock);
  const dueAt = utc(clock.dueAt);
  await incidents.insertClock(context.trx, {
    ...columns,
    id,
    incidentId: incident.id,
    division: incident.division,
    startedAt: utc(clock.startsAt),
    dueAt,
  });
  await emit(context, {
    kind: 'clock.started',
    division: incident.division,
    subject: { type: 'clock', id },
    incidentId: incident.id,
    data: { kind: clock.id, dueAt },
  });
  await openTask(context, {
    kind: 'incidents.clock',
    title: columns.name,
    division: incident.division,
    role: roleOfClock(clock.id),
    dueAt,
    evidenceWanted: { zh: '报告编号或办理说明', en: 'Report number, or what was done' },
    source: { type: 'clock', id },
    incidentId: incident.id,
    key: `clock-${incident.id}-${clock.id}`,
  });
}

/** Clocks of the running incidents; `running` leaves out what was reported done. */
export async function clocksNow(context: Context, running: boolean) {
  const current = await incidents.currentIncidents(context.trx);
  const clocks = await incidents.clocksOf(
    context.trx,
    current.map(({ id }) => id),
  );
  return clocks
    .filter(({ metAt }) => !running || metAt === null)
    .map((clock) => answerOfClock(clock, context.now));
}

/** Reports what the clock asks for as done; its task closes with the same evidence. Met twice answers the first. */
export async function meetClock(context: Context, input: { clockId: string; evidence: string }) {
  const clock = await incidents.lockClockByIdOrThrow(context.trx, input.clockId);
  requireScope(context, clock.division);
  if (clock.metAt !== null) return answerOfClock(clock, context.now);
  await putMet(context, clock, input.evidence);
  await closeTasksOf(context, { type: 'clock', id: clock.id }, { text: input.evidence });
  return answerOfClock(await incidents.lockClockByIdOrThrow(context.trx, clock.id), context.now);
}

/** The task of a clock was reported done: the clock is met with it. */
export async function meetClockByTask(context: Context, clockId: string, at: string): Promise<void> {
  const clock = await incidents.lockClockByIdOrThrow(context.trx, clockId);
  if (clock.metAt === null) await putMet(context, clock, '随任务办结', at);
}

async function putMet(context: Context, clock: Clock, evidence: string, at = context.now): Promise<void> {
  const by = { id: context.actor.id, name: context.actor.name };
  await incidents.updateClockMet(context.trx, clock.id, { at, by, evidence });
  await emit(context, {
    kind: 'clock.met',
    division: clock.division,
    subject: { type: 'clock', id: clock.id },
    incidentId: clock.incidentId,
    data: { kind: clock.kind, late: at > clock.dueAt },
  });
}
