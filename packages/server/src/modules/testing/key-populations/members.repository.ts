import type { KeyPopulation } from '@levee/protocol';
import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';
import { amongTold, type SamplesTold } from '../samples-told.ts';

/** The pack of the newest incident that runs; one column of a later module's table, as news does not travel up. */
export async function packInForce(trx: Trx): Promise<string | null> {
  const row = await trx
    .selectFrom('incident')
    .select('pack_id')
    .where('stood_down_at', 'is', null)
    .orderBy('activated_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.pack_id ?? null;
}

/** Those registered as working at the place, of these occupation classes where any are given, with their last swab. */
export async function workersOf(trx: Trx, employerId: string, occupations: readonly string[] | undefined) {
  const { rows } = await sql<{ personId: string; division: string; lastSampledAt: string | null }>`
    select person.id as "personId", person.division,
           (select max(taken_at) from sample where sample.person_id = person.id and withdrawn_at is null) as "lastSampledAt"
      from person where work_id = ${employerId}
       ${occupations ? sql`and occupation = any(${[...occupations]}::text[])` : sql``}
     order by person.id`.execute(trx);
  return rows;
}

export interface Worker {
  readonly personId: string;
  readonly division: string;
  readonly lastSampledAt: string | null;
}

/** Those of `ids` the reader's area reaches, with their last swab. */
export async function workersByIds(trx: Trx, ids: readonly string[]): Promise<Worker[]> {
  const { rows } = await sql<Worker>`
    select person.id as "personId", person.division,
           (select max(taken_at) from sample where sample.person_id = person.id and withdrawn_at is null) as "lastSampledAt"
      from person where id = any(${[...ids]}::uuid[]) order by person.id`.execute(trx);
  return rows;
}

/** Who of `ids` is a member of the population already. */
export async function membersAmong(
  trx: Trx,
  population: KeyPopulation,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await trx
    .selectFrom('key_population_member')
    .select('person_id')
    .where('population', '=', population)
    .where('ended_at', 'is', null)
    .where('person_id', 'in', [...ids])
    .execute();
  return new Set(rows.map(({ person_id }) => person_id));
}

export interface NewMember {
  readonly personId: string;
  readonly population: KeyPopulation;
  readonly division: string;
  readonly lastSampledAt: string | null;
  readonly dueOn: string;
  readonly notBefore: string | null;
}

/** Enrols; whoever is a member already stays as they are. Returns how many are new. */
export async function insertMembers(
  trx: Trx,
  members: readonly NewMember[],
  by: { employerId: string; employerDivision: string; packId: string; at: string; actorId: string },
): Promise<number> {
  let added = 0;
  for (let start = 0; start < members.length; start += 1000) {
    const part = members.slice(start, start + 1000);
    const inserted = await trx
      .insertInto('key_population_member')
      .values(
        part.map((one) => ({
          person_id: one.personId,
          population: one.population,
          division: one.division,
          employer_id: by.employerId,
          employer_division: by.employerDivision,
          since: by.at,
          enrolled_by: by.actorId,
          last_sampled_at: one.lastSampledAt,
          due_on: one.dueOn,
          not_before: one.notBefore,
          pack_id: by.packId,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['person_id', 'population'])
          .doUpdateSet((eb) => ({
            ended_at: null,
            since: by.at,
            employer_id: by.employerId,
            employer_division: by.employerDivision,
            due_on: eb.ref('excluded.due_on'),
          }))
          .where('key_population_member.ended_at', 'is not', null),
      )
      .returning('person_id')
      .execute();
    added += inserted.length;
  }
  return added;
}

export async function endMember(
  trx: Trx,
  personId: string,
  population: KeyPopulation,
  at: string,
): Promise<number> {
  const ended = await trx
    .updateTable('key_population_member')
    .set({ ended_at: at })
    .where('person_id', '=', personId)
    .where('population', '=', population)
    .where('ended_at', 'is', null)
    .returning('division')
    .execute();
  return ended.length;
}

/** Memberships of whoever is in the tube or gave the sample, for a swab later than the last known. */
export async function membersSampled(trx: Trx, which: SamplesTold) {
  const { rows } = await sql<{
    personId: string;
    population: KeyPopulation;
    packId: string;
    takenAt: string;
  }>`
    select member.person_id as "personId", member.population, member.pack_id as "packId", max(sample.taken_at) as "takenAt"
      from sample join key_population_member member on member.person_id = sample.person_id and member.ended_at is null
     where ${amongTold(which)} and sample.withdrawn_at is null
       and (member.last_sampled_at is null or sample.taken_at > member.last_sampled_at)
     group by 1, 2, 3`.execute(trx);
  return rows;
}

export async function putSampled(
  trx: Trx,
  of: { personId: string; population: KeyPopulation },
  to: { lastSampledAt: string; dueOn: string; notBefore: string | null },
): Promise<void> {
  await trx
    .updateTable('key_population_member')
    .set({ last_sampled_at: to.lastSampledAt, due_on: to.dueOn, not_before: to.notBefore })
    .where('person_id', '=', of.personId)
    .where('population', '=', of.population)
    .execute();
}

export interface EmployerLine {
  readonly employerId: string;
  readonly division: string;
  readonly contactId: string | null;
  readonly contact: string | null;
  readonly members: number;
  readonly due: number;
  readonly overdue: number;
}

/** Employers by how many of theirs are overdue, then due on the civil day `day`. */
export async function listEmployers(
  trx: Trx,
  asked: { day: string; population?: KeyPopulation | undefined; employerId?: string | undefined },
  offset: number,
  limit: number,
) {
  const { rows } = await sql<EmployerLine & { total: number }>`
    with line as (
      select employer_id, min(employer_division) as division, count(*)::int as members,
             count(*) filter (where due_on = ${asked.day}::date)::int as due,
             count(*) filter (where due_on < ${asked.day}::date)::int as overdue, count(*) over ()::int as total
        from key_population_member where ended_at is null
         ${asked.population ? sql`and population = ${asked.population}` : sql``}
         ${asked.employerId ? sql`and employer_id = ${asked.employerId}` : sql``}
       group by employer_id
       order by 5 desc, 4 desc, 1 limit ${limit} offset ${offset})
    select line.employer_id as "employerId", line.division, line.members, line.due, line.overdue, line.total,
           steward.account_id as "contactId", steward.name as contact
      from line left join lateral (
        select account_id, name from place_steward
         where place_steward.place_id = line.employer_id or starts_with(line.division, place_steward.division collate "C")
         order by (place_steward.place_id = line.employer_id) desc, length(place_steward.division) desc limit 1) steward on true
     order by line.overdue desc, line.due desc, line.employer_id`.execute(trx);
  return { items: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}

export interface MemberLine {
  readonly personId: string;
  readonly population: KeyPopulation;
  readonly division: string;
  readonly employerId: string;
  readonly lastSampledAt: string | null;
  readonly dueOn: string;
  readonly notBefore: string | null;
}

/** Longest overdue first. */
export async function listMembers(
  trx: Trx,
  asked: {
    day: string;
    state: 'due' | 'overdue' | 'ahead' | 'all';
    population?: KeyPopulation | undefined;
    employerId?: string | undefined;
    within?: string | undefined;
  },
  offset: number,
  limit: number,
) {
  const sign = { due: sql`=`, overdue: sql`<`, ahead: sql`>` };
  const { rows } = await sql<MemberLine & { total: number }>`
    select person_id as "personId", population, division, employer_id as "employerId", last_sampled_at as "lastSampledAt",
           due_on as "dueOn", not_before as "notBefore", count(*) over ()::int as total
      from key_population_member where ended_at is null
       ${asked.state === 'all' ? sql`` : sql`and due_on ${sign[asked.state]} ${asked.day}::date`}
       ${asked.employerId ? sql`and employer_id = ${asked.employerId}` : sql``}
       ${asked.population ? sql`and population = ${asked.population}` : sql``}
       ${asked.within ? sql`and division >= ${asked.within} and division < ${`${asked.within}~`}` : sql``}
     order by due_on, person_id, population limit ${limit} offset ${offset}`.execute(trx);
  return { items: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}
