/** A phone or tablet that works for one site, and the rules about it. */
import { refuse, refuseState } from '@levee/contract';
import type { Actor } from '../../platform/context.ts';

export interface Device {
  readonly id: string;
  readonly name: string;
  readonly siteId: string;
  readonly division: string;
  readonly holder: { readonly id: string; readonly name: string };
  readonly registeredAt: string;
  readonly lastSeenAt: string | null;
  readonly unsent: number | null;
  readonly revokedAt: string | null;
  readonly revokedReason: string | null;
}

/** A list may be worked from this long: days without a network, not weeks with old names. */
export const BUNDLE_DAYS = 7;

export function requireHolder(device: Device, actor: Actor): void {
  if (device.holder.id === actor.id) return;
  throw refuse(
    { zh: '此设备登记在他人名下', en: 'this device is registered to somebody else' },
    { zh: '在本机以自己的账号重新登记。', en: 'Register it again under your own account.' },
  );
}

export function requireInUse(device: Device): void {
  if (device.revokedAt === null) return;
  throw refuseState(
    { zh: `设备“${device.name}”已停用`, en: `the device “${device.name}” is revoked` },
    {
      zh: '未上传的记录仍可上传或导出；继续采样请重新登记本机。',
      en: 'What it has not sent can still be sent or exported; register the device again to go on sampling.',
    },
  );
}

export const tooMany = (within: string, largest: number) =>
  refuse(
    {
      zh: `${within} 的居民超过 ${largest} 人，一台设备装不下`,
      en: `${within} has more than ${largest} residents, too many for one device`,
    },
    { zh: '选择其中的村或社区下载。', en: 'Take a village or community of it.' },
  );
