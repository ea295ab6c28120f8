/** What became of one measure: its reviews, extensions and events. */
import type { MeasureState } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';

export async function reviewsOf(trx: Trx, measureId: string) {
  const rows = await trx
    .selectFrom('measure_review')
    .selectAll()
    .where('measure_id', '=', measureId)
    .orderBy('at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at as unknown as string,
    reviewer: { id: row.reviewer_id, name: row.reviewer_name },
    stillNeeded: row.still_needed,
    reason: row.reason,
  }));
}

export async function extensionsOf(trx: Trx, id: string) {
  const rows = await trx
    .selectFrom('measure')
    .select(['id', 'state', 'ends_at as endsAt'])
    .where('extends_id', '=', id)
    .orderBy('drafted_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    state: row.state as MeasureState,
    endsAt: row.endsAt as unknown as string,
  }));
}

/** The events of one measure and of its appeals, oldest first. */
export async function historyOf(trx: Trx, subjectIds: readonly string[]) {
  const { rows } = await sql<{
    kind: string;
    at: string;
    actor_id: string | null;
    actor_name: string | null;
  }>`
    select kind, at, actor_id, actor_name from event where subject_id = any(${[...subjectIds]}::uuid[]) order by sequence
  `.execute(trx);
  return rows.map((row) => ({
    kind: row.kind,
    at: row.at,
    actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? '' },
  }));
}
