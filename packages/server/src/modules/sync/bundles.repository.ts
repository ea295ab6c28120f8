import type { Trx } from '../../platform/db/pool.ts';

export interface Bundle {
  readonly id: string;
  readonly deviceId: string;
  readonly siteId: string;
  /** The area whose residents are in it. */
  readonly division: string;
  readonly personIds: readonly string[];
  readonly keySealed: Buffer;
  readonly takenAt: string;
  readonly takenBy: string;
  readonly expiresAt: string;
}

export async function insertBundle(trx: Trx, bundle: Bundle): Promise<void> {
  await trx
    .insertInto('work_bundle')
    .values({
      id: bundle.id,
      device_id: bundle.deviceId,
      site_id: bundle.siteId,
      division: bundle.division,
      person_ids: [...bundle.personIds],
      key_sealed: bundle.keySealed,
      taken_at: bundle.takenAt,
      taken_by: bundle.takenBy,
      expires_at: bundle.expiresAt,
    })
    .execute();
}

export async function findBundleById(trx: Trx, id: string): Promise<Bundle | undefined> {
  const row = await trx.selectFrom('work_bundle').selectAll().where('id', '=', id).executeTakeFirst();
  return (
    row && {
      id: row.id,
      deviceId: row.device_id,
      siteId: row.site_id,
      division: row.division,
      personIds: row.person_ids,
      keySealed: row.key_sealed,
      takenAt: row.taken_at,
      takenBy: row.taken_by,
      expiresAt: row.expires_at,
    }
  );
}
