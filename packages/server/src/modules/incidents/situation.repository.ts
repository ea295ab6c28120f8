/** The counters behind the situation page: flows by day, stocks by membership. Never a scan of the records themselves. */
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';

/** Adds to a day's flow, at the township (or the area above it) of `division`. */
export async function addToCounter(
  trx: Trx,
  counter: { name: string; division: string; day: string; by: number; asOf: string },
): Promise<void> {
  const { name, division, day, by, asOf } = counter;
  await sql`
    insert into situation_counter as kept (name, division, day, value, as_of)
    values (${name}, ${division.slice(0, 9)}, ${day}, ${by}, ${asOf})
    on conflict (name, day, division) do update
       set value = kept.value + excluded.value, as_of = greatest(kept.as_of, excluded.as_of)`.execute(trx);
}

export interface Membership {
  readonly name: string;
  readonly recordId: string;
  /** Who or what counts once, however many records name it. */
  readonly subjectId: string;
  readonly division: string;
  readonly from: string;
  readonly until: string | null;
}

/** A record counts under `name` from when until when; told again it takes the newer times. */
export async function putMember(trx: Trx, member: Membership, asOf: string): Promise<void> {
  const until = member.until ?? 'infinity';
  await sql`
    insert into situation_member (name, record_id, subject_id, division, from_at, until_at, as_of)
    values (${member.name}, ${member.recordId}, ${member.subjectId}, ${member.division}, ${member.from}, ${until}, ${asOf})
    on conflict (name, record_id) do update
       set from_at = excluded.from_at, until_at = excluded.until_at, as_of = excluded.as_of`.execute(trx);
}

/** From `at` on the record counts nowhere any more; what it counted before stays. */
export async function endMember(trx: Trx, recordId: string, at: string, except?: string): Promise<void> {
  await sql`
    update situation_member set until_at = least(until_at, ${at}::timestamptz), as_of = ${at}
     where record_id = ${recordId} and name is distinct from ${except ?? null}`.execute(trx);
}

/** The flow of each of the days, in their order, inside `within`. */
export async function flowOfDays(
  trx: Trx,
  name: string,
  days: readonly string[],
  within: string,
): Promise<number[]> {
  const { rows } = await sql<{ value: number }>`
    select coalesce((select sum(value) from situation_counter
                      where name = ${name} and situation_counter.day = wanted.day
                        and division >= ${within} and division < ${`${within}~`}), 0)::bigint as value
      from unnest(${[...days]}::date[]) with ordinality as wanted (day, position) order by position`.execute(
    trx,
  );
  return rows.map(({ value }) => value);
}

/** What a flow counts up on, and what it counts down on. */
export interface FlowKinds {
  readonly up: string;
  readonly down: string;
  /** `down` counts only where it took a person's positive back. */
  readonly positivesOnly?: boolean;
}

/** A flow between two instants, both included, from the log: a part of a day, where the counters hold only whole ones. */
export async function flowBetween(
  trx: Trx,
  { up, down, positivesOnly = false }: FlowKinds,
  from: string,
  until: string,
  within: string,
): Promise<number> {
  const counted = (kind: string) => sql`
    select count(*) from event where kind = ${kind} and at >= ${from} and at <= ${until}
       and division >= ${within} and division < ${`${within}~`}`;
  const taken = positivesOnly
    ? sql`and data->>'from' = 'positive' and data->>'to' <> 'positive' and data->>'personId' is not null`
    : sql``;
  const { rows } = await sql<{ value: number }>`
    select ((${counted(up)}) - (${counted(down)} ${taken}))::bigint as value`.execute(trx);
  return rows[0]?.value ?? 0;
}

/** How many different subjects counted at each of the instants, in their order, inside `within`. */
export async function stockAt(
  trx: Trx,
  name: string,
  instants: readonly string[],
  within: string,
): Promise<number[]> {
  const { rows } = await sql<{ value: number }>`
    select (select count(distinct subject_id) from situation_member
             where name = ${name} and division >= ${within} and division < ${`${within}~`}
               and from_at <= moment.at and until_at > moment.at) as value
      from unnest(${[...instants]}::timestamptz[]) with ordinality as moment (at, position) order by position`.execute(
    trx,
  );
  return rows.map(({ value }) => value);
}

/** Members at one instant by township, for the map. */
export async function stockByPlace(trx: Trx, at: string, within: string) {
  const { rows } = await sql<{ division: string; name: string; count: number }>`
    select substr(division, 1, 9) as division, name, count(distinct subject_id) as count from situation_member
     where name in ('cases', 'high_risk_areas', 'medium_risk_areas') and division >= ${within} and division < ${`${within}~`}
       and from_at <= ${at} and until_at > ${at}
     group by 1, 2
    union all
    select substr(division, 1, 9), 'signals', count(*) from signal
     where state = 'open' and at <= ${at} and division >= ${within} and division < ${`${within}~`}
     group by 1`.execute(trx);
  return rows;
}

/** New cases by civil day of `zone`, as far as they were known at `at`. */
export async function curveOf(
  trx: Trx,
  days: readonly string[],
  within: string,
  zone: string,
  at: string,
): Promise<number[]> {
  const { rows } = await sql<{ value: number }>`
    select (select count(*) from situation_member
             where name = 'cases' and (from_at at time zone ${zone})::date = wanted.day and until_at > from_at
               and from_at <= ${at}
               and division >= ${within} and division < ${`${within}~`}) as value
      from unnest(${[...days]}::date[]) with ordinality as wanted (day, position) order by position`.execute(
    trx,
  );
  return rows.map(({ value }) => value);
}

/** The first day since `since` on which anything of this flow was counted in an area; null where nothing was. */
export async function firstFlowDay(
  trx: Trx,
  flow: { readonly name: 'samples' | 'positives'; readonly within: string; readonly since: string },
): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    select min(day) as day from situation_counter
     where name = ${flow.name} and day >= ${flow.since} and value > 0
       and division >= ${flow.within} and division < ${`${flow.within}~`}`.execute(trx);
  return rows[0]?.day ?? null;
}
