/** What the log of events says about stays, from where an index stands. */
import { epochOf } from '../meeting.ts';

export interface StayChange {
  readonly kind: 'recorded' | 'removed';
  readonly personId: string;
  readonly placeId: string;
  readonly from: number;
  readonly until: number;
}

/**
 * Up to where the log of events is in the index: everything of transactions before `transaction`, and the events of
 * later ones in `sequences`, which had committed when the stays were read.
 */
export interface IndexedUpTo {
  readonly transaction: string;
  readonly sequences: readonly number[];
}

export interface ChangeRow {
  transaction: string;
  sequence: number;
  kind: string;
  data: { personId: string; placeId: string; from: string; until: string };
}

export const HORIZON_SQL = `select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`;
export const CHANGES_SQL = `
  select transaction::text as transaction, sequence::float8 as sequence, kind, data from event
   where transaction >= $1::xid8 and kind in ('stay.recorded', 'stay.removed')
   order by sequence`;

/**
 * The changes among `rows` (what CHANGES_SQL gives from `upTo` on) that are not in the index yet, and where it stands
 * with them. Transactions still running may yet commit events with low numbers, so only what lies below the oldest of
 * them (`horizon`) is settled; visible events above are remembered one by one.
 */
export function advance(
  upTo: IndexedUpTo,
  horizon: string,
  rows: readonly ChangeRow[],
): { changes: StayChange[]; upTo: IndexedUpTo } {
  const known = new Set(upTo.sequences);
  const changes = rows
    .filter(({ sequence }) => !known.has(sequence))
    .map(
      ({ kind, data }): StayChange => ({
        kind: kind === 'stay.recorded' ? 'recorded' : 'removed',
        personId: data.personId,
        placeId: data.placeId,
        from: epochOf(data.from),
        until: epochOf(data.until),
      }),
    );
  const open = rows.filter(({ transaction }) => BigInt(transaction) >= BigInt(horizon));
  const transaction = BigInt(horizon) > BigInt(upTo.transaction) ? horizon : upTo.transaction;
  return { changes, upTo: { transaction, sequences: open.map(({ sequence }) => sequence) } };
}
