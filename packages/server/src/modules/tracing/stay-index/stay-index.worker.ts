/** The thread that holds the index: reads all stays once, then answers, taking changes in as they are told. */
import { parentPort, workerData } from 'node:worker_threads';
import type { CoLocationIndex, IndexState } from '@levee/epi';
import pg from 'pg';
import { HORIZON_SQL, type IndexedUpTo } from './changes.ts';
import type { Asked, Said, WorkerSettings } from './messages.ts';
import { readStays } from './read-stays.ts';
import { readSnapshot, takeIn, writeSnapshot } from './snapshot-file.ts';

/** Sorting buffered stays in is linear in all stays: done between questions, when they are many and one in a hundred. */
const COMPACT_AT = 50_000;
const COMPACT_SHARE = 1 / 100;

const { url, jurisdiction, file } = workerData as WorkerSettings;
const say = (said: Said) => parentPort!.postMessage(said);

try {
  const { index, upTo, from, thrownAway } = await withDatabase(open);
  say({ kind: 'ready', upTo, from, thrownAway, staysCount: index.staysCount, bytes: index.byteLength });
  let saving: Promise<void> = Promise.resolve();
  parentPort!.on('message', (asked: Asked) => {
    if (asked.kind === 'question') {
      answer(index, asked);
      return;
    }
    // Taken now: what is told while the file is being written lies behind `upTo` and must not be in it.
    const state = index.toState();
    saving = saving.then(() => save(state, asked.id, asked.upTo));
  });
} catch (error) {
  say({ kind: 'failed', id: null, message: String(error) });
}

function answer(
  index: CoLocationIndex,
  { id, changes, windows, options }: Asked & { kind: 'question' },
): void {
  try {
    for (const change of changes) takeIn(index, change);
    const { lingeringMinutes, minMinutes } = options;
    const found = index.searchFirstOrder(
      windows.map(({ personId, from, until }) => ({ person: personId, from, until, lingeringMinutes })),
      { minMinutes },
    );
    const meetings = found.map(({ window, person, place, from, until }) => ({
      window,
      personId: person,
      placeId: place,
      from,
      until,
    }));
    say({ kind: 'answer', id, staysCount: index.staysCount, meetings });
  } catch (error) {
    say({ kind: 'failed', id, message: String(error) });
  }
  if (index.deltasCount > Math.max(COMPACT_AT, COMPACT_SHARE * index.staysCount)) index.compact();
}

async function save(state: IndexState, id: number, upTo: IndexedUpTo): Promise<void> {
  try {
    await withDatabase((client) => writeSnapshot(file, state, client, upTo));
    say({ kind: 'saved', id });
  } catch (error) {
    say({ kind: 'failed', id, message: String(error) });
  }
}

type Opened = {
  index: CoLocationIndex;
  upTo: IndexedUpTo;
  from: 'snapshot' | 'database';
  thrownAway: string | null;
};

async function open(client: pg.Client): Promise<Opened> {
  let thrownAway: string | null = null;
  try {
    const kept = await readSnapshot(file, client);
    if (kept) return { ...kept, from: 'snapshot', thrownAway };
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    thrownAway = error.message;
  }
  const horizon = await client.query<{ horizon: string }>(HORIZON_SQL);
  const transaction = horizon.rows[0]!.horizon;
  const later = await client.query<{ sequence: string }>(
    'select sequence from event where transaction >= $1::xid8',
    [transaction],
  );
  const sequences = later.rows.map(({ sequence }) => Number(sequence));
  return { index: await readStays(client), upTo: { transaction, sequences }, from: 'database', thrownAway };
}

/** One snapshot of the database, seeing the whole jurisdiction. */
async function withDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'levee stay index' });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(`select set_config('levee.scope', $1, true)`, [jurisdiction]);
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    await client.end();
  }
}
