import type { Trx } from '../../platform/db/pool.ts';
import { insideArea } from '../places/index.ts';

export interface Link {
  readonly id: string;
  readonly name: string;
  readonly labId: string;
  readonly accountId: string;
  readonly division: string;
  readonly sendingFacility: string;
  readonly sourceAddresses: readonly string[];
  readonly tokenMadeAt: string | null;
  readonly openedAt: string;
  readonly closedAt: string | null;
}

const linkRows = (trx: Trx) =>
  trx
    .selectFrom('lab_link')
    .select([
      'id',
      'name',
      'lab_id as labId',
      'account_id as accountId',
      'division',
      'sending_facility as sendingFacility',
      'source_addresses as sourceAddresses',
      'token_made_at as tokenMadeAt',
      'opened_at as openedAt',
      'closed_at as closedAt',
    ]);

export const listLinks = (trx: Trx): Promise<Link[]> =>
  linkRows(trx)
    .orderBy('closed_at', (order) => order.nullsFirst())
    .orderBy('name')
    .execute();

export const findLink = (trx: Trx, id: string): Promise<Link | undefined> =>
  linkRows(trx).where('id', '=', id).executeTakeFirst();

export const findOpenLinks = (trx: Trx): Promise<Link[]> =>
  linkRows(trx).where('closed_at', 'is', null).orderBy('id').execute();

export const findLinkByToken = (trx: Trx, hash: Buffer): Promise<Link | undefined> =>
  linkRows(trx).where('token_hash', '=', hash).where('closed_at', 'is', null).executeTakeFirst();

/** False where another open link has the sending facility. */
export async function insertLink(trx: Trx, link: Omit<Link, 'closedAt' | 'tokenMadeAt'>): Promise<boolean> {
  const inserted = await trx
    .insertInto('lab_link')
    .values({
      id: link.id,
      name: link.name,
      lab_id: link.labId,
      account_id: link.accountId,
      division: link.division,
      sending_facility: link.sendingFacility,
      source_addresses: [...link.sourceAddresses],
      opened_at: link.openedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function updateLink(
  trx: Trx,
  id: string,
  change: { readonly tokenHash?: Buffer; readonly tokenMadeAt?: string; readonly closedAt?: string },
): Promise<void> {
  await trx
    .updateTable('lab_link')
    .set({
      ...(change.tokenHash !== undefined && { token_hash: change.tokenHash }),
      ...(change.tokenMadeAt !== undefined && { token_made_at: change.tokenMadeAt }),
      ...(change.closedAt !== undefined && { closed_at: change.closedAt, token_hash: null }),
    })
    .where('id', '=', id)
    .execute();
}

/** Laboratories of an area, for whoever opens a link and reads no other place. */
export const listLaboratories = (trx: Trx, within: string) =>
  trx
    .selectFrom('place')
    .select(['id', 'name_zh as nameZh', 'name_en as nameEn'])
    .where('class', '=', 'laboratory')
    .where(insideArea('division', within))
    .orderBy('name_zh')
    .limit(500)
    .execute();
