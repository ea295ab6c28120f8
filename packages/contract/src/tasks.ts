/** Every duty of a person on shift: one owner, due time, evidence, ladder. */
import * as z from 'zod';
import { role } from './access.ts';
import { get, post } from './route.ts';
import {
  actorRef,
  bilingual,
  division,
  id,
  instant,
  list,
  page,
  pageQuery,
  prose,
  version,
} from './shapes.ts';

export const tasksEvents = {
  'task.opened': { zh: '任务下达', en: 'Task opened' },
  'task.accepted': { zh: '任务签收', en: 'Task accepted' },
  'task.reassigned': { zh: '任务转派', en: 'Task reassigned' },
  'task.explained': { zh: '任务逾期说明', en: 'Reason for lateness recorded' },
  'task.climbed': { zh: '任务逾期上报', en: 'Overdue task went up the ladder' },
  'task.done': { zh: '任务办结', en: 'Task done' },
  'task.cancelled': { zh: '任务撤销', en: 'Task cancelled' },
  'task.file_added': { zh: '任务佐证上传', en: 'Evidence file added to a task' },
} as const;

export const TASK_STATES = ['open', 'accepted', 'done', 'cancelled'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** Who answers: the owner until it is due, then the deputy too, then the headquarters, then the one above. */
export const LADDER_STEPS = ['owner', 'deputy', 'headquarters', 'upper_headquarters'] as const;
export type LadderStep = (typeof LADDER_STEPS)[number];

const recordRef = z.strictObject({ type: z.string().max(40), id });

export const taskEvidence = z.strictObject({
  text: prose(),
  /** Records of the house that prove it: no need to type what the data know. */
  records: z.array(recordRef).max(50),
});
export type TaskEvidence = z.output<typeof taskEvidence>;

export const task = z.strictObject({
  id,
  kind: z.string(),
  title: bilingual,
  division,
  divisionName: bilingual,
  /** Null only while no post for it is filled: shown as a fault of the headquarters. */
  owner: actorRef.nullable(),
  /** The set ladder with the time each step begins to answer; computed from the due time, true with every job dead. */
  ladder: z.array(z.strictObject({ step: z.enum(LADDER_STEPS), account: actorRef.nullable(), at: instant })),
  /** The step that answers now. */
  step: z.enum(LADDER_STEPS),
  openedAt: instant,
  dueAt: instant,
  overdue: z.boolean(),
  state: z.enum(TASK_STATES),
  acceptedAt: instant.nullable(),
  closedAt: instant.nullable(),
  evidenceWanted: bilingual.nullable(),
  evidence: taskEvidence.nullable(),
  source: recordRef,
  incidentId: id.nullable(),
  parentId: id.nullable(),
  /** Tasks handed down from this one. */
  below: z.strictObject({ done: z.int(), total: z.int() }),
  version,
});
export type Task = z.output<typeof task>;

export const taskEntry = z.strictObject({
  kind: z.enum(['opened', 'accepted', 'reassigned', 'explained', 'climbed', 'done', 'cancelled']),
  at: instant,
  actor: actorRef.nullable(),
  /** Whom the entry concerns: the new owner, the step that was told. */
  account: actorRef.nullable(),
  step: z.enum(LADDER_STEPS).nullable(),
  text: z.string().nullable(),
});

export const TASK_FILE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const;
/** Bytes of one file, before base64. */
export const TASK_FILE_LIMIT = 5 * 1024 * 1024;

/** A photograph or paper that proves a duty done; its bytes are read apart. */
export const taskFile = z.strictObject({
  id,
  name: z.string(),
  mediaType: z.enum(TASK_FILE_TYPES),
  bytes: z.int(),
  sha256: z.string(),
  addedAt: instant,
  addedBy: actorRef,
});
export type TaskFile = z.output<typeof taskFile>;

/** Somebody a duty there may be given to. */
export const taskCandidate = z.strictObject({
  id,
  name: z.string(),
  role,
  division,
  divisionName: bilingual,
});
export type TaskCandidate = z.output<typeof taskCandidate>;

const taskId = z.strictObject({ taskId: id });

export const tasks = {
  mine: get('/tasks/mine', {
    summary: { zh: '我的任务', en: 'What must I do now' },
    access: 'tasks.read',
    priority: 'command',
    query: z.strictObject({ ...pageQuery, closed: z.stringbool().default(false) }),
    response: page(task),
  }),
  list: get('/tasks', {
    summary: { zh: '任务清单', en: 'List tasks' },
    access: 'tasks.read',
    query: z.strictObject({
      ...pageQuery,
      state: list(z.enum(TASK_STATES)),
      overdue: z.stringbool().optional(),
      unowned: z.stringbool().optional(),
      within: division.optional(),
      ownerId: id.optional(),
      /** The post whose duty it is: with `within`, the tasks of one working group. */
      role: role.optional(),
      incidentId: id.optional(),
      sourceId: id.optional(),
      parentId: id.optional(),
    }),
    response: page(task),
  }),
  board: get('/tasks/board', {
    summary: { zh: '任务看板', en: 'Tasks by state and by age' },
    access: 'tasks.read',
    priority: 'dashboard',
    query: z.strictObject({ incidentId: id.optional() }),
    response: z.strictObject({
      asOf: instant,
      byState: z.array(z.strictObject({ state: z.enum(TASK_STATES), count: z.int() })),
      overdueCount: z.int(),
      unownedCount: z.int(),
      /** Unfinished tasks by hours since they were opened; `untilHours` null = older than all others. */
      byAge: z.array(
        z.strictObject({ untilHours: z.int().nullable(), count: z.int(), overdueCount: z.int() }),
      ),
      byDivision: z.array(
        z.strictObject({
          division,
          divisionName: bilingual,
          doneCount: z.int(),
          totalCount: z.int(),
          overdueCount: z.int(),
        }),
      ),
    }),
  }),
  byId: get('/tasks/:taskId', {
    summary: { zh: '任务详情', en: 'One task with its history' },
    access: 'tasks.read',
    params: taskId,
    response: z.strictObject({ task, entries: z.array(taskEntry), files: z.array(taskFile) }),
  }),
  candidates: get('/tasks/candidates', {
    summary: { zh: '可承办人员', en: 'Who a duty in an area may be given to' },
    access: 'tasks.assign',
    query: z.strictObject({ division }),
    response: z.strictObject({ items: z.array(taskCandidate), asOf: instant }),
  }),
  addFile: post('/tasks/:taskId/files', {
    summary: { zh: '上传佐证（照片或 PDF，5 MB 以内）', en: 'Add evidence: a picture or PDF of up to 5 MB' },
    access: 'tasks.act',
    params: taskId,
    bodyLimit: 8 * 1024 * 1024,
    body: z.strictObject({
      id,
      name: prose(120),
      mediaType: z.enum(TASK_FILE_TYPES),
      content: z.base64(),
    }),
    response: taskFile,
  }),
  file: get('/tasks/:taskId/files/:fileId', {
    summary: { zh: '查看佐证', en: 'One file of evidence with its content' },
    access: 'tasks.read',
    params: z.strictObject({ taskId: id, fileId: id }),
    response: taskFile.extend({ content: z.string() }),
  }),
  open: post('/tasks', {
    summary: { zh: '下达任务', en: 'Open a task; named divisions get one each below it' },
    access: 'tasks.assign',
    priority: 'command',
    body: z.strictObject({
      id,
      title: z.strictObject({ zh: prose(120), en: prose(200) }),
      division,
      /** The post that answers; or one person by account. */
      role: role.optional(),
      ownerId: id.optional(),
      dueAt: instant,
      evidenceWanted: z.strictObject({ zh: prose(200), en: prose(300) }).optional(),
      incidentId: id.optional(),
      parentId: id.optional(),
      /** Cascade: a task below this one for each area. */
      cascade: z.array(division).max(60).optional(),
    }),
    response: task,
  }),
  accept: post('/tasks/:taskId/accept', {
    summary: { zh: '签收任务', en: 'Accept a task' },
    access: 'tasks.act',
    priority: 'command',
    params: taskId,
    body: z.strictObject({ version }),
    response: task,
  }),
  done: post('/tasks/:taskId/done', {
    summary: { zh: '办结任务', en: 'Report a task done, with its evidence' },
    access: 'tasks.act',
    priority: 'command',
    params: taskId,
    body: z.strictObject({ evidence: taskEvidence, version }),
    response: task,
  }),
  reassign: post('/tasks/:taskId/reassign', {
    summary: { zh: '转派任务（时限不变）', en: 'Give a task to another person; the clock goes on' },
    access: 'tasks.assign',
    priority: 'command',
    params: taskId,
    body: z.strictObject({ toAccountId: id, reason: prose(500), version }),
    response: task,
  }),
  explain: post('/tasks/:taskId/explain', {
    summary: { zh: '说明逾期原因', en: 'Record why a task is late' },
    access: 'tasks.act',
    params: taskId,
    body: z.strictObject({ reason: prose(500) }),
    response: task,
  }),
  cancel: post('/tasks/:taskId/cancel', {
    summary: { zh: '撤销任务', en: 'Cancel a task' },
    access: 'tasks.assign',
    params: taskId,
    body: z.strictObject({ reason: prose(500), version }),
    response: task,
  }),
};
