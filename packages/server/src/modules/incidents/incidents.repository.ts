import { type ActorRef, LeveeError, type LevelChange, type ResponseLevelCode } from '@levee/contract';
import { sql } from 'kysely';
import { divisionNameOf } from '../../platform/db/division-name.ts';
import { plannedOnce } from '../../platform/db/planned-once.ts';
import type { Trx } from '../../platform/db/pool.ts';
import type { Clock, Incident } from './incident.ts';

const incidentRows = (trx: Trx) =>
  trx
    .selectFrom('incident')
    .selectAll('incident')
    .select((eb) => [
      divisionNameOf('incident.division').as('division_name'),
      eb
        .selectFrom('signal')
        .select(sql<number>`count(*)`.as('count'))
        .whereRef('signal.incident_id', '=', 'incident.id')
        .as('signal_count'),
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof incidentRows>['executeTakeFirstOrThrow']>>;

const toIncident = (row: Row): Incident => ({
  id: row.id,
  name: { zh: row.name_zh, en: row.name_en },
  division: row.division,
  divisionName: row.division_name,
  packId: row.pack_id,
  level: row.level as ResponseLevelCode,
  reason: row.reason,
  activatedAt: row.activated_at,
  activatedBy: { id: row.activated_by, name: row.activated_by_name },
  stoodDownAt: row.stood_down_at,
  signalCount: row.signal_count ?? 0,
  version: row.version,
});

export async function findIncidentById(trx: Trx, id: string): Promise<Incident | undefined> {
  const row = await incidentRows(trx).where('incident.id', '=', id).executeTakeFirst();
  return row && toIncident(row);
}

export async function findIncidentByIdOrThrow(trx: Trx, id: string): Promise<Incident> {
  const incident = await findIncidentById(trx, id);
  if (!incident) throw new LeveeError('not_found');
  return incident;
}

/** By which pack an incident is handled, and nothing else of it. @throws LeveeError `not_found` */
export async function findPackIdOrThrow(trx: Trx, incidentId: string): Promise<string> {
  const row = await trx
    .selectFrom('incident')
    .select('pack_id')
    .modifyFront(plannedOnce)
    .where('id', '=', incidentId)
    .executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return row.pack_id;
}

export async function lockIncidentByIdOrThrow(trx: Trx, id: string): Promise<Incident> {
  const row = await incidentRows(trx).where('incident.id', '=', id).forUpdate('incident').executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return toIncident(row);
}

/** Incidents whose response runs, the newest first. */
export async function currentIncidents(trx: Trx): Promise<Incident[]> {
  const rows = await incidentRows(trx)
    .where('stood_down_at', 'is', null)
    .orderBy('activated_at', 'desc')
    .orderBy('incident.id')
    .execute();
  return rows.map(toIncident);
}

export async function listIncidents(trx: Trx, offset: number, limit: number) {
  const rows = await incidentRows(trx)
    .select(sql<number>`count(*) over ()`.as('total'))
    .orderBy('activated_at', 'desc')
    .orderBy('incident.id')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(toIncident), total: rows[0]?.total ?? 0 };
}

/** False when an incident with this id is there already. */
export async function insertIncident(
  trx: Trx,
  incident: Pick<
    Incident,
    'id' | 'name' | 'division' | 'packId' | 'level' | 'reason' | 'activatedAt' | 'activatedBy'
  >,
): Promise<boolean> {
  const inserted = await trx
    .insertInto('incident')
    .values({
      id: incident.id,
      name_zh: incident.name.zh,
      name_en: incident.name.en,
      division: incident.division,
      pack_id: incident.packId,
      level: incident.level,
      reason: incident.reason,
      activated_at: incident.activatedAt,
      activated_by: incident.activatedBy.id,
      activated_by_name: incident.activatedBy.name,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function updateIncident(
  trx: Trx,
  id: string,
  change: { level?: ResponseLevelCode; stoodDownAt?: string; stoodDownReason?: string },
): Promise<void> {
  await trx
    .updateTable('incident')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...(change.level && { level: change.level }),
      ...(change.stoodDownAt && {
        stood_down_at: change.stoodDownAt,
        stood_down_reason: change.stoodDownReason ?? null,
      }),
    }))
    .where('id', '=', id)
    .execute();
}

const clockRows = (trx: Trx) => trx.selectFrom('statutory_clock').selectAll();
type ClockRow = Awaited<ReturnType<ReturnType<typeof clockRows>['executeTakeFirstOrThrow']>>;

const toClock = (row: ClockRow): Clock => ({
  id: row.id,
  incidentId: row.incident_id,
  division: row.division,
  kind: row.kind,
  name: { zh: row.name_zh, en: row.name_en },
  startedAt: row.started_at,
  dueAt: row.due_at,
  metAt: row.met_at,
  metBy: row.met_by && row.met_by_name ? { id: row.met_by, name: row.met_by_name } : null,
  evidence: row.evidence,
  source: row.source,
  confidence: row.confidence as Clock['confidence'],
});

export async function insertClock(
  trx: Trx,
  clock: Omit<Clock, 'metAt' | 'metBy' | 'evidence'>,
): Promise<void> {
  await trx
    .insertInto('statutory_clock')
    .values({
      id: clock.id,
      incident_id: clock.incidentId,
      division: clock.division,
      kind: clock.kind,
      name_zh: clock.name.zh,
      name_en: clock.name.en,
      started_at: clock.startedAt,
      due_at: clock.dueAt,
      source: clock.source,
      confidence: clock.confidence,
    })
    .execute();
}

export async function clocksOf(trx: Trx, incidentIds: readonly string[]): Promise<Clock[]> {
  if (incidentIds.length === 0) return [];
  const rows = await clockRows(trx)
    .where('incident_id', 'in', [...incidentIds])
    .orderBy('due_at')
    .orderBy('kind')
    .execute();
  return rows.map(toClock);
}

export async function lockClockByIdOrThrow(trx: Trx, id: string): Promise<Clock> {
  const row = await clockRows(trx).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return toClock(row);
}

export async function updateClockMet(
  trx: Trx,
  id: string,
  met: { at: string; by: ActorRef; evidence: string },
): Promise<void> {
  await trx
    .updateTable('statutory_clock')
    .set({ met_at: met.at, met_by: met.by.id, met_by_name: met.by.name, evidence: met.evidence })
    .where('id', '=', id)
    .execute();
}

const changeRows = (trx: Trx) => trx.selectFrom('level_change').selectAll();
type ChangeRow = Awaited<ReturnType<ReturnType<typeof changeRows>['executeTakeFirstOrThrow']>>;

const toChange = (row: ChangeRow): LevelChange => ({
  id: row.id,
  incidentId: row.incident_id,
  from: row.from_level as ResponseLevelCode,
  to: row.to_level as ResponseLevelCode,
  reason: row.reason,
  lines: row.lines as unknown as LevelChange['lines'],
  author: { id: row.author_id, name: row.author_name },
  proposedAt: row.proposed_at,
  approver: row.approver_id && row.approver_name ? { id: row.approver_id, name: row.approver_name } : null,
  decidedAt: row.decided_at,
  state: row.state as LevelChange['state'],
});

export async function changesOf(trx: Trx, incidentId: string): Promise<LevelChange[]> {
  const rows = await changeRows(trx)
    .where('incident_id', '=', incidentId)
    .orderBy('proposed_at', 'desc')
    .execute();
  return rows.map(toChange);
}

export async function lockChangeByIdOrThrow(trx: Trx, id: string): Promise<LevelChange> {
  const row = await changeRows(trx).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return toChange(row);
}

/** False when another change of this incident waits for its decision. */
export async function insertChange(trx: Trx, change: LevelChange, division: string): Promise<boolean> {
  const inserted = await trx
    .insertInto('level_change')
    .values({
      id: change.id,
      incident_id: change.incidentId,
      division,
      from_level: change.from ?? change.to,
      to_level: change.to,
      reason: change.reason,
      lines: JSON.stringify(change.lines),
      author_id: change.author.id,
      author_name: change.author.name,
      proposed_at: change.proposedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function updateChange(
  trx: Trx,
  id: string,
  decision: { state: 'approved' | 'declined'; approver: ActorRef; at: string },
): Promise<void> {
  await trx
    .updateTable('level_change')
    .set({
      state: decision.state,
      approver_id: decision.approver.id,
      approver_name: decision.approver.name,
      decided_at: decision.at,
    })
    .where('id', '=', id)
    .execute();
}
