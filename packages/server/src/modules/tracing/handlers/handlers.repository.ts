/** All SQL about handlers of a positive specimen. */
import type { RuleCited, TestOutcome } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';

export interface FoundHandler {
  readonly personId: string;
  /** Where the person lives. */
  readonly division: string;
  readonly worksHere: boolean;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  readonly staysCount: number;
}

/**
 * Whoever is registered as working at the place or inside it, and whoever has a recorded stay there that touches
 * [from, until). Read by the index on (place, from): a question about one place needs no search of meetings.
 */
export async function findHandlers(
  trx: Trx,
  placeId: string,
  from: string,
  until: string,
): Promise<FoundHandler[]> {
  // The places first, so that both questions below go by an index on them and not by a guess of how many there are.
  const { rows: inside } = await sql<{ id: string }>`
    with recursive inside as (
      select id from place where id = ${placeId}
      union all
      select place.id from place join inside on place.parent_id = inside.id)
    select id from inside`.execute(trx);
  const placeIds = inside.map(({ id }) => id);
  const { rows } = await sql<FoundHandler>`
    with seen as (
      select person_id as id, false as works, min(from_at) as first_at, max(until_at) as last_at, count(*)::int as stays
        from stay
       where place_id = any(${placeIds}::uuid[]) and from_at < ${until} and until_at > ${from}
       group by person_id
      union all
      select id, true, null, null, 0 from person where work_id = any(${placeIds}::uuid[])),
    handler as (
      select id, bool_or(works) as works, min(first_at) as first_at, max(last_at) as last_at, sum(stays)::int as stays
        from seen group by id)
    select person.id as "personId", person.division, handler.works as "worksHere", handler.first_at as "firstAt",
           handler.last_at as "lastAt", handler.stays as "staysCount"
      from handler join person on person.id = handler.id
     order by person.id`.execute(trx);
  return rows;
}

/** A handler found again keeps why and when they were found first; stays known by now are added. */
export async function insertHandlers(
  trx: Trx,
  specimenId: string,
  found: readonly (FoundHandler & { readonly addedReason: string | null })[],
  at: string,
): Promise<void> {
  if (found.length === 0) return;
  await sql`
    insert into handler (specimen_id, person_id, division, works_here, first_at, last_at, stays_count, added_reason, found_at)
    select ${specimenId}::uuid, person, division, works, first_at, last_at, stays, reason, ${at}::timestamptz
      from unnest(${found.map((one) => one.personId)}::uuid[], ${found.map((one) => one.division)}::text[],
                  ${found.map((one) => one.worksHere)}::boolean[], ${found.map((one) => one.firstAt)}::timestamptz[],
                  ${found.map((one) => one.lastAt)}::timestamptz[], ${found.map((one) => one.staysCount)}::integer[],
                  ${found.map((one) => one.addedReason)}::text[])
        as one (person, division, works, first_at, last_at, stays, reason)
    on conflict (specimen_id, person_id) do update
       set works_here = excluded.works_here or handler.works_here,
           first_at = coalesce(excluded.first_at, handler.first_at),
           last_at = coalesce(excluded.last_at, handler.last_at),
           stays_count = greatest(excluded.stays_count, handler.stays_count)`.execute(trx);
}

export interface KeptSearch {
  readonly id: string;
  readonly specimenId: string;
  readonly division: string;
  readonly from: string;
  readonly until: string;
  readonly rule: RuleCited;
  readonly purpose: string;
  readonly workers: number;
  readonly visitors: number;
  readonly added: number;
  readonly counties: readonly { readonly division: string; readonly peopleCount: number }[];
  readonly actor: { readonly id: string; readonly name: string };
  readonly at: string;
}

export async function insertSearch(trx: Trx, search: KeptSearch): Promise<void> {
  await trx
    .insertInto('handler_search')
    .values({
      id: search.id,
      specimen_id: search.specimenId,
      division: search.division,
      from_at: search.from,
      until_at: search.until,
      rule: JSON.stringify(search.rule),
      purpose: search.purpose,
      workers: search.workers,
      visitors: search.visitors,
      added: search.added,
      counties: JSON.stringify(search.counties),
      actor_id: search.actor.id,
      actor_name: search.actor.name,
      at: search.at,
    })
    .execute();
}

export async function findLatestSearch(trx: Trx, specimenId: string): Promise<KeptSearch | undefined> {
  const row = await trx
    .selectFrom('handler_search')
    .selectAll()
    .where('specimen_id', '=', specimenId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      specimenId: row.specimen_id,
      division: row.division,
      from: row.from_at,
      until: row.until_at,
      rule: row.rule as unknown as RuleCited,
      purpose: row.purpose,
      workers: row.workers,
      visitors: row.visitors,
      added: row.added,
      counties: row.counties as unknown as KeptSearch['counties'],
      actor: { id: row.actor_id, name: row.actor_name },
      at: row.at,
    }
  );
}

export interface HandlerRow extends FoundHandler {
  readonly addedReason: string | null;
  readonly cancelledAt: string | null;
  readonly sampledAt: string | null;
  readonly outcome: TestOutcome | null;
}

export interface HandlerFilter {
  readonly specimenId: string;
  readonly state: 'wanted' | 'sampled' | 'positive' | 'all';
  readonly personId?: string;
}

/** In the reader's area: workers of the place first, then by their last stay there. */
export async function listHandlers(trx: Trx, filter: HandlerFilter, offset: number, limit: number) {
  const state = {
    wanted: sql`and wanted.cancelled_at is null and wanted.met_at is null`,
    sampled: sql`and wanted.met_at is not null`,
    positive: sql`and result.outcome = 'positive'`,
    all: sql``,
  }[filter.state];
  const { rows } = await sql<HandlerRow & { total: number }>`
    select handler.person_id as "personId", handler.division, works_here as "worksHere", first_at as "firstAt",
           last_at as "lastAt", stays_count as "staysCount", added_reason as "addedReason",
           wanted.cancelled_at as "cancelledAt", sample.taken_at as "sampledAt", result.outcome,
           count(*) over ()::int as total
      from handler
      join specimen on specimen.id = handler.specimen_id
      left join resample_request as wanted
        on wanted.pool_id = specimen.pool_id and wanted.person_id = handler.person_id
      left join sample on sample.id = wanted.met_by
      left join result on result.pool_id = sample.pool_id and result.current
     where handler.specimen_id = ${filter.specimenId} ${state}
       ${filter.personId ? sql`and handler.person_id = ${filter.personId}` : sql``}
     order by (result.outcome = 'positive') desc nulls last, works_here desc, last_at desc nulls last, handler.person_id
     limit ${limit} offset ${offset}`.execute(trx);
  return { items: rows.map(({ total: _, ...row }): HandlerRow => row), total: rows[0]?.total ?? 0 };
}
