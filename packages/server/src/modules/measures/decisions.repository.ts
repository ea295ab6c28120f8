/** What is decided about a drafted measure: approval, its end before time, the notice, "still needed?". */
import type { Notice } from '@levee/contract';
import type { Trx } from '../../platform/db/pool.ts';

export async function approve(
  trx: Trx,
  id: string,
  approver: { id: string; name: string },
  at: string,
): Promise<void> {
  await trx
    .updateTable('measure')
    .set({ approver_id: approver.id, approver_name: approver.name, approved_at: at })
    .set((update) => ({ version: update('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function close(
  trx: Trx,
  id: string,
  how: { kind: 'rejected' | 'withdrawn'; by: { id: string; name: string }; at: string; reason: string },
): Promise<void> {
  await trx
    .updateTable('measure')
    .set({
      close_kind: how.kind,
      closed_at: how.at,
      closed_by_id: how.by.id,
      closed_by_name: how.by.name,
      close_reason: how.reason,
    })
    .set((update) => ({ version: update('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function setNotice(trx: Trx, id: string, notice: Notice): Promise<void> {
  await trx
    .updateTable('measure')
    .set({ notice: JSON.stringify(notice) })
    .set((update) => ({ version: update('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function insertReview(
  trx: Trx,
  review: {
    id: string;
    measureId: string;
    division: string;
    at: string;
    by: { id: string; name: string };
    stillNeeded: boolean;
    reason: string;
  },
): Promise<void> {
  await trx
    .insertInto('measure_review')
    .values({
      id: review.id,
      measure_id: review.measureId,
      division: review.division,
      at: review.at,
      reviewer_id: review.by.id,
      reviewer_name: review.by.name,
      still_needed: review.stillNeeded,
      reason: review.reason,
    })
    .execute();
}
