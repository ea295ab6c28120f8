/** Evidence as rows: what may be cited for a person or a place, and what a cited id stands for. */
import type { Evidence } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import { fullName } from './place-refs.ts';

export interface EvidenceRow extends Evidence {
  /** Number of the case or code of the tube; never a name. */
  readonly number: string | null;
  /** Outcome of a result, classification of a case, class of a contact, setting of an exposure. */
  readonly detail: string | null;
  readonly at: string | null;
  readonly until: string | null;
  readonly placeZh: string | null;
  readonly placeEn: string | null;
}

/** What the ids stand for, as far as the reader's area reaches; others are left out. */
export async function describeEvidence(trx: Trx, ground: readonly Evidence[]): Promise<EvidenceRow[]> {
  if (ground.length === 0) return [];
  const { rows } = await sql<EvidenceRow>`
    with wanted as (select * from jsonb_to_recordset(${JSON.stringify(ground)}::jsonb) as item (type text, id uuid)),
    told as (
      select wanted.*, pool.tube_code as number, result.outcome as detail, result.reported_at as at,
             null::timestamptz as until, pool.site_id as place_id
        from wanted join result on wanted.type = 'result' and result.id = wanted.id join pool on pool.id = result.pool_id
      union all
      select wanted.*, pool.tube_code, result.outcome, result.reported_at, null, pool.site_id
        from wanted join pool on wanted.type = 'pool' and pool.id = wanted.id
        left join result on result.pool_id = pool.id and result.current
      union all
      select wanted.*, case_file.external_id, case_file.classification, case_file.opened_at, null, person.place_id
        from wanted join case_file on wanted.type = 'case' and case_file.id = wanted.id
        left join person on person.id = case_file.person_id
      union all
      select wanted.*, case_file.external_id, coalesce(contact.class, contact.proposed_class), contact.first_exposure,
             contact.last_exposure, null
        from wanted join contact on wanted.type = 'contact' and contact.id = wanted.id
        left join case_file on case_file.id = contact.case_id
      union all
      select wanted.*, case_file.external_id, exposure.class, exposure.from_at, exposure.until_at, exposure.place_id
        from wanted join exposure on wanted.type = 'exposure' and exposure.id = wanted.id
        left join case_file on case_file.id = exposure.case_id
      union all
      select wanted.*, case_file.external_id, null, stay.from_at, stay.until_at, stay.place_id
        from wanted join case_file on wanted.type = 'stay' and case_file.classification <> 'not_a_case'
        join stay on stay.person_id = case_file.person_id and stay.id = wanted.id)
    select distinct on (told.id) told.type, told.id, number, detail, at, until,
           ${fullName('place', 'zh')} as "placeZh", ${fullName('place', 'en')} as "placeEn"
      from told left join place on place.id = told.place_id
     order by told.id, at desc`.execute(trx);
  return rows;
}

/** Positive results and pools, case files, accepted contacts and exposures of one person; newest first. */
export async function evidenceOfPerson(trx: Trx, personId: string, limit: number): Promise<Evidence[]> {
  const { rows } = await sql<Evidence>`
    with own as (
      select result.id as result_id, sample.pool_id, result.reported_at as at
        from sample join result on result.pool_id = sample.pool_id and result.current
       where sample.person_id = ${personId} and sample.withdrawn_at is null
         and result.outcome in ('positive', 'inconclusive')),
    found as (
      select 'result' as type, result_id as id, at from own
      union all select 'case', id, opened_at from case_file
       where person_id = ${personId} and classification <> 'not_a_case'
      union all select 'contact', id, last_exposure from contact
       where person_id = ${personId} and state = 'accepted'
      union all select 'exposure', id, from_at from exposure where person_id = ${personId})
    select type, id from found order by at desc, id limit ${limit}`.execute(trx);
  return rows;
}

/** Cases that live or stayed inside, their stays there, exposures there, positive results of residents; newest first. */
export async function evidenceOfPlace(trx: Trx, placeId: string, limit: number): Promise<Evidence[]> {
  const { rows } = await sql<Evidence>`
    with recursive inside as (
      select id from place where id = ${placeId}
      union all
      select place.id from place join inside on place.parent_id = inside.id),
    stays as (
      select stay.id, stay.from_at, case_file.id as case_id, case_file.opened_at
        from case_file join stay on stay.person_id = case_file.person_id
       where classification <> 'not_a_case' and stay.place_id in (select id from inside)),
    found as (
      select 'case' as type, case_file.id, opened_at as at
        from case_file join person on person.id = case_file.person_id
       where classification <> 'not_a_case' and person.place_id in (select id from inside)
      union select 'case', case_id, opened_at from stays
      union all select 'stay', id, from_at from stays
      union all select 'exposure', id, from_at from exposure
       where place_id in (select id from inside) and class in ('close', 'contact_of_contact')
      union select 'result', result.id, result.reported_at
        from result join sample on sample.pool_id = result.pool_id and sample.withdrawn_at is null
        join person on person.id = sample.person_id
       where result.current and result.outcome in ('positive', 'inconclusive')
         and person.place_id in (select id from inside))
    select type, id from found
     order by array_position(array['case', 'result', 'stay', 'exposure'], type), at desc, id limit ${limit}`.execute(
    trx,
  );
  return rows;
}

/**
 * The smallest place inside `placeId` that holds everything the evidence names: homes of cases and of people with a
 * result, places of stays and exposures. Null where the evidence names nothing inside.
 */
export async function smallestHolding(
  trx: Trx,
  ground: readonly Evidence[],
  placeId: string,
): Promise<string | null> {
  if (ground.length === 0) return null;
  const { rows } = await sql<{ id: string }>`
    with recursive wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(ground)}::jsonb) as item (type text, id uuid)),
    named as (
      select wanted.id as evidence, person.place_id as leaf, 0 as rank from wanted
        join case_file on wanted.type = 'case' and case_file.id = wanted.id join person on person.id = case_file.person_id
      union select wanted.id, stay.place_id, 1 from wanted
        join case_file on wanted.type = 'case' and case_file.id = wanted.id join stay on stay.person_id = case_file.person_id
      union select wanted.id, stay.place_id, 0 from wanted join case_file on wanted.type = 'stay'
        join stay on stay.person_id = case_file.person_id and stay.id = wanted.id
      union select wanted.id, exposure.place_id, 0 from wanted join exposure on wanted.type = 'exposure' and exposure.id = wanted.id
      union select wanted.id, person.place_id, 0 from wanted join result on wanted.type = 'result' and result.id = wanted.id
        join sample on sample.pool_id = result.pool_id and sample.withdrawn_at is null
        join person on person.id = sample.person_id),
    up as (
      select evidence, leaf, rank, leaf as id, 0 as steps from named
      union all
      select evidence, leaf, rank, place.parent_id, steps + 1 from up join place on place.id = up.id
       where place.id <> ${placeId} and place.parent_id is not null),
    -- A case counts by its home where that lies inside, else by its stays inside.
    counted as (
      select distinct evidence, leaf from up as one
       where id = ${placeId} and rank = (select min(rank) from up where up.evidence = one.evidence and up.id = ${placeId}))
    select up.id from up join counted using (evidence, leaf)
     group by up.id having count(distinct leaf) = (select count(distinct leaf) from counted)
     order by min(steps) limit 1`.execute(trx);
  return rows[0]?.id ?? null;
}
