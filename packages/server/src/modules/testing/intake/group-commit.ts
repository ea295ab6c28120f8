/**
 * Rows of many requests in one commit, without a timer: while a write is under way the next rows queue, and all that
 * has queued goes when a slot frees. Measured against a 2 ms and a 5 ms timer on two cores the timer halved the rate
 * or worse; more than two slots only divides the groups.
 */
import { LeveeError } from '@levee/contract';
import type pg from 'pg';
import { plainArray } from '../../../platform/db/plain-array.ts';
import type { IntakeRow } from './intake-row.ts';

const SLOTS = 2;
/** Above it one statement takes long enough to be felt by those who wait behind it. */
const LARGEST_GROUP = 2_000;
/** Rows that may wait: at the slowest rate seen (3,000 a second) these are in within two seconds. */
const LONGEST_QUEUE = 6_000;
const RETRY_SECONDS = 2;

interface Waiting {
  readonly rows: readonly IntakeRow[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export interface GroupCommit {
  /** Resolves once the rows are committed. @throws `overloaded` at once where too much waits already. */
  append(scope: string, rows: readonly IntakeRow[]): Promise<void>;
  /** Rows that wait, for the metrics and for the door that refuses before it reads a body. */
  waiting(): number;
  isFull(): boolean;
  /** Rows committed since the start. */
  committed(): number;
  /** Resolves when nothing is under way. */
  drain(): Promise<void>;
}

/** `written` is told after each commit: the settler need not poll. */
export function createGroupCommit(pool: pg.Pool, now: () => string, written: () => void): GroupCommit {
  // Of one scope together: the policy judges all rows of a statement by one scope.
  const queues = new Map<string, Waiting[]>();
  let rowsWaiting = 0;
  let rowsCommitted = 0;
  let busy = 0;
  let idle: (() => void)[] = [];

  async function run(): Promise<void> {
    busy += 1;
    try {
      for (let group = take(); group; group = take()) await write(group.scope, group.waiting);
    } finally {
      busy -= 1;
      if (busy === 0 && rowsWaiting === 0) {
        for (const tell of idle) tell();
        idle = [];
      }
    }
  }

  /** The scope that has waited longest gives what it has, up to the largest group. */
  function take(): { scope: string; waiting: Waiting[] } | undefined {
    const [first] = queues;
    if (!first) return undefined;
    const [scope, queue] = first;
    let count = 0;
    let size = 0;
    while (count < queue.length && size < LARGEST_GROUP) size += queue[count++]!.rows.length;
    const waiting = queue.splice(0, count);
    queues.delete(scope);
    // Back at the end, so that a busy county does not keep the others out.
    if (queue.length > 0) queues.set(scope, queue);
    rowsWaiting -= size;
    return { scope, waiting };
  }

  async function write(scope: string, waiting: readonly Waiting[]): Promise<void> {
    try {
      const rows = waiting.flatMap((one) => one.rows);
      await pool.query(statement(scope, rows, now()));
      rowsCommitted += rows.length;
      for (const { done } of waiting) done();
      written();
    } catch (error) {
      // One row the database refuses must not take its neighbours with it.
      if (waiting.length > 1 && isRefusal(error)) for (const one of waiting) await write(scope, [one]);
      else for (const { failed } of waiting) failed(error);
    }
  }

  return {
    append(scope, rows) {
      if (rowsWaiting + rows.length > LONGEST_QUEUE) {
        return Promise.reject(new LeveeError('overloaded', { seconds: RETRY_SECONDS }));
      }
      return new Promise((resolve, reject) => {
        const queue = queues.get(scope);
        const one: Waiting = { rows, done: resolve, failed: reject };
        if (queue) queue.push(one);
        else queues.set(scope, [one]);
        rowsWaiting += rows.length;
        if (busy < SLOTS) void run();
      });
    },
    waiting: () => rowsWaiting,
    isFull: () => rowsWaiting >= LONGEST_QUEUE,
    committed: () => rowsCommitted,
    drain: () =>
      busy === 0 && rowsWaiting === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve)),
  };
}

/** Class 22 and 23 of SQLSTATE: bad data and broken constraints, 42501: outside the scope. */
const isRefusal = (error: unknown) => {
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  return code.startsWith('22') || code.startsWith('23') || code === '42501';
};

function statement(scope: string, rows: readonly IntakeRow[], receivedAt: string) {
  const { heads, runs } = inRuns(rows);
  const head = (read: (row: IntakeRow) => string | number) => plainArray(heads.map(read));
  const column = (read: (row: IntakeRow) => string | number) => plainArray(rows.map(read));
  return {
    // Named: parsed and planned once per connection.
    name: 'intake_append',
    text: 'select intake_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)',
    values: [
      scope,
      head(({ deviceId }) => deviceId),
      head(({ division }) => division),
      head(({ siteId }) => siteId),
      head(({ kind }) => kind),
      head(({ aheadSeconds }) => aheadSeconds),
      head(({ actorId }) => actorId),
      column(({ id }) => id),
      plainArray(runs),
      column(({ order }) => order),
      // JSON holds no bare line feed.
      rows.map(({ body }) => body).join('\n'),
      column(({ at }) => at),
      receivedAt,
    ],
  };
}

/** The first of each run of rows alike in what a batch has in common, and the run of each row, from 1. */
function inRuns(rows: readonly IntakeRow[]): { heads: IntakeRow[]; runs: number[] } {
  const heads: IntakeRow[] = [];
  const runs = rows.map((row) => {
    const last = heads.at(-1);
    const goesOn =
      last !== undefined &&
      row.deviceId === last.deviceId &&
      row.siteId === last.siteId &&
      row.kind === last.kind &&
      row.aheadSeconds === last.aheadSeconds &&
      row.actorId === last.actorId &&
      row.division === last.division;
    if (!goesOn) heads.push(row);
    return heads.length;
  });
  return { heads, runs };
}
