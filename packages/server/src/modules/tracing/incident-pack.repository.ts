import type { Trx } from '../../platform/db/pool.ts';

/** The pack an incident is run by; null where the incident lies outside the scope. */
export async function packIdOfIncident(trx: Trx, incidentId: string): Promise<string | null> {
  const row = await trx
    .selectFrom('incident')
    .select('pack_id')
    .where('id', '=', incidentId)
    .executeTakeFirst();
  return row?.pack_id ?? null;
}
