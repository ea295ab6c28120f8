import { type ActorRef, type Bilingual, refuseState, type SignalKind } from '@levee/contract';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { cancelTasksOf, closeTasksOf, openTask } from '../tasks/index.ts';
import type { Incident, Signal } from './incident.ts';
import * as signals from './signals.repository.ts';

const DECIDE_WITHIN_MINUTES = 30;

/** Raises a signal once, with a task for the duty officer to decide on it. */
export async function raiseSignal(context: Context, input: signals.NewSignal): Promise<Signal> {
  await raiseOnce(context, input);
  return signals.findSignalByIdOrThrow(context.trx, input.id);
}

const TASK_TITLES: Readonly<Record<SignalKind, Bilingual>> = {
  screening_positive: { zh: '处置初筛阳性信号', en: 'Decide on a screening-positive signal' },
  manual: { zh: '处置人工录入的信号', en: 'Decide on a signal entered by hand' },
  aberration: { zh: '处置数量异常信号', en: 'Decide on a signal of more than chance explains' },
};

/** Nothing where the same result, or the same place and day, raised one before. */
export async function raiseOnce(context: Context, input: signals.NewSignal): Promise<void> {
  requireScope(context, input.division);
  if (await signals.insertSignal(context.trx, input)) {
    await emit(context, {
      kind: 'signal.raised',
      division: input.division,
      subject: { type: 'signal', id: input.id },
      data: { signalId: input.id, personId: input.personId, kind: input.kind, foundIn: input.foundIn },
    });
    await openTask(context, {
      kind: 'incidents.decide_signal',
      title: TASK_TITLES[input.kind],
      division: input.division,
      role: 'duty_officer',
      dueAt: new Date(Date.parse(context.now) + DECIDE_WITHIN_MINUTES * 60_000).toISOString(),
      evidenceWanted: { zh: '启动、并入或排除的决定', en: 'Activated, joined or dismissed' },
      source: { type: 'signal', id: input.id },
      key: `signal-${input.id}`,
    });
  }
}

/** Takes undecided signals into an incident. Already in this one: nothing happens. Elsewhere or dismissed: refused. */
export async function joinSignals(
  context: Context,
  ids: readonly string[],
  incident: Pick<Incident, 'id' | 'name' | 'stoodDownAt'>,
): Promise<Signal[]> {
  if (incident.stoodDownAt !== null) {
    throw refuseState(
      { zh: '该事件已终止响应', en: 'the response to this incident has been stood down' },
      { zh: '并入仍在响应的事件，或启动新的事件。', en: 'Join a running incident, or activate a new one.' },
    );
  }
  const locked = await signals.lockSignalsByIds(context.trx, ids);
  for (const signal of locked) {
    if (signal.incidentId === incident.id) continue;
    requireOpen(signal);
    await decide(context, signal, { state: 'joined', incidentId: incident.id, reason: null });
    await emit(context, {
      kind: 'signal.joined',
      division: signal.division,
      subject: { type: 'signal', id: signal.id },
      incidentId: incident.id,
      data: {
        signalId: signal.id,
        kind: signal.kind,
        incidentId: incident.id,
        personId: signal.personId,
        resultId: signal.resultId,
        sampleId: signal.sampleId,
        siteId: signal.siteId,
        foundIn: signal.foundIn,
      },
    });
    await closeTasksOf(context, sourceOf(signal), {
      text: `已并入：${incident.name.zh}`,
      records: [{ type: 'incident', id: incident.id }],
    });
  }
  return locked;
}

export async function dismissSignal(
  context: Context,
  input: { signalId: string; reason: string },
): Promise<Signal> {
  const [signal] = await signals.lockSignalsByIds(context.trx, [input.signalId]);
  requireOpen(signal!);
  await decide(context, signal!, { state: 'dismissed', incidentId: null, reason: input.reason });
  await emit(context, {
    kind: 'signal.dismissed',
    division: signal!.division,
    subject: { type: 'signal', id: input.signalId },
  });
  await cancelTasksOf(context, sourceOf(signal!), input.reason);
  return signals.findSignalByIdOrThrow(context.trx, input.signalId);
}

const sourceOf = ({ id }: Signal) => ({ type: 'signal', id });

async function decide(
  context: Context,
  signal: Signal,
  decision: { state: 'joined' | 'dismissed'; incidentId: string | null; reason: string | null },
): Promise<void> {
  const by: ActorRef = { id: context.actor.id, name: context.actor.name };
  await signals.updateSignal(context.trx, signal.id, { ...decision, by, at: context.now });
}

function requireOpen(signal: Signal): void {
  if (signal.state === 'open') return;
  const who = signal.decidedBy?.name ?? '';
  throw refuseState(
    signal.state === 'joined'
      ? { zh: `该信号已由${who}并入事件`, en: `${who} has joined this signal to an incident` }
      : { zh: `该信号已由${who}排除`, en: `${who} has dismissed this signal` },
    { zh: '查看该信号的处置记录。', en: 'Look at what was decided.' },
  );
}
