import {
  type ActorRef,
  type Bilingual,
  type EventKind,
  LADDER_STEPS,
  LeveeError,
  newId,
  type Role,
  refuse,
  refuseState,
  type TaskEvidence,
} from '@levee/contract';
import { type Context, requireScope } from '../../platform/context.ts';
import { divisionNames } from '../../platform/db/division-name.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { findAccountById, listAccounts } from '../access/index.ts';
import { chainFor } from '../organisations/index.ts';
import { answerOf, isOverdue, isUnfinished, ladderOf, type Task } from './task.ts';
import * as tasks from './tasks.repository.ts';

export interface NewTask {
  readonly id?: string | undefined;
  /** What sort of duty: `<module>.<word>`, e.g. `testing.resample`. */
  readonly kind: string;
  readonly title: Bilingual;
  readonly division: string;
  /** The post that answers; or one person. One of the two. */
  readonly role?: Role | undefined;
  readonly ownerId?: string | undefined;
  readonly dueAt: string;
  readonly evidenceWanted?: Bilingual | undefined;
  /** The record the duty comes from: closing or ending that closes this. */
  readonly source: { readonly type: string; readonly id: string };
  readonly incidentId?: string | null | undefined;
  readonly parentId?: string | undefined;
  /** The same key opens once; the second call answers the first task. */
  readonly key?: string | undefined;
}

/** Opens a task for the post or person that answers, with its ladder. Returns the task's id. */
export async function openTask(context: Context, input: NewTask): Promise<string> {
  requireScope(context, input.division);
  const id = input.id ?? newId(Date.parse(context.now));
  const { role, people } = await peopleFor(context, input);
  const opened = await tasks.insertTask(context.trx, {
    id,
    key: input.key ?? null,
    kind: input.kind,
    title: input.title,
    division: input.division,
    role,
    people,
    openedAt: context.now,
    openedBy: context.actor.id,
    dueAt: input.dueAt,
    evidenceWanted: input.evidenceWanted ?? null,
    source: input.source,
    incidentId: input.incidentId ?? null,
    parentId: input.parentId ?? null,
  });
  if (!opened)
    return input.key === undefined ? id : ((await tasks.findTaskIdByKey(context.trx, input.key)) ?? id);
  const task = await tasks.findTaskByIdOrThrow(context.trx, id);
  await record(context, task, { kind: 'opened', account: people.owner });
  return id;
}

async function peopleFor(
  context: Context,
  input: Pick<NewTask, 'division' | 'role' | 'ownerId'>,
): Promise<{ role: Role; people: Task['people'] }> {
  if (input.ownerId === undefined) {
    const role = input.role ?? 'duty_officer';
    const { upperHeadquarters, ...chain } = await chainFor(context, { division: input.division, role });
    return { role, people: { ...chain, upper_headquarters: upperHeadquarters } };
  }
  const owner = await ableAccount(context, input.ownerId, input.division);
  const role = input.role ?? owner.role;
  const chain = await chainFor(context, { division: input.division, role });
  return { role, people: withOwner(chain, owner) };
}

/** The chain with this owner first: nobody stands on two steps. */
function withOwner(chain: Awaited<ReturnType<typeof chainFor>>, owner: ActorRef): Task['people'] {
  const other = (...people: (ActorRef | null)[]) =>
    people.find((each) => each && each.id !== owner.id) ?? null;
  const deputy = other(chain.deputy, chain.owner);
  const above = (person: ActorRef | null) =>
    person && ![owner.id, deputy?.id].includes(person.id) ? person : null;
  return {
    owner: { id: owner.id, name: owner.name },
    deputy,
    headquarters: above(chain.headquarters),
    upper_headquarters: above(chain.upperHeadquarters),
  };
}

async function ableAccount(context: Context, id: string, division: string) {
  const account = await findAccountById(context.trx, id);
  if (!account || account.disabledAt !== null) throw new LeveeError('not_found');
  if (!division.startsWith(account.division)) {
    throw refuse(
      { zh: `${account.name}的辖区不含该地`, en: `the area of ${account.name} does not reach there` },
      { zh: '选择辖区覆盖该地的人员。', en: 'Choose someone whose area covers it.' },
    );
  }
  return account;
}

/** Accounts whose area covers `division`, the nearest area first: whom a duty there may be given to. */
export async function candidatesFor(context: Context, division: string) {
  requireScope(context, division);
  const { items } = await listAccounts(context.trx, {}, 0, 500);
  const able = items.filter((each) => each.disabledAt === null && division.startsWith(each.division));
  able.sort((a, b) => b.division.length - a.division.length || a.name.localeCompare(b.name, 'zh-CN'));
  const names = await divisionNames(
    context.trx,
    able.map((each) => each.division),
  );
  return able.map((each) => ({
    id: each.id,
    name: each.name,
    role: each.role,
    division: each.division,
    divisionName: names(each.division),
  }));
}

/** A directive by hand; named areas get a task each below it, and its progress is theirs. */
export async function giveTask(
  context: Context,
  input: Omit<NewTask, 'kind' | 'source'> & { id: string; cascade?: readonly string[] | undefined },
) {
  const { cascade = [], ...task } = input;
  if (Date.parse(input.dueAt) <= Date.parse(context.now)) {
    throw refuse(
      { zh: '办结时限已过', en: 'the due time has passed' },
      { zh: '填写晚于现在的时限。', en: 'Give a time later than now.' },
    );
  }
  if (input.parentId !== undefined) await tasks.findTaskByIdOrThrow(context.trx, input.parentId);
  const own = { kind: 'directive', source: { type: 'task', id: input.parentId ?? input.id } };
  await openTask(context, { ...task, ...own });
  for (const division of new Set(cascade)) {
    await openTask(context, {
      ...task,
      id: newId(Date.parse(context.now)),
      ownerId: undefined,
      division,
      parentId: input.id,
      kind: 'directive',
      source: { type: 'task', id: input.id },
    });
  }
  return answerById(context, input.id);
}

export async function answerById(context: Context, id: string) {
  return answerOf(await tasks.findTaskByIdOrThrow(context.trx, id), context.now);
}

export async function acceptTask(context: Context, input: { taskId: string; version: number }) {
  const task = await lockForAct(context, input);
  if (task.state === 'accepted') return answerOf(task, context.now);
  await tasks.updateTask(context.trx, task.id, { state: 'accepted', acceptedAt: context.now });
  await record(context, task, { kind: 'accepted' });
  return answerById(context, task.id);
}

export async function finishTask(
  context: Context,
  input: { taskId: string; evidence: TaskEvidence; version: number },
) {
  const task = await lockForAct(context, input);
  await close(context, task, input.evidence);
  return answerById(context, task.id);
}

async function close(context: Context, task: Task, evidence: TaskEvidence): Promise<void> {
  await tasks.updateTask(context.trx, task.id, { state: 'done', closedAt: context.now, evidence });
  await record(context, task, { kind: 'done', text: evidence.text });
}

/** Gives the task to another person. The due time and the steps already climbed stay as they are (F13). */
export async function reassignTask(
  context: Context,
  input: { taskId: string; toAccountId: string; reason: string; version: number },
) {
  const task = await lockUnfinished(context, input);
  const to = await ableAccount(context, input.toAccountId, task.division);
  await giveTo(context, task, to, input.reason);
  return answerById(context, task.id);
}

async function giveTo(context: Context, task: Task, to: ActorRef, reason: string | null): Promise<void> {
  const { owner, deputy, headquarters, upper_headquarters } = task.people;
  const people = withOwner({ owner, deputy, headquarters, upperHeadquarters: upper_headquarters }, to);
  await tasks.updateTask(context.trx, task.id, { people });
  await record(context, task, { kind: 'reassigned', account: people.owner, text: reason });
}

export async function explainTask(context: Context, input: { taskId: string; reason: string }) {
  const task = await tasks.lockTaskByIdOrThrow(context.trx, input.taskId);
  requireOnLadder(context, task);
  if (!isOverdue(task, context.now)) {
    throw refuseState(
      { zh: '该任务尚未逾期', en: 'the task is not late' },
      { zh: '无需说明。', en: 'Nothing has to be explained.' },
    );
  }
  await record(context, task, { kind: 'explained', text: input.reason });
  return answerOf(task, context.now);
}

export async function cancelTask(
  context: Context,
  input: { taskId: string; reason: string; version: number },
) {
  const task = await lockUnfinished(context, input);
  await cancel(context, task, input.reason);
  return answerById(context, task.id);
}

async function cancel(context: Context, task: Task, reason: string): Promise<void> {
  await tasks.updateTask(context.trx, task.id, { state: 'cancelled', closedAt: context.now });
  await record(context, task, { kind: 'cancelled', text: reason });
}

type Source = NewTask['source'];

/** Closes every unfinished task of a record, because what they asked for has happened. Returns how many. */
export async function closeTasksOf(
  context: Context,
  source: Source,
  evidence: { readonly text: string; readonly records?: readonly Source[] },
  only: { readonly kind?: string } = {},
): Promise<number> {
  const found = (await tasks.lockUnfinishedOf(context.trx, source)).filter(
    (task) => only.kind === undefined || task.kind === only.kind,
  );
  for (const task of found) {
    await close(context, task, { text: evidence.text, records: [...(evidence.records ?? [source])] });
  }
  return found.length;
}

/** Cancels every unfinished task of a record, because its reason has gone. Returns how many. */
export async function cancelTasksOf(context: Context, source: Source, reason: string): Promise<number> {
  const found = await tasks.lockUnfinishedOf(context.trx, source);
  for (const task of found) await cancel(context, task, reason);
  return found.length;
}

/** A post went to another person: its unfinished duties go with it, their clocks running on. */
export async function moveDuties(
  context: Context,
  duty: { fromId: string | null; toId: string; role: string; within: string },
): Promise<void> {
  const to = await findAccountById(context.trx, duty.toId);
  if (!to) return;
  const found = await tasks.lockUnfinishedOwnedBy(context.trx, { ...duty, ownerId: duty.fromId });
  for (const task of found) await giveTo(context, task, { id: to.id, name: to.name }, null);
}

/** A post was filled: duties of its kind that had no owner get one. */
export async function ownUnowned(context: Context, duty: { role: string; within: string }): Promise<void> {
  for (const task of await tasks.lockUnfinishedOwnedBy(context.trx, { ...duty, ownerId: null })) {
    const { people } = await peopleFor(context, { division: task.division, role: duty.role as Role });
    if (!people.owner) continue;
    await tasks.updateTask(context.trx, task.id, { people });
    await record(context, task, { kind: 'reassigned', account: people.owner });
  }
}

/** Writes down each step the ladder has reached since the last time. Who answers does not wait for this. */
export async function recordClimbs(context: Context): Promise<void> {
  for (const task of await tasks.lockClimbing(context.trx, context.now, 500)) {
    const begun = ladderOf(task).filter(({ step, at }) => step !== 'owner' && at <= context.now);
    for (const { step, account } of begun) {
      const number = tasks.stepNumber(step);
      if (number <= task.escalationStep || !account) continue;
      await record(context, task, { kind: 'climbed', account, step: number });
    }
    await tasks.updateEscalation(context.trx, task.id, begun.length);
  }
}

/** The history of a task in words of the contract. */
export async function historyOf(context: Context, taskId: string) {
  const entries = await tasks.entriesOf(context.trx, taskId);
  return entries.map((entry) => ({ ...entry, step: entry.step === null ? null : LADDER_STEPS[entry.step]! }));
}

async function lockUnfinished(context: Context, input: { taskId: string; version: number }): Promise<Task> {
  const task = await tasks.lockTaskByIdOrThrow(context.trx, input.taskId);
  if (!isUnfinished(task)) {
    throw refuseState(
      task.state === 'done'
        ? { zh: '该任务已办结', en: 'the task is done' }
        : { zh: '该任务已撤销', en: 'the task is cancelled' },
      { zh: '如需继续，请另行下达。', en: 'Open another if more is needed.' },
    );
  }
  if (task.version !== input.version) {
    throw new LeveeError(
      'edit.clash',
      {},
      {
        detail: { mine: { version: input.version }, theirs: answerOf(task, context.now) },
      },
    );
  }
  return task;
}

async function lockForAct(context: Context, input: { taskId: string; version: number }): Promise<Task> {
  const task = await lockUnfinished(context, input);
  requireOnLadder(context, task);
  return task;
}

/** Only people on the ladder act on a task. */
export function requireOnLadder(context: Context, task: Task): void {
  const { actor } = context;
  if (actor.role === 'system' || Object.values(task.people).some((each) => each?.id === actor.id)) return;
  throw refuse(
    {
      zh: `您不在本任务的责任链上（责任人：${task.people.owner?.name ?? '未落实'}）`,
      en: `you do not answer for this task (owner: ${task.people.owner?.name ?? 'none'})`,
    },
    { zh: '由责任人办理，或请指挥部转派。', en: 'Leave it to the owner, or have it reassigned.' },
  );
}

interface Happening {
  readonly kind: tasks.Entry['kind'];
  readonly account?: ActorRef | null;
  readonly step?: number;
  readonly text?: string | null;
}

async function record(context: Context, task: Task, happening: Happening): Promise<void> {
  const { kind, account = null, step = null, text = null } = happening;
  const actor = context.actor.role === 'system' ? null : { id: context.actor.id, name: context.actor.name };
  await tasks.insertEntry(context.trx, task, { kind, at: context.now, actor, account, step, text });
  await emit(context, {
    kind: `task.${kind}` satisfies EventKind,
    division: task.division,
    subject: { type: 'task', id: task.id },
    incidentId: task.incidentId,
    data: {
      kind: task.kind,
      dueAt: task.dueAt,
      accountId: account?.id ?? null,
      source: task.source,
      ...(step !== null && { step }),
    },
  });
}
