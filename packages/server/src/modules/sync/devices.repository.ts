import type { Trx } from '../../platform/db/pool.ts';
import type { Device } from './device.ts';

const deviceRows = (trx: Trx) => trx.selectFrom('field_device').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof deviceRows>['executeTakeFirstOrThrow']>>;

const toDevice = (row: Row): Device => ({
  id: row.id,
  name: row.name,
  siteId: row.site_id,
  division: row.division,
  holder: { id: row.holder_id, name: row.holder_name },
  registeredAt: row.registered_at,
  lastSeenAt: row.last_seen_at,
  unsent: row.unsent,
  revokedAt: row.revoked_at,
  revokedReason: row.revoked_reason,
});

/** Held until the transaction ends. */
export async function lockDevice(trx: Trx, id: string): Promise<Device | undefined> {
  const row = await deviceRows(trx).where('id', '=', id).forUpdate().executeTakeFirst();
  return row && toDevice(row);
}

export async function listDevices(trx: Trx, siteId: string | undefined, offset: number, limit: number) {
  const rows = await deviceRows(trx)
    .select((select) => select.fn.countAll<number>().over().as('total'))
    .$if(siteId !== undefined, (query) => query.where('site_id', '=', siteId!))
    .orderBy('registered_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(toDevice), total: Number(rows[0]?.total ?? 0) };
}

/** False where the id is taken, here or in another area. */
export async function insertDevice(trx: Trx, device: Omit<Device, 'unsent'>): Promise<boolean> {
  const inserted = await trx
    .insertInto('field_device')
    .values({
      id: device.id,
      name: device.name,
      site_id: device.siteId,
      division: device.division,
      holder_id: device.holder.id,
      holder_name: device.holder.name,
      registered_at: device.registeredAt,
      last_seen_at: device.lastSeenAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export interface DeviceChange {
  readonly name?: string;
  readonly site?: { readonly id: string; readonly division: string };
  readonly seen?: { readonly at: string; readonly unsent?: number };
  readonly revoked?: { readonly at: string; readonly by: string; readonly reason: string };
}

export async function updateDevice(trx: Trx, id: string, change: DeviceChange): Promise<Device> {
  const { name, site, seen, revoked } = change;
  const row = await trx
    .updateTable('field_device')
    .set({
      ...(name !== undefined && { name }),
      ...(site && { site_id: site.id, division: site.division }),
      ...(seen && {
        last_seen_at: seen.at,
        ...(seen.unsent !== undefined && { unsent: seen.unsent }),
      }),
      ...(revoked && {
        revoked_at: revoked.at,
        revoked_by: revoked.by,
        revoked_reason: revoked.reason,
      }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return toDevice(row);
}
