import type { PoolCapacity } from '@levee/contract';
import { LeveeError } from '@levee/contract';
import type { FoundIn } from '@levee/protocol';
import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';
import type { Counts, Round } from './round.ts';

const roundRows = (trx: Trx) => trx.selectFrom('screening_round').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof roundRows>['executeTakeFirstOrThrow']>>;

const toRound = (row: Row): Round => ({
  id: row.id,
  incidentId: row.incident_id,
  division: row.division,
  number: row.number,
  packId: row.pack_id,
  poolSize: row.pool_size as PoolCapacity,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  startedAt: row.started_at,
  startedBy: { id: row.started_by, name: row.started_by_name },
  closedAt: row.closed_at,
  closedBy: row.closed_by && row.closed_by_name ? { id: row.closed_by, name: row.closed_by_name } : null,
  holeSince: row.hole_since,
});

export async function findRoundById(trx: Trx, id: string): Promise<Round | undefined> {
  const row = await roundRows(trx).where('id', '=', id).executeTakeFirst();
  return row && toRound(row);
}

export async function findRoundByIdOrThrow(trx: Trx, id: string): Promise<Round> {
  const found = await findRoundById(trx, id);
  if (!found) throw new LeveeError('not_found');
  return found;
}

export async function lockRoundByIdOrThrow(trx: Trx, id: string): Promise<Round> {
  const row = await roundRows(trx).where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return toRound(row);
}

/** Newest first. */
export async function listRounds(trx: Trx, incidentId: string | undefined, offset: number, limit: number) {
  const query = () =>
    trx
      .selectFrom('screening_round')
      .$if(incidentId !== undefined, (rows) => rows.where('incident_id', '=', incidentId!));
  const rows = await query()
    .selectAll()
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  const { total } = await query().select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow();
  return { items: rows.map(toRound), total };
}

/** Rounds of one area in one incident, oldest first. */
export async function roundsOfArea(trx: Trx, incidentId: string, division: string): Promise<Round[]> {
  const rows = await roundRows(trx)
    .where('incident_id', '=', incidentId)
    .where('division', '=', division)
    .orderBy('number')
    .execute();
  return rows.map(toRound);
}

/**
 * Which pack the incident runs on, and where. One line of a later module's table: whoever screens must know the pack, and
 * news does not travel up.
 */
export async function findIncidentFrame(trx: Trx, incidentId: string) {
  return trx
    .selectFrom('incident')
    .select(['pack_id as packId', 'division', 'stood_down_at as stoodDownAt'])
    .where('id', '=', incidentId)
    .executeTakeFirst();
}

/** People registered in the area. */
export async function headcountOf(trx: Trx, division: string): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    select count(*)::int as people from person where division >= ${division} and division < ${`${division}~`}`.execute(
    trx,
  );
  return rows[0]!.people;
}

/** The round and the headcount of each of its grids, counted in one statement: its snapshot is kept with the round. */
export async function insertRound(
  trx: Trx,
  round: Omit<Round, 'closedAt' | 'closedBy' | 'holeSince'>,
): Promise<void> {
  await sql`
    with counted as (
      select round_area_of(division) as division, count(*)::int as headcount
        from person where division >= ${round.division} and division < ${`${round.division}~`} group by 1
    ), inserted as (
      insert into screening_round (id, incident_id, division, number, pack_id, pool_size, starts_at, ends_at, started_at,
                                   started_by, started_by_name, counted_in, checked_at)
      values (${round.id}, ${round.incidentId}, ${round.division}, ${round.number}, ${round.packId}, ${round.poolSize},
              ${round.startsAt}, ${round.endsAt}, ${round.startedAt}, ${round.startedBy.id}, ${round.startedBy.name},
              pg_current_snapshot(), ${round.startedAt})
    )
    insert into round_area (round_id, division, headcount)
    select ${round.id}::uuid, division, headcount from counted`.execute(trx);
}

export async function insertSites(
  trx: Trx,
  roundId: string,
  sites: readonly { id: string; division: string }[],
): Promise<void> {
  if (sites.length === 0) return;
  await trx
    .insertInto('round_site')
    .values(sites.map(({ id, division }) => ({ round_id: roundId, site_id: id, division })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function findSiteIds(trx: Trx, roundId: string): Promise<string[]> {
  const rows = await trx.selectFrom('round_site').select('site_id').where('round_id', '=', roundId).execute();
  return rows.map(({ site_id }) => site_id);
}

export async function closeRound(
  trx: Trx,
  id: string,
  by: { id: string; name: string },
  at: string,
): Promise<void> {
  await trx
    .updateTable('screening_round')
    .set({ closed_at: at, closed_by: by.id, closed_by_name: by.name })
    .where('id', '=', id)
    .execute();
}

const NOTHING: Counts = { headcount: 0, sampled: 0, exempt: 0, away: 0, missed: 0 };

/** Sums over the grids in the reader's area: a few thousand lines however many people. */
export async function countsOf(
  trx: Trx,
  roundIds: readonly string[],
  within = '',
): Promise<Map<string, Counts>> {
  const { rows } = await sql<Counts & { id: string }>`
    select round_id as id, sum(headcount)::int as headcount, sum(sampled)::int as sampled, sum(exempt)::int as exempt,
           sum(away)::int as away, sum(missed)::int as missed
      from round_area where round_id = any(${[...roundIds]}::uuid[])
       and division >= ${within} and division < ${`${within}~`}
     group by 1`.execute(trx);
  const found = new Map(rows.map(({ id, ...counts }) => [id, counts]));
  return new Map(roundIds.map((id) => [id, found.get(id) ?? NOTHING]));
}

/** How each infected person of the rounds was found: a person counts once a round. */
export async function positivesOf(trx: Trx, roundIds: readonly string[]): Promise<Map<string, FoundIn[]>> {
  const { rows } = await sql<{ id: string; found: FoundIn[] }>`
    select round_id as id, array_agg(found_in order by at) as found
      from (select distinct on (round_id, person_id) round_id, found_in, at from round_positive
             where round_id = any(${[...roundIds]}::uuid[]) order by round_id, person_id, at) as one
     group by 1`.execute(trx);
  const found = new Map(rows.map((row) => [row.id, row.found]));
  return new Map(roundIds.map((id) => [id, found.get(id) ?? []]));
}

/** People first sampled in each ten minutes, oldest first. */
export async function paceOf(trx: Trx, roundId: string): Promise<{ at: string; sampled: number }[]> {
  const { rows } = await sql<{ at: string; sampled: number }>`
    select slot as at, sum(sampled)::int as sampled from round_pace
     where round_id = ${roundId} group by 1 order by 1`.execute(trx);
  return rows;
}
