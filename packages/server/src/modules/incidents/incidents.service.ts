import {
  LeveeError,
  type LevelLine,
  newId,
  type ResponseLevelCode,
  refuse,
  refuseState,
} from '@levee/contract';
import { packs, proposeLevel, responseLevel, type StatutoryClock } from '@levee/protocol';
import { civilDayOf } from '../../platform/clock.ts';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { chainFor } from '../organisations/index.ts';
import { cancelTasksOf, closeTasksOf, openTask } from '../tasks/index.ts';
import {
  type Clock,
  clockState,
  clocksAtActivation,
  DRAFT_WITHIN_HOURS,
  type Incident,
  levelLines,
  packOf,
  roleOfClock,
  roleOfLine,
  type Signal,
} from './incident.ts';
import * as incidents from './incidents.repository.ts';
import { lockSignalsByIds } from './signals.repository.ts';
import { joinSignals } from './signals.service.ts';

export function answerOf(incident: Incident) {
  const { title } = packOf(incident);
  return { ...incident, packTitle: title };
}

export function answerOfClock(clock: Clock, now: string) {
  const { division: _, ...rest } = clock;
  return { ...rest, state: clockState(clock, now) };
}

export interface Activation {
  readonly id: string;
  readonly signalIds: readonly string[];
  readonly packId: string;
  readonly level: ResponseLevelCode;
  readonly division: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly reason: string;
  readonly adopt: readonly string[];
}

/** What `activate` would start, without starting it. */
export async function planActivation(
  context: Context,
  input: Pick<Activation, 'packId' | 'level' | 'division' | 'signalIds'>,
) {
  const pack = requirePack(input.packId);
  const found = await lockSignalsByIds(context.trx, input.signalIds);
  const clocks = await Promise.all(
    clocksAtActivation(pack, knownAt(context, found)).map(async (clock) => ({
      ...clockColumns(clock),
      startsAt: utc(clock.startsAt),
      dueAt: utc(clock.dueAt),
      owner: (await chainFor(context, { division: input.division, role: roleOfClock(clock.id) })).owner,
    })),
  );
  const proposal = proposeLevel(
    pack,
    found.map(({ division, at }) => ({
      county: division.slice(0, 6),
      date: civilDayOf(at, context.platform.config.LEVEE_TIME_ZONE),
    })),
  );
  return {
    clocks,
    lines: levelLines(pack, null, input.level),
    authority: responseLevel(pack, input.level).authority,
    proposedLevel: proposal.level,
    proposedBecause: proposal.met.map(({ text, confidence }) => ({ text, confidence })),
  };
}

/**
 * One action: the incident opens, its clocks start with a task to a named owner each, the signals join, the adopted
 * lines of the level become tasks. The same id again answers the incident that is there.
 */
export async function activate(context: Context, input: Activation) {
  const pack = requirePack(input.packId);
  requireScope(context, input.division);
  const { actor, now } = context;
  const found = await lockSignalsByIds(context.trx, input.signalIds);
  const opened = await incidents.insertIncident(context.trx, {
    ...input,
    activatedAt: now,
    activatedBy: { id: actor.id, name: actor.name },
  });
  if (!opened) return incidentWithClocks(context, input.id);
  await emit(context, {
    kind: 'incident.activated',
    division: input.division,
    subject: { type: 'incident', id: input.id },
    incidentId: input.id,
    data: { incidentId: input.id, packId: input.packId, level: input.level, signalCount: found.length },
  });
  for (const clock of clocksAtActivation(pack, knownAt(context, found))) {
    await startClock(context, input, clock);
  }
  await joinSignals(context, input.signalIds, { ...input, stoodDownAt: null });
  const lines = levelLines(pack, null, input.level);
  await adoptLines(context, input, adopted(lines, input.adopt));
  return incidentWithClocks(context, input.id);
}

/** Earliest of the signals; without one, now. */
const knownAt = (context: Context, found: readonly Signal[]): string =>
  found.map(({ at }) => at).sort()[0] ?? context.now;

const utc = (instant: string): string => new Date(instant).toISOString();

function requirePack(packId: string) {
  const pack = Object.hasOwn(packs, packId) ? packs[packId] : undefined;
  if (!pack) {
    throw refuse(
      { zh: `没有防控方案“${packId}”`, en: `there is no protocol pack "${packId}"` },
      { zh: '从方案列表中选择。', en: 'Choose one of the list.' },
    );
  }
  return pack;
}

const clockColumns = (clock: StatutoryClock) => ({
  kind: clock.id,
  name: { zh: clock.nameZh, en: clock.nameEn },
  source: [clock.source.title, clock.source.section].filter(Boolean).join(' '),
  confidence: clock.confidence,
});

async function startClock(
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

const adopted = (lines: readonly LevelLine[], ids: readonly string[]): LevelLine[] =>
  lines.filter(({ id }) => ids.includes(id));

/** An added line becomes a task; an ended one cancels the task it had opened. */
async function adoptLines(
  context: Context,
  incident: Pick<Incident, 'id' | 'division'>,
  lines: readonly LevelLine[],
): Promise<void> {
  for (const line of lines) {
    const source = { type: `level_line:${line.id}`, id: incident.id };
    if (line.effect === 'end') {
      await cancelTasksOf(context, source, '响应级别调整');
      continue;
    }
    const hours = line.dueHours ?? DRAFT_WITHIN_HOURS;
    await openTask(context, {
      kind: line.kind === 'measure' ? 'incidents.draft_measure' : 'incidents.level_task',
      title:
        line.kind === 'measure'
          ? { zh: `拟定措施：${line.text.zh}`, en: `Draft the measure: ${line.text.en}` }
          : line.text,
      division: incident.division,
      role: roleOfLine(line),
      dueAt: new Date(Date.parse(context.now) + hours * 3_600_000).toISOString(),
      source,
      incidentId: incident.id,
    });
  }
}

export async function incidentWithClocks(context: Context, id: string) {
  const incident = await incidents.findIncidentByIdOrThrow(context.trx, id);
  const clocks = await incidents.clocksOf(context.trx, [id]);
  return { incident: answerOf(incident), clocks: clocks.map((clock) => answerOfClock(clock, context.now)) };
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

export async function levelProposal(context: Context, incidentId: string, to: ResponseLevelCode) {
  const incident = await incidents.findIncidentByIdOrThrow(context.trx, incidentId);
  const pack = packOf(incident);
  return {
    from: incident.level,
    to,
    authority: responseLevel(pack, to).authority,
    lines: levelLines(pack, incident.level, to),
  };
}

/** Proposes to raise or lower the level; nothing changes until another person approves. */
export async function proposeLevelChange(
  context: Context,
  input: {
    incidentId: string;
    id: string;
    to: ResponseLevelCode;
    reason: string;
    adopt: readonly string[];
    version: number;
  },
) {
  const incident = await lockRunning(context, input);
  if (incident.level === input.to) {
    throw refuse(
      { zh: `当前已是 ${input.to} 级响应`, en: `the level is ${input.to} already` },
      { zh: '选择另一级别。', en: 'Choose another level.' },
    );
  }
  const lines = levelLines(packOf(incident), incident.level, input.to).map((line) => ({
    ...line,
    adopted: input.adopt.includes(line.id),
  }));
  const proposed = await incidents.insertChange(
    context.trx,
    {
      id: input.id,
      incidentId: incident.id,
      from: incident.level,
      to: input.to,
      reason: input.reason,
      lines,
      author: { id: context.actor.id, name: context.actor.name },
      proposedAt: context.now,
      approver: null,
      decidedAt: null,
      state: 'proposed',
    },
    incident.division,
  );
  if (!proposed) {
    throw refuseState(
      { zh: '已有一项级别调整待批', en: 'another change of level waits for its decision' },
      { zh: '先对待批的调整作出决定。', en: 'Decide on that one first.' },
    );
  }
  await emit(context, {
    kind: 'incident.level_proposed',
    division: incident.division,
    subject: { type: 'level_change', id: input.id },
    incidentId: incident.id,
    data: { from: incident.level, to: input.to },
  });
  return incidents.lockChangeByIdOrThrow(context.trx, input.id);
}

/** Approves or declines. The author cannot; the database refuses it as well. */
export async function decideLevelChange(context: Context, input: { changeId: string; approve: boolean }) {
  const change = await incidents.lockChangeByIdOrThrow(context.trx, input.changeId);
  const incident = await incidents.lockIncidentByIdOrThrow(context.trx, change.incidentId);
  requireScope(context, incident.division);
  if (change.state !== 'proposed') {
    throw refuseState(
      { zh: '该调整已作出决定', en: 'this change has been decided' },
      { zh: '如需再调整，请另行提出。', en: 'Propose another change.' },
    );
  }
  if (change.author.id === context.actor.id) {
    throw refuse(
      { zh: '提出人不能审批自己的调整', en: 'the author cannot approve their own change' },
      { zh: '请另一位指挥长或值班员审批。', en: 'Another commander or duty officer decides.' },
    );
  }
  const state = input.approve ? 'approved' : 'declined';
  const approver = { id: context.actor.id, name: context.actor.name };
  await incidents.updateChange(context.trx, change.id, { state, approver, at: context.now });
  const lines = change.lines.filter(({ adopted: taken }) => taken);
  if (input.approve) {
    await incidents.updateIncident(context.trx, incident.id, { level: change.to });
    await adoptLines(context, incident, lines);
  }
  await emit(context, {
    kind: input.approve ? 'incident.level_changed' : 'incident.level_declined',
    division: incident.division,
    subject: { type: 'level_change', id: change.id },
    incidentId: incident.id,
    data: { from: change.from, to: change.to, lines: lines.map(({ id }) => id) },
  });
  return incidents.lockChangeByIdOrThrow(context.trx, change.id);
}

/** Ends the response. What was never reported stays on record as not met; the log stays readable. */
export async function standDown(
  context: Context,
  input: { incidentId: string; reason: string; version: number },
) {
  const incident = await lockRunning(context, input);
  await incidents.updateIncident(context.trx, incident.id, {
    stoodDownAt: context.now,
    stoodDownReason: input.reason,
  });
  await emit(context, {
    kind: 'incident.stood_down',
    division: incident.division,
    subject: { type: 'incident', id: incident.id },
    incidentId: incident.id,
  });
  return answerOf(await incidents.findIncidentByIdOrThrow(context.trx, incident.id));
}

async function lockRunning(
  context: Context,
  input: { incidentId: string; version: number },
): Promise<Incident> {
  const incident = await incidents.lockIncidentByIdOrThrow(context.trx, input.incidentId);
  requireScope(context, incident.division);
  if (incident.stoodDownAt !== null) {
    throw refuseState(
      { zh: '该事件已终止响应', en: 'the response has been stood down' },
      { zh: '需要时启动新的事件。', en: 'Activate a new incident if needed.' },
    );
  }
  if (incident.version !== input.version) {
    throw new LeveeError(
      'edit.clash',
      {},
      {
        detail: { mine: { version: input.version }, theirs: answerOf(incident) },
      },
    );
  }
  return incident;
}
