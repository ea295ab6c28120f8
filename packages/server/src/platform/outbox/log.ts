/**
 * Reading the event log in an order that never shows a later event before an earlier one.
 *
 * Sequence numbers are taken before commit, so a slow transaction may commit a low number late. A position is
 * therefore (transaction id, sequence), and a reader only looks below the oldest transaction still running.
 */
import type { Event, EventKind } from '@levee/contract';
import { sql } from 'kysely';
import type { Database, Trx } from '../db/pool.ts';

export interface Position {
  readonly transaction: string;
  readonly sequence: number;
}

export const START: Position = { transaction: '0', sequence: 0 };

export const positionText = (position: Position): string => `${position.transaction}-${position.sequence}`;

export function parsePosition(text: string): Position | null {
  const match = /^(\d{1,19})-(\d{1,15})$/.exec(text);
  return match ? { transaction: match[1]!, sequence: Number(match[2]) } : null;
}

export const isAfter = (a: Position, b: Position): boolean => {
  const left = BigInt(a.transaction);
  const right = BigInt(b.transaction);
  return left > right || (left === right && a.sequence > b.sequence);
};

interface EventRow {
  transaction: string;
  sequence: number;
  kind: string;
  at: string;
  division: string;
  actor_id: string | null;
  actor_name: string | null;
  subject_type: string;
  subject_id: string;
  incident_id: string | null;
  data: Record<string, unknown>;
}

export interface LoggedEvent extends Event {
  readonly logPosition: Position;
}

const toEvent = (row: EventRow): LoggedEvent => ({
  logPosition: { transaction: row.transaction, sequence: row.sequence },
  position: positionText(row),
  kind: row.kind as EventKind,
  at: row.at,
  division: row.division,
  actor: row.actor_id && row.actor_name ? { id: row.actor_id, name: row.actor_name } : null,
  subject: { type: row.subject_type, id: row.subject_id },
  incidentId: row.incident_id,
  data: row.data,
});

// Ordered by the table's column, never by the text of the same name that is selected: as text 10000 comes before 9999.

/** Settled events after `after`, oldest first; only of `kinds` where given. Scope is the transaction's. */
export async function readAfter(
  trx: Trx | Database,
  after: Position,
  limit: number,
  kinds?: readonly EventKind[],
): Promise<LoggedEvent[]> {
  const wanted = kinds ? sql`and kind = any(${kinds as EventKind[]}::text[])` : sql``;
  const { rows } = await sql<EventRow>`
    select transaction::text as transaction, sequence, kind, at, division, actor_id, actor_name,
           subject_type, subject_id, incident_id, data
      from event
     where (transaction, sequence) > (${after.transaction}::xid8, ${after.sequence}::bigint)
       and transaction < pg_snapshot_xmin(pg_current_snapshot()) ${wanted}
     order by event.transaction, event.sequence
     limit ${limit}`.execute(trx);
  return rows.map(toEvent);
}

/** Where the log ends now: everything up to here is settled. */
export async function horizon(trx: Trx | Database): Promise<Position> {
  const { rows } = await sql<{ transaction: string; sequence: number }>`
    select transaction::text as transaction, sequence from event
     where transaction < pg_snapshot_xmin(pg_current_snapshot())
     order by event.transaction desc, event.sequence desc limit 1`.execute(trx);
  return rows[0] ?? START;
}
