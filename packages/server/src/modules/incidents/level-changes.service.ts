/** Raising and lowering the level: one person proposes, another decides. */
import { type ResponseLevelCode, refuse, refuseState } from '@levee/contract';
import { responseLevel } from '@levee/protocol';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { levelLines, packOf } from './incident.ts';
import * as incidents from './incidents.repository.ts';
import { lockRunning } from './incidents.service.ts';
import { adoptLines } from './level-lines.service.ts';

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
