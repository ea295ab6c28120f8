import type { Trx } from '../../../platform/db/pool.ts';

export interface Loss {
  readonly id: string;
  readonly poolId: string;
  readonly division: string;
  readonly reason: string;
  readonly lostAt: string;
  readonly proposedAt: string;
  readonly proposedBy: string;
  readonly proposedByName: string;
  readonly decision: 'confirmed' | 'refused' | null;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly decidedByName: string | null;
  readonly note: string | null;
}

const rowsOf = (trx: Trx) =>
  trx
    .selectFrom('tube_loss')
    .select([
      'id',
      'pool_id as poolId',
      'division',
      'reason',
      'lost_at as lostAt',
      'proposed_at as proposedAt',
      'proposed_by as proposedBy',
      'proposed_by_name as proposedByName',
      'decided_at as decidedAt',
      'decided_by as decidedBy',
      'decided_by_name as decidedByName',
      'note',
    ])
    .select((eb) => eb.ref('decision').$castTo<Loss['decision']>().as('decision'));

/** False where the id is in use, or another waits for its second look. */
export async function insertLoss(
  trx: Trx,
  loss: Omit<Loss, 'decision' | 'decidedAt' | 'decidedBy' | 'decidedByName' | 'note'>,
): Promise<boolean> {
  const inserted = await trx
    .insertInto('tube_loss')
    .values({
      id: loss.id,
      pool_id: loss.poolId,
      division: loss.division,
      reason: loss.reason,
      lost_at: loss.lostAt,
      proposed_at: loss.proposedAt,
      proposed_by: loss.proposedBy,
      proposed_by_name: loss.proposedByName,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export const findLoss = (trx: Trx, id: string): Promise<Loss | undefined> =>
  rowsOf(trx).where('id', '=', id).executeTakeFirst();

export const lockLoss = (trx: Trx, id: string): Promise<Loss | undefined> =>
  rowsOf(trx).where('id', '=', id).forUpdate().executeTakeFirst();

/** Newest first. */
export const lossesOf = (trx: Trx, poolId: string): Promise<Loss[]> =>
  rowsOf(trx).where('pool_id', '=', poolId).orderBy('proposed_at', 'desc').execute();

export async function decideLoss(
  trx: Trx,
  id: string,
  as: {
    decision: 'confirmed' | 'refused';
    note: string | null;
    at: string;
    by: { id: string; name: string };
  },
): Promise<void> {
  await trx
    .updateTable('tube_loss')
    .set({
      decision: as.decision,
      note: as.note,
      decided_at: as.at,
      decided_by: as.by.id,
      decided_by_name: as.by.name,
    })
    .where('id', '=', id)
    .execute();
}
