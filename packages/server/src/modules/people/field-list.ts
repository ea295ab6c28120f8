/** People as a device carries them: found by name keys or by a keyed mark of the card, never by the number itself. */
import { createHmac } from 'node:crypto';
import type { Context } from '../../platform/context.ts';
import type { Trx } from '../../platform/db/pool.ts';
import { findPeopleByIds } from './people.repository.ts';
import { maskNumber, nameKeys, openIdentity } from './person.ts';

/** Bytes of the HMAC kept: enough that no two people of a list share one. */
const MARK = 16;

/** Ids of the residents of an area as far as the reader's reaches, in a fixed order; at most `limit`. */
export async function listResidentIds(trx: Trx, within: string, limit: number): Promise<string[]> {
  const rows = await trx
    .selectFrom('person')
    .select('id')
    .where('division', '>=', within)
    .where('division', '<', `${within}~`)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Those of `ids` in the reader's area, in the order of `ids`, put on record as opened. */
export async function cardKeys(context: Context, ids: readonly string[], key: Buffer) {
  const found = await findPeopleByIds(context.trx, ids);
  context.opened('person', [...found.keys()]);
  return ids.flatMap((id) => {
    const person = found.get(id);
    if (!person) return [];
    const identity = openIdentity(person, context.platform.cipher);
    const mark = identity && createHmac('sha256', key).update(identity).digest().subarray(0, MARK);
    return [
      {
        id,
        nameZh: person.nameZh,
        ...nameKeys(person.nameZh),
        householdId: person.householdId,
        identityMasked: identity && maskNumber(identity),
        card: mark ? mark.toString('base64') : null,
      },
    ];
  });
}
