/** A disk that fills is somebody's duty: the duty officer's, who calls whoever runs the machine (T11). */
import type { Context } from '../../platform/context.ts';
import type { LoggedEvent } from '../../platform/outbox/log.ts';
import { sizeText } from '../../platform/space/index.ts';
import { closeTasksOf, openTask } from './tasks.service.ts';

/** At 80 % there is a day to make room; at 90 % an hour of mass screening may fill the rest. */
const HOURS = { warning: 24, critical: 1 } as const;

interface Told {
  readonly severity: keyof typeof HOURS;
  readonly usedPercent: number;
  readonly freeBytes: number;
}

export async function openSpaceDuty(context: Context, event: LoggedEvent): Promise<void> {
  const { severity, usedPercent, freeBytes } = event.data as unknown as Told;
  const free = sizeText(freeBytes);
  await openTask(context, {
    kind: 'system.space',
    key: `system.space:${event.subject.id}`,
    title:
      severity === 'critical'
        ? {
            zh: `紧急：服务器磁盘已用 ${usedPercent}%，仅剩 ${free}，立即联系系统管理员清理或扩容`,
            en: `Urgent: the disk of the server is ${usedPercent} % full, ${free} left: have the administrator make room now`,
          }
        : {
            zh: `服务器磁盘已用 ${usedPercent}%，剩余 ${free}，请联系系统管理员清理或扩容`,
            en: `The disk of the server is ${usedPercent} % full, ${free} left: ask the administrator to make room`,
          },
    division: event.division,
    role: 'duty_officer',
    dueAt: new Date(Date.parse(event.at) + HOURS[severity] * 3_600_000).toISOString(),
    evidenceWanted: {
      zh: '空间恢复后系统自动办结，无需填报',
      en: 'Nothing to report: it closes when there is room again',
    },
    source: { type: 'space_alarm', id: event.subject.id },
  });
}

export async function closeSpaceDuty(context: Context, event: LoggedEvent): Promise<void> {
  const { usedPercent, freeBytes } = event.data as unknown as Told;
  const text = `已恢复：已用 ${usedPercent}%，剩余 ${sizeText(freeBytes)} · room again: ${usedPercent} % used`;
  await closeTasksOf(context, { type: 'space_alarm', id: event.subject.id }, { text });
}
