/** The index over all stays: opened in its own thread at start, brought up to date before each answer. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CompiledQuery } from 'kysely';
import { inScopedTransaction, type Trx } from '../../../platform/db/pool.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Meeting, MeetingOptions, PersonWindow } from '../meeting.ts';
import {
  advance,
  CHANGES_SQL,
  type ChangeRow,
  HORIZON_SQL,
  type IndexedUpTo,
  type StayChange,
} from './changes.ts';
import type { Asked, Ready, Said, WorkerSettings } from './messages.ts';

/** How often stays are taken in though nobody asks, so that no question has many to wait for. */
const REFRESH_MS = 30_000;
/** How often the snapshot is written when stays have changed. */
const SAVE_MS = 10 * 60_000;
const FILE = 'stay-index.snapshot';

export interface StayIndex {
  /** False while building, and after its thread failed: then the SQL path answers. */
  isReady(): boolean;
  /** Resolves when it is ready; rejects when it cannot be. */
  readonly ready: Promise<Ready>;
  /**
   * Who met the persons of the windows, over everything committed before the call. `trx` reads the log of events and
   * must see the whole jurisdiction.
   */
  meetings(trx: Trx, windows: readonly PersonWindow[], options: MeetingOptions): Promise<Meeting[]>;
  /** Writes the snapshot file, unless it holds what the index holds. */
  save(): Promise<void>;
  /** Saves, then ends the thread. */
  stop(): Promise<void>;
}

const indexes = new WeakMap<Platform, StayIndex>();

/** The running index of this server, or undefined. */
export const stayIndexOf = (platform: Platform): StayIndex | undefined => indexes.get(platform);

/**
 * Opens the index from its snapshot in the data folder or from the database; answers come from SQL until it is ready. After
 * a load past the log of events stop it and start anew: a snapshot with another number of stays is not used.
 */
export function startStayIndex(platform: Platform, url: string): StayIndex {
  const settings: WorkerSettings = {
    url,
    jurisdiction: platform.config.LEVEE_JURISDICTION,
    file: join(platform.dataDir, FILE),
  };
  const worker = new Worker(new URL('./stay-index.worker.ts', import.meta.url), { workerData: settings });
  const waiting = new Map<number, PromiseWithResolvers<Meeting[]>>();
  let upTo: IndexedUpTo | null = null;
  /** Whether the file, if any, holds less than the index. */
  let unsaved = false;
  let stopped = false;
  let asked = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const started = performance.now();

  const { promise: ready, resolve, reject } = Promise.withResolvers<Ready>();
  ready.catch(() => {});
  const fail = (error: Error) => {
    upTo = null;
    reject(error);
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
    if (!stopped) platform.log.error({ err: error }, 'stay index failed; searches go through SQL');
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the thread of the stay index has ended')));
  worker.on('message', (said: Said) => {
    if (said.kind === 'ready') {
      const { kind: _, upTo: reached, ...told } = said;
      upTo = reached;
      unsaved = told.from === 'database';
      const milliseconds = Math.round(performance.now() - started);
      platform.log.info({ ...told, milliseconds }, 'stay index ready');
      resolve(told);
    } else if (said.kind === 'failed' && said.id === null) fail(new Error(said.message));
    else {
      const one = waiting.get(said.id!);
      waiting.delete(said.id!);
      if (said.kind === 'failed') one?.reject(new Error(said.message));
      else one?.resolve(said.kind === 'answer' ? said.meetings : []);
    }
  });
  // The thread holds no work of its own: it must not keep a server alive that has finished.
  worker.unref();

  /** One at a time: what has been read from the log must reach the thread before the log is read again. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work);
    turn = mine.catch(() => {});
    return mine;
  };
  const ask = (question: (id: number) => Asked): Promise<Meeting[]> => {
    const id = ++asked;
    const one = Promise.withResolvers<Meeting[]>();
    one.promise.catch(() => {});
    waiting.set(id, one);
    worker.postMessage(question(id));
    return one.promise;
  };

  const index: StayIndex = {
    isReady: () => upTo !== null,
    ready,
    async meetings(trx, windows, options) {
      const answer = await inTurn(async () => {
        if (!upTo) throw new Error('the stay index is not ready');
        const { changes, upTo: reached } = await readChanges(trx, upTo);
        upTo = reached;
        unsaved ||= changes.length > 0;
        return { asked: ask((id) => ({ kind: 'question', id, changes, windows, options })) };
      });
      return answer.asked;
    },
    async save() {
      const written = await inTurn(async () => {
        if (!upTo || !unsaved) return { asked: Promise.resolve() };
        unsaved = false;
        const reached = upTo;
        return { asked: ask((id) => ({ kind: 'save', id, upTo: reached })).then(() => {}) };
      });
      await written.asked.catch((err: unknown) => {
        unsaved = true;
        platform.log.warn(
          { err },
          'snapshot of the stay index could not be written; the next start reads all stays',
        );
      });
    },
    async stop() {
      clearInterval(refreshing);
      clearInterval(saving);
      indexes.delete(platform);
      // A last save must not wait for a thread that is still reading all stays.
      worker.ref();
      if (upTo) await index.save();
      stopped = true;
      await worker.terminate();
    },
  };
  const refresh = async () => {
    if (!upTo) return;
    const whole = platform.config.LEVEE_JURISDICTION;
    await inScopedTransaction(platform.db, whole, (trx) =>
      index.meetings(trx, [], { minMinutes: 0, lingeringMinutes: 0 }),
    ).catch((err: unknown) => platform.log.warn({ err }, 'stay index could not take in what is new'));
  };
  const refreshing = setInterval(() => void refresh(), REFRESH_MS).unref();
  const saving = setInterval(() => void index.save(), SAVE_MS).unref();
  indexes.set(platform, index);
  return index;
}

/** What the log says about stays beyond `upTo`, and up to where that is. */
async function readChanges(
  trx: Trx,
  upTo: IndexedUpTo,
): Promise<{ changes: StayChange[]; upTo: IndexedUpTo }> {
  const at = await trx.executeQuery<{ horizon: string }>(CompiledQuery.raw(HORIZON_SQL));
  const { rows } = await trx.executeQuery<ChangeRow>(CompiledQuery.raw(CHANGES_SQL, [upTo.transaction]));
  return advance(upTo, at.rows[0]!.horizon, rows);
}
