import type { RoundLevel, RoundStanding } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';
import type { Counts } from './round.ts';

export interface AreaLine extends Counts {
  readonly division: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly stewardId: string | null;
  readonly stewardName: string | null;
  readonly stewardPlace: string | null;
  readonly called: boolean;
}

/** Digits of a code at each level; a grid is the whole of it. */
const DIGITS: Readonly<Record<RoundLevel, number>> = { county: 6, township: 9, community: 12, grid: 40 };

/** Progress of each area of a level with who looks after it, those with most people missed first. */
export async function listAreas(
  trx: Trx,
  asked: { roundId: string; level: RoundLevel; within: string; order: 'missed' | 'division' },
  offset: number,
  limit: number,
) {
  const { rows } = await sql<AreaLine & { total: number }>`
    with line as (
      select left(division, ${DIGITS[asked.level]}::integer) as division, sum(headcount)::int as headcount,
             sum(sampled)::int as sampled, sum(exempt)::int as exempt, sum(away)::int as away, sum(missed)::int as missed,
             count(*) over ()::int as total
        from round_area
       where round_id = ${asked.roundId} and division >= ${asked.within} and division < ${`${asked.within}~`}
       group by 1
       order by ${asked.order === 'missed' ? sql`sum(missed) desc, 1` : sql`1`}
       limit ${limit} offset ${offset}
    )
    select line.*, coalesce(place.name_zh, line.division) as "nameZh", coalesce(place.name_en, line.division) as "nameEn",
           steward.account_id as "stewardId", steward.name as "stewardName", steward.place as "stewardPlace",
           exists (select 1 from round_call call where call.round_id = ${asked.roundId}
                      and starts_with(line.division, call.division collate "C")) as called
      from line
      left join place on place.code = line.division
      left join lateral (
        select place_steward.account_id, place_steward.name, own.name_zh as place
          from place_steward join place own on own.id = place_steward.place_id
         where starts_with(line.division, place_steward.division collate "C")
         order by length(place_steward.division) desc limit 1) steward on true
     order by ${asked.order === 'missed' ? sql`line.missed desc, line.division` : sql`line.division`}`.execute(
    trx,
  );
  return { items: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}

export interface PersonLine {
  readonly personId: string;
  readonly division: string;
  readonly standing: RoundStanding;
  readonly reason: string | null;
  readonly note: string | null;
  readonly at: string | null;
}

/** Those on the register of the round's area who were neither sampled nor excused; by grid, in the order of the register. */
export async function listMissed(
  trx: Trx,
  asked: { roundId: string; within: string },
  offset: number,
  limit: number,
): Promise<PersonLine[]> {
  const { rows } = await sql<PersonLine>`
    select person.id as "personId", person.division, 'missed' as standing, null as reason, null as note, null as at
      from person
     where person.division >= ${asked.within} and person.division < ${`${asked.within}~`}
       and not exists (select 1 from round_person own where own.round_id = ${asked.roundId} and own.person_id = person.id)
     order by person.division, person.id limit ${limit} offset ${offset}`.execute(trx);
  return rows;
}

export async function listExcused(
  trx: Trx,
  asked: { roundId: string; within: string; standing: 'exempt' | 'away' },
  offset: number,
  limit: number,
): Promise<PersonLine[]> {
  const { rows } = await sql<PersonLine>`
    select person_id as "personId", division, standing, reason, note, at from round_person
     where round_id = ${asked.roundId} and standing = ${asked.standing}
       and division >= ${asked.within} and division < ${`${asked.within}~`}
     order by at desc, person_id limit ${limit} offset ${offset}`.execute(trx);
  return rows;
}

/** Communities where people are missed and nobody was asked yet. */
export async function communitiesToCall(
  trx: Trx,
  roundId: string,
  within: string,
): Promise<{ division: string; missed: number; nameZh: string; nameEn: string; stewardId: string | null }[]> {
  const { rows } = await sql<{
    division: string;
    missed: number;
    nameZh: string;
    nameEn: string;
    stewardId: string | null;
  }>`
    select line.division, line.missed, coalesce(place.name_zh, line.division) as "nameZh",
           coalesce(place.name_en, line.division) as "nameEn", steward.account_id as "stewardId"
      from (select left(division, 12) as division, sum(missed)::int as missed from round_area
             where round_id = ${roundId} and division >= ${within} and division < ${`${within}~`}
             group by 1 having sum(missed) > 0) line
      left join place on place.code = line.division
      left join lateral (
        select account_id from place_steward
         where starts_with(line.division, place_steward.division collate "C")
         order by length(place_steward.division) desc limit 1) steward on true
     where not exists (select 1 from round_call call where call.round_id = ${roundId} and call.division = line.division)
     order by line.division`.execute(trx);
  return rows;
}

export async function insertCall(
  trx: Trx,
  call: { id: string; roundId: string; division: string; missed: number; at: string },
): Promise<boolean> {
  const inserted = await trx
    .insertInto('round_call')
    .values({
      id: call.id,
      round_id: call.roundId,
      division: call.division,
      missed: call.missed,
      called_at: call.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function countCalls(trx: Trx, roundId: string): Promise<number> {
  const { rows } = await sql<{ calls: number }>`
    select count(*)::int as calls from round_call where round_id = ${roundId}`.execute(trx);
  return rows[0]!.calls;
}

/** Calls of these grids' communities where nobody is missed any longer. */
export async function callsMet(trx: Trx, roundId: string, areas: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select call.id from round_call call
     where call.round_id = ${roundId}
       and exists (select 1 from unnest(${[...areas]}::text[]) as area where starts_with(area, call.division collate "C"))
       and (select coalesce(sum(missed), 0) from round_area where round_area.round_id = call.round_id
             and round_area.division >= call.division and round_area.division < call.division || '~') <= 0`.execute(
    trx,
  );
  return rows.map(({ id }) => id);
}
