import { type FieldDevice, LeveeError, refuse } from '@levee/contract';
import { type Context, requirePermission, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { findPlaceByIdOrThrow, findPlacesByIds } from '../places/index.ts';
import { type Device, requireHolder, requireInUse } from './device.ts';
import * as devices from './devices.repository.ts';
import { epochOf } from './epoch.ts';

export async function viewDevices(context: Context, found: readonly Device[]): Promise<FieldDevice[]> {
  const places = await findPlacesByIds(
    context.trx,
    found.map(({ siteId }) => siteId),
  );
  return found.map(({ siteId, ...device }) => {
    const site = places.get(siteId);
    return { ...device, site: site ? { id: site.id, nameZh: site.nameZh, nameEn: site.nameEn } : null };
  });
}

const viewDevice = async (context: Context, device: Device) => (await viewDevices(context, [device]))[0]!;

/** @throws `not_found`, the same for a device of another area: the holder's area has changed, or it is nobody's */
export async function lockDeviceOrThrow(context: Context, deviceId: string): Promise<Device> {
  const device = await devices.lockDevice(context.trx, deviceId);
  if (!device) throw new LeveeError('not_found');
  return device;
}

/** Registers a device at a site, or moves the holder's own to another site. */
export async function registerDevice(
  context: Context,
  { id, name, siteId }: { id: string; name: string; siteId: string },
): Promise<FieldDevice> {
  const { trx, actor, now } = context;
  const site = await findPlaceByIdOrThrow(trx, siteId);
  requireScope(context, site.division);
  if (site.class !== 'test_site') {
    throw refuse(
      { zh: `“${site.nameZh}”不是采样点`, en: `“${site.nameEn || site.nameZh}” is no sampling site` },
      { zh: '选择一个采样点。', en: 'Choose a sampling site.' },
    );
  }
  const known = await devices.lockDevice(trx, id);
  if (known) {
    requireHolder(known, actor);
    requireInUse(known);
    const moved = { name, site: { id: site.id, division: site.division }, seen: { at: now } };
    return viewDevice(context, await devices.updateDevice(trx, id, moved));
  }
  const device: Device = {
    id,
    name,
    siteId: site.id,
    division: site.division,
    holder: { id: actor.id, name: actor.name },
    registeredAt: now,
    lastSeenAt: now,
    unsent: null,
    revokedAt: null,
    revokedReason: null,
  };
  if (!(await devices.insertDevice(trx, device))) {
    throw refuse(
      { zh: '此设备编号已在别处登记', en: 'this device id is registered elsewhere' },
      { zh: '以新的编号登记本机。', en: 'Register the device under a new id.' },
    );
  }
  await emit(context, {
    kind: 'device.registered',
    division: site.division,
    subject: { type: 'device', id },
    data: { siteId: site.id },
  });
  return viewDevice(context, device);
}

/** What the device has not sent is told to whoever watches the site; how things stand is told to the device. */
export async function checkIn(context: Context, deviceId: string, unsent: number) {
  const { trx, actor, now, platform } = context;
  const device = await lockDeviceOrThrow(context, deviceId);
  requireHolder(device, actor);
  const seen = await devices.updateDevice(trx, deviceId, { seen: { at: now, unsent } });
  return { device: await viewDevice(context, seen), epoch: await epochOf(trx, platform.dataDir), now };
}

/** A lost or handed-over phone: by its holder, or by who keeps accounts. Revoked twice is revoked once. */
export async function revokeDevice(context: Context, deviceId: string, reason: string): Promise<FieldDevice> {
  const { trx, actor, now } = context;
  const device = await lockDeviceOrThrow(context, deviceId);
  if (device.holder.id !== actor.id) requirePermission(context, 'accounts.write');
  if (device.revokedAt !== null) return viewDevice(context, device);
  const revoked = await devices.updateDevice(trx, deviceId, { revoked: { at: now, by: actor.id, reason } });
  await emit(context, {
    kind: 'device.revoked',
    division: device.division,
    subject: { type: 'device', id: deviceId },
    data: { siteId: device.siteId },
  });
  return viewDevice(context, revoked);
}
