/**
 * Work that a person waits for: longer than a request may take, cut into steps, each one transaction.
 *
 * Why not pg-boss: its queue lives in a schema of its own without row-level security, its jobs are all or nothing,
 * and progress, cancel and fencing would be a second table beside it. What is needed here is one row.
 */
import type { Actor, Context } from '../context.ts';

export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly division: string;
  readonly doneCount: number;
  readonly totalCount: number;
  /** Where the last step stopped; null before the first. */
  readonly cursor: unknown;
}

export interface Step {
  readonly doneCount: number;
  readonly totalCount?: number;
  /** Handed to the next step. */
  readonly cursor: unknown;
  readonly isLast: boolean;
}

export interface JobKind {
  /** `<module>.<what it does>`, e.g. `cases.commit-import`. */
  readonly kind: string;
  /** One step, in one transaction, as the person who ordered it. Should take a second, never near the lease. */
  readonly step: (context: Context, job: Job) => Promise<Step>;
  /** Puts things right when the job is set aside after its last try; in one transaction, as the same person. */
  readonly onFailed: (context: Context, job: Job, error: unknown) => Promise<void>;
}

/** Who ordered it, as the row keeps them. */
export type JobActor = Actor;

/** Longest a worker may be silent before another takes its job. */
export const LEASE_SECONDS = 30;
/** A step is tried this often before the job is set aside. */
export const TRIES = 5;
