import { sync as contract, roleMay } from '@levee/contract';
import { requirePermission } from '../../platform/context.ts';
import { implement } from '../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../platform/http/paging.ts';
import { bundlePage, takeBundle } from './bundles.service.ts';
import { listDevices } from './devices.repository.ts';
import { checkIn, registerDevice, revokeDevice, viewDevices } from './devices.service.ts';

export const syncRoutes = implement('sync', contract, {
  register: (context, { body }) => registerDevice(context, body),
  devices: async (context, { query }) => {
    const { role } = context.actor;
    if (role === 'system' || !roleMay(role, 'accounts.read')) requirePermission(context, 'testing.read');
    const { items, total } = await listDevices(context.trx, query.siteId, offsetOf(query), query.limit);
    return toPage(context, query, await viewDevices(context, items), total);
  },
  revoke: (context, { params, body }) => revokeDevice(context, params.deviceId, body.reason),
  checkIn: (context, { params, body }) => checkIn(context, params.deviceId, body.unsent),
  takeBundle: (context, { body }) => takeBundle(context, body),
  bundlePage: (context, { params }) => bundlePage(context, params.bundleId, params.page),
});
