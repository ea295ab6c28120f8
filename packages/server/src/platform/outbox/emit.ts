/** Every change writes one past-tense event in the transaction that makes the change. */
import type { EventKind } from '@levee/contract';
import { sql } from 'kysely';
import type { Actor, Context } from '../context.ts';
import { plannedOnce } from '../db/planned-once.ts';
import type { Trx } from '../db/pool.ts';

export interface NewEvent {
  readonly kind: EventKind;
  readonly division: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly incidentId?: string | null;
  /** Ids, codes, counts and times only: an event is shown to everyone in scope, so it holds no person's values. */
  readonly data?: Readonly<Record<string, unknown>>;
}

type Emitting = Pick<Context, 'trx' | 'actor' | 'now'>;

export const emit = (context: Emitting, event: NewEvent): Promise<void> => emitMany(context, [event]);

/** Many at once, for work in bulk; in the order given. */
export const emitMany = (context: Emitting, events: readonly NewEvent[]): Promise<void> =>
  emitAll(
    context.trx,
    context.now,
    events.map((event) => ({ ...event, actor: context.actor })),
  );

/** Many at once, each with its own actor: one statement however many. */
export async function emitAll(
  trx: Trx,
  at: string,
  events: readonly (NewEvent & { readonly actor: Actor })[],
): Promise<void> {
  if (events.length === 0) return;
  // One round trip. Delivered by PostgreSQL at commit, and only then; many in one transaction arrive as one.
  await sql`${plannedOnce}
    with told as (
    insert into event (kind, at, division, actor_id, actor_name, subject_type, subject_id, incident_id, data)
    select kind, ${at}::timestamptz, division, actor, name, type, id, incident, data::jsonb
      from unnest(${events.map(({ kind }) => kind)}::text[],
                  ${events.map(({ division }) => division)}::text[],
                  ${events.map(({ actor }) => actor.id)}::uuid[],
                  ${events.map(({ actor }) => actor.name)}::text[],
                  ${events.map(({ subject }) => subject.type)}::text[],
                  ${events.map(({ subject }) => subject.id)}::uuid[],
                  ${events.map(({ incidentId }) => incidentId ?? null)}::uuid[],
                  ${events.map(({ data }) => JSON.stringify(data ?? {}))}::text[])
        with ordinality as one (kind, division, actor, name, type, id, incident, data, number)
     order by number
    ) select pg_notify('levee_event', '')`.execute(trx);
}
