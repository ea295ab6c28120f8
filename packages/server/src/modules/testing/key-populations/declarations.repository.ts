import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';

export interface Declaration {
  readonly id: string;
  readonly placeId: string;
  readonly division: string;
  readonly valuesSealed: Buffer;
  readonly declaredAt: string;
  readonly settledAt: string | null;
  readonly returneeId: string | null;
}

/** False where this declaration is here already, or the same card waits too often: told nobody, kept no more. */
export async function insertDeclaration(
  trx: Trx,
  one: {
    id: string;
    placeId: string;
    division: string;
    identityIndex: Buffer;
    valuesSealed: Buffer;
    at: string;
  },
  mostWaiting: number,
): Promise<boolean> {
  const { rows } = await sql`
    insert into returnee_declaration (id, place_id, division, identity_index, values_sealed, declared_at)
    select ${one.id}, ${one.placeId}, ${one.division}, ${one.identityIndex}, ${one.valuesSealed}, ${one.at}
     where (select count(*) from returnee_declaration
             where identity_index = ${one.identityIndex} and settled_at is null) < ${mostWaiting}
    on conflict do nothing returning id`.execute(trx);
  return rows.length > 0;
}

const rowsOf = (trx: Trx) =>
  trx
    .selectFrom('returnee_declaration')
    .select([
      'id',
      'place_id as placeId',
      'division',
      'values_sealed as valuesSealed',
      'declared_at as declaredAt',
      'settled_at as settledAt',
      'returnee_id as returneeId',
    ]);

/** Oldest first: whoever waits longest is called first. */
export async function listWaiting(
  trx: Trx,
  offset: number,
  limit: number,
): Promise<{ items: Declaration[]; total: number }> {
  const items = await rowsOf(trx)
    .where('settled_at', 'is', null)
    .orderBy('declared_at')
    .orderBy('id')
    .offset(offset)
    .limit(limit)
    .execute();
  const { total } = await trx
    .selectFrom('returnee_declaration')
    .select(({ fn }) => fn.countAll<string>().as('total'))
    .where('settled_at', 'is', null)
    .executeTakeFirstOrThrow();
  return { items, total: Number(total) };
}

export const lockDeclaration = (trx: Trx, id: string): Promise<Declaration | undefined> =>
  rowsOf(trx).where('id', '=', id).forUpdate().executeTakeFirst();

export async function countWaitingIn(trx: Trx, division: string): Promise<number> {
  const { waiting } = await trx
    .selectFrom('returnee_declaration')
    .select(({ fn }) => fn.countAll<string>().as('waiting'))
    .where('settled_at', 'is', null)
    .where('division', '>=', division)
    .where('division', '<', `${division}~`)
    .executeTakeFirstOrThrow();
  return Number(waiting);
}

export async function settleDeclaration(
  trx: Trx,
  id: string,
  as: { at: string; by: string } & ({ returneeId: string } | { reason: string }),
): Promise<void> {
  await trx
    .updateTable('returnee_declaration')
    .set({
      settled_at: as.at,
      settled_by: as.by,
      ...('returneeId' in as ? { returnee_id: as.returneeId } : { set_aside_reason: as.reason }),
    })
    .where('id', '=', id)
    .execute();
}
