/** Who hears of a round: screens and later modules by events, the audit by person, a site by a task. */
import type { Context } from '../../../platform/context.ts';
import type { Trx } from '../../../platform/db/pool.ts';
import type { Door } from '../../../platform/http/implement.ts';
import { emit, emitAll } from '../../../platform/outbox/emit.ts';
import { openTask } from '../../tasks/index.ts';
import type { Settled } from './settle.repository.ts';
import type { PlannedPool } from './settle-plan.ts';

const QUARANTINE_HOURS = 2;

/** As whom a record is applied: the person who made it, in their scope, as they are now. */
export type ContextOf = (actorId: string) => Context;

/** What screens and later modules hear: of a tube as a whole, not of each swab in it. */
export async function tell(
  trx: Trx,
  pools: readonly PlannedPool[],
  contextOf: ContextOf,
  now: string,
): Promise<void> {
  const events = pools.flatMap((pool) => {
    const { actor } = contextOf(pool.records[0]!.actorId);
    const about = { division: pool.division, subject: { type: 'pool', id: pool.id }, actor };
    const count = pool.samples.length;
    const data = { siteId: pool.siteId, poolId: pool.id };
    return [
      ...(pool.isNew
        ? [{ ...about, kind: 'pool.opened' as const, data: { ...data, capacity: pool.capacity } }]
        : []),
      ...(count > 0 ? [{ ...about, kind: 'sample.registered' as const, data: { ...data, count } }] : []),
      ...(pool.closedAt
        ? [{ ...about, kind: 'pool.closed' as const, data: { ...data, memberCount: count } }]
        : []),
    ];
  });
  await emitAll(trx, now, events);
}

/** The audit entry of each person's records: what they wrote, whether it was applied or kept. */
export async function putOnRecord(
  door: Door,
  contextOf: ContextOf,
  outcomes: readonly Settled[],
): Promise<void> {
  for (const [actorId, own] of Map.groupBy(outcomes, ({ record }) => record.actorId)) {
    await door.record(contextOf(actorId), {
      route: 'intake.append',
      purpose: 'testing',
      commandId: null,
      outcome: 'done',
      opened: [{ type: 'intake', ids: own.map(({ id }) => id) }],
    });
  }
}

/** What could not be applied is somebody's duty: one task a site and day, however many records. */
export async function askForAttention(context: Context, outcomes: readonly Settled[]): Promise<void> {
  const unsettled = outcomes.filter(({ problem }) => problem !== null);
  const kept = unsettled.filter(({ heldUntil }) => heldUntil === null);
  for (const { id, record, heldUntil } of unsettled) {
    await emit(context, {
      kind: heldUntil === null ? 'intake.quarantined' : 'intake.held',
      division: record.division,
      subject: { type: 'intake', id },
      data: { siteId: record.command.siteId, deviceId: record.deviceId, recordKind: record.command.kind },
    });
  }
  for (const [siteId, own] of Map.groupBy(kept, ({ record }) => record.command.siteId)) {
    await openTask(context, {
      kind: 'testing.quarantine',
      key: `testing.quarantine:${siteId}:${context.now.slice(0, 10)}`,
      title: { zh: '处理未能入库的采样记录', en: 'Deal with sampling records that could not be applied' },
      division: own[0]!.record.division,
      role: 'field_worker',
      dueAt: new Date(Date.parse(context.now) + QUARANTINE_HOURS * 3_600_000).toISOString(),
      evidenceWanted: {
        zh: '每条记录重试成功或注明作废原因',
        en: 'Each record applied on another try, or set aside with the reason',
      },
      source: { type: 'place', id: siteId },
    });
  }
}
