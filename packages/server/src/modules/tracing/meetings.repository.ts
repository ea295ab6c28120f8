import { sql } from 'kysely';
import { plannedOnce } from '../../platform/db/planned-once.ts';
import type { Trx } from '../../platform/db/pool.ts';
import { inOrder, type Meeting, type MeetingOptions, type PersonWindow } from './meeting.ts';

/**
 * Everybody who met the persons of the windows, one row per pair of stays: the definition of packages/epi/src/co-location/README.md in
 * SQL, for a deployment that outgrew one machine and for as long as the index is being built. Distributed by place, the
 * second join stays on the shard of the place.
 */
export async function findMeetings(
  trx: Trx,
  windows: readonly PersonWindow[],
  { minMinutes, lingeringMinutes }: MeetingOptions,
): Promise<Meeting[]> {
  if (windows.length === 0) return [];
  const { rows } = await sql<Meeting>`
    with search_window as (
      select person, "from", "until", number - 1 as number
        from unnest(${windows.map((w) => w.personId)}::uuid[], ${windows.map((w) => w.from)}::bigint[],
                    ${windows.map((w) => w.until)}::bigint[]) with ordinality as w(person, "from", "until", number)
    ), source_stay as (
      select w.number, s.person_id, s.place_id,
             greatest(t."from", w."from") as "from",
             least(t."until", w."until") + ${60 * lingeringMinutes}::bigint as "until"
        from search_window w
        join stay s on s.person_id = w.person
       cross join lateral (select floor(extract(epoch from s.from_at))::bigint as "from",
                                  floor(extract(epoch from s.until_at))::bigint as "until") t
       where w."from" < w."until"
         and (least(t."until", w."until") > greatest(t."from", w."from")
              or (t."from" = t."until" and t."from" >= w."from" and t."from" < w."until"))
    )
    select a.number::int as "window", b.person_id as "personId", b.place_id as "placeId",
           greatest(a."from", t."from") as "from", least(a."until", t."until") as "until"
      from source_stay a
      join stay b on b.place_id = a.place_id
       and b.person_id <> a.person_id
       -- Narrows what the index on (place, from) reads; the test itself is below, in whole seconds.
       and b.from_at < to_timestamp(a."until" + 1)
       and b.until_at >= to_timestamp(a."from")
     cross join lateral (select floor(extract(epoch from b.from_at))::bigint as "from",
                                floor(extract(epoch from b.until_at))::bigint as "until") t
     where (least(a."until", t."until") > greatest(a."from", t."from")
            or (t."from" = t."until" and a."from" < a."until" and t."from" >= a."from" and t."from" < a."until")
            or (a."from" = a."until" and t."from" < t."until" and a."from" >= t."from" and a."from" < t."until"))
       and least(a."until", t."until") - greatest(a."from", t."from") >= ${60 * minMinutes}::bigint`.execute(
    trx,
  );
  return inOrder(rows);
}

export interface SeatedStay {
  readonly personId: string;
  readonly placeId: string;
  readonly from: number;
  readonly until: number;
  readonly seatRow: number | null;
  readonly seatColumn: string | null;
}

/** Stays with a recorded seat or table at these places that touch [from, until). */
export async function findSeatedStays(
  trx: Trx,
  placeIds: readonly string[],
  personIds: readonly string[],
  from: number,
  until: number,
): Promise<SeatedStay[]> {
  if (placeIds.length === 0) return [];
  const { rows } = await sql<SeatedStay>`
    select person_id as "personId", place_id as "placeId", seat_row as "seatRow", seat_column as "seatColumn",
           floor(extract(epoch from from_at))::bigint as "from", floor(extract(epoch from until_at))::bigint as "until"
      from stay
     where place_id = any(${placeIds}::uuid[]) and person_id = any(${personIds}::uuid[]) and seat_row is not null
       and from_at < to_timestamp(${until}) and until_at > to_timestamp(${from})`.execute(trx);
  return rows;
}

/** How many stays of a person lie, at least in part, in [from, until): what a search can go by. An expression of SQL. */
export const staysCount = (personId: string, from: string, until: string) => sql<number>`(
    select count(*)::int from stay
     where person_id = ${personId}::uuid and from_at < ${until}::timestamptz and until_at > ${from}::timestamptz)`;

export async function countStays(trx: Trx, personId: string, from: string, until: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select ${staysCount(personId, from, until)} as count`.execute(trx);
  return rows[0]!.count;
}

/** For each of these people those who live with them. */
export async function findHouseholdMembers(
  trx: Trx,
  personIds: readonly string[],
): Promise<{ personId: string; memberId: string; placeId: string }[]> {
  if (personIds.length === 0) return [];
  const { rows } = await sql<{ personId: string; memberId: string; placeId: string }>`
    select ${plannedOnce} p.id as "personId", m.id as "memberId", m.place_id as "placeId"
      from person p join person m on m.household_id = p.household_id and m.id <> p.id
     where p.id = any(${personIds}::uuid[])
     order by p.id, m.id`.execute(trx);
  return rows;
}
