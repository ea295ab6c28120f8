/**
 * The counters of a round, moved by what happens. Each change locks the lines of the grids it touches first and in one
 * order, so that a swab and a record of absence for one person cannot count them twice.
 */
import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';
import { amongTold, type SamplesTold } from '../samples-told.ts';
import { slotOf } from './round.ts';

interface Taken {
  readonly roundId: string;
  readonly personId: string;
  readonly sampleId: string;
  readonly poolId: string;
  readonly poolDivision: string;
  readonly takenAt: string;
  readonly area: string;
  readonly counted: boolean;
}

type Which = SamplesTold | { readonly personId: string };

/** These samples in each round that ran at the moment they were taken, oldest first. */
async function sampledInRounds(trx: Trx, which: Which): Promise<Taken[]> {
  const where = 'personId' in which ? sql`sample.person_id = ${which.personId}` : amongTold(which);
  const { rows } = await sql<Taken>`
    select round.id as "roundId", sample.person_id as "personId",
           sample.id as "sampleId", sample.pool_id as "poolId", pool.division as "poolDivision",
           sample.taken_at as "takenAt", coalesce(own.division, round_area_of(person.division)) as area,
           own.standing is not distinct from 'sampled' as counted
      from sample
      join pool on pool.id = sample.pool_id
      join person on person.id = sample.person_id
      join screening_round round
        on person.division >= round.division and person.division < round.division || '~'
       and sample.taken_at >= round.starts_at and (round.closed_at is null or sample.taken_at <= round.closed_at)
      left join round_person own on own.round_id = round.id and own.person_id = sample.person_id
     where ${where} and sample.withdrawn_at is null
     order by sample.taken_at, sample.id`.execute(trx);
  return rows;
}

/** Of several swabs of a person in a round the first. */
function firstOfEach(taken: readonly Taken[]): Taken[] {
  const first = new Map<string, Taken>();
  for (const one of taken) {
    const key = `${one.roundId} ${one.personId}`;
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}

async function lockAreas(trx: Trx, lines: readonly { roundId: string; area: string }[]): Promise<void> {
  await sql`
    insert into round_area (round_id, division, headcount)
    select distinct * from unnest(${lines.map(({ roundId }) => roundId)}::uuid[], ${lines.map(({ area }) => area)}::text[],
                                  ${lines.map(() => 0)}::integer[])
     on conflict do nothing`.execute(trx);
  await sql`
    select 1 from round_area join unnest(${lines.map(({ roundId }) => roundId)}::uuid[],
                                         ${lines.map(({ area }) => area)}::text[]) as line (round, area)
        on round_area.round_id = line.round and round_area.division = line.area
     order by round_area.round_id, round_area.division for update of round_area`.execute(trx);
}

/** Adds to the counters of grids; the same grid may be named often. */
async function add(
  trx: Trx,
  lines: readonly { roundId: string; area: string; sampled?: number; exempt?: number; away?: number }[],
): Promise<void> {
  await sql`
    update round_area
       set sampled = round_area.sampled + one.sampled, exempt = round_area.exempt + one.exempt, away = round_area.away + one.away
      from (select round, area, sum(sampled)::int as sampled, sum(exempt)::int as exempt, sum(away)::int as away
              from unnest(${lines.map(({ roundId }) => roundId)}::uuid[], ${lines.map(({ area }) => area)}::text[],
                          ${lines.map(({ sampled }) => sampled ?? 0)}::integer[],
                          ${lines.map(({ exempt }) => exempt ?? 0)}::integer[],
                          ${lines.map(({ away }) => away ?? 0)}::integer[]) as line (round, area, sampled, exempt, away)
             group by 1, 2) as one
     where round_area.round_id = one.round and round_area.division = one.area`.execute(trx);
}

async function standingsOf(trx: Trx, roundId: string, personIds: readonly string[]) {
  const { rows } = await sql<{ personId: string; standing: 'sampled' | 'exempt' | 'away'; area: string }>`
    select person_id as "personId", standing, division as area from round_person
     where round_id = ${roundId} and person_id = any(${[...personIds]}::uuid[]) for update`.execute(trx);
  return new Map(rows.map((row) => [row.personId, row]));
}

/** Counts each person of the rounds once. Doing it twice changes nothing. Returns the grids whose count moved. */
export async function countSampled(trx: Trx, which: Which): Promise<{ roundId: string; area: string }[]> {
  const all = await sampledInRounds(trx, which);
  await addTubes(trx, all, 0);
  const found = firstOfEach(all.filter(({ counted }) => !counted));
  if (found.length === 0) return [];
  await lockAreas(trx, found);
  const taken: (Taken & { before: 'exempt' | 'away' | null })[] = [];
  for (const [roundId, own] of Map.groupBy(found, (one) => one.roundId)) {
    const standings = await standingsOf(
      trx,
      roundId,
      own.map(({ personId }) => personId),
    );
    for (const one of own) {
      const before = standings.get(one.personId);
      if (before?.standing === 'sampled') continue;
      taken.push({ ...one, area: before?.area ?? one.area, before: before?.standing ?? null });
    }
  }
  await sql`
    insert into round_person (round_id, person_id, division, standing, sample_id, pool_id, at)
    select round, person, area, 'sampled', sample, pool, at
      from unnest(${taken.map(({ roundId }) => roundId)}::uuid[], ${taken.map(({ personId }) => personId)}::uuid[],
                  ${taken.map(({ area }) => area)}::text[], ${taken.map(({ sampleId }) => sampleId)}::uuid[],
                  ${taken.map(({ poolId }) => poolId)}::uuid[], ${taken.map(({ takenAt }) => takenAt)}::timestamptz[])
        as one (round, person, area, sample, pool, at)
    on conflict (round_id, person_id) do update
       set standing = 'sampled', reason = null, note = null, recorded_by = null, sample_id = excluded.sample_id,
           pool_id = excluded.pool_id, at = excluded.at`.execute(trx);
  await add(
    trx,
    taken.map(({ roundId, area, before }) => ({
      roundId,
      area,
      sampled: 1,
      ...(before && { [before]: -1 }),
    })),
  );
  await addTubes(trx, taken, 1);
  await addPace(trx, taken, 1);
  return taken;
}

/** The tubes of these samples, with `each` more people of the area per sample: 0 for whoever was counted by another swab. */
async function addTubes(trx: Trx, taken: readonly Taken[], each: 1 | 0 | -1): Promise<void> {
  await sql`
    insert into round_tube (round_id, pool_id, division, people)
    select round, pool, division, count(*)::int * ${each}::integer
      from unnest(${taken.map(({ roundId }) => roundId)}::uuid[], ${taken.map(({ poolId }) => poolId)}::uuid[],
                  ${taken.map(({ poolDivision }) => poolDivision)}::text[]) as one (round, pool, division)
     group by 1, 2, 3
    on conflict (round_id, pool_id) do update set people = round_tube.people + excluded.people`.execute(trx);
}

async function addPace(trx: Trx, taken: readonly Taken[], each: 1 | -1): Promise<void> {
  await sql`
    insert into round_pace (round_id, division, slot, sampled)
    select round, county, slot, count(*)::int * ${each}::integer
      from unnest(${taken.map(({ roundId }) => roundId)}::uuid[], ${taken.map(({ area }) => area.slice(0, 6))}::text[],
                  ${taken.map(({ takenAt }) => slotOf(takenAt))}::timestamptz[]) as one (round, county, slot)
     group by 1, 2, 3
    on conflict (round_id, division, slot) do update set sampled = round_pace.sampled + excluded.sampled`.execute(
    trx,
  );
}

/** A registration was taken back: its person is missed again, or counted by another sample of the round. */
export async function uncountSample(trx: Trx, sampleId: string): Promise<void> {
  const { rows } = await sql<Taken>`
    select own.round_id as "roundId", own.person_id as "personId", own.sample_id as "sampleId", own.pool_id as "poolId",
           pool.division as "poolDivision", own.at as "takenAt", own.division as area, true as counted
      from round_person own join pool on pool.id = own.pool_id where own.sample_id = ${sampleId}`.execute(
    trx,
  );
  if (rows.length === 0) return;
  await lockAreas(trx, rows);
  const gone = await sql`delete from round_person where sample_id = ${sampleId} returning person_id`.execute(
    trx,
  );
  if (gone.rows.length === 0) return;
  await add(
    trx,
    rows.map(({ roundId, area }) => ({ roundId, area, sampled: -1 })),
  );
  await addTubes(trx, rows, -1);
  await addPace(trx, rows, -1);
  await countSampled(trx, { personId: rows[0]!.personId });
}

/** Somebody registered after the residents were counted belongs to the round too; nobody is added twice. */
export async function addResident(trx: Trx, personId: string, transaction: string): Promise<void> {
  await sql`
    insert into round_area (round_id, division, headcount)
    select round.id, round_area_of(person.division), 1
      from person join screening_round round
        on person.division >= round.division and person.division < round.division || '~'
     where person.id = ${personId} and round.closed_at is null
       and not pg_visible_in_snapshot(${transaction}::xid8, round.counted_in)
    on conflict (round_id, division) do update set headcount = round_area.headcount + 1`.execute(trx);
}

export interface NewStanding {
  readonly roundId: string;
  readonly personIds: readonly string[];
  readonly standing: 'exempt' | 'away' | 'missed';
  readonly reason: string | null;
  readonly note: string | null;
  readonly at: string;
  readonly by: string;
}

/** Records people as exempt or away, or takes that back. Whoever has been sampled stays sampled. Returns how many changed, and where. */
export async function putStanding(
  trx: Trx,
  given: NewStanding,
): Promise<{ changed: number; areas: string[] }> {
  const { roundId, standing } = given;
  const { rows: homes } = await sql<{ personId: string; area: string }>`
    select person.id as "personId", round_area_of(person.division) as area
      from person join screening_round round on round.id = ${roundId}
     where person.id = any(${[...given.personIds]}::uuid[])
       and person.division >= round.division and person.division < round.division || '~'`.execute(trx);
  if (homes.length === 0) return { changed: 0, areas: [] };
  const known = await sql<{ personId: string; area: string }>`
    select person_id as "personId", division as area from round_person
     where round_id = ${roundId} and person_id = any(${[...given.personIds]}::uuid[])`.execute(trx);
  const areaOf = new Map(known.rows.map(({ personId, area }) => [personId, area]));
  const people = homes.map(({ personId, area }) => ({ personId, area: areaOf.get(personId) ?? area }));
  await lockAreas(
    trx,
    people.map(({ area }) => ({ roundId, area })),
  );
  const before = await standingsOf(
    trx,
    roundId,
    people.map(({ personId }) => personId),
  );
  const changed = people.filter(({ personId }) => {
    const was = before.get(personId)?.standing ?? 'missed';
    return was !== 'sampled' && (was !== standing || standing !== 'missed');
  });
  const ids = changed.map(({ personId }) => personId);
  if (standing === 'missed') {
    await sql`delete from round_person where round_id = ${roundId} and person_id = any(${ids}::uuid[])`.execute(
      trx,
    );
  } else {
    await sql`
      insert into round_person (round_id, person_id, division, standing, reason, note, at, recorded_by)
      select ${roundId}::uuid, person, area, ${standing}, ${given.reason}, ${given.note}, ${given.at}::timestamptz, ${given.by}::uuid
        from unnest(${ids}::uuid[], ${changed.map(({ area }) => area)}::text[]) as one (person, area)
      on conflict (round_id, person_id) do update
         set standing = excluded.standing, reason = excluded.reason, note = excluded.note, at = excluded.at,
             recorded_by = excluded.recorded_by`.execute(trx);
  }
  await add(
    trx,
    changed.flatMap(({ personId, area }) => {
      const was = before.get(personId)?.standing;
      return [
        ...(was === 'exempt' || was === 'away' ? [{ roundId, area, [was]: -1 }] : []),
        ...(standing === 'missed' ? [] : [{ roundId, area, [standing]: 1 }]),
      ];
    }),
  );
  return { changed: changed.length, areas: [...new Set(changed.map(({ area }) => area))] };
}

/** A single result that is positive belongs to the rounds its person, or the tube it checks again, was sampled in. */
export async function countPositive(
  trx: Trx,
  found: { resultId: string; sampleId: string; personId: string; foundIn: string; at: string },
): Promise<void> {
  await sql`
    insert into round_positive (round_id, result_id, division, person_id, found_in, at)
    select distinct on (own.round_id) own.round_id, ${found.resultId}::uuid, own.division, own.person_id, ${found.foundIn},
           ${found.at}::timestamptz
      from sample join round_person own on own.person_id = sample.person_id
     where sample.id = ${found.sampleId}
       and (own.sample_id = sample.id or own.pool_id = sample.resample_of
            or exists (select 1 from screening_round round where round.id = own.round_id
                        and sample.taken_at >= round.starts_at
                        and (round.closed_at is null or sample.taken_at <= round.closed_at)))
    on conflict do nothing`.execute(trx);
}

/** The ledger has said how it was found; the stop rule reads this. */
export async function putFoundIn(trx: Trx, resultId: string, foundIn: string): Promise<void> {
  await trx
    .updateTable('round_positive')
    .set({ found_in: foundIn })
    .where('result_id', '=', resultId)
    .execute();
}

export async function uncountPositive(trx: Trx, resultId: string): Promise<void> {
  await trx.deleteFrom('round_positive').where('result_id', '=', resultId).execute();
}
