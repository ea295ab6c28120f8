/** Cases of an incident with where they lived and stayed, and cases of an area: what risk areas are drawn from. */
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';

export interface CasePlace {
  readonly caseId: string;
  readonly placeId: string;
  readonly kind: 'home' | 'work' | 'activity';
  /** Stays of the case there, and their minutes together. */
  readonly stayCount: number;
  readonly minutes: number;
  readonly stayIds: string[];
  readonly indoors: boolean;
}

/** Homes and places of stay since `from` of the incident's cases. Days at home are not an activity. */
export async function placesOfCases(trx: Trx, incidentId: string, from: string): Promise<CasePlace[]> {
  const { rows } = await sql<CasePlace>`
    with chosen as (
      select case_file.id, person.id as person_id, person.place_id as home_id, person.work_id, person.school_id
        from case_file join person on person.id = case_file.person_id
       where incident_id = ${incidentId} and classification <> 'not_a_case')
    select id as "caseId", home_id as "placeId", 'home' as kind, 0 as "stayCount", 0 as minutes, '{}'::text[] as "stayIds",
           true as indoors
      from chosen
    union all
    select chosen.id, stay.place_id, case when stay.place_id in (work_id, school_id) then 'work' else 'activity' end,
           count(*)::int, (sum(extract(epoch from until_at - from_at)) / 60)::int, array_agg(stay.id::text), bool_or(place.indoors)
      from chosen join stay on stay.person_id = chosen.person_id join place on place.id = stay.place_id
     where stay.from_at >= ${from} and stay.place_id <> home_id and place.level <> 'vehicle'
       and place.class is distinct from 'test_site' and place.class is distinct from 'isolation_site'
       and place.class is distinct from 'care'
     group by chosen.id, stay.place_id, work_id, school_id`.execute(trx);
  return rows;
}

export interface TreePlace {
  readonly leaf: string;
  readonly id: string;
  readonly level: string;
  readonly code: string | null;
}

/** Each place and everything above it. */
export async function ladders(trx: Trx, placeIds: readonly string[]): Promise<TreePlace[]> {
  const { rows } = await sql<TreePlace>`
    with recursive up as (
      select id as leaf, id, parent_id, level, code from place where id = any(${[...new Set(placeIds)]}::uuid[])
      union all
      select up.leaf, place.id, place.parent_id, place.level, place.code from up join place on place.id = up.parent_id)
    select leaf, id, level, code from up`.execute(trx);
  return rows;
}

/** Newest case that lives or stayed inside the place, by when it was opened, and how many there are. */
export async function casesInside(trx: Trx, place: { id: string; code: string | null }, now: string) {
  const { rows } = await sql<{ lastAt: string | null; count: number }>`
    select max(opened_at) as "lastAt", count(*)::int as count
      from case_file join person on person.id = case_file.person_id
     where classification <> 'not_a_case' and opened_at <= ${now}
       and (place_within(person.place_id, ${place.id})
            or exists (select from stay where stay.person_id = person.id and stay.place_id = ${place.id}))`.execute(
    trx,
  );
  return rows[0]!;
}

/** Per civil day: people of the area sampled, and whether all answered are negative; the last fourteen days. */
export async function screeningDays(trx: Trx, code: string, zone: string, now: string) {
  const { rows } = await sql<{ day: string; people: number; open: number; bad: number }>`
    select (sample.taken_at at time zone ${zone})::date as day, count(distinct sample.person_id)::int as people,
           count(*) filter (where result.id is null)::int as open,
           count(*) filter (where result.outcome <> 'negative')::int as bad
      from person join sample on sample.person_id = person.id and sample.withdrawn_at is null
      left join result on result.pool_id = sample.pool_id and result.current
     where person.division >= ${code} and person.division < ${code} || '~'
       and sample.taken_at > ${now}::timestamptz - interval '14 days'
     group by 1 order by 1`.execute(trx);
  return rows;
}
