/** The state of the system itself. */
import * as z from 'zod';
import { get, post } from './route.ts';
import { bilingual, done, instant } from './shapes.ts';

export const systemEvents = {
  'system.started': { zh: '系统启动', en: 'System started' },
  'system.clock_changed': { zh: '演练时钟变更', en: 'Drill clock changed' },
  'system.space_alarm': { zh: '磁盘空间告警', en: 'Disk space alarm' },
  'system.space_recovered': { zh: '磁盘空间恢复', en: 'Disk space is back' },
} as const;

export const demonstration = z.strictObject({
  name: bilingual,
  /** The scenario's own time. */
  now: instant,
  /** Scenario seconds per second of the wall clock; 0 while paused. */
  speed: z.number(),
});

export const health = z.strictObject({
  ok: z.boolean(),
  version: z.string(),
  now: instant,
  checks: z.array(
    z.strictObject({
      name: z.string(),
      /** False: send people elsewhere. An alarm asks for a person while everything still works. */
      ok: z.boolean(),
      detail: bilingual,
      alarm: z.enum(['warning', 'critical']).optional(),
    }),
  ),
  demonstration: demonstration.nullable(),
});
export type Health = z.output<typeof health>;

export const system = {
  health: get('/health', {
    summary: { zh: '系统是否正常', en: 'Is the system well' },
    access: 'public',
    priority: 'intake',
    response: health,
  }),
  reportContentViolation: post('/security/content-violations', {
    summary: { zh: '浏览器报告的内容安全违规', en: 'A content security violation a browser reports' },
    access: 'public',
    priority: 'dashboard',
    body: z.unknown(),
    response: done,
  }),
};
