import {
  type ActorRef,
  type LadderStep,
  LeveeError,
  type TaskEvidence,
  type TaskState,
} from '@levee/contract';
import { sql } from 'kysely';
import { divisionNameOf } from '../../platform/db/division-name.ts';
import type { Trx } from '../../platform/db/pool.ts';
import { LADDER_MINUTES, type Task } from './task.ts';

const actorOf = (id: string | null, name: string | null): ActorRef | null =>
  id && name ? { id, name } : null;

const taskRows = (trx: Trx) =>
  trx
    .selectFrom('task')
    .selectAll('task')
    .select((eb) => [
      divisionNameOf('task.division').as('division_name'),
      eb
        .selectFrom('task as child')
        .select(sql<number>`count(*)`.as('count'))
        .whereRef('child.parent_id', '=', 'task.id')
        .where('child.state', '<>', 'cancelled')
        .as('below_total'),
      eb
        .selectFrom('task as child')
        .select(sql<number>`count(*)`.as('count'))
        .whereRef('child.parent_id', '=', 'task.id')
        .where('child.state', '=', 'done')
        .as('below_done'),
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof taskRows>['executeTakeFirstOrThrow']>>;

const toTask = (row: Row): Task => ({
  id: row.id,
  kind: row.kind,
  title: { zh: row.title_zh, en: row.title_en },
  division: row.division,
  divisionName: row.division_name,
  role: row.role,
  people: {
    owner: actorOf(row.owner_id, row.owner_name),
    deputy: actorOf(row.deputy_id, row.deputy_name),
    headquarters: actorOf(row.headquarters_id, row.headquarters_name),
    upper_headquarters: actorOf(row.upper_id, row.upper_name),
  },
  openedAt: row.opened_at,
  dueAt: row.due_at,
  state: row.state as TaskState,
  acceptedAt: row.accepted_at,
  closedAt: row.closed_at,
  evidenceWanted:
    row.evidence_wanted_zh && row.evidence_wanted_en
      ? { zh: row.evidence_wanted_zh, en: row.evidence_wanted_en }
      : null,
  evidence: row.evidence as unknown as TaskEvidence | null,
  source: { type: row.source_type, id: row.source_id },
  incidentId: row.incident_id,
  parentId: row.parent_id,
  below: { done: row.below_done ?? 0, total: row.below_total ?? 0 },
  escalationStep: row.escalation_step,
  version: row.version,
});

export async function findTaskByIdOrThrow(trx: Trx, id: string): Promise<Task> {
  const row = await taskRows(trx).where('task.id', '=', id).executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return toTask(row);
}

export async function lockTaskByIdOrThrow(trx: Trx, id: string): Promise<Task> {
  const row = await taskRows(trx).where('task.id', '=', id).forUpdate('task').executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return toTask(row);
}

const UNFINISHED = ['open', 'accepted'];

export interface TaskFilter {
  readonly state?: readonly TaskState[] | undefined;
  readonly overdue?: boolean | undefined;
  readonly unowned?: boolean | undefined;
  readonly within?: string | undefined;
  readonly ownerId?: string | undefined;
  readonly role?: string | undefined;
  readonly incidentId?: string | undefined;
  readonly sourceId?: string | undefined;
  readonly parentId?: string | undefined;
  /** Tasks this account answers for at `now`: its own, and those that have climbed to it. */
  readonly answeredBy?: string | undefined;
}

export async function listTasks(trx: Trx, now: string, filter: TaskFilter, offset: number, limit: number) {
  const begun = (minutes: number) =>
    sql<boolean>`task.due_at <= ${now}::timestamptz - make_interval(mins => ${minutes})`;
  const rows = await taskRows(trx)
    .select(sql<number>`count(*) over ()`.as('total'))
    .$if(Boolean(filter.state?.length), (query) =>
      query.where('task.state', 'in', filter.state as TaskState[]),
    )
    .$if(filter.overdue !== undefined, (query) =>
      query.where('task.state', 'in', UNFINISHED).where('task.due_at', filter.overdue ? '<=' : '>', now),
    )
    .$if(filter.unowned === true, (query) =>
      query.where('task.owner_id', 'is', null).where('task.state', 'in', UNFINISHED),
    )
    .$if(filter.within !== undefined, (query) =>
      query.where('task.division', '>=', filter.within!).where('task.division', '<', `${filter.within}~`),
    )
    .$if(filter.ownerId !== undefined, (query) => query.where('task.owner_id', '=', filter.ownerId!))
    .$if(filter.role !== undefined, (query) => query.where('task.role', '=', filter.role!))
    .$if(filter.incidentId !== undefined, (query) => query.where('task.incident_id', '=', filter.incidentId!))
    .$if(filter.sourceId !== undefined, (query) => query.where('task.source_id', '=', filter.sourceId!))
    .$if(filter.parentId !== undefined, (query) => query.where('task.parent_id', '=', filter.parentId!))
    .$if(filter.answeredBy !== undefined, (query) =>
      query.where((where) =>
        where.or([
          where('task.owner_id', '=', filter.answeredBy!),
          where.and([where('task.deputy_id', '=', filter.answeredBy!), begun(LADDER_MINUTES.deputy)]),
          where.and([
            where('task.headquarters_id', '=', filter.answeredBy!),
            begun(LADDER_MINUTES.headquarters),
          ]),
          where.and([
            where('task.upper_id', '=', filter.answeredBy!),
            begun(LADDER_MINUTES.upper_headquarters),
          ]),
        ]),
      ),
    )
    .orderBy(sql`task.state in ('done', 'cancelled')`)
    .orderBy('task.due_at')
    .orderBy('task.id')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(toTask), total: rows[0]?.total ?? 0 };
}

export interface NewTaskRow {
  readonly id: string;
  readonly key: string | null;
  readonly kind: string;
  readonly title: { zh: string; en: string };
  readonly division: string;
  readonly role: string | null;
  readonly people: Task['people'];
  readonly openedAt: string;
  readonly openedBy: string;
  readonly dueAt: string;
  readonly evidenceWanted: { zh: string; en: string } | null;
  readonly source: { type: string; id: string };
  readonly incidentId: string | null;
  readonly parentId: string | null;
}

/** False when a task with the same key or id is there already. */
export async function insertTask(trx: Trx, row: NewTaskRow): Promise<boolean> {
  const inserted = await trx
    .insertInto('task')
    .values({
      id: row.id,
      key: row.key,
      kind: row.kind,
      title_zh: row.title.zh,
      title_en: row.title.en,
      division: row.division,
      role: row.role,
      ...peopleColumns(row.people),
      opened_at: row.openedAt,
      opened_by: row.openedBy,
      due_at: row.dueAt,
      evidence_wanted_zh: row.evidenceWanted?.zh ?? null,
      evidence_wanted_en: row.evidenceWanted?.en ?? null,
      source_type: row.source.type,
      source_id: row.source.id,
      incident_id: row.incidentId,
      parent_id: row.parentId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

const peopleColumns = (people: Task['people']) => ({
  owner_id: people.owner?.id ?? null,
  owner_name: people.owner?.name ?? null,
  deputy_id: people.deputy?.id ?? null,
  deputy_name: people.deputy?.name ?? null,
  headquarters_id: people.headquarters?.id ?? null,
  headquarters_name: people.headquarters?.name ?? null,
  upper_id: people.upper_headquarters?.id ?? null,
  upper_name: people.upper_headquarters?.name ?? null,
});

export async function findTaskIdByKey(trx: Trx, key: string): Promise<string | undefined> {
  return (await trx.selectFrom('task').select('id').where('key', '=', key).executeTakeFirst())?.id;
}

export interface TaskChange {
  readonly state?: TaskState;
  readonly acceptedAt?: string;
  readonly closedAt?: string;
  readonly evidence?: TaskEvidence;
  readonly people?: Task['people'];
}

export async function updateTask(trx: Trx, id: string, change: TaskChange): Promise<void> {
  await trx
    .updateTable('task')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...(change.state && { state: change.state }),
      ...(change.acceptedAt && { accepted_at: change.acceptedAt }),
      ...(change.closedAt && { closed_at: change.closedAt }),
      ...(change.evidence && { evidence: JSON.stringify(change.evidence) }),
      ...(change.people && peopleColumns(change.people)),
    }))
    .where('id', '=', id)
    .execute();
}

/** Unfinished tasks of one record, locked. */
export async function lockUnfinishedOf(trx: Trx, source: { type: string; id: string }): Promise<Task[]> {
  const rows = await taskRows(trx)
    .where('task.source_type', '=', source.type)
    .where('task.source_id', '=', source.id)
    .where('task.state', 'in', UNFINISHED)
    .orderBy('task.id')
    .forUpdate('task')
    .execute();
  return rows.map(toTask);
}

/** Unfinished tasks of a role inside an area with this owner (null = with none), locked. */
export async function lockUnfinishedOwnedBy(
  trx: Trx,
  duty: { ownerId: string | null; role: string; within: string },
): Promise<Task[]> {
  const rows = await taskRows(trx)
    .where('task.owner_id', duty.ownerId === null ? 'is' : '=', duty.ownerId)
    .where('task.role', '=', duty.role)
    .where('task.division', '>=', duty.within)
    .where('task.division', '<', `${duty.within}~`)
    .where('task.state', 'in', UNFINISHED)
    .orderBy('task.id')
    .forUpdate('task')
    .execute();
  return rows.map(toTask);
}

/** Late tasks whose ladder went on since it was last written down. */
export async function lockClimbing(trx: Trx, now: string, limit: number): Promise<Task[]> {
  const { deputy, headquarters, upper_headquarters } = LADDER_MINUTES;
  const begun = (minutes: number) =>
    sql`(task.due_at <= ${now}::timestamptz - make_interval(mins => ${minutes}))::int`;
  const rows = await taskRows(trx)
    .where('task.state', 'in', UNFINISHED)
    .where('task.due_at', '<=', now)
    .where(
      sql<boolean>`task.escalation_step < ${begun(deputy)} + ${begun(headquarters)}
                   + ${begun(upper_headquarters)}`,
    )
    .orderBy('task.due_at')
    .limit(limit)
    .forUpdate('task')
    .skipLocked()
    .execute();
  return rows.map(toTask);
}

export async function updateEscalation(trx: Trx, id: string, step: number): Promise<void> {
  await trx.updateTable('task').set({ escalation_step: step }).where('id', '=', id).execute();
}

export interface Entry {
  readonly kind: 'opened' | 'accepted' | 'reassigned' | 'explained' | 'climbed' | 'done' | 'cancelled';
  readonly at: string;
  readonly actor: ActorRef | null;
  readonly account: ActorRef | null;
  readonly step: number | null;
  readonly text: string | null;
}

export async function insertEntry(
  trx: Trx,
  task: Pick<Task, 'id' | 'division'>,
  entry: Entry,
): Promise<void> {
  await trx
    .insertInto('task_entry')
    .values({
      task_id: task.id,
      division: task.division,
      kind: entry.kind,
      at: entry.at,
      actor_id: entry.actor?.id ?? null,
      actor_name: entry.actor?.name ?? null,
      account_id: entry.account?.id ?? null,
      account_name: entry.account?.name ?? null,
      step: entry.step,
      text: entry.text,
    })
    .execute();
}

export async function entriesOf(trx: Trx, taskId: string): Promise<Entry[]> {
  const rows = await trx
    .selectFrom('task_entry')
    .selectAll()
    .where('task_id', '=', taskId)
    .orderBy('sequence')
    .execute();
  return rows.map((row) => ({
    kind: row.kind as Entry['kind'],
    at: row.at,
    actor: actorOf(row.actor_id, row.actor_name),
    account: actorOf(row.account_id, row.account_name),
    step: row.step,
    text: row.text,
  }));
}

export const stepNumber = (step: LadderStep): number =>
  ['owner', 'deputy', 'headquarters', 'upper_headquarters'].indexOf(step);
