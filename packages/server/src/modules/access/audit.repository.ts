import type { Actor } from '../../platform/context.ts';
import type { Trx } from '../../platform/db/pool.ts';
import type { AuditAct } from '../../platform/http/implement.ts';

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
