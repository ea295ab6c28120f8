/** Takes jobs one step at a time. Any number of servers may run it over one database. */
import { LeveeError } from '@levee/contract';
import { nowOf } from '../clock.ts';
import type { Context } from '../context.ts';
import { createListener } from '../db/listen.ts';
import { inScopedTransaction, type Trx } from '../db/pool.ts';
import { isUnreachable } from '../db/unreachable.ts';
import type { Platform } from '../platform.ts';
import { type JobKind, TRIES } from './job.ts';
import * as jobs from './jobs.repository.ts';

export interface JobWorker {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Resolves when no job is left to do, whoever does it. */
  settle(): Promise<void>;
}

const POLL_MS = 1_000;
/** A long job does not keep a short one waiting. */
const AT_ONCE = 2;

export function createJobWorker(platform: Platform, kinds: readonly JobKind[]): JobWorker {
  const { db, pool, log } = platform;
  const jurisdiction = platform.config.LEVEE_JURISDICTION;
  const kindOf = new Map(kinds.map((kind) => [kind.kind, kind]));
  const running = new Set<Promise<void>>();
  let stopped = true;
  let timer: NodeJS.Timeout | undefined;

  const inJurisdiction = <T>(work: (trx: Trx) => Promise<T>) => inScopedTransaction(db, jurisdiction, work);

  /** Starts as many hands as may work; one that finds nothing goes home. */
  function wake(): void {
    if (stopped || running.size >= AT_ONCE || platform.space.refusal('bulk')) return;
    const hand = workUntilIdle()
      .catch((err) => log.error({ err }, 'jobs could not be taken; tried again'))
      .finally(() => running.delete(hand));
    running.add(hand);
  }

  async function workUntilIdle(): Promise<void> {
    while (!stopped && !platform.space.refusal('bulk')) {
      const job = await inJurisdiction((trx) => jobs.takeJob(trx, [...kindOf.keys()]));
      if (!job) return;
      wake();
      await workOn(job);
    }
  }

  async function workOn(job: jobs.HeldJob): Promise<void> {
    // A disk short of room is not filled by us: the job is put down and goes on where it was.
    while (!stopped && !platform.space.refusal('bulk')) {
      try {
        if ((await takeStep(job)) !== 'more') return;
      } catch (err) {
        await recordFailure(job, err);
        return;
      }
    }
    await inJurisdiction((trx) => jobs.releaseJob(trx, job));
  }

  const contextOf = (trx: Trx, job: jobs.HeldJob): Context => ({
    trx,
    actor: job.actor,
    now: nowOf(platform.clock),
    purpose: job.purpose,
    platform,
    // Who ordered the work is on record with its purpose; the steps open nothing to anybody.
    opened: () => {},
  });

  /** The row is held from the first statement to commit: who lost the fence finds nothing and writes nothing. */
  function takeStep(job: jobs.HeldJob): Promise<'more' | 'done' | 'lost'> {
    return inScopedTransaction(db, job.actor.scope, async (trx) => {
      const held = await jobs.holdJob(trx, job);
      if (!held) return 'lost';
      const step = await kindOf.get(job.kind)!.step(contextOf(trx, held), held);
      await jobs.advanceJob(trx, held, { ...step, totalCount: step.totalCount ?? held.totalCount });
      return step.isLast ? 'done' : 'more';
    });
  }

  /** A refusal will not change by trying again; anything else may. */
  async function recordFailure(job: jobs.HeldJob, err: unknown): Promise<void> {
    const message = err instanceof Error ? `${err.name}: ${err.message}`.slice(0, 500) : 'unknown';
    log.error({ err, job: job.id, kind: job.kind }, 'a step of a job failed');
    await inScopedTransaction(db, job.actor.scope, async (trx) => {
      const held = await jobs.holdJob(trx, job);
      if (!held) return;
      // Nobody's fault and not the job's: as often as it takes.
      if (isUnreachable(err))
        return jobs.postponeJob(trx, held, { error: message, waitSeconds: 2, counts: false });
      const tries = held.failures + 1;
      if (tries < TRIES && !(err instanceof LeveeError)) {
        await jobs.postponeJob(trx, held, { error: message, waitSeconds: 0.1 * 3 ** tries });
        return;
      }
      await kindOf.get(job.kind)!.onFailed(contextOf(trx, held), held, err);
      await jobs.failJob(trx, held, message);
      log.error({ job: job.id, kind: job.kind, tries }, 'a job was set aside');
    });
  }

  const listener = createListener(pool, 'levee_job', wake, log);

  return {
    async start() {
      stopped = false;
      await listener.start();
      timer = setInterval(wake, POLL_MS);
      wake();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await Promise.all(running);
      listener.stop();
    },
    async settle() {
      for (;;) {
        const seconds = await inJurisdiction(jobs.secondsToNextJob);
        if (seconds === null) return;
        wake();
        await new Promise((resolve) => setTimeout(resolve, Math.max(10, Math.min(seconds * 1000, 200))));
      }
    },
  };
}
