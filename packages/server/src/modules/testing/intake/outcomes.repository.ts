import type { Bilingual, IntakeKind, IntakeOutcome } from '@levee/contract';
import { sql } from 'kysely';
import type { Cipher } from '../../../platform/cipher.ts';
import type { Trx } from '../../../platform/db/pool.ts';
import { CLOCK_WRONG_SECONDS, toRecorded } from './intake-row.ts';

const outcomeRows = (trx: Trx) => trx.selectFrom('intake_outcome').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof outcomeRows>['executeTakeFirstOrThrow']>>;

const toOutcome = (row: Row): IntakeOutcome => ({
  id: row.id,
  deviceId: row.device_id,
  order: row.device_order,
  kind: row.kind as IntakeKind,
  siteId: row.site_id,
  state: row.state as IntakeOutcome['state'],
  at: row.at,
  receivedAt: row.received_at,
  settledAt: row.settled_at,
  clockAheadSeconds: Math.abs(row.ahead_seconds) > CLOCK_WRONG_SECONDS ? row.ahead_seconds : null,
  heldUntil: row.held_until,
  withoutBase: row.without_base,
  problem: row.problem as Bilingual | null,
  nextStep: row.next_step as Bilingual | null,
});

export interface OutcomeFilter {
  readonly deviceId?: string | undefined;
  readonly siteId?: string | undefined;
  readonly since?: string | undefined;
  /** What waits for somebody or for another record. */
  readonly open?: true;
}

/** Oldest first: a device asks on from where it stopped. */
export async function listOutcomes(trx: Trx, filter: OutcomeFilter, offset: number, limit: number) {
  const rows = await outcomeRows(trx)
    .select(sql<number>`count(*) over ()`.as('total'))
    .$if(filter.deviceId !== undefined, (query) => query.where('device_id', '=', filter.deviceId!))
    .$if(filter.siteId !== undefined, (query) => query.where('site_id', '=', filter.siteId!))
    .$if(filter.since !== undefined, (query) => query.where('settled_at', '>=', filter.since!))
    .$if(filter.open === true, (query) => query.where('state', 'in', ['quarantined', 'held']))
    .orderBy('settled_at')
    .orderBy('device_order')
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(toOutcome), total: rows[0]?.total ?? 0 };
}

/** One that waits for attention or for another, as it was recorded; locked until the transaction ends. */
export async function lockOpen(trx: Trx, cipher: Cipher, id: string) {
  const row = await outcomeRows(trx).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) return undefined;
  const outcome = toOutcome(row);
  if (outcome.state !== 'quarantined' && outcome.state !== 'held') return { outcome, record: null };
  return { outcome, record: toRecorded(row, 0, cipher) };
}

export async function resolveOutcome(
  trx: Trx,
  id: string,
  change: { state: 'applied' | 'resolved'; problem: Bilingual | null; at: string },
): Promise<IntakeOutcome> {
  const row = await trx
    .updateTable('intake_outcome')
    .set({
      state: change.state,
      settled_at: change.at,
      problem: change.problem && JSON.stringify(change.problem),
      held_until: null,
      ...(change.state === 'applied' && { body: null, next_step: null }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return toOutcome(row);
}
