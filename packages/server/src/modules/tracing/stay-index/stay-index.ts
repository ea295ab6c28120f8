/** The index over all stays: built in its own thread at start, brought up to date before each answer. */
import { Worker } from 'node:worker_threads';
import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';
import type { Platform } from '../../../platform/platform.ts';
import { epochOf, type Meeting, type MeetingOptions, type PersonWindow } from '../meeting.ts';
import type { Question, Said, StayChange, WorkerSettings } from './messages.ts';

export interface StayIndex {
  /** False while building, and after its thread failed: then the SQL path answers. */
  isReady(): boolean;
  /** Resolves when it is ready; rejects when it cannot be. */
  readonly ready: Promise<{ staysCount: number; columnBytes: number }>;
  /**
   * Who met the persons of the windows, over everything committed before the call. `trx` reads the log of events and
   * must see the whole jurisdiction.
   */
  meetings(trx: Trx, windows: readonly PersonWindow[], options: MeetingOptions): Promise<Meeting[]>;
  stop(): Promise<void>;
}

const indexes = new WeakMap<Platform, StayIndex>();

/** The running index of this server, or undefined. */
export const stayIndexOf = (platform: Platform): StayIndex | undefined => indexes.get(platform);

/** Starts building the index; answers come from SQL until it is ready. After a bulk load stop it and start anew. */
export function startStayIndex(platform: Platform, url: string): StayIndex {
  const settings: WorkerSettings = { url, jurisdiction: platform.config.LEVEE_JURISDICTION };
  const worker = new Worker(new URL('./stay-index.worker.ts', import.meta.url), { workerData: settings });
  const waiting = new Map<
    number,
    { resolve: (meetings: Meeting[]) => void; reject: (error: Error) => void }
  >();
  let upTo: { transaction: string; sequences: Set<number> } | null = null;
  let stopped = false;
  let questions = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const started = performance.now();

  const {
    promise: ready,
    resolve,
    reject,
  } = Promise.withResolvers<{ staysCount: number; columnBytes: number }>();
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
      upTo = { transaction: said.upTo.transaction, sequences: new Set(said.upTo.sequences) };
      const milliseconds = Math.round(performance.now() - started);
      platform.log.info(
        { stays: said.staysCount, bytes: said.columnBytes, milliseconds },
        'stay index ready',
      );
      resolve({ staysCount: said.staysCount, columnBytes: said.columnBytes });
    } else if (said.kind === 'answer') {
      waiting.get(said.id)?.resolve(said.meetings);
      waiting.delete(said.id);
    } else if (said.id === null) fail(new Error(said.message));
    else {
      waiting.get(said.id)?.reject(new Error(said.message));
      waiting.delete(said.id);
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

  const index: StayIndex = {
    isReady: () => upTo !== null,
    ready,
    async meetings(trx, windows, options) {
      const answer = await inTurn(async () => {
        if (!upTo) throw new Error('the stay index is not ready');
        const changes = await readChanges(trx, upTo);
        const id = ++questions;
        const asked = Promise.withResolvers<Meeting[]>();
        waiting.set(id, asked);
        worker.postMessage({ id, changes, windows, options } satisfies Question);
        return { asked: asked.promise };
      });
      return answer.asked;
    },
    async stop() {
      stopped = true;
      indexes.delete(platform);
      await worker.terminate();
    },
  };
  indexes.set(platform, index);
  return index;
}

interface ChangeRow {
  transaction: string;
  sequence: number;
  kind: string;
  data: { personId: string; placeId: string; from: string; until: string };
}

/**
 * What the log says about stays beyond `upTo`, which moves on. Transactions still running may yet commit events with
 * low numbers, so only what lies below the oldest of them is settled; visible events above are remembered one by one.
 */
async function readChanges(
  trx: Trx,
  upTo: { transaction: string; sequences: Set<number> },
): Promise<StayChange[]> {
  const { rows: at } = await sql<{ horizon: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`.execute(trx);
  const { rows } = await sql<ChangeRow>`
    select transaction::text as transaction, sequence, kind, data from event
     where transaction >= ${upTo.transaction}::xid8 and kind in ('stay.recorded', 'stay.removed')
     order by sequence`.execute(trx);
  const horizon = at[0]!.horizon;
  const news = rows.filter(({ sequence }) => !upTo.sequences.has(sequence));
  upTo.sequences = new Set(
    rows.filter(({ transaction }) => BigInt(transaction) >= BigInt(horizon)).map(({ sequence }) => sequence),
  );
  if (BigInt(horizon) > BigInt(upTo.transaction)) upTo.transaction = horizon;
  return news.map(({ kind, data }) => ({
    kind: kind === 'stay.recorded' ? 'recorded' : 'removed',
    personId: data.personId,
    placeId: data.placeId,
    from: epochOf(data.from),
    until: epochOf(data.until),
  }));
}
