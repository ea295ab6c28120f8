/** The one action that opens an incident: its clocks, its tasks, its signals. */
import { type ResponseLevelCode, refuse } from '@levee/contract';
import { packs, proposeLevel, responseLevel } from '@levee/protocol';
import { civilDayOf } from '../../platform/clock.ts';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { chainFor } from '../organisations/index.ts';
import { clockColumns, startClock, utc } from './clocks.service.ts';
import { clocksAtActivation, levelLines, roleOfClock, type Signal } from './incident.ts';
import * as incidents from './incidents.repository.ts';
import { incidentWithClocks } from './incidents.service.ts';
import { adoptLines } from './level-lines.service.ts';
import { lockSignalsByIds } from './signals.repository.ts';
import { joinSignals } from './signals.service.ts';

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
  await adoptLines(
    context,
    input,
    lines.filter(({ id }) => input.adopt.includes(id)),
  );
  return incidentWithClocks(context, input.id);
}

/** Earliest of the signals; without one, now. */
const knownAt = (context: Context, found: readonly Signal[]): string =>
  found.map(({ at }) => at).sort()[0] ?? context.now;

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
