/** The queue of texts as administrators see it: states and sums, no number, no name, no text. */

import type { TextView } from '@levee/contract';
import { sql } from 'kysely';
import { divisionNameOf } from '../../../platform/db/division-name.ts';
import type { Trx } from '../../../platform/db/pool.ts';
import { insideArea } from '../../places/index.ts';

export async function countByState(trx: Trx, within: string) {
  const { rows } = await sql<{ state: TextView['state']; count: number; oldestAt: string }>`
    select state, count(*)::int as count, min(composed_at) as "oldestAt" from message_outbox
     where ${insideArea('division', within)} group by state`.execute(trx);
  return rows;
}

export async function listTexts(
  trx: Trx,
  filter: { state?: readonly TextView['state'][] | undefined; within: string },
  offset: number,
  limit: number,
) {
  const { rows } = await sql<TextView & { total: number }>`
    select text.id, text.kind, text.division, ${divisionNameOf('text.division')} as "divisionName",
           text.composed_at as "composedAt", text.state, text.waits_for as "waitsFor", text.next_try_at as "nextTryAt",
           text.tries, text.segments, text.sent_at as "sentAt", text.settled_at as "settledAt", text.failure,
           text.incident_id as "incidentId", count(*) over ()::int as total
      from message_outbox text
     where ${insideArea('text.division', filter.within)}
       and (${filter.state === undefined} or text.state = any(${[...(filter.state ?? [])]}::text[]))
     order by text.composed_at desc, text.id limit ${limit} offset ${offset}`.execute(trx);
  return { items: rows.map(({ total: _, ...item }) => item), total: rows[0]?.total ?? 0 };
}

export interface Budget {
  readonly incidentId: string;
  readonly used: number;
  readonly allowed: number | null;
  readonly setByName: string | null;
  readonly reason: string | null;
  readonly setAt: string | null;
}

export async function listBudgets(trx: Trx): Promise<Budget[]> {
  return trx
    .selectFrom('message_budget')
    .select([
      'incident_id as incidentId',
      'used',
      'allowed',
      'set_by_name as setByName',
      'reason',
      'set_at as setAt',
    ])
    .orderBy('used', 'desc')
    .execute();
}

export async function setBudget(
  trx: Trx,
  budget: {
    incidentId: string;
    division: string;
    allowed: number;
    by: { id: string; name: string };
    reason: string;
    at: string;
  },
): Promise<void> {
  const set = {
    allowed: budget.allowed,
    set_by: budget.by.id,
    set_by_name: budget.by.name,
    reason: budget.reason,
    set_at: budget.at,
  };
  await trx
    .insertInto('message_budget')
    .values({ incident_id: budget.incidentId, division: budget.division, ...set })
    .onConflict((conflict) => conflict.column('incident_id').doUpdateSet(set))
    .execute();
}

/** Texts that wait for a larger budget go at once. */
export async function wakeWaitingForBudget(trx: Trx): Promise<void> {
  await trx
    .updateTable('message_outbox')
    .set({ next_try_at: null, waits_for: null })
    .where('state', '=', 'waiting')
    .where('waits_for', '=', 'budget')
    .execute();
}
