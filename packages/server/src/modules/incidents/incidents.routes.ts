import { incidents as contract, eventKinds } from '@levee/contract';
import { type Context, requireScope } from '../../platform/context.ts';
import { implement } from '../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../platform/http/paging.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { activate, planActivation } from './activation.service.ts';
import { clocksNow, meetClock } from './clocks.service.ts';
import * as incidents from './incidents.repository.ts';
import * as service from './incidents.service.ts';
import { decideLevelChange, levelProposal, proposeLevelChange } from './level-changes.service.ts';
import * as signals from './signals.repository.ts';
import * as signalsService from './signals.service.ts';
import { situationAt } from './situation.service.ts';
import { insertNote, listTimeline } from './timeline.repository.ts';

async function writeNote(
  context: Context,
  input: { incidentId: string; id: string; text: string; decision: boolean },
) {
  const incident = await incidents.findIncidentByIdOrThrow(context.trx, input.incidentId);
  requireScope(context, incident.division);
  const kind = input.decision ? 'incident.decided' : 'incident.noted';
  await insertNote(context.trx, { ...input, division: incident.division, at: context.now });
  await emit(context, {
    kind,
    division: incident.division,
    subject: { type: 'note', id: input.id },
    incidentId: incident.id,
  });
  return {
    kind,
    title: eventKinds[kind],
    at: context.now,
    division: incident.division,
    actor: { id: context.actor.id, name: context.actor.name },
    subject: { type: 'note', id: input.id },
    data: {},
    text: input.text,
  };
}

export const incidentsRoutes = implement('incidents', contract, {
  signals: async (context, { query }) => {
    const { items, total } = await signals.listSignals(context.trx, query, offsetOf(query), query.limit);
    return toPage(context, query, items, total);
  },
  raiseSignal: (context, { body }) =>
    signalsService.raiseSignal(context, {
      id: body.id,
      kind: 'manual',
      division: body.division,
      at: body.at ?? context.now,
      resultId: null,
      sampleId: null,
      personId: body.personId ?? null,
      siteId: body.siteId ?? null,
      foundIn: body.foundIn ?? null,
      note: body.note,
    }),
  joinSignal: async (context, { params, body }) => {
    const incident = await incidents.findIncidentByIdOrThrow(context.trx, body.incidentId);
    await signalsService.joinSignals(context, [params.signalId], incident);
    return signals.findSignalByIdOrThrow(context.trx, params.signalId);
  },
  dismissSignal: (context, { params, body }) =>
    signalsService.dismissSignal(context, { signalId: params.signalId, reason: body.reason }),
  plan: (context, { query }) => planActivation(context, { ...query, signalIds: query.signalId ?? [] }),
  activate: (context, { body }) => activate(context, body),
  current: async (context) => {
    const items = await incidents.currentIncidents(context.trx);
    return { items: items.map(service.answerOf), asOf: context.now };
  },
  list: async (context, { query }) => {
    const { items, total } = await incidents.listIncidents(context.trx, offsetOf(query), query.limit);
    return toPage(context, query, items.map(service.answerOf), total);
  },
  byId: async (context, { params }) => ({
    ...(await service.incidentWithClocks(context, params.incidentId)),
    levelChanges: await incidents.changesOf(context.trx, params.incidentId),
  }),
  clocks: async (context, { query }) => ({
    items: await clocksNow(context, query.running),
    asOf: context.now,
  }),
  meetClock: (context, { params, body }) =>
    meetClock(context, { clockId: params.clockId, evidence: body.evidence }),
  levelProposal: (context, { params, query }) => levelProposal(context, params.incidentId, query.to),
  proposeLevel: (context, { params, body }) => proposeLevelChange(context, { ...params, ...body }),
  decideLevel: (context, { params, body }) =>
    decideLevelChange(context, { changeId: params.changeId, approve: body.approve }),
  timeline: async (context, { query }) => {
    const { items, total } = await listTimeline(context.trx, query, offsetOf(query), query.limit);
    return toPage(context, query, items, total);
  },
  note: (context, { params, body }) => writeNote(context, { ...params, ...body }),
  standDown: (context, { params, body }) => service.standDown(context, { ...params, ...body }),
  situation: (context, { query }) => situationAt(context, query),
});
