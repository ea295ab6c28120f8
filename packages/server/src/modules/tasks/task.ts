/** A duty of a person on shift, and the ladder it climbs when it is late. Pure rules. */
import type { ActorRef, Bilingual, LadderStep, TaskEvidence, TaskState } from '@levee/contract';
import { LADDER_STEPS } from '@levee/contract';

export interface Task {
  readonly id: string;
  readonly kind: string;
  readonly title: Bilingual;
  readonly division: string;
  readonly divisionName: Bilingual;
  readonly role: string | null;
  readonly people: Readonly<Record<LadderStep, ActorRef | null>>;
  readonly openedAt: string;
  readonly dueAt: string;
  readonly state: TaskState;
  readonly acceptedAt: string | null;
  readonly closedAt: string | null;
  readonly evidenceWanted: Bilingual | null;
  readonly evidence: TaskEvidence | null;
  readonly source: { readonly type: string; readonly id: string };
  readonly incidentId: string | null;
  readonly parentId: string | null;
  readonly below: { readonly done: number; readonly total: number };
  readonly escalationStep: number;
  readonly version: number;
}

/** Minutes after the due time at which each step begins to answer too. Set for the house, not for a task. */
export const LADDER_MINUTES: Readonly<Record<Exclude<LadderStep, 'owner'>, number>> = {
  deputy: 0,
  headquarters: 30,
  upper_headquarters: 120,
};

export const isUnfinished = (task: Pick<Task, 'state'>): boolean =>
  task.state === 'open' || task.state === 'accepted';

/** Late = not finished when it was due, or finished after. A test of time; no job has to have run. */
export function isOverdue(task: Pick<Task, 'state' | 'dueAt' | 'closedAt'>, now: string): boolean {
  if (task.state === 'cancelled') return false;
  return Date.parse(task.closedAt ?? now) >= Date.parse(task.dueAt);
}

/** When each step begins to answer. */
export function ladderOf(task: Pick<Task, 'people' | 'openedAt' | 'dueAt'>) {
  return LADDER_STEPS.map((step) => ({
    step,
    account: task.people[step],
    at: step === 'owner' ? task.openedAt : minutesAfter(task.dueAt, LADDER_MINUTES[step]),
  }));
}

/** The last step that has begun and is held by somebody. */
export function stepAt(task: Pick<Task, 'people' | 'openedAt' | 'dueAt'>, now: string): LadderStep {
  const begun = ladderOf(task).filter(({ step, account, at }) => step === 'owner' || (account && at <= now));
  return begun.at(-1)!.step;
}

const minutesAfter = (instant: string, minutes: number): string =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString();

/** The task as the contract gives it at `now`. */
export function answerOf(task: Task, now: string) {
  const { people: _, role: __, escalationStep: ___, ...rest } = task;
  return {
    ...rest,
    owner: task.people.owner,
    ladder: ladderOf(task),
    step: isUnfinished(task) ? stepAt(task, now) : ('owner' as const),
    overdue: isOverdue(task, now),
  };
}
