/** An incident as it stands, and its end. */
import { LeveeError, refuseState } from '@levee/contract';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { answerOfClock } from './clocks.service.ts';
import { type Incident, packOf } from './incident.ts';
import * as incidents from './incidents.repository.ts';

export function answerOf(incident: Incident) {
  const { title } = packOf(incident);
  return { ...incident, packTitle: title };
}

export async function incidentWithClocks(context: Context, id: string) {
  const incident = await incidents.findIncidentByIdOrThrow(context.trx, id);
  const clocks = await incidents.clocksOf(context.trx, [id]);
  return { incident: answerOf(incident), clocks: clocks.map((clock) => answerOfClock(clock, context.now)) };
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

/** Holds the incident until the transaction ends; refuses one that is over, and an edit of an older version. */
export async function lockRunning(
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
