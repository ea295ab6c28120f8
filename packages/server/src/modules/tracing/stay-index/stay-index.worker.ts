/** The thread that holds the index: reads all stays once, then answers, taking changes in as they are told. */
import { parentPort, workerData } from 'node:worker_threads';
import { CoLocationIndex, type Stay } from '@levee/epi';
import pg from 'pg';
import { inOrder } from '../meeting.ts';
import type { IndexedUpTo, Question, Said, StayChange, WorkerSettings } from './messages.ts';

const BATCH = 20_000;
/** Buffered stays make a search slower; sorting them in is linear in all stays and is done between questions. */
const COMPACT_AT = 50_000;

const { url, jurisdiction } = workerData as WorkerSettings;
const say = (said: Said) => parentPort!.postMessage(said);

try {
  const { index, upTo } = await build();
  say({ kind: 'ready', upTo, staysCount: index.staysCount, columnBytes: index.byteLength });
  parentPort!.on('message', (question: Question) => {
    try {
      say(answer(index, question));
    } catch (error) {
      say({ kind: 'failed', id: question.id, message: String(error) });
    }
    if (index.deltasCount > COMPACT_AT) index.compact();
  });
} catch (error) {
  say({ kind: 'failed', id: null, message: String(error) });
}

function answer(index: CoLocationIndex, { id, changes, windows, options }: Question): Said {
  for (const change of changes) take(index, change);
  const meetings = index.searchFirstOrder(
    windows.map(({ personId, from, until }) => ({
      person: personId,
      from,
      until,
      lingeringMinutes: options.lingeringMinutes,
    })),
    { minMinutes: options.minMinutes },
  );
  return {
    kind: 'answer',
    id,
    staysCount: index.staysCount,
    meetings: inOrder(
      meetings.map(({ window, person, place, from, until }) => ({
        window,
        personId: person,
        placeId: place,
        from,
        until,
      })),
    ),
  };
}

function take(index: CoLocationIndex, { kind, personId, placeId, from, until }: StayChange): void {
  const stay = { person: personId, place: placeId, from, until };
  if (kind === 'recorded') index.add(stay);
  else index.remove(stay);
}

/** All stays of one snapshot, and what of the log that snapshot holds. */
async function build(): Promise<{ index: CoLocationIndex; upTo: IndexedUpTo }> {
  const client = new pg.Client({ connectionString: url, application_name: 'levee stay index' });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(`select set_config('levee.scope', $1, true)`, [jurisdiction]);
    const horizon = await client.query<{ transaction: string }>(
      'select pg_snapshot_xmin(pg_current_snapshot())::text as transaction',
    );
    const { transaction } = horizon.rows[0]!;
    const later = await client.query<{ sequence: string }>(
      'select sequence from event where transaction >= $1::xid8',
      [transaction],
    );
    await client.query(
      `declare stays no scroll cursor for
        select person_id, place_id, floor(extract(epoch from from_at))::bigint as "from",
               floor(extract(epoch from until_at))::bigint as "until" from stay`,
    );
    const index = await CoLocationIndex.buildFromStream(batches(client));
    await client.query('commit');
    return { index, upTo: { transaction, sequences: later.rows.map(({ sequence }) => Number(sequence)) } };
  } finally {
    await client.end();
  }
}

async function* batches(client: pg.Client): AsyncGenerator<Stay[]> {
  for (;;) {
    const { rows } = await client.query<[string, string, string, string]>({
      text: `fetch ${BATCH} from stays`,
      rowMode: 'array',
    });
    if (rows.length === 0) return;
    yield rows.map(([person, place, from, until]) => ({
      person,
      place,
      from: Number(from),
      until: Number(until),
    }));
  }
}
