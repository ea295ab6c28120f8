import { sql } from 'kysely';
import type { Cipher } from '../../../platform/cipher.ts';
import { plainArray } from '../../../platform/db/plain-array.ts';
import type { Trx } from '../../../platform/db/pool.ts';
import { type Recorded, type StoredRecord, toRecorded } from './intake-row.ts';
import type { Settled } from './settle.repository.ts';

/** Those of `ids` that are dealt with, whatever became of them. */
export async function findArrived(trx: Trx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id from intake_outcome where id = any(${plainArray(ids)}::uuid[]) and state <> 'held'`.execute(
    trx,
  );
  return new Set(rows.map(({ id }) => id));
}

export interface Releasable {
  readonly record: Recorded;
  readonly bodyHash: Buffer;
  /** False where the time is over and what it builds on never came. */
  readonly hasBase: boolean;
}

/** The first that need not wait longer: whose base has come before whose time is over, then in the device's order. */
export async function takeReleasable(trx: Trx, cipher: Cipher, now: string): Promise<Releasable | undefined> {
  const { rows } = await sql<StoredRecord & { has_base: boolean; body_hash: Buffer }>`
    select held.*, base.id is not null as has_base
      from intake_outcome held
      left join intake_outcome base on base.id = (held.body ->> 'after')::uuid and base.state <> 'held'
     where held.state = 'held' and (base.id is not null or held.held_until <= ${now}::timestamptz)
     order by has_base desc, held.device_id, held.device_order, held.id
     limit 1 for update of held`.execute(trx);
  const [row] = rows;
  return row && { record: toRecorded(row, 0, cipher), bodyHash: row.body_hash, hasBase: row.has_base };
}

export async function updateReleased(trx: Trx, released: Settled, hasBase: boolean): Promise<void> {
  const applied = released.problem === null;
  await trx
    .updateTable('intake_outcome')
    .set({
      state: applied ? 'applied' : 'quarantined',
      settled_at: released.settledAt,
      held_until: null,
      without_base: !hasBase,
      problem: released.problem && JSON.stringify(released.problem),
      next_step: released.nextStep && JSON.stringify(released.nextStep),
      ...(applied && { body: null }),
    })
    .where('id', '=', released.id)
    .execute();
}
