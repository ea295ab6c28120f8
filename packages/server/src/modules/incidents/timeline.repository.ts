/** The timeline: the event log of an incident or an area, with the words people wrote beside it. */
import { type EventKind, eventKinds } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';

export interface TimelineFilter {
  readonly incidentId?: string | undefined;
  readonly within?: string | undefined;
  readonly subject?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

interface Row {
  position: string;
  kind: EventKind;
  at: string;
  division: string;
  actor_id: string | null;
  actor_name: string | null;
  subject_type: string;
  subject_id: string;
  data: Record<string, unknown>;
  text: string | null;
  total: number;
}

/** Milestones, newest first. */
export async function listTimeline(trx: Trx, filter: TimelineFilter, offset: number, limit: number) {
  const { incidentId, within, subject, from, until } = filter;
  const { rows } = await sql<Row>`
    with found as (
      select * from event
       where is_milestone(kind)
         ${incidentId ? sql`and incident_id = ${incidentId}` : sql``}
         ${within ? sql`and division >= ${within} and division < ${`${within}~`}` : sql``}
         ${subject?.length ? sql`and split_part(kind, '.', 1) = any(${[...subject]}::text[])` : sql``}
         ${from ? sql`and at >= ${from}` : sql``}
         ${until ? sql`and at <= ${until}` : sql``}
    ), paged as (
      select *, count(*) over () as total from found order by sequence desc limit ${limit} offset ${offset}
    )
    select paged.transaction::text || '-' || paged.sequence as position, paged.kind, paged.at, paged.division,
           paged.actor_id, paged.actor_name, paged.subject_type, paged.subject_id, paged.data, paged.total,
           coalesce(incident_note.text, level_change.reason, signal.reason,
                    case when paged.kind = 'incident.activated' then incident.reason
                         when paged.kind = 'incident.stood_down' then incident.stood_down_reason end) as text
      from paged
      left join incident_note on incident_note.id = paged.subject_id
      left join level_change on level_change.id = paged.subject_id
      left join signal on signal.id = paged.subject_id and paged.kind = 'signal.dismissed'
      left join incident on incident.id = paged.subject_id
     order by paged.sequence desc`.execute(trx);
  return { items: rows.map(toEntry), total: rows[0]?.total ?? 0 };
}

const toEntry = (row: Row) => ({
  position: row.position,
  kind: row.kind,
  title: eventKinds[row.kind] ?? { zh: row.kind, en: row.kind },
  at: row.at,
  division: row.division,
  actor: row.actor_id && row.actor_name ? { id: row.actor_id, name: row.actor_name } : null,
  subject: { type: row.subject_type, id: row.subject_id },
  data: row.data,
  text: row.text,
});

export async function insertNote(
  trx: Trx,
  note: { id: string; incidentId: string; division: string; text: string; at: string },
): Promise<void> {
  await trx
    .insertInto('incident_note')
    .values({
      id: note.id,
      incident_id: note.incidentId,
      division: note.division,
      text: note.text,
      at: note.at,
    })
    .execute();
}
