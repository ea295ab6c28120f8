/**
 * All SQL about jobs. Leases are counted by the database's own clock and not by the house's: they are about machines
 * that have stopped, and a drill's clock may run a thousand times faster.
 */
import type { Purpose } from '@levee/contract';
import { newId } from '@levee/contract';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Trx } from '../db/pool.ts';
import { type Job, type JobActor, LEASE_SECONDS } from './job.ts';

/** A job this worker holds, as long as the row still carries this fence. */
export interface HeldJob extends Job {
  readonly fence: number;
  readonly actor: JobActor;
  readonly purpose: Purpose | null;
  readonly failures: number;
}

const columns = sql`id, kind, subject_id as "subjectId", division, done_count as "doneCount",
  total_count as "totalCount", cursor, fence, actor, purpose, failures`;
const lease = sql`clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})`;

/** Orders work in the transaction that needs it: rolled back, it was never ordered. */
export async function orderJob(
  context: Context,
  job: {
    readonly kind: string;
    readonly subjectId: string;
    readonly division: string;
    readonly totalCount: number;
  },
): Promise<void> {
  const { trx, actor, purpose } = context;
  await sql`
    insert into job (id, kind, subject_id, division, actor, purpose, state, total_count, created_at)
    values (${newId()}, ${job.kind}, ${job.subjectId}, ${job.division}, ${JSON.stringify(actor)}::jsonb, ${purpose},
            'queued', ${job.totalCount}, clock_timestamp())`.execute(trx);
  // Delivered at commit, and only then.
  await sql`select pg_notify('levee_job', '')`.execute(trx);
}

/** Stops what runs for this subject. Waits for the step in hand to end; after this none begins. */
export async function cancelJobs(trx: Trx, subjectId: string): Promise<void> {
  await sql`
    update job set state = 'cancelled', fence = fence + 1, lease_until = null, finished_at = clock_timestamp()
     where subject_id = ${subjectId} and state in ('queued', 'running')`.execute(trx);
}

/** Takes the oldest job nobody holds, with a fence of its own. */
export async function takeJob(trx: Trx, kinds: readonly string[]): Promise<HeldJob | undefined> {
  const { rows } = await sql<HeldJob>`
    update job
       set state = 'running', fence = fence + 1, lease_until = ${lease},
           started_at = coalesce(started_at, clock_timestamp())
     where id = (
       select id from job
        where state in ('queued', 'running') and kind = any(${[...kinds]}::text[])
          and (lease_until is null or lease_until < clock_timestamp())
        order by created_at
        limit 1
        for update skip locked)
    returning ${columns}`.execute(trx);
  return rows[0];
}

/** The job as it stands, its row held until the transaction ends; undefined where another worker or nobody has it. */
export async function holdJob(trx: Trx, { id, fence }: HeldJob): Promise<HeldJob | undefined> {
  const { rows } = await sql<HeldJob>`
    select ${columns} from job where id = ${id} and fence = ${fence} and state = 'running' for update`.execute(
    trx,
  );
  return rows[0];
}

export async function advanceJob(
  trx: Trx,
  job: HeldJob,
  step: {
    readonly doneCount: number;
    readonly totalCount: number;
    readonly cursor: unknown;
    readonly isLast: boolean;
  },
): Promise<void> {
  await sql`
    update job
       set done_count = ${step.doneCount}, total_count = ${step.totalCount},
           cursor = ${JSON.stringify(step.cursor ?? null)}::jsonb, failures = 0, error = null,
           state = ${step.isLast ? 'done' : 'running'},
           lease_until = ${step.isLast ? sql`null` : lease},
           finished_at = ${step.isLast ? sql`clock_timestamp()` : sql`null`}
     where id = ${job.id} and fence = ${job.fence}`.execute(trx);
}

/** Lets go of a job whose step failed; it may be taken again after `waitSeconds`. A failure that is not its own does not count. */
export async function postponeJob(
  trx: Trx,
  job: HeldJob,
  { error, waitSeconds, counts = true }: { error: string; waitSeconds: number; counts?: boolean },
): Promise<void> {
  await sql`
    update job
       set failures = failures + ${counts ? 1 : 0}, error = ${error}, fence = fence + 1,
           lease_until = clock_timestamp() + make_interval(secs => ${waitSeconds})
     where id = ${job.id} and fence = ${job.fence}`.execute(trx);
}

export async function failJob(trx: Trx, job: HeldJob, error: string): Promise<void> {
  await sql`
    update job
       set state = 'failed', failures = failures + 1, error = ${error}, lease_until = null,
           finished_at = clock_timestamp()
     where id = ${job.id} and fence = ${job.fence}`.execute(trx);
}

/** Puts a job down in order, so that the next worker need not wait for the lease. */
export async function releaseJob(trx: Trx, job: HeldJob): Promise<void> {
  await sql`
    update job set lease_until = null where id = ${job.id} and fence = ${job.fence} and state = 'running'`.execute(
    trx,
  );
}

/** How many seconds until one that waits may be taken; null where none waits. */
export async function secondsToNextJob(trx: Trx): Promise<number | null> {
  const { rows } = await sql<{ seconds: number | null }>`
    select extract(epoch from min(coalesce(lease_until, clock_timestamp())) - clock_timestamp())::float8 as seconds
      from job where state in ('queued', 'running')`.execute(trx);
  return rows[0]?.seconds ?? null;
}

export interface JobProgress {
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly doneCount: number;
  readonly totalCount: number;
  /** Since the first step began, in seconds of the machine. */
  readonly runningSeconds: number | null;
}

/** The last job ordered for a subject. */
export async function progressOf(trx: Trx, subjectId: string): Promise<JobProgress | undefined> {
  const { rows } = await sql<JobProgress>`
    select state, done_count as "doneCount", total_count as "totalCount",
           extract(epoch from coalesce(finished_at, clock_timestamp()) - started_at)::float8 as "runningSeconds"
      from job where subject_id = ${subjectId} order by created_at desc limit 1`.execute(trx);
  return rows[0];
}

/** For the health check: set aside, and waiting although a worker should have come. */
export async function jobsInTrouble(trx: Trx): Promise<{ readonly failed: number; readonly stuck: number }> {
  const { rows } = await sql<{ failed: number; stuck: number }>`
    select count(*) filter (where state = 'failed' and finished_at > clock_timestamp() - interval '1 day')::int as failed,
           count(*) filter (where state in ('queued', 'running') and
             coalesce(lease_until, created_at) < clock_timestamp() - interval '2 minutes')::int as stuck
      from job`.execute(trx);
  return rows[0]!;
}
