/** Which protocol pack an incident runs on. */
import type { Trx } from '../../platform/db/pool.ts';

/** Where no incident is open yet, a positive pool is read by the pack the house starts from. */
const PACK_BEFORE_ACTIVATION = 'covid19-cn-9';

export async function packOfIncident(trx: Trx, incidentId: string): Promise<string | null> {
  const row = await trx
    .selectFrom('incident')
    .select('pack_id')
    .where('id', '=', incidentId)
    .executeTakeFirst();
  return row?.pack_id ?? null;
}

export async function packInForce(trx: Trx): Promise<string> {
  const row = await trx
    .selectFrom('incident')
    .select('pack_id')
    .where('stood_down_at', 'is', null)
    .orderBy('activated_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.pack_id ?? PACK_BEFORE_ACTIVATION;
}
