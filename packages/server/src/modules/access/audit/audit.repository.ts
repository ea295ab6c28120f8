import type { AuditEntry } from '@levee/contract';
import { sql } from 'kysely';
import type { Actor } from '../../../platform/context.ts';
import type { Trx } from '../../../platform/db/pool.ts';
import type { AuditAct } from '../../../platform/http/implement.ts';

/** One entry: who, in which role, through which route, why, with which outcome, over which records. Never a value. */
export async function insertEntry(trx: Trx, actor: Actor, at: string, act: AuditAct): Promise<void> {
  await trx
    .insertInto('audit_entry')
    .values({
      at,
      division: actor.scope,
      actor_id: actor.id,
      actor_name: actor.name,
      role: actor.role,
      route: act.route,
      purpose: act.purpose,
      command_id: act.commandId,
      outcome: act.outcome,
      opened: JSON.stringify(act.opened),
    })
    .execute();
}

export interface AuditFilter {
  readonly actorId?: string | undefined;
  readonly subjectType?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly outcome?: 'done' | 'refused' | undefined;
  /** Instants. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** Newest first, inside the reader's scope. */
export async function listEntries(trx: Trx, filter: AuditFilter, offset: number, limit: number) {
  const subject =
    filter.subjectId &&
    JSON.stringify([{ ...(filter.subjectType && { type: filter.subjectType }), ids: [filter.subjectId] }]);
  const rows = await trx
    .selectFrom('audit_entry as entry')
    .leftJoin('audit_link as link', 'link.entry_sequence', 'entry.sequence')
    .select([
      sql<string>`entry.transaction::text || '-' || entry.sequence`.as('position'),
      'entry.at',
      'entry.actor_id',
      'entry.actor_name',
      'entry.role',
      'entry.route',
      'entry.purpose',
      'entry.outcome',
      'entry.opened',
      sql<boolean>`link.ordinal is not null`.as('sealed'),
      sql<number>`count(*) over ()`.as('total'),
    ])
    .$if(Boolean(filter.actorId), (query) => query.where('entry.actor_id', '=', filter.actorId!))
    .$if(Boolean(subject), (query) => query.where(sql<boolean>`entry.opened @> ${subject}::jsonb`))
    .$if(filter.outcome === 'done', (query) => query.where('entry.outcome', '=', 'done'))
    .$if(filter.outcome === 'refused', (query) => query.where('entry.outcome', '<>', 'done'))
    .$if(Boolean(filter.from), (query) => query.where('entry.at', '>=', filter.from!))
    .$if(Boolean(filter.until), (query) => query.where('entry.at', '<', filter.until!))
    .orderBy('entry.sequence', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  const items = rows.map(
    (row): AuditEntry => ({
      position: row.position,
      at: row.at,
      actor: { id: row.actor_id, name: row.actor_name },
      role: row.role,
      route: row.route,
      purpose: row.purpose as AuditEntry['purpose'],
      outcome: row.outcome,
      opened: row.opened as unknown as AuditEntry['opened'],
      sealed: row.sealed,
    }),
  );
  return { items, total: rows[0]?.total ?? 0 };
}
