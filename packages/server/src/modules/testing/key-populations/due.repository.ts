import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';

/** The next test somebody owes, by their post or by their journey. */
export interface Due {
  readonly on: string;
  readonly why: 'key_population' | 'returnee';
  readonly employerId: string | null;
}

/** The earliest open test of each person, by person id. A desk in the field shows it without asking anybody. */
export async function dueOf(trx: Trx, personIds: readonly string[]): Promise<Map<string, Due>> {
  if (personIds.length === 0) return new Map();
  const { rows } = await sql<{ personId: string } & Due>`
    select distinct on (person_id) person_id as "personId", due_on as on, why, employer_id as "employerId" from (
      select person_id, due_on, 'key_population' as why, employer_id from key_population_member
       where person_id = any(${[...personIds]}::uuid[]) and ended_at is null
      union all
      select person_id, due_on, 'returnee', null from returnee_test
       where person_id = any(${[...personIds]}::uuid[]) and met_by is null
    ) as owed order by person_id, due_on, why`.execute(trx);
  return new Map(rows.map(({ personId, ...due }) => [personId, due]));
}

/** Members who work in the area, wherever they live: an employer's list is worked at its own site. */
export async function workerIdsIn(trx: Trx, within: string, limit: number): Promise<string[]> {
  const rows = await trx
    .selectFrom('key_population_member')
    .innerJoin('person', 'person.id', 'key_population_member.person_id')
    .select('person.id')
    .distinct()
    .where('ended_at', 'is', null)
    .where('employer_division', '>=', within)
    .where('employer_division', '<', `${within}~`)
    .orderBy('person.id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Who answers for a place: its own steward, else that of the area around it. By place id. */
export async function contactsOf(trx: Trx, placeIds: readonly string[]): Promise<Map<string, string>> {
  if (placeIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    select distinct on (place.id) place.id, steward.name
      from place join place_steward steward
        on steward.place_id = place.id or starts_with(place.division, steward.division collate "C")
     where place.id = any(${[...placeIds]}::uuid[])
     order by place.id, (steward.place_id = place.id) desc, length(steward.division) desc`.execute(trx);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
